/** The options of a client that let others watch its calls. */
import type { Clock } from '../clock.ts';
import type { SpendMeter } from '../limits/meter.ts';
import { type ClientLog, createWarn, type LevelLog, type LogLevel, levelLog, type Warn } from '../log.ts';
import { type PriceTable, priceTable } from '../models/prices.ts';
import type { Scrub } from '../secrets.ts';
import { type Hooks, hookCalls } from './hooks.ts';
import { logCalls } from './logging.ts';
import type { Observer } from './observer.ts';
import type { Report } from './safely.ts';
import { type OpenTelemetryApi, traceCalls } from './tracing.ts';
import { warnOfUnknownStops } from './unknownStops.ts';
import { meterWatch, together } from './watching.ts';

/** Who is told what calls do. */
export interface ObserveOptions {
  /** Where the client's own messages go; `console` fits. */
  readonly log?: ClientLog;
  /** The least that is told; `warn` when absent. */
  readonly logLevel?: LogLevel;
  /**
   * Whether the log holds, at level `debug`, what was sent and answered: prompts, documents and answers, up to
   * 20,000 characters of each. Keys are taken out of it; other secrets in it are not.
   */
  readonly logBodies?: boolean;
  /** Told of every call. */
  readonly hooks?: Hooks;
  /** `@opentelemetry/api`, for a span of each call. */
  readonly tracing?: OpenTelemetryApi;
}

export interface ObserveParts {
  readonly clock: Clock;
  readonly scrub: Scrub;
  readonly server: URL;
  readonly meter: SpendMeter;
  readonly prices: PriceTable | undefined;
}

/** Who watches the calls of a client, as one. */
export interface Observation {
  readonly observe: Observer;
  readonly log: LevelLog;
  /** Says each warning once. */
  readonly warn: Warn;
  readonly report: Report;
}

/** @throws ClaudeError of kind `configuration` that names the option and the fix. */
export function observationOf(
  { log: target, logLevel = 'warn', logBodies = false, hooks, tracing }: ObserveOptions,
  { clock, scrub, server, meter, prices = priceTable }: ObserveParts,
): Observation {
  const log = levelLog(target ?? {}, logLevel, scrub);
  const report = reportOnce(log);
  const metering = meterWatch(meter, scrub);
  const warn = createWarn(log);
  const observers = [
    () => metering,
    warnOfUnknownStops(warn, scrub),
    logCalls({ log, clock, prices, bodies: logBodies }),
    hooks && hookCalls(hooks, { clock, prices, scrub, report }),
    tracing && traceCalls(tracing, { clock, scrub, server }),
  ].filter((observer) => observer !== undefined);
  return { observe: together(observers, report), log, warn, report };
}

/** Different faults of watchers that are told. */
const mostReports = 20;

/** A watcher that fails is likely to fail with every call: each fault is told once. */
function reportOnce(log: LevelLog): Report {
  const told = new Set<string>();
  return (error) => {
    const fault = String(error);
    if (told.has(fault) || told.size >= mostReports) return;
    told.add(fault);
    log.error?.(`What watches calls has failed: ${error instanceof Error ? error.stack : fault}`);
  };
}
