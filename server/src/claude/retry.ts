/** The one owner of retries: whether to try again, when, and the wait until then. */
import type { Clock } from './clock.ts';
import { ClaudeError } from './errors.ts';
import { misconfigured } from './misconfigured.ts';

/** How often a call is tried, and how long it waits in between. */
export interface RetryPolicy {
  /**
   * Attempts in all, the first one included; 1 means none again. Those that the service turned away with a time to
   * wait do not count: they only end with the budget, or after 20 of them.
   */
  readonly attempts: number;
  /**
   * Upper end of the first wait, in milliseconds; doubled with each attempt. The wait is drawn from 0 up to it. As
   * much at most is added to a wait that the service asks for.
   */
  readonly firstDelay: number;
  /** Highest upper end of a wait. */
  readonly longestDelay: number;
  /** Longest wait that the service may ask for; when it asks for more, the call fails at once. */
  readonly longestServerDelay: number;
  /** Milliseconds after the start of the call in which another attempt may begin. */
  readonly budget: number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

/** The attempts and waits where nobody says otherwise. */
export const defaultRetries: RetryPolicy = {
  attempts: 4,
  firstDelay: 500,
  longestDelay: 8_000,
  longestServerDelay: 60_000,
  budget: 120_000,
  random: Math.random,
};

/** @throws ClaudeError of kind `configuration` for numbers that are none. */
export function checkedRetries(retries: Partial<RetryPolicy> | undefined): Partial<RetryPolicy> {
  for (const [name, value] of Object.entries(retries ?? {})) {
    const least = name === 'attempts' ? 1 : 0;
    if (value !== undefined && name !== 'random' && !(typeof value === 'number' && value >= least))
      throw misconfigured(`retries.${name}`, `retries.${name} is ${String(value)}. Give a number from ${least} on.`);
  }
  return retries ?? {};
}

/** What is said before another attempt. */
export interface RetryNotice {
  /** The attempt that failed: 1, 2, … */
  readonly attempt: number;
  /** Milliseconds until the next one. */
  readonly delay: number;
  /** Why, in a sentence for people. */
  readonly reason: string;
  /** What the attempt failed with. */
  readonly error: ClaudeError;
}

/** An overloaded service needs more time than a broken connection. */
const overloadFactor = 4;

/** What is added to a wait that the service asks for is drawn up to the wait itself, but at least up to this. */
const leastSpread = 100;

/** A service that goes on turning a call away after so many waits does not mean what it says. */
const mostTurnedAway = 20;

/** The service was asked too much and says when to come back: that is no failed attempt. */
function isTurnedAway(error: unknown): boolean {
  return error instanceof ClaudeError && error.kind === 'rate_limit' && (error.retryAfter ?? 0) > 0;
}

/** Milliseconds to wait before trying again after `attempt` (1, 2, …) failed; undefined to give up. */
function delayAfter(attempt: number, error: unknown, policy: RetryPolicy): number | undefined {
  if (!(error instanceof ClaudeError) || !error.retryable) return undefined;
  if (policy.attempts === 1 || policy.attempts <= attempt) return undefined;
  const { retryAfter } = error;
  if (retryAfter !== undefined && retryAfter > policy.longestServerDelay) return undefined;
  // Chance comes on top of what the service asks for: all who were told the same would come back as one.
  if (retryAfter !== undefined)
    return retryAfter + policy.random() * Math.min(Math.max(retryAfter, leastSpread), policy.firstDelay);
  const first = error.kind === 'overloaded' ? policy.firstDelay * overloadFactor : policy.firstDelay;
  return policy.random() * Math.min(first * 2 ** (attempt - 1), policy.longestDelay);
}

/** The attempts of one call. */
export interface Attempts {
  /**
   * Waits until the next attempt may begin.
   * @throws the error itself when it is final; the reason given to `stop` when stopped while waiting.
   */
  afterFailure(error: unknown): Promise<void>;
  /** Ends a wait at once. */
  stop(reason: unknown): void;
}

export function createAttempts(
  policy: RetryPolicy,
  clock: Clock,
  onRetry: ((notice: RetryNotice) => void) | undefined,
): Attempts {
  const startedAt = clock.now();
  let attempt = 0;
  let turnedAway = 0;
  let interrupt: ((reason: unknown) => void) | undefined;
  const wait = (delay: number) =>
    new Promise<void>((resolve, reject) => {
      const forget = clock.after(delay, resolve, true);
      interrupt = (reason) => {
        forget();
        reject(reason);
      };
    });
  return {
    async afterFailure(error) {
      attempt += 1;
      if (isTurnedAway(error)) turnedAway += 1;
      const counted = turnedAway < mostTurnedAway ? attempt - turnedAway : attempt;
      const delay = delayAfter(counted, error, policy);
      if (delay === undefined || !(error instanceof ClaudeError)) throw error;
      if (clock.now() - startedAt + delay > policy.budget) throw error;
      onRetry?.({ attempt, delay, reason: error.message, error });
      await wait(delay);
      interrupt = undefined;
    },
    stop: (reason) => interrupt?.(reason),
  };
}

/**
 * Milliseconds that the service asks to wait: `retry-after-ms`, else `retry-after` in seconds or as a date. Dates
 * are read against the answer's own `date`, so that a wrong clock here does not matter. Values that make no sense
 * are ignored; waits in the past are 0.
 */
export function retryAfterOf(headers: Readonly<Record<string, string>>, clock: Clock): number | undefined {
  const milliseconds = numberOf(headers['retry-after-ms']);
  if (milliseconds !== undefined) return milliseconds;
  const value = headers['retry-after'];
  const seconds = numberOf(value);
  if (seconds !== undefined) return seconds * 1000;
  const until = dateOf(value);
  return until === undefined ? undefined : Math.max(0, until - (dateOf(headers['date']) ?? clock.wall()));
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,12}(\.\d*)?\s*$/.test(text) ? Number(text) : undefined;
}

/** Only the form that HTTP uses: `Date.parse` reads numbers and much else as dates. */
export function dateOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d.*$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
