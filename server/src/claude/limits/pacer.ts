/** Lets calls through as fast as the service's limits and the client's own allow, and in a fair order. */
import type { Clock, Forget } from '../clock.ts';
import { ClaudeError } from '../errors.ts';
import type { WaitNotice } from '../observe/observer.ts';
import type { Usage } from '../schema/usage.ts';
import { Bucket, type Claim } from './bucket.ts';
import { bucketKeyOf, isBilled } from './bucketKey.ts';
import { SpendCircuit } from './circuit.ts';
import type { Entry, Gate, Pass, Priority, Wish } from './gate.ts';
import { Queue, type Waiting } from './queue.ts';
import { type SpendGroup, spendRefusal } from './spending.ts';

export interface PacerParts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly host: string;
  /** Attempts that may be under way at once. */
  readonly maxConcurrent: number;
  /** Whether the service's limits are learned and kept to. */
  readonly pacing: boolean;
  /** What the calls cost in all, and the limit for it. */
  readonly spend: SpendGroup;
}

export function createPacer(parts: PacerParts): Gate {
  return new Pacer(parts);
}

class Pacer implements Gate {
  readonly #parts: PacerParts;
  readonly #buckets = new Map<string, Bucket>();
  readonly #queue = new Queue<Place>();
  readonly #circuit: SpendCircuit;
  /** How often calls were refused that are to come back. */
  readonly #refusals = new WeakMap<Wish, number>();
  #underWay = 0;
  #arrived = 0;
  #forget: Forget | undefined;

  constructor(parts: PacerParts) {
    this.#parts = parts;
    this.#circuit = new SpendCircuit(parts.clock);
  }

