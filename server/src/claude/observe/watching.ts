/** Many who watch a call as one, so that none of them can harm it. */
import { harmlessHeaders } from '../headers.ts';
import type { SpendMeter } from '../limits/meter.ts';
import type { SpendGroup } from '../limits/spending.ts';
import type { RetryNotice } from '../retry.ts';
import type { Message } from '../schema/message.ts';
import type { Scrub } from '../secrets.ts';
import { bytesIn, type HttpRequest } from '../transport/transport.ts';
import type { AttemptFacts, CallEnd, CallFacts, CallWatch, Observer, ResponseFacts, WaitNotice } from './observer.ts';
import { type Report, safely } from './safely.ts';

/** All these as one. Whoever watches alone must not throw. */
export function together(observers: readonly Observer[], report: Report): Observer {
  const [first] = observers;
  if (first !== undefined && observers.length === 1) return first;
  return (facts) =>
    new Watches(
      observers.map((observe) => begun(observe, facts, report)),
      report,
    );
}

function begun(observe: Observer, facts: CallFacts, report: Report): CallWatch {
  let watch: CallWatch = {};
  safely(() => {
    watch = observe(facts);
  }, report);
  return watch;
}

/** Those who watch one call only. */
export interface Listeners {
  readonly onRetry?: (notice: RetryNotice) => void;
  readonly onWait?: (notice: WaitNotice) => void;
  readonly spend?: SpendGroup;
}

/** What a client has for those who watch. */
export interface Watched {
  readonly observe: Observer;
  readonly meter: SpendMeter;
  readonly report: Report;
  readonly scrub: Scrub;
}

/** The watch over one call: the client's, and the call's own. */
export function watchCall(facts: CallFacts, client: Watched, { onRetry, onWait, spend }: Listeners): CallWatch {
  const { meter, report } = client;
  const watch = client.observe(facts);
  if (onRetry === undefined && onWait === undefined && (spend === undefined || spend.meter === meter)) return watch;
  const own: CallWatch = { retrying: (notice) => onRetry?.(notice), waiting: (notice) => onWait?.(notice) };
  const metering = spend === undefined || spend.meter === meter ? [] : [meterWatch(spend.meter, client.scrub)];
  return new Watches([watch, own, ...metering], report);
}

/** Counts what calls use, those that fail or are given up included. One for any number of calls. */
export function meterWatch(meter: SpendMeter, scrub: Scrub): CallWatch {
  const count = (message: Message | undefined): void => {
    if (message !== undefined) meter.add(scrub(message.model), message.usage);
  };
  return { retrying: (_notice, message) => count(message), ended: ({ message }) => count(message) };
}

/** An attempt as those who watch may see it. */
export function attemptFacts(
  { method, path, headers, body }: HttpRequest,
  attempt: number,
  host: string,
): AttemptFacts {
  return { attempt, method, path, host, bytes: bytesIn(body), headers: harmlessHeaders(headers), body };
}

class Watches implements CallWatch {
  readonly #watches: readonly CallWatch[];
  readonly #report: Report;

  constructor(watches: readonly CallWatch[], report: Report) {
    this.#watches = watches;
    this.#report = report;
  }

  headers(): Readonly<Record<string, string>> {
    const all: Record<string, string> = {};
    this.#tell((watch) => Object.assign(all, watch.headers?.()));
    return all;
  }

  waiting(notice: WaitNotice): void {
    this.#tell((watch) => watch.waiting?.(notice));
  }

  sending(facts: AttemptFacts): void {
    this.#tell((watch) => watch.sending?.(facts));
  }

  answered(facts: ResponseFacts): void {
    this.#tell((watch) => watch.answered?.(facts));
  }

  retrying(notice: RetryNotice, message: Message | undefined): void {
    this.#tell((watch) => watch.retrying?.(notice, message));
  }

  firstEvent(): void {
    this.#tell((watch) => watch.firstEvent?.());
  }

  ended(end: CallEnd): void {
    this.#tell((watch) => watch.ended?.(end));
  }

  #tell(tell: (watch: CallWatch) => unknown): void {
    for (const watch of this.#watches) safely(() => tell(watch), this.#report);
  }
}
