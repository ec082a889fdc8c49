/** Waits for a batch: looks at it again and again, more and more seldom. */
import type { Caller } from '../caller.ts';
import { ClaudeError } from '../errors.ts';
import type { RequestOptions } from '../options.ts';
import type { MessageBatch } from '../schema/batches.ts';

/** How to wait for a batch. */
export interface WaitOptions extends RequestOptions {
  /** Told the batch each time that it was looked at. */
  readonly onProgress?: (batch: MessageBatch) => void;
  /** Milliseconds after which the wait fails with kind `timeout`; without it, until the batch ends by itself in a day. */
  readonly deadline?: number;
}

export interface WaitParts {
  readonly caller: Caller;
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  look(options: RequestOptions): Promise<MessageBatch>;
}

/** Milliseconds between looks: at first, at most, and the factor from one to the next. */
const firstDelay = 2_000;
const longestDelay = 60_000;
const growth = 1.5;

/** A service that is away for a while ends no wait: so many looks in a row may fail, each after its own attempts. */
const mostFailures = 10;

/** The batch, once it has ended. @throws ClaudeError */
export async function waitFor(id: string, options: WaitOptions, parts: WaitParts): Promise<MessageBatch> {
  const { onProgress, deadline = Infinity, ...more } = options;
  const until = parts.now() + deadline;
  let delay = firstDelay;
  let failures = 0;
  let last: MessageBatch | undefined;
  for (;;) {
    try {
      last = await parts.look(withDeadline(more, until - parts.now()));
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!(error instanceof ClaudeError) || !error.retryable || failures === mostFailures) throw error;
    }
    if (last !== undefined && failures === 0) onProgress?.(last);
    if (last?.processing_status === 'ended') return last;
    const left = until - parts.now();
    if (left <= 0) throw tooLong(id, deadline, last);
    // From three quarters of the delay up to all of it, so that many who wait do not ask together.
    await parts.caller.pause(Math.min(delay * (0.75 + 0.25 * parts.random()), left), options.signal);
    delay = Math.min(delay * growth, longestDelay);
  }
}

/** No look takes longer than is left. */
function withDeadline(options: RequestOptions, left: number): RequestOptions {
  if (left === Infinity) return options;
  const total = Math.max(1, Math.min(left, options.deadlines?.total ?? Infinity));
  return { ...options, deadlines: { ...options.deadlines, total } };
}

function tooLong(id: string, deadline: number, batch: MessageBatch | undefined): ClaudeError {
  const { processing, ...done } = batch?.request_counts ?? {};
  const counted = Object.values(done).filter((count) => typeof count === 'number');
  const all = counted.reduce((sum, count) => sum + count, processing ?? 0);
  const how = processing === undefined || processing === null ? '' : `; ${processing} of ${all} requests are left`;
  return new ClaudeError(
    'timeout',
    `The batch ${id} has not ended within ${Math.round(deadline / 1000)} s${how}. It goes on: wait again with its id.`,
    { stage: 'headers' },
  );
}
