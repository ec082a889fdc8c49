/** How a call fails: one error type with a tag per kind, a message for people, and what had arrived. */
import { adviceFor, type ErrorKind, retryableKinds } from './errorKinds.ts';
import type { RateLimits } from './rateLimits.ts';
import type { Message } from './schema/message.ts';

/** Where on the way a call failed. */
export type Stage =
  | 'settings'
  | 'queue'
  | 'credentials'
  | 'dns'
  | 'connect'
  | 'proxy'
  | 'tls'
  | 'request'
  | 'headers'
  | 'body';

/** What is known of a failure besides its kind and its sentence. */
export interface ErrorDetails {
  /** The HTTP status of the answer. */
  readonly status?: number | undefined;
  /** The service's id of the request. */
  readonly requestId?: string | undefined;
  /** `error.details.error_code` of the answer (API reference, "Errors"). */
  readonly errorCode?: string | undefined;
  /** `error.type` of the answer (API reference, "Errors"). */
  readonly errorType?: string | undefined;
  /** Milliseconds that the service asks to wait. */
  readonly retryAfter?: number | undefined;
  /** What the service's `x-should-retry` says. */
  readonly shouldRetry?: boolean | undefined;
  /** Host and port of the one that failed: the service, or a proxy. */
  readonly host?: string | undefined;
  /** How far the call had come. */
  readonly stage?: Stage | undefined;
  /** The field of the request or the option that is wrong. */
  readonly field?: string | undefined;
  /** What had come of the message. */
  readonly partial?: Message | undefined;
  /** What is wrong with an answer of a form, a sentence each. */
  readonly problems?: readonly string[] | undefined;
  /** The limits in force, as the answer's headers say. */
  readonly rateLimits?: RateLimits | undefined;
  /** Where to ask for what was refused. */
  readonly appealUrl?: string | undefined;
  /** In place of the advice for the kind. */
  readonly advice?: string | undefined;
  /** What lies beneath: another error, or the reason of an abort. */
  readonly cause?: unknown;
}

/**
 * A call to the API failed.
 *
 * The message says what happened and what to do, and may be shown as it is. Neither it nor anything else on the
 * error ever holds the key. Refusals and answers cut by `max_tokens` are not errors: see `Message.stop_reason`.
 */
export class ClaudeError extends Error {
  override readonly name = 'ClaudeError';
  /** What went wrong, for programs. */
  readonly kind: ErrorKind;
  /** What a person can do about it, in one or two sentences; empty where the message says it all. Part of the message. */
  readonly advice: string;
  /** Whether the same call may succeed when tried again. */
  readonly retryable: boolean;
  /** HTTP status; absent when there was no answer. */
  declare readonly status?: number;
  /** The service's id of the request (`req_…`): support asks for it. */
  declare readonly requestId?: string;
  /** `error.details.error_code`: stable, for programs. */
  declare readonly errorCode?: string;
  /** `error.type` as the service names it. */
  declare readonly errorType?: string;
  /** Milliseconds after which the service wants to be asked again. */
  declare readonly retryAfter?: number;
  /** Whether another attempt makes sense, where the service says so by `x-should-retry`, or its code does. */
  declare readonly shouldRetry?: boolean;
  /** Host that was asked, or the one that a redirect names. */
  declare readonly host?: string;
  /** How far the call had come. */
  declare readonly stage?: Stage;
  /** The field of the request that is wrong, such as `thinking.type`. */
  declare readonly field?: string;
  /** What had arrived of the message before the failure. Unfinished tool calls in it are marked: see `toolInputOf`. */
  declare readonly partial?: Message;
  /** What does not fit its schema, by path, for `invalid_output`. */
  declare readonly problems?: readonly string[];
  /** The service's limits as sent with the failure. */
  declare readonly rateLimits?: RateLimits;
  /** Where the organization can appeal against being on hold: an `https:` address. */
  declare readonly appealUrl?: string;
  readonly #what: string;
  readonly #details: ErrorDetails;

  /** @param what What happened, as a sentence; the advice for the kind is added to it. */
  constructor(kind: ErrorKind, what: string, details: ErrorDetails = {}) {
    const advice = details.advice ?? adviceFor[kind];
    super(advice === '' ? what : `${what} ${advice}`);
    this.kind = kind;
    this.advice = advice;
    this.retryable = details.shouldRetry ?? retryableKinds.has(kind);
    this.#what = what;
    this.#details = details;
    for (const [name, value] of Object.entries(details)) {
      // What had arrived is the person's own: it stays out of logs that print errors whole.
      const enumerable = name !== 'partial' && name !== 'problems' && name !== 'cause';
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable, configurable: true });
    }
  }

  /** The same failure, with more known of it. */
  withDetails(details: ErrorDetails): ClaudeError {
    return this.restated((what) => what, details);
  }

  /** The same failure in other words. @param say Gets the sentence without its advice. */
  restated(say: (what: string) => string, details: ErrorDetails = {}): ClaudeError {
    return created(this.kind, say(this.#what), { ...this.#details, ...details });
  }
}

/** Apart: a class that names itself gets another name in a bundle, and `ClaudeError` is what people look for. */
function created(kind: ErrorKind, what: string, details: ErrorDetails): ClaudeError {
  return new ClaudeError(kind, what, details);
}
