/** What the commands of chats work on, found by what they name; and how they refuse. */
import type { Chat } from '../chat.ts';
import { type Entry, Refusal } from '../ports.ts';
import type { ChatDocuments } from './chatDocuments.ts';
import type { ChatEngine, ChatParts } from './chatParts.ts';
import type { ChatView } from './chatView.ts';
import type { OwnTexts } from './ownTexts.ts';
import type { Panel } from './panel.ts';

export interface ChatCommandParts extends ChatParts {
  readonly engine: ChatEngine;
  readonly shown: ChatDocuments;
  readonly texts: OwnTexts;
  readonly panel: Panel;
}

export function viewOf({ shown }: ChatCommandParts, uri: string): ChatView {
  const view = shown.view(uri);
  if (view === undefined) throw new Refusal('That is no open chat. Open it with the command gloss.chat.', 'noChat');
  return view;
}

export async function chatOf({ engine }: Pick<ChatCommandParts, 'engine'>, id: string): Promise<Chat> {
  const chat = await engine.chats.open(id);
  if (chat === undefined) throw new Refusal('There is no such chat (any more).', 'noChat');
  return chat;
}

/** What was said before a question goes on in a chat of its own; the question is there to be changed. */
export async function forkBefore(
  { chats }: Pick<ChatEngine, 'chats'>,
  chat: Chat,
  id: string,
): Promise<{ readonly forked: Chat; readonly text: string }> {
  const { parent, content } = entryOf(chat, id);
  const forked = parent === undefined ? await chats.begin() : await chats.fork(chat.id, parent);
  if (forked === undefined) throw gone();
  return { forked, text: content.kind === 'asked' ? content.text : '' };
}

export function entryOf(chat: Chat, id: string): Entry {
  const entry = chat.stored().entries.find((each) => each.id === id);
  if (entry === undefined) throw gone();
  return entry;
}

export function gone(): Refusal {
  return new Refusal('That is not asked any more, or is not there any more. Nothing was done.', 'gone');
}

/** Valid arguments act as the person's click, except where the editor said that the folder is not trusted (product decision 10.5). */
export function refuseUntrusted({ world }: ChatParts): void {
  if (world.trust() === 'restricted')
    throw new Refusal('This workspace is not trusted, so chats are off. Trust it, and try again.', 'restricted');
}
