/** What is written in a chat panel: what may be chosen, mentioned and sent. */
import { chatModelsRequest } from '#shared/panelRequests.ts';
import type { ChatCommandParts } from './chatFound.ts';
import { type PanelAnswer, panelAnswer } from './panelAnswer.ts';

export function panelWriting(_parts: ChatCommandParts): readonly PanelAnswer[] {
  return [panelAnswer(chatModelsRequest, async () => ({ models: [] }))];
}
