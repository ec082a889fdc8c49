/** The bytes of one answer between the socket and its reader: little is held, and a slow reader stops the socket. */
import type { ByteSource, TransportFailure } from './transport.ts';
import type { Controller } from './undici.ts';

/** Bytes held before the socket is stopped. Less is a single read of a socket. */
const highWater = 131_072;

/** Bytes and milliseconds that are spent on reaching the end of an answer that nobody reads any more. */
const longestTail = 16_384;
const longestWait = 1_000;

/** The socket's side. */
export interface Inlet {
  push(chunk: Uint8Array): void;
  end(): void;
  fail(failure: TransportFailure): void;
}

export interface Body {
  readonly source: ByteSource;
  readonly inlet: Inlet;
}

/** @param close Closes the connection. */
export function createBody(controller: Controller, close: () => void): Body {
  let chunks: Uint8Array[] = [];
  let held = 0;
  let state: 'open' | 'ended' | 'released' | TransportFailure = 'open';
  let waiter: { resolve(more: boolean): void; reject(failure: TransportFailure): void } | undefined;
  let tail: NodeJS.Timeout | undefined;

  const settle = (change: typeof state): void => {
    clearTimeout(tail);
    const waiting = waiter;
    waiter = undefined;
    const wasReleased = state === 'released';
    state = change;
    if (waiting === undefined || wasReleased) return;
    if (typeof change === 'string') waiting.resolve(false);
    else waiting.reject(change);
  };

  const inlet: Inlet = {
    push(chunk) {
      held += chunk.length;
      if (state === 'released') {
        if (held > longestTail) close();
        return;
      }
      chunks.push(chunk);
      if (held > highWater) controller.pause();
      const waiting = waiter;
      waiter = undefined;
      waiting?.resolve(true);
    },
    end: () => settle('ended'),
    fail: settle,
  };

  const source: ByteSource = {
    take() {
      if (chunks.length === 0) return undefined;
      const [only] = chunks;
      // What came in many small pieces is decoded in one go.
      const all = chunks.length === 1 ? only : Buffer.concat(chunks, held);
      chunks = [];
      held = 0;
      controller.resume();
      return all;
    },
    wait() {
      if (chunks.length > 0) return Promise.resolve(true);
      if (typeof state !== 'string') return Promise.reject(state);
      if (state !== 'open') return Promise.resolve(false);
      return new Promise((resolve, reject) => {
        waiter = { resolve, reject };
      });
    },
    release() {
      chunks = [];
      held = 0;
      if (state !== 'open') return;
      settle('released');
      tail = setTimeout(close, longestWait);
      tail.unref();
      controller.resume();
    },
  };
  return { source, inlet };
}
