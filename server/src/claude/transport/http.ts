/** The ordinary transport: HTTP/1.1 over undici, one socket for each request under way, a few kept for the next. */
import type { Stage } from '../errors.ts';
import { Body } from './body.ts';
import { checkCertificate, type Trust } from './certificate.ts';
import { codeOf, createConnector, type Dial, dialDirect, dialThrough } from './connect.ts';
import { isDirect, type ProxyAddress, proxyOf } from './proxy.ts';
import {
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type StreamedBody,
  type Transport,
  TransportFailure,
} from './transport.ts';
import {
  type Controller,
  clientOptions,
  type DispatchOptions,
  type Handler,
  loadUndici,
  type UndiciClient,
  type UndiciParts,
} from './undici.ts';

/** Connections kept open for later requests. */
const mostIdle = 8;

export interface HttpOptions extends Trust {
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
}

/** A connection, and the request that is on it. */
interface Lane {
  readonly origin: string;
  readonly client: UndiciClient;
  /** The connection was made for the request that is on it. */
  fresh: boolean;
  readonly closers: (() => void)[];
  enter: (stage: Stage) => void;
}

/** @throws ClaudeError of kind `configuration` when the proxy or the client's certificate cannot be used. */
export function createHttpTransport(options: HttpOptions): Transport {
  if (options.clientCertificate !== undefined) checkCertificate(options.clientCertificate);
  const proxy = options.proxy === undefined ? undefined : proxyOf(options.proxy);
  const idle: Lane[] = [];
  const busy = new Set<Lane>();
  let dials: Dials | undefined;
  let closed = false;

  const dialFor = (parts: UndiciParts, origin: string): Dial => {
    if (dials === undefined) {
      dials = dialsFor(parts, options, proxy);
    }
    return isDirect(origin, options.noProxy) ? dials.direct : dials.proxied;
  };
  const acquire = (parts: UndiciParts, origin: string, fresh: boolean): Lane => {
    if (closed) throw closedFailure();
    const at = fresh ? -1 : idle.findLastIndex((lane) => lane.origin === origin);
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
      if (closed) throw closedFailure();
      return startExchange(request, onStage, { acquire, release });
    },
    async close() {
      closed = true;
      await Promise.all([...idle.splice(0), ...busy].map(destroyLane));
      busy.clear();
    },
  };
}

interface Dials {
  readonly direct: Dial;
  readonly proxied: Dial;
}

function dialsFor(parts: UndiciParts, options: HttpOptions, proxy: ProxyAddress | undefined): Dials {
  const toService = createConnector(parts, options);
  const direct = dialDirect(toService);
  if (proxy === undefined) return { direct, proxied: direct };
  const toProxy = createConnector(parts, { ...options, clientCertificate: undefined });
  return { direct, proxied: dialThrough({ parts, proxy, toProxy, toService }) };
}

function closedFailure(): TransportFailure {
  return new TransportFailure('request', 'CLOSED', 'the client was closed');
}

function createLane({ Client }: UndiciParts, origin: string, dial: Dial): Lane {
  const lane: Lane = {
    origin,
    fresh: true,
    closers: [],
    enter: () => {},
    client: new Client(origin, {
      ...clientOptions,
      connect: (options, connected) => {
        lane.closers.length = 0;
        lane.fresh = true;
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
  /** @param fresh Not one that was used before. */
  acquire(parts: UndiciParts, origin: string, fresh: boolean): Lane;
  release(lane: Lane, usable: boolean): void;
}

function startExchange(request: HttpRequest, onStage: (stage: Stage) => void, pool: Pool): Exchange {
  let lane: Lane | undefined;
  let given = false;
  const giveUp = (): void => {
    given = true;
    if (lane !== undefined) pool.release(lane, false);
  };
  const run = async (fresh: boolean): Promise<HttpResponse> => {
    const parts = await loadUndici();
    if (given) throw new TransportFailure('request', 'CLOSED', 'the request was given up');
    const taken = pool.acquire(parts, request.origin, fresh);
    lane = taken;
    let stage: Stage = 'connect';
    taken.fresh = false;
    taken.enter = (next) => {
      stage = next;
      onStage(next);
    };
    return new Promise((resolve, reject) => {
      const done = (usable: boolean): void => {
        lane = undefined;
        pool.release(taken, usable);
      };
      const repeat = (): boolean => {
        if (taken.fresh || given || !isRepeatable(request)) return false;
        run(true).then(resolve, reject);
        return true;
      };
      taken.client.dispatch(
        { method: request.method, path: request.path, ...sentBody(request) },
        handlerFor({ resolve, reject, done, repeat, enter: taken.enter, giveUp, stage: () => stage }),
      );
    });
  };
  return { response: run(false), destroy: giveUp };
}

/** The request as it was, a second time: what comes from a source was partly read. */
function isRepeatable({ body }: HttpRequest): boolean {
  return typeof body !== 'object' || !('open' in body) || body.replayable;
}

function sentBody({ body, headers }: HttpRequest): Pick<DispatchOptions, 'headers' | 'body'> {
  if (typeof body !== 'object' || !('open' in body)) return { headers, body };
  const { length } = body;
  return {
    headers: length === undefined ? headers : { ...headers, 'content-length': String(length) },
    body: opened(body),
  };
}

/** Opens the body when it is first asked for bytes, and never throws while undici is in the middle of something. */
async function* opened(body: StreamedBody): AsyncGenerator<Uint8Array, undefined> {
  yield* body.open();
}

interface Outcome {
  resolve(response: HttpResponse): void;
  reject(failure: TransportFailure): void;
  /** The connection is free, or broken. */
  done(usable: boolean): void;
  /** Sends the request again on a connection of its own, if it met one that had been kept. Returns whether it does. */
  repeat(): boolean;
  enter(stage: Stage): void;
  giveUp(): void;
  stage(): Stage;
}

function handlerFor(outcome: Outcome): Handler {
  let body: Body | undefined;
  let isAnswered = false;
  return {
    onRequestStart: () => outcome.enter('request'),
    onRequestSent: () => outcome.enter('headers'),
    onResponseStarted() {
      isAnswered = true;
    },
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
      // The server closed a kept connection just when the request went out: it never saw it.
      if (!isAnswered && closings.has(failure.code) && outcome.repeat()) return;
      outcome.reject(failure);
      body?.fail(failure);
    },
  };
}

/** How a connection looks that the other side has closed. */
const closings: ReadonlySet<string> = new Set(['CLOSED', 'ECONNRESET', 'EPIPE', 'ECONNABORTED']);

function joined(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value] as const,
  );
  return Object.fromEntries(entries);
}
