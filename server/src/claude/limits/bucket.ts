/** One limit of the service, as learned from its answers: when the next call that counts against it may go. */
import type { Clock } from '../clock.ts';
import { type RateLimit, rateLimitsOf } from '../rateLimits.ts';
import { dateOf, retryAfterOf } from '../retry.ts';
import type { Usage } from '../schema/usage.ts';
import { amountIn, type Level, levelOf, longestBelief, taken, timeFor } from './level.ts';

/** What a call takes from the bucket. */
export interface Claim {
  /** Input tokens, as estimated. */
  readonly tokens: number;
  /** Which series of calls it belongs to: each refusal begins another one. */
  readonly series: number;
}

/** What is known of the limit, by what it counts. */
interface Levels {
  requests: Level | undefined;
  input: Level | undefined;
  output: Level | undefined;
  /** Until when it is believed. */
  readonly until: number;
  /** What one more call that was let through is worth, where all this was only measured. */
  readonly growth: number;
}

/** Milliseconds that a refusal without `retry-after` stops calls for; doubled with each that follows. */
const firstPause = 1_000;
const mostDoublings = 5;

/** A longer pause is looked into after so long: by then the limit may have been raised. */
const longestPause = 300_000;

/**
 * Added to pauses by chance, so that programs that share a key do not come back as one. Not from 0 on: the calls that
 * were refused are to be back when it is over, for one of them to go first.
 */
const [shortSpread, longSpread] = [100, 1_000];
const leastShare = 0.25;

/** When so many calls may wait for their answer at once, a refusal is forgotten. */
const trusted = 64;

const leastThreshold = 8;

/** How much more than was measured is tried. */
const headroom = 1.1;

/** So that a measure that was too low does not hold for long. */
const growth = 1.05;
const measuredBelief = 15_000;

/** How fast the share of a request that counts is learned. */
const weightOfLast = 0.3;

export class Bucket {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #follows: boolean;
  readonly #lanes: object[] = [];
  #pausedUntil = -Infinity;
  #spread = 0;
  #refusals = 0;
  #series = 0;
  /** How many calls of this series may wait for their answer at once: one after a refusal, then ever more. */
  #window = Infinity;
  /** Half of those that waited when the last series was refused: from there on the window grows slowly. */
  #threshold = Infinity;
  #refusedAt = -Infinity;
  /** Calls that were let through since then. */
  #accepted = 0;
  #waitingInSeries = 0;
  #waiting = 0;
  #claimed = 0;
  #levels: Levels | undefined;
  /** How many tokens count for one that was estimated: what is read from a cache does not count. */
  #share = 1;

  /** @param follows Whether anything is learned at all. */
  constructor(clock: Clock, random: () => number, follows: boolean) {
    this.#clock = clock;
    this.#random = random;
    this.#follows = follows;
  }

  /** The lane of calls that were refused so often. */
  laneOf(refusals: number): object {
    this.#lanes[refusals] ??= {};
    return this.#lanes[refusals];
  }

  /** Until when the service asked to be left alone. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Input tokens that a request of so many bytes is likely to count for. */
  tokensIn(bytes: number | undefined): number {
    return bytes === undefined ? 0 : (bytes / 4) * this.#share;
  }

