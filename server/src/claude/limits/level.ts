/** One of the service's limits as it is believed to stand: arithmetic on what an answer last said of it. */
import type { RateLimit } from '../rateLimits.ts';

/** A bucket that refills all the time. Times are those of the monotonic clock. */
export interface Level {
  /** Size of the bucket. */
  readonly limit: number;
  /** What was in it at `at`; below 0 when more was taken than was in it. */
  readonly remaining: number;
  readonly at: number;
  /** What flows in, per millisecond. */
  readonly rate: number;
}

/** Limits count per minute: what was said a minute ago says nothing any more. */
export const longestBelief = 60_000;

/** Reset times are whole seconds: shorter times until a reset say too little about the flow. */
const shortestMeasure = 5_000;

/**
 * What an answer said, as a level; undefined where it said too little.
 * @param serverNow The time at the service, as milliseconds since 1970: reset times are read against it alone.
 */
export function levelOf(said: RateLimit | undefined, serverNow: number, now: number): Level | undefined {
  if (said?.limit === undefined || said.remaining === undefined || said.limit === 0) return undefined;
  const { limit } = said;
  const remaining = Math.min(said.remaining, limit);
  const untilFull = (said.resetsAt ?? Infinity) - serverNow;
  return { limit, remaining, at: now, rate: rateOf(limit, limit - remaining, untilFull) };
}

/** What flows in: as the reset tells, where it can be believed; else the limit within a minute. */
function rateOf(limit: number, missing: number, untilFull: number): number {
  const perMinute = limit / 60_000;
  if (untilFull > longestBelief || missing === 0) return perMinute;
  if (untilFull >= shortestMeasure) return missing / untilFull;
  return Math.max(perMinute, missing / Math.max(untilFull, 1_000));
}

/** What is in the bucket now. */
export function amountIn({ limit, remaining, at, rate }: Level, now: number): number {
  return Math.min(limit, remaining + rate * Math.max(0, now - at));
}

/** The level after something was taken. */
export function taken(level: Level, amount: number, now: number): Level {
  return { ...level, remaining: amountIn(level, now) - amount, at: now };
}

/**
 * When so much will be in the bucket; `now` when it is. More than half of a bucket is never waited for: needs are
 * estimates, and a wrong one should not cost more than half a minute.
 */
export function timeFor(level: Level, amount: number, now: number): number {
  const missing = Math.min(amount, Math.max(1, level.limit / 2)) - amountIn(level, now);
  return missing <= 0 ? now : now + missing / level.rate;
}
