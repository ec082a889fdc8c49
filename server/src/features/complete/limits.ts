/** How often it is asked: so many requests and so much money in an hour, and not while the service or a failure says to wait. */
import type { SuggestionReason } from '#shared/suggestions.ts';
import { ClaudeError } from '../../claude/index.ts';
import { Refusal } from '../../ports.ts';

export type Why = Pick<SuggestionReason, 'why' | 'detail'>;

export interface Limits {
  /** Why nothing is asked now; undefined when it may be. */
  refusal(settings: HourlyLimits, byHand: boolean): Why | undefined;
  /** A request goes out. @returns to be told what it cost, once. */
  began(): (dollars: number) => void;
  answered(): void;
  /** @returns why there is nothing to show. */
  failed(error: unknown): Why;
  /** Another key or another service: what failed may work now. */
  changed(): void;
}

export interface HourlyLimits {
  readonly maxPerHour: number;
  readonly limitPerHour: number;
}

/** Milliseconds. */
const hour = 3_600_000;
/** After a failure, doubled with each further one. What is asked for by hand does not wait for these. */
const firstPause = 5_000;
const longestPause = 300_000;
/** Where the service asks to wait and does not say how long. */
const usualWait = 30_000;

const waiting: ReadonlySet<string> = new Set(['rate_limit', 'overloaded']);

/** @param now milliseconds of a clock that only goes forward. */
export function createLimits(now: () => number): Limits {
  let requests: { readonly at: number; dollars: number }[] = [];
  let limitedUntil = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let lastFailure: Why = { why: 'failed', detail: '' };
  const recent = () => {
    requests = requests.filter(({ at }) => now() - at < hour);
    return requests;
  };
  const changed = (): void => {
    [limitedUntil, pausedUntil, failures] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  };
  return {
    refusal({ maxPerHour, limitPerHour }, byHand) {
      if (now() < limitedUntil) return limited(limitedUntil - now());
      const dollars = recent().reduce((sum, request) => sum + request.dollars, 0);
      if (dollars >= limitPerHour)
        return { why: 'budget', detail: `Suggestions have cost $${dollars.toFixed(2)} in the last hour.` };
      if (byHand) return undefined;
      if (requests.length >= maxPerHour)
        return { why: 'budget', detail: `There were ${requests.length} requests in the last hour.` };
      return now() < pausedUntil ? lastFailure : undefined;
    },
    began() {
      const request = { at: now(), dollars: 0 };
      requests.push(request);
      return (dollars) => {
        request.dollars = dollars;
      };
    },
    answered() {
      failures = 0;
    },
    failed(error) {
      lastFailure = whyOf(error);
      if (error instanceof ClaudeError && waiting.has(error.kind)) {
        const wait = error.retryAfter ?? usualWait;
        limitedUntil = now() + wait;
        return limited(wait);
      }
      pausedUntil = now() + Math.min(firstPause * 2 ** failures, longestPause);
      failures += 1;
      return lastFailure;
    },
    changed,
  };
}

function limited(milliseconds: number): Why {
  const seconds = Math.ceil(milliseconds / 1_000);
  return { why: 'limited', detail: `The service asks to wait for ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.` };
}

function whyOf(error: unknown): Why {
  if (error instanceof Refusal && error.kind === 'noKey') return { why: 'signedOut', detail: error.message };
  if (error instanceof Refusal && error.kind === 'excluded') return { why: 'excluded', detail: error.message };
  if (error instanceof Refusal || error instanceof ClaudeError) return { why: 'failed', detail: error.message };
  return { why: 'failed', detail: 'Something went wrong inside Gloss; the log says more.' };
}