  /** When a call may go: not after `now` when it may; `Infinity` when another has to be answered first. */
  readyAt(tokens: number, now: number): number {
    if (this.#levels !== undefined && now >= this.#levels.until) this.#forget(this.#levels, now);
    if (this.#waitingInSeries + 1 > this.#window) return Infinity;
    const resumed = this.#pausedUntil + this.#spread;
    if (this.#levels === undefined) return resumed;
    const { requests, input, output, until } = this.#levels;
    const known = Math.max(
      requests === undefined ? now : timeFor(requests, 1, now),
      input === undefined ? now : timeFor(input, Math.max(1, tokens), now),
      output === undefined ? now : timeFor(output, 1, now),
    );
    return Math.max(resumed, Math.min(known, until));
  }

  /** A call goes. */
  enter(tokens: number, now: number): Claim {
    this.#waiting += 1;
    this.#waitingInSeries += 1;
    this.#claimed += tokens;
    const levels = this.#levels;
    if (levels?.requests !== undefined) levels.requests = taken(levels.requests, 1, now);
    if (levels?.input !== undefined) levels.input = taken(levels.input, tokens, now);
    return { tokens, series: this.#series };
  }

  /** A call was answered. */
  answered(claim: Claim, status: number, headers: Readonly<Record<string, string>>): void {
    this.gone(claim);
    if (!this.#follows) return;
    if (status === 429) this.#refuse(claim, retryAfterOf(headers, this.#clock));
    else if (status < 500) this.#trust(claim);
    if (status < 400) this.#accept();
    this.#learn(headers);
  }

  /** A call will not be answered any more, or was. */
  gone({ tokens, series }: Claim): void {
    this.#waiting -= 1;
    this.#claimed -= tokens;
    if (series === this.#series) this.#waitingInSeries -= 1;
  }

  /** What a request of so many bytes did count for. */
  used(bytes: number, usage: Usage): void {
    const share = (4 * (usage.input_tokens + (usage.cache_creation_input_tokens ?? 0))) / Math.max(1, bytes);
    this.#share += weightOfLast * (Math.min(share, 2) - this.#share);
  }

  #refuse({ series }: Claim, asked: number | undefined): void {
    const now = this.#clock.now();
    const pause = Math.min(asked ?? firstPause * 2 ** Math.min(this.#refusals, mostDoublings), longestPause);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pause);
    if (series !== this.#series) return;
    this.#refusals += 1;
    this.#threshold = Math.max(leastThreshold, this.#waitingInSeries / 2);
    this.#doubt();
    const longest = Math.min(Math.max(pause, shortSpread), longSpread);
    this.#spread = longest * (leastShare + (1 - leastShare) * this.#random());
    this.#measure(now);
  }

  /** A service that only refuses is measured: what it let through since the refusal before is what it can do. */
  #measure(now: number): void {
    const rate = (headroom * this.#accepted) / (now - this.#refusedAt);
    const at = this.#pausedUntil + this.#spread;
    const requests = { limit: 2, remaining: 1, at, rate };
    if (rate > 0) this.#levels = { requests, input: undefined, output: undefined, until: at + measuredBelief, growth };
    this.#refusedAt = now;
    this.#accepted = 0;
  }

  #accept(): void {
    this.#accepted += 1;
    const levels = this.#levels;
    if (levels?.requests !== undefined && levels.growth !== 1)
      levels.requests = { ...levels.requests, rate: levels.requests.rate * levels.growth };
  }

  /** From here on one call at a time, until it is known again what is possible. */
  #doubt(): void {
    this.#series += 1;
    this.#waitingInSeries = 0;
    this.#window = 1;
    this.#levels = undefined;
  }

  /** What is too old holds nothing back. Where it still would, one call goes first to find out. */
  #forget({ requests, input, output }: Levels, now: number): void {
    const isShort = (level: Level | undefined) => level !== undefined && amountIn(level, now) < 1;
    if (isShort(requests) || isShort(input) || isShort(output)) this.#doubt();
    else this.#levels = undefined;
  }

  #trust({ series }: Claim): void {
    if (series !== this.#series) return;
    this.#refusals = 0;
    if (this.#clock.now() - this.#refusedAt >= longestBelief) this.#threshold = Infinity;
    this.#window += this.#window < this.#threshold ? 1 : 1 / this.#window;
    if (this.#window >= trusted) this.#window = Infinity;
  }

  /** What waits for its answer may not be in the count yet: it is taken off once more, to be on the safe side. */
  #learn(headers: Readonly<Record<string, string>>): void {
    const limits = rateLimitsOf(headers);
    if (limits === undefined) return;
    const now = this.#clock.now();
    const serverNow = dateOf(headers['date']) ?? this.#clock.wall();
    const level = (said: RateLimit | undefined, waiting: number): Level | undefined => {
      const found = levelOf(said, serverNow, now);
      return found === undefined ? undefined : taken(found, waiting, now);
    };
    this.#levels = {
      requests: level(limits.requests, this.#waiting) ?? this.#levels?.requests,
      input: level(limits.fastInputTokens ?? limits.inputTokens ?? limits.tokens, this.#claimed) ?? this.#levels?.input,
      output: level(limits.fastOutputTokens ?? limits.outputTokens, 0) ?? this.#levels?.output,
      until: now + longestBelief,
      growth: 1,
    };
  }
}
