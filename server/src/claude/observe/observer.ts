/** Who watches calls: the seam between a call and hooks, spans and logs. Never given the key. */
import type { RetryNotice } from '../retry.ts';
import type { Message } from '../schema/message.ts';
import type { HttpRequest } from '../transport/transport.ts';

/** What is known of a call before it is sent. */
export interface CallFacts {
  /** The method that was called, such as `messages.stream` or `files.upload`. */
  readonly operation: string;
  readonly model: string | undefined;
  /** Most tokens of the answer, where that was said. */
  readonly maxTokens: number | undefined;
  /** `fast` calls have limits of their own. */
  readonly speed?: string | undefined;
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
  /** Without those that could hold a secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it is sent: for those who were asked to look at it. */
  readonly body: HttpRequest['body'];
}

/** An answer whose headers are there. */
export interface ResponseFacts {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The service's id of the request, if it gave one. */
  readonly requestId: string | undefined;
}

/** What is said when an attempt has to wait for its turn. */
export interface WaitNotice {
  /** The service's limits are used up or it asked for a pause, or the client's own `maxConcurrent` is reached. */
  readonly reason: 'rate_limit' | 'concurrency';
  /** Milliseconds until it may be sent at the earliest; undefined when another call has to end first. */
  readonly delay: number | undefined;
  /** Other attempts that wait. */
  readonly waiting: number;
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
  /** The attempt has to wait for its turn. */
  waiting?(notice: WaitNotice): void;
  sending?(facts: AttemptFacts): void;
  answered?(facts: ResponseFacts): void;
  /** @param message What had come of the answer that is given up: it is paid for. */
  retrying?(notice: RetryNotice, message: Message | undefined): void;
  /** The first piece of the answer is there. */
  firstEvent?(): void;
  /** Once, and nothing after it. */
  ended?(end: CallEnd): void;
}

/** Watches all calls. */
export type Observer = (facts: CallFacts) => CallWatch;
