/** Which chats run or wait for the person. Pure. */
import type * as z from 'zod';
import type { chatStates } from '#shared/panelRequests.ts';

export type ChatStates = z.infer<typeof chatStates.params>['chats'];

export interface Waiting {
  hear(chats: ChatStates): void;
  /** Those that run or wait, as told last. */
  all(): ChatStates;
  /** So many wait for the person. */
  count(): number;
}

export function createWaiting(): Waiting {
  let known: ChatStates = [];
  return {
    hear(chats) {
      known = chats.filter(({ state }) => state !== 'idle');
    },
    all: () => known,
    count: () => known.filter(({ state }) => state === 'waiting').length,
  };
}
