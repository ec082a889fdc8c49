/** The results of a batch, one by one as they come; where the connection breaks, the rest is asked for again. */
import type { Call } from '../call.ts';
import { ClaudeError } from '../errors.ts';
import type { BatchResult } from '../schema/batches.ts';
import { loadResourceChecks } from '../schema/load.ts';
import type { ResourceChecks } from '../schema/resourceChecks.ts';
import { type Line, linesOf } from './jsonLines.ts';

/** How results are read. */
export interface ResultsReading {
  /** A new call for the results. */
  begin(): Call;
  /** Waits before the next one. */
  pause(): Promise<void>;
  /** Those that are not wanted any more, by `custom_id`. */
  readonly skip: Iterable<string>;
  /** How many there are in all, where that is known. */
  readonly total: number | undefined;
  /** Told of lines that cannot be read; without it, the first one ends the reading. */
  readonly onBadLine: ((error: ClaudeError) => void) | undefined;
}

/** Bytes of one line. */
const longestLine = 32 * 1024 * 1024;

/** @throws ClaudeError when the results cannot be had to their end. */
export async function* resultsOf(reading: ResultsReading): AsyncGenerator<BatchResult, undefined> {
  const reader = {
    ...reading,
    done: new Set(reading.skip),
    bad: new Set<number>(),
    checks: await loadResourceChecks(),
  };
  for (let ended = false; !ended; ) {
    ended = yield* oneCall(reader);
    if (!ended) await reading.pause();
  }
}

interface Reader extends ResultsReading {
  readonly done: Set<string>;
  readonly bad: Set<number>;
  readonly checks: ResourceChecks;
}

/**
 * What one call brings that is new. Where it breaks off without having brought anything, it is tried again as any
 * call; where it has, another call may begin afresh.
 * @returns Whether this was all.
 */
async function* oneCall(reader: Reader): AsyncGenerator<BatchResult, boolean> {
  const call = reader.begin();
  const before = reader.done.size;
  try {
    for (;;) {
      try {
        yield* newResults(call, reader);
        call.end({});
        return true;
      } catch (error) {
        call.drop();
        const failure = call.failureOf(error);
        // A call may take too long only because its results are taken slowly.
        const goesOn = failure instanceof ClaudeError && failure.retryable && reader.done.size > before;
        if (call.stopped === undefined && !goesOn) await call.afterFailure(failure);
        else if (goesOn) {
          call.end({ error: failure });
          return false;
        } else throw failure;
      }
    }
  } catch (error) {
    call.end({ error });
    throw error;
  } finally {
    call.drop();
    call.end({});
  }
}

async function* newResults(call: Call, reader: Reader): AsyncGenerator<BatchResult, undefined> {
  const { total, done, bad } = reader;
  const response = await call.open();
  let lines = 0;
  for await (const line of linesOf(call.chunks(response), longestLine)) {
    lines += 1;
    const result = resultIn(line, reader.checks);
    if ('custom_id' in result) {
      if (done.has(result.custom_id)) continue;
      done.add(result.custom_id);
      yield result;
    } else {
      if (!line.isWhole) throw brokenOff(call, lines - 1, total);
      const error = badLine(call, line.number, result.problem);
      if (reader.onBadLine === undefined) throw error;
      if (!bad.has(line.number)) reader.onBadLine(error);
      bad.add(line.number);
    }
  }
  if (total !== undefined && lines < total) throw brokenOff(call, lines, total);
}

function resultIn({ text }: Line, { batchResult }: ResourceChecks): BatchResult | { readonly problem: string } {
  if (text === undefined) return { problem: 'it is longer than 32 MB' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  const checked = batchResult(value);
  return 'value' in checked ? checked.value : checked;
}

function badLine({ peer }: Call, number: number, problem: string): ClaudeError {
  const { host } = peer;
  const what = `Line ${number} of the results from ${host} cannot be read: ${peer.scrub(problem)}.`;
  return new ClaudeError('bad_response', what, { stage: 'body', host, field: `line ${number}` });
}

function brokenOff({ peer: { host } }: Call, lines: number, total: number | undefined): ClaudeError {
  const of = total === undefined ? '' : ` of ${total}`;
  return new ClaudeError('truncated', `The results broke off: ${lines}${of} came from ${host}.`, {
    stage: 'body',
    host,
  });
}