  enter(wish: Wish): Entry {
    const arrival = { order: ++this.#arrived, refusals: this.#refusals.get(wish) ?? 0 };
    const place = new Place(this, wish, this.#bucketOf(wish), arrival);
    const refusal = this.#refusalOf(place);
    if (refusal !== undefined) throw refusal;
    const now = this.#parts.clock.now();
    if (this.#queue.size === 0 && this.#hasRoom && place.readyAt(now) <= now) this.#admit(place, now);
    else this.#line(place, now);
    return place;
  }

  /** Nobody waits in this place any more. */
  withdraw(place: Place): void {
    if (this.#queue.delete(place)) this.#advance();
  }

  /** The answer to a call has begun. */
  answered(place: Place, status: number): void {
    if (status < 400) this.#circuit.passed(place);
    if (status === 429) {
      this.#refusals.set(place.wish, (this.#refusals.get(place.wish) ?? 0) + 1);
      this.#dismiss();
    }
    this.#advance();
  }

  refused(place: Place, error: ClaudeError): void {
    if (this.#circuit.refused(place, error)) this.#dismiss();
  }

  leave(place: Place): void {
    this.#underWay -= 1;
    this.#circuit.leave(place);
    this.#advance();
  }

  get #hasRoom(): boolean {
    return this.#underWay < this.#parts.maxConcurrent;
  }

  #bucketOf(wish: Wish): Bucket {
    const key = bucketKeyOf(wish);
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      const { clock, random, pacing } = this.#parts;
      bucket = new Bucket(clock, random, pacing);
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  #admit(place: Place, now: number): void {
    this.#underWay += 1;
    if (place.billed) this.#circuit.enter(place);
    place.admit(now);
  }

  #line(place: Place, now: number): void {
    const at = place.readyAt(now);
    const waiting = this.#queue.size;
    this.#queue.add(place);
    this.#advance();
    const delay = at > now && at < Infinity ? at - now : undefined;
    place.wait({ reason: at > now ? 'rate_limit' : 'concurrency', delay, waiting });
  }

  /** Lets through who may go now, and looks again when the next one may. */
  #advance(): void {
    this.#forget?.();
    this.#forget = undefined;
    if (this.#queue.size === 0) return;
    const now = this.#parts.clock.now();
    let next = Infinity;
    const isReady = (place: Place): boolean => {
      const at = place.readyAt(now);
      if (at > now) next = Math.min(next, at);
      return at <= now;
    };
    while (this.#hasRoom) {
      next = Infinity;
      const place = this.#queue.take(isReady);
      if (place === undefined) break;
      const refusal = this.#refusalOf(place);
      if (refusal === undefined) this.#admit(place, now);
      else place.refuse(refusal);
    }
    if (this.#hasRoom && next < Infinity)
      this.#forget = this.#parts.clock.after(Math.max(1, next - now), () => this.#advance(), true);
  }

  /** Sends away who waits in vain. */
  #dismiss(): void {
    for (const place of [...this.#queue]) {
      const refusal = this.#refusalOf(place);
      if (refusal === undefined) continue;
      this.#queue.delete(place);
      place.refuse(refusal);
    }
  }

  /** Why a call must not wait, if it must not. */
  #refusalOf({ wish, bucket, billed }: Place): ClaudeError | undefined {
    const { clock, host, spend } = this.#parts;
    if (billed) {
      const refusal =
        this.#circuit.refusal() ??
        spendRefusal(spend) ??
        (wish.spend === undefined ? undefined : spendRefusal(wish.spend));
      if (refusal !== undefined) return refusal;
    }
    const retryAfter = bucket.pausedUntil - clock.now();
    if (!(retryAfter > wish.longestWait)) return undefined;
    const what = `${host} has asked for a pause of ${Math.ceil(retryAfter / 1000)} s more: nothing was sent.`;
    return new ClaudeError('rate_limit', what, { stage: 'queue', host, retryAfter });
  }
}

interface Arrival {
  readonly order: number;
  readonly refusals: number;
}

/** Far apart: the more often a call was refused, the sooner it goes, for it has not many attempts left. */
const refusalsCount = 1e12;

/** One call's place: it waits, then is on its way, then is answered, then is over. */
class Place implements Entry, Pass, Waiting {
  readonly wish: Wish;
  readonly bucket: Bucket;
  readonly billed: boolean;
  readonly order: number;
  readonly lane: object;
  notice: WaitNotice | undefined;
  readonly #pacer: Pacer;
  readonly #tokens: number;
  #pass: Promise<Pass> | undefined;
  #settle: { resolve(pass: Pass): void; reject(error: ClaudeError): void } | undefined;
  /** From its being sent to its answer. */
  #claim: Claim | undefined;
  #isUnderWay = false;

  constructor(pacer: Pacer, wish: Wish, bucket: Bucket, { order, refusals }: Arrival) {
    this.#pacer = pacer;
    this.wish = wish;
    this.bucket = bucket;
    this.billed = isBilled(wish);
    this.order = order - refusalsCount * refusals;
    this.lane = bucket.laneOf(refusals);
    this.#tokens = this.billed ? bucket.tokensIn(wish.bytes) : 0;
  }

  get priority(): Priority {
    return this.wish.priority;
  }

  get owner(): string {
    return this.wish.owner;
  }

  get pass(): Pass | Promise<Pass> {
    return this.#pass ?? this;
  }

  readyAt(now: number): number {
    return this.bucket.readyAt(this.#tokens, now);
  }

  /** It did not go at once: from now on there is a promise. */
  wait(notice: WaitNotice): void {
    if (this.#isUnderWay || this.#pass !== undefined) return;
    this.notice = notice;
    const { promise, resolve, reject } = Promise.withResolvers<Pass>();
    this.#pass = promise;
    this.#settle = { resolve, reject };
  }

  admit(now: number): void {
    this.#isUnderWay = true;
    this.#claim = this.bucket.enter(this.#tokens, now);
    this.#settle?.resolve(this);
    this.#settle = undefined;
  }

  refuse(error: ClaudeError): void {
    if (this.#settle === undefined) this.#pass = Promise.reject(error);
    else this.#settle.reject(error);
    this.#settle = undefined;
  }

  giveUp(): void {
    this.leave();
    this.#pacer.withdraw(this);
  }

  answered(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.#claim === undefined) return;
    this.bucket.answered(this.#claim, status, headers);
    this.#claim = undefined;
    this.#pacer.answered(this, status);
  }

  refused(error: ClaudeError): void {
    this.#pacer.refused(this, error);
  }

  leave(usage?: Usage): void {
    if (!this.#isUnderWay) return;
    this.#isUnderWay = false;
    if (this.#claim !== undefined) this.bucket.gone(this.#claim);
    this.#claim = undefined;
    if (usage !== undefined && this.wish.bytes !== undefined) this.bucket.used(this.wish.bytes, usage);
    this.#pacer.leave(this);
  }
}
