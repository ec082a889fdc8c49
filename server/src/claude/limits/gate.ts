/** When an attempt may be sent: the seam between a call and the pacing of all calls. */
import type { ClaudeError } from '../errors.ts';
import type { CallFacts, WaitNotice } from '../observe/observer.ts';
import type { Usage } from '../schema/usage.ts';
import type { SpendGroup } from './spending.ts';

/** Whom a call is for. Interactive work goes first. */
export type Priority = 'interactive' | 'background';

/** One attempt that wants to be sent. */
export interface Wish extends CallFacts {
  readonly priority: Priority;
  /** Whose work it is, such as a conversation's id: owners take turns. */
  readonly owner: string;
  /** Bytes of the body, where they are known. */
  readonly bytes: number | undefined;
  /** Milliseconds: where the service wants a longer pause, the attempt fails at once. */
  readonly longestWait: number;
  /** What the attempt's cost counts towards besides the client's own limit. */
  readonly spend: SpendGroup | undefined;
}

/** Leave to send one attempt. */
export interface Pass {
  /** The answer has begun: its status and headers, for what is to be learned from them. */
  answered(status: number, headers: Readonly<Record<string, string>>): void;
  /** The answer was a refusal, and this is what it means. */
  refused(error: ClaudeError): void;
  /** The attempt is over, one way or the other. Calling it again does nothing. @param usage What it used, if that is known. */
  leave(usage?: Usage): void;
}

/** A place in the queue. */
export interface Entry {
  readonly pass: Pass | Promise<Pass>;
  /** Why `pass` is a promise. */
  readonly notice: WaitNotice | undefined;
  /** Nobody waits any more. A pass that was given meanwhile is given back. */
  giveUp(): void;
}

export interface Gate {
  /** @throws ClaudeError of kind `spend_limit` or `rate_limit` where waiting makes no sense; so may the pass's promise. */
  enter(wish: Wish): Entry;
}
