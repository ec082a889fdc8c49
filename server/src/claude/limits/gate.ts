/** When an attempt may be sent: the seam between a call and the pacing of all calls. */
import type { CallFacts } from '../observe/observer.ts';

/** Whom a call is for. Interactive work goes first. */
export type Priority = 'interactive' | 'background';

/** One attempt that wants to be sent. */
export interface Wish extends CallFacts {
  readonly priority: Priority;
  /** Whose work it is, such as a conversation's id: owners take turns. */
  readonly owner: string;
}

/** Leave to send one attempt. */
export interface Pass {
  /** The answer has begun: its status and headers, for what is to be learned from them. */
  answered(status: number, headers: Readonly<Record<string, string>>): void;
  /** The attempt is over, one way or the other. Calling it again does nothing. */
  leave(): void;
}

/** A place in the queue. */
export interface Entry {
  /** @throws ClaudeError of kind `spend_limit` or `rate_limit` where waiting makes no sense. */
  readonly pass: Pass | Promise<Pass>;
  /** Nobody waits any more. Does nothing once the pass was given. */
  giveUp(): void;
}

export interface Gate {
  enter(wish: Wish): Entry;
}

const freePass: Pass = { answered() {}, leave() {} };
const freeEntry: Entry = { pass: freePass, giveUp() {} };

/** Lets everything through at once. */
export const openGate: Gate = { enter: () => freeEntry };
