/** What the checks of a request say. */
import type { CountTokensRequest, MessageRequest } from '../schema/request.ts';

/** What is wrong with a request: where, what, and what to do. */
export interface Problem {
  readonly field: string;
  /** Whole sentences: what is wrong, then the fix. */
  readonly text: string;
}

/** Either of the requests: the one to count has no `max_tokens`. */
export type AnyRequest = CountTokensRequest & Partial<MessageRequest>;
