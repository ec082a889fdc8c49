/** What waits for the person in a chat, between the transcript and the composer: approvals, questions, a plan, edits, the to-do list. */
import type { PanelState } from '#shared/panel.ts';
import type { Host } from '../host.ts';

export interface CardsProps {
  readonly host: Host;
  readonly chat: string;
  readonly state: PanelState;
}

export function Cards(_: CardsProps) {
  return <div class="cards" />;
}
