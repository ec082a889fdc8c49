/** Which chats run or wait for the person, and which of them the person is to be told of: each once. Pure. */
import type * as z from 'zod';
import type { chatStates } from '#shared/panelRequests.ts';

export type ChatStates = z.infer<typeof chatStates.params>['chats'];
type ChatState = ChatStates[number];

export interface Waiting {
  /** Chats that wait now and did not before. */
  hear(chats: ChatStates): readonly ChatState[];
  /** Those that run or wait, as told last. */
  all(): ChatStates;
  count(): number;
}

export function createWaiting(): Waiting {
  let known: ChatStates = [];
  return {
    hear(chats) {
      const before = new Set(waitingIn(known).map(({ id }) => id));
      known = chats.filter(({ state }) => state !== 'idle');
      return waitingIn(known).filter(({ id }) => !before.has(id));
    },
    all: () => known,
    count: () => waitingIn(known).length,
  };
}

function waitingIn(chats: ChatStates): ChatStates {
  return chats.filter(({ state }) => state === 'waiting');
}
