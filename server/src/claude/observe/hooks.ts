/** Functions of the caller that are told of every call: facts and figures, never the key, and nothing of what was said. */
import type { Clock } from '../clock.ts';
import { ClaudeError } from '../errors.ts';
import { type Spent, spentOf } from '../limits/meter.ts';
import type { PriceTable } from '../models/prices.ts';
import { type RateLimits, rateLimitsOf } from '../rateLimits.ts';
import type { RetryNotice } from '../retry.ts';
import type { Message, StopReason } from '../schema/message.ts';
import type { Scrub } from '../secrets.ts';
import type { AttemptFacts, CallEnd, CallWatch, Observer, WaitNotice } from './observer.ts';
import { type Report, safely } from './safely.ts';

/** Which call it is. */
export interface HookCall {
  /** 1, 2, …: the calls of this client. */
  readonly id: number;
  /** The method that was called, such as `messages.stream`. */
  readonly operation: string;
  /** The model that was asked, if one was. */
  readonly model: string | undefined;
}

/** Milliseconds from the call's beginning, with all waits and attempts; undefined for what did not come. */
export interface CallTimes {
  /** Until the headers of the last answer. */
  readonly headers: number | undefined;
  /** Until the first piece of the answer was read; undefined when none came. */
  readonly firstEvent: number | undefined;
  /** Until the end of the call. */
  readonly end: number;
}

/** An attempt is sent. */
export interface RequestFacts extends Pick<AttemptFacts, 'attempt' | 'method' | 'path' | 'host' | 'bytes'> {
  /** The call that the request is of. */
  readonly call: HookCall;
}

/** An attempt is answered, or refused. */
export interface AnswerFacts {
  /** The call that was answered. */
  readonly call: HookCall;
  /** The attempt that was answered: 1, 2, … */
  readonly attempt: number;
  /** The HTTP status. */
  readonly status: number;
  /** The service's id of the request, if it gave one. */
  readonly requestId: string | undefined;
  /** The limits in force, as the answer's headers say. */
  readonly rateLimits: RateLimits | undefined;
  /** Milliseconds since the call's beginning. */
  readonly after: number;
}

/** Tokens were used. */
export interface UsageFacts {
  /** The call that used it. */
  readonly call: HookCall;
  /** The model that answered. */
  readonly model: string;
  /** By kind, with what it cost. */
  readonly spent: Spent;
  /** False for an answer that broke off and is asked for again: more usage of this call follows. */
  readonly last: boolean;
  /** Attempts that were made. */
  readonly attempts: number;
  /** When what happened. */
  readonly times: CallTimes;
}

/** A call is over. */
export interface EndFacts {
  /** The call that ended. */
  readonly call: HookCall;
  /** How it ended: `stopped` by the caller. */
  readonly outcome: 'done' | 'failed' | 'stopped';
  /** What it failed with, without what had arrived of the answer. */
  readonly error: unknown;
  /** Why the model stopped; undefined where no message came. */
  readonly stopReason: StopReason | (string & {}) | undefined;
  /** The service's id of the last request, if it gave one. */
  readonly requestId: string | undefined;
  /** Attempts that were made. */
  readonly attempts: number;
  /** When what happened. */
  readonly times: CallTimes;
}

/** Each is called at once when it happens. What one throws is logged, once, and harms nothing. */
export interface Hooks {
  /** Before each attempt is sent. */
  readonly onRequest?: (facts: RequestFacts) => void;
  /** When an attempt is answered, with whichever status. */
  readonly onResponse?: (facts: AnswerFacts) => void;
  /** When a call has to wait for its turn. */
  readonly onWait?: (facts: WaitNotice & { readonly call: HookCall }) => void;
  /** Before each wait for another attempt. */
  readonly onRetry?: (facts: RetryNotice & { readonly call: HookCall }) => void;
  /** When a message told what it used. */
  readonly onUsage?: (facts: UsageFacts) => void;
  /** Once for each call, however it ends. */
  readonly onEnd?: (facts: EndFacts) => void;
}

export interface HookParts {
  readonly clock: Clock;
  readonly prices: PriceTable;
  readonly scrub: Scrub;
  readonly report: Report;
}

export function hookCalls(hooks: Hooks, parts: HookParts): Observer {
  const safe = guarded(hooks, parts.report);
  let calls = 0;
  return ({ operation, model }) => watchOf(safe, parts, { id: ++calls, operation, model });
}

/** Each hook on its own: one that throws must not keep the next from being told. */
function guarded(hooks: Hooks, report: Report): Hooks {
  const guard =
    <Facts>(hook: ((facts: Facts) => void) | undefined) =>
    (facts: Facts): void =>
      safely(() => hook?.(facts), report);
  return {
    onRequest: guard(hooks.onRequest),
    onResponse: guard(hooks.onResponse),
    onWait: guard(hooks.onWait),
    onRetry: guard(hooks.onRetry),
    onUsage: guard(hooks.onUsage),
    onEnd: guard(hooks.onEnd),
  };
}

function watchOf(hooks: Hooks, { clock, prices, scrub }: HookParts, call: HookCall): CallWatch {
  const startedAt = clock.now();
  const since = () => clock.now() - startedAt;
  const seen: { attempts: number; headers?: number; firstEvent?: number; requestId?: string | undefined } = {
    attempts: 0,
  };
  const times = (): CallTimes => ({ headers: seen.headers, firstEvent: seen.firstEvent, end: since() });
  const tellUsage = ({ model, usage }: Message, last: boolean): void => {
    const spent = spentOf(model, usage, prices);
    hooks.onUsage?.({ call, model: scrub(model), spent, last, attempts: seen.attempts, times: times() });
  };
  return {
    waiting: (notice) => hooks.onWait?.({ ...notice, call }),
    sending({ attempt, method, path, host, bytes }) {
      seen.attempts = attempt;
      hooks.onRequest?.({ call, attempt, method, path: scrub(path), host, bytes });
    },
    answered({ status, headers, requestId }) {
      seen.requestId = requestId;
      seen.headers = since();
      const rateLimits = rateLimitsOf(headers);
      hooks.onResponse?.({ call, attempt: seen.attempts, status, requestId, rateLimits, after: seen.headers });
    },
    firstEvent() {
      seen.firstEvent = since();
    },
    retrying(notice, message) {
      if (message !== undefined) tellUsage(message, false);
      hooks.onRetry?.({ ...notice, call });
    },
    ended(end) {
      const { message } = end;
      if (message !== undefined) tellUsage(message, true);
      const { attempts, requestId } = seen;
      const stopReason = typeof message?.stop_reason === 'string' ? scrub(message.stop_reason) : undefined;
      hooks.onEnd?.({ call, ...outcomeOf(end), stopReason, requestId, attempts, times: times() });
    },
  };
}

function outcomeOf({ error }: CallEnd): Pick<EndFacts, 'outcome' | 'error'> {
  if (!(error instanceof ClaudeError)) return { outcome: error === undefined ? 'done' : 'failed', error };
  const outcome = error.kind === 'aborted' ? 'stopped' : 'failed';
  return { outcome, error: error.partial === undefined ? error : error.withDetails({ partial: undefined }) };
}
