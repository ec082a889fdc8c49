/** Writes what happens to calls into the log: ids, sizes and times; bodies only where that was asked for. */
import type { Clock } from '../clock.ts';
import { ClaudeError } from '../errors.ts';
import { harmlessHeaders } from '../headers.ts';
import type { LevelLog } from '../log.ts';
import { costOf, type PriceTable } from '../models/prices.ts';
import type { Message } from '../schema/message.ts';
import type { HttpRequest } from '../transport/transport.ts';
import type { CallEnd, CallFacts, CallWatch, Observer } from './observer.ts';

/** Characters of a body. */
const longestBody = 20_000;

export interface LoggingParts {
  readonly log: LevelLog;
  readonly clock: Clock;
  readonly prices: PriceTable;
  readonly bodies: boolean;
}

/** Undefined where the log would be told nothing. */
export function logCalls(parts: LoggingParts): Observer | undefined {
  const { log } = parts;
  let calls = 0;
  if (log.debug === undefined && log.info === undefined && log.warn === undefined && log.error === undefined)
    return undefined;
  return (facts) => watchOf(parts, facts, ++calls);
}

function watchOf({ log, clock, prices, bodies }: LoggingParts, facts: CallFacts, id: number): CallWatch {
  const name = `#${id} ${facts.operation}`;
  const startedAt = clock.now();
  const since = () => `${Math.round(clock.now() - startedAt)} ms`;
  let requestId: string | undefined;
  const { debug } = log;
  return {
    ...(debug && stepsOf({ name, since, debug, bodies })),
    answered(response) {
      requestId = response.requestId;
      const { status, headers } = response;
      debug?.(`${name}: ${status} after ${since()}, request ${requestId ?? '-'} ${headersIn(headers)}`);
    },
    retrying({ attempt, delay, reason }) {
      log.warn?.(`${name}: attempt ${attempt} failed, the next one follows in ${Math.round(delay)} ms. ${reason}`);
    },
    ended(end) {
      const what = `${name}${facts.model === undefined ? '' : ` ${facts.model}`}`;
      const rest = [...(end.message === undefined ? [] : usageIn(end.message, prices)), since(), requestId ?? '-'];
      tellEnd(log, `${what}: ${outcomeOf(end)} (${rest.join(', ')})`, end.error);
      if (bodies && end.message !== undefined) debug?.(`${name} answer: ${JSON.stringify(end.message)}`, longestBody);
    },
  };
}

interface StepParts {
  readonly name: string;
  readonly since: () => string;
  readonly debug: NonNullable<LevelLog['debug']>;
  readonly bodies: boolean;
}

/** What only `debug` tells. */
function stepsOf({ name, since, debug, bodies }: StepParts): CallWatch {
  return {
    waiting({ reason, delay, waiting }) {
      const until = delay === undefined ? '' : ` for ${Math.round(delay)} ms at least`;
      debug(`${name}: waits its turn${until} (${reason}, ${waiting} others wait)`);
    },
    sending({ attempt, method, path, host, bytes, headers, body }) {
      const size = bytes === undefined ? '' : `, ${bytes} bytes`;
      debug(`${name}: ${method} ${path} to ${host}, attempt ${attempt}${size} ${headersIn(headers)}`);
      if (bodies && body !== undefined) debug(`${name} request: ${textOf(body)}`, longestBody);
    },
    firstEvent: () => debug(`${name}: first event after ${since()}`),
  };
}

function tellEnd(log: LevelLog, line: string, error: unknown): void {
  if (error === undefined) log.info?.(line);
  else if (!(error instanceof ClaudeError)) log.error?.(`${line} ${error instanceof Error ? error.stack : ''}`);
  else if (error.kind === 'aborted') log.info?.(line);
  else log.warn?.(line);
}

function outcomeOf({ message, error }: CallEnd): string {
  if (error instanceof ClaudeError) return error.kind === 'aborted' ? 'stopped' : `failed. ${error.message}`;
  return error === undefined ? (message?.stop_reason ?? 'done') : `failed. ${String(error)}`;
}

function usageIn({ model, usage }: Message, prices: PriceTable): readonly string[] {
  const dollars = costOf(usage, model, prices);
  const cached = usage.cache_read_input_tokens ?? 0;
  const written = usage.cache_creation_input_tokens ?? 0;
  return [
    `${usage.input_tokens} tokens in, ${cached} from the cache, ${written} into it, ${usage.output_tokens} out`,
    dollars === undefined ? 'price unknown' : `$${dollars.toFixed(6)}`,
  ];
}

function headersIn(headers: Readonly<Record<string, string>>): string {
  return JSON.stringify(harmlessHeaders(headers));
}

function textOf(body: NonNullable<HttpRequest['body']>): string {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body.subarray(0, 4 * longestBody)).toString() : 'a stream of bytes';
}
