/** A service that keeps to a limit, as its answers say: a transport whose time comes from the test. */
import type { ByteSource, Clock, HttpRequest, Transport } from '../../server/src/claude/index.ts';
import { good } from './claudeCalls.ts';

export interface LimitedOptions {
  /** Requests in the bucket at first, and at most. */
  readonly limit: number;
  /** Requests that flow in, each second. */
  readonly perSecond: number;
  /** Whether answers name the limit. */
  readonly tells: boolean;
  /** Milliseconds until a request is answered. */
  readonly latency: number;
}

export interface LimitedService extends Transport {
  readonly accepted: number;
  readonly refused: number;
  /** Most requests that were under way at once after the first refusal. */
  readonly requests: readonly { readonly at: number; readonly status: number; readonly request: HttpRequest }[];
}

/** Answers with a message while there is something in the bucket, else with 429 and the seconds to wait. */
export function limitedService(clock: Clock, { limit, perSecond, tells, latency }: LimitedOptions): LimitedService {
  const requests: { readonly at: number; readonly status: number; readonly request: HttpRequest }[] = [];
  let level = limit;
  let at = clock.now();
  const count = (status: number) => requests.filter((one) => one.status === status).length;
  return {
    requests,
    get accepted() {
      return count(200);
    },
    get refused() {
      return count(429);
    },
    send(request, onStage) {
      onStage('request');
      onStage('headers');
      level = Math.min(limit, level + ((clock.now() - at) * perSecond) / 1_000);
      at = clock.now();
      const status = level >= 1 ? 200 : 429;
      if (status === 200) level -= 1;
      requests.push({ at, status, request });
      const headers = {
        ...(status === 200 ? good.headers : { 'content-type': 'application/json' }),
        ...(status === 429 && { 'retry-after': String(Math.ceil((1 - level) / perSecond)) }),
        ...(tells && headersOf(clock, level)),
      };
      const text = status === 200 ? good.steps[0] : JSON.stringify(problem);
      const body = bodyOf(Buffer.from(text instanceof Uint8Array || typeof text === 'string' ? text : ''));
      const { promise, resolve } = Promise.withResolvers<void>();
      clock.after(latency, resolve, false);
      return { response: promise.then(() => ({ status, headers, body })), destroy() {} };
    },
    async close() {},
  };

  function headersOf(time: Clock, remaining: number): Record<string, string> {
    const untilFull = Math.ceil((limit - remaining) / perSecond) * 1_000;
    return {
      date: new Date(time.wall()).toUTCString(),
      'anthropic-ratelimit-requests-limit': String(limit),
      'anthropic-ratelimit-requests-remaining': String(Math.floor(remaining)),
      'anthropic-ratelimit-requests-reset': new Date(Math.floor(time.wall() / 1_000) * 1_000 + untilFull).toISOString(),
    };
  }
}

const problem = { type: 'error', error: { type: 'rate_limit_error', message: 'Too many.' } };

function bodyOf(bytes: Uint8Array): ByteSource {
  let left: Uint8Array | undefined = bytes;
  return {
    take() {
      const taken = left;
      left = undefined;
      return taken;
    },
    get ended() {
      return left === undefined;
    },
    wait: (wake) => wake(),
    release() {},
  };
}
