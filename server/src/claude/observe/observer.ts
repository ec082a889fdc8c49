/** Who watches calls: the seam between a call and hooks, spans and logs. Never given the key. */
import type { RetryNotice } from '../retry.ts';
import type { Message } from '../schema/message.ts';

/** What is known of a call before it is sent. */
export interface CallFacts {
  /** The method that was called, such as `messages.stream` or `files.upload`. */
  readonly operation: string;
  readonly model: string | undefined;
  /** Most tokens of the answer, where that was said. */
  readonly maxTokens: number | undefined;
}

/** An attempt that is about to be sent. */
export interface AttemptFacts {
  /** 1, 2, … */
  readonly attempt: number;
  readonly method: string;
  /** With the query, without the host. */
  readonly path: string;
  readonly host: string;
  /** Bytes of the body; undefined for none, and for bodies whose length is not known. */
  readonly bytes: number | undefined;
}

/** An answer whose headers are there. */
export interface ResponseFacts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
}

/** How a call ended. */
export interface CallEnd {
  /** The message that was read, whole or what had come of it. */
  readonly message?: Message | undefined;
  /** What it failed with; absent for success. */
  readonly error?: unknown;
}

/** Watches one call. What it throws is a bug of its own and reaches nobody. */
export interface CallWatch {
  /** Headers to be sent along, such as `traceparent`. */
  headers?(): Readonly<Record<string, string>>;
  sending?(facts: AttemptFacts): void;
  answered?(facts: ResponseFacts): void;
  retrying?(notice: RetryNotice): void;
  /** The first piece of the answer is there. */
  firstEvent?(): void;
  /** Once, and nothing after it. */
  ended?(end: CallEnd): void;
}

/** Watches all calls. */
export type Observer = (facts: CallFacts) => CallWatch;
