/** Bodies that are sent piece by piece: how long that may take, what may be sent again, and how a source is left. */
import { ClaudeError } from './errors.ts';
import type { StreamedBody } from './transport/transport.ts';

/** What is needed of the call that sends. */
interface Sender {
  /** The call is over. */
  stop(reason: ClaudeError): void;
  sending(goesOn: boolean): void;
}

export interface Sending {
  readonly body: StreamedBody;
  /** Whether the body can be had once more. */
  mayRepeat(): boolean;
  /** The call is over: a source that is still open is left. */
  close(): void;
}

/**
 * The body, watched: time that its source takes is not counted against the service, and a source that fails ends the
 * call for good.
 */
export function sendingOf(body: StreamedBody, sender: () => Sender): Sending {
  const waits = new Set<() => void>();
  let opened = false;
  let closed = false;
  const progress = (goesOn: boolean): void => {
    if (!closed) sender().sending(goesOn);
  };
  const nextOf = async (source: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> => {
    if (closed) throw left();
    const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<Uint8Array>>();
    const leave = () => reject(left());
    waits.add(leave);
    source.next().then(resolve, reject);
    return promise.finally(() => waits.delete(leave));
  };
  async function* pieces(): AsyncGenerator<Uint8Array, undefined> {
    opened = true;
    const source = body.open()[Symbol.asyncIterator]();
    let ended = false;
    try {
      while (!ended) {
        progress(false);
        const { done, value } = await nextOf(source);
        progress(true);
        ended = done === true;
        if (!ended) yield value;
      }
    } catch (error) {
      if (!closed) sender().stop(sourceError(error));
      throw error;
    } finally {
      // A source that is waiting for something ends when that comes: it is not waited for.
      if (!ended) source.return?.().catch(() => {});
    }
  }
  return {
    body: { ...(body.length !== undefined && { length: body.length }), replayable: body.replayable, open: pieces },
    mayRepeat: () => !opened || body.replayable,
    close() {
      closed = true;
      for (const leave of waits) leave();
    },
  };
}

function left(): Error {
  return new Error('nobody wants it any more');
}

function sourceError(error: unknown): ClaudeError {
  if (error instanceof ClaudeError) return error;
  const why = error instanceof Error && error.message !== '' ? `: ${error.message.slice(0, 200)}` : '';
  return new ClaudeError('aborted', `Sending was stopped, because its source failed${why}.`, {
    stage: 'request',
    cause: error,
  });
}

const before: ReadonlySet<string | undefined> = new Set([
  'settings',
  'queue',
  'credentials',
  'dns',
  'connect',
  'proxy',
  'tls',
  'request',
]);

/** Whether a request that failed so was surely not acted upon: it did not arrive whole, or was turned away. */
export function wasNotTaken(error: unknown): boolean {
  if (!(error instanceof ClaudeError)) return false;
  if (error.shouldRetry === true) return true;
  const { status } = error;
  if (status !== undefined) return status === 529 || (status >= 300 && status <= 429);
  return before.has(error.stage);
}
