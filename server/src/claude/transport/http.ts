/** The ordinary transport: HTTP/1.1 over undici, one socket for each request under way, a few kept for the next. */
import type { Stage } from '../errors.ts';
import { Body } from './body.ts';
import { codeOf, createConnector, type Dial, dialDirect, dialThrough } from './connect.ts';
import { isDirect, proxyOf } from './proxy.ts';
import { type Exchange, type HttpRequest, type HttpResponse, type Transport, TransportFailure } from './transport.ts';
import {
  type Controller,
  clientOptions,
  type Handler,
  loadUndici,
  type UndiciClient,
  type UndiciParts,
} from './undici.ts';

/** Connections kept open for later requests. */
const mostIdle = 8;

export interface HttpOptions {
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
  readonly ca: string | undefined;
}

/** A connection, and the request that is on it. */
interface Lane {
  readonly origin: string;
  readonly client: UndiciClient;
  readonly closers: (() => void)[];
  enter: (stage: Stage) => void;
}

/** @throws ClaudeError of kind `configuration` when the proxy cannot be used. */
export function createHttpTransport(options: HttpOptions): Transport {
  const proxy = options.proxy === undefined ? undefined : proxyOf(options.proxy);
  const idle: Lane[] = [];
  const busy = new Set<Lane>();
  let dials: { readonly direct: Dial; readonly proxied: Dial } | undefined;
  let closed = false;

  const dialFor = (parts: UndiciParts, origin: string): Dial => {
    if (dials === undefined) {
      const connector = createConnector(parts, options.ca);
      const direct = dialDirect(connector);
      dials = { direct, proxied: proxy === undefined ? direct : dialThrough(parts, connector, proxy) };
    }
    return isDirect(origin, options.noProxy) ? dials.direct : dials.proxied;
  };
  const acquire = (parts: UndiciParts, origin: string): Lane => {
    const at = idle.findLastIndex((lane) => lane.origin === origin);
    const lane = idle.splice(at, at < 0 ? 0 : 1)[0] ?? createLane(parts, origin, dialFor(parts, origin));
    busy.add(lane);
    return lane;
  };
  const release = (lane: Lane, usable: boolean): void => {
    if (!busy.delete(lane)) return;
    if (usable && !closed && idle.length < mostIdle) idle.push(lane);
    else void destroyLane(lane);
  };
  return {
    send(request, onStage) {
      if (closed) throw new TransportFailure('request', 'CLOSED', 'the client was closed');
      return startExchange(request, onStage, { acquire, release });
    },
    async close() {
      closed = true;
      await Promise.all([...idle.splice(0), ...busy].map(destroyLane));
      busy.clear();
    },
  };
}

function createLane({ Client }: UndiciParts, origin: string, dial: Dial): Lane {
  const lane: Lane = {
    origin,
    closers: [],
    enter: () => {},
    client: new Client(origin, {
      ...clientOptions,
      connect: (options, connected) => {
        lane.closers.length = 0;
        dial(
          { enter: (stage) => lane.enter(stage), onGiveUp: (close) => lane.closers.push(close) },
          options,
          connected,
        );
      },
    }),
  };
  return lane;
}

/** Sockets that are still connecting are not undici's yet: they are closed here. */
async function destroyLane(lane: Lane): Promise<void> {
  for (const close of lane.closers.splice(0)) close();
  await lane.client.destroy();
}

interface Pool {
  acquire(parts: UndiciParts, origin: string): Lane;
  release(lane: Lane, usable: boolean): void;
}

function startExchange(request: HttpRequest, onStage: (stage: Stage) => void, pool: Pool): Exchange {
  let lane: Lane | undefined;
  let given = false;
  const giveUp = (): void => {
    given = true;
    if (lane !== undefined) pool.release(lane, false);
  };
  const run = async (): Promise<HttpResponse> => {
    const parts = await loadUndici();
    if (given) throw new TransportFailure('request', 'CLOSED', 'the request was given up');
    const taken = pool.acquire(parts, request.origin);
    lane = taken;
    let stage: Stage = 'connect';
    taken.enter = (next) => {
      stage = next;
      onStage(next);
    };
    return new Promise((resolve, reject) => {
      const done = (usable: boolean): void => {
        lane = undefined;
        pool.release(taken, usable);
      };
      taken.client.dispatch(
        { ...request, headers: framed(request), body: openBody(request.body) },
        handlerFor({ resolve, reject, done, enter: taken.enter, giveUp, stage: () => stage }),
      );
    });
  };
  return { response: run(), destroy: giveUp };
}

function openBody(body: HttpRequest['body']): string | Uint8Array | AsyncIterable<Uint8Array> | undefined {
  return typeof body === 'object' && 'open' in body ? body.open() : body;
}

/** With the length of a streamed body, where it is known; otherwise it goes in chunks. */
function framed({ headers, body }: HttpRequest): HttpRequest['headers'] {
  const isMeasured = typeof body === 'object' && 'open' in body && body.length !== undefined;
  return isMeasured ? { ...headers, 'content-length': String(body.length) } : headers;
}

interface Outcome {
  resolve(response: HttpResponse): void;
  reject(failure: TransportFailure): void;
  /** The connection is free, or broken. */
  done(usable: boolean): void;
  enter(stage: Stage): void;
  giveUp(): void;
  stage(): Stage;
}

function handlerFor(outcome: Outcome): Handler {
  let body: Body | undefined;
  return {
    onRequestStart: () => outcome.enter('request'),
    onRequestSent: () => outcome.enter('headers'),
    onResponseStart(controller, status, headers) {
      // An informational answer comes before the real one.
      if (status < 200) return;
      outcome.enter('body');
      // They would keep the first bytes of the answer in memory until its end.
      controller.rawHeaders = undefined;
      body = new Body(controller, outcome.giveUp);
      outcome.resolve({ status, headers: joined(headers), body });
    },
    onResponseData(_controller: Controller, chunk) {
      body?.push(chunk);
    },
    onResponseEnd() {
      outcome.done(true);
      body?.end();
    },
    onResponseError(_controller, error) {
      const failure =
        error instanceof TransportFailure ? error : new TransportFailure(outcome.stage(), codeOf(error), error.message);
      outcome.done(false);
      outcome.reject(failure);
      body?.fail(failure);
    },
  };
}

function joined(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value] as const,
  );
  return Object.fromEntries(entries);
}
