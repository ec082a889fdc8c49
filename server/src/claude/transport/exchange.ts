/** One request on a connection and its answer; written with memory in mind, as there is one for each open stream. */
import type { Stage } from '../errors.ts';
import { Body } from './body.ts';
import { codeOf } from './connect.ts';
import type { Lane } from './lane.ts';
import {
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type StreamedBody,
  TransportFailure,
} from './transport.ts';
import { type Controller, type DispatchOptions, type Handler, loadUndici, type UndiciParts } from './undici.ts';

/** Where connections come from. */
export interface Pool {
  /** @param fresh Not one that was used before. */
  acquire(parts: UndiciParts, origin: string, fresh: boolean): Lane;
  release(lane: Lane, usable: boolean): void;
  /** Closes a connection that is kept, unless it is used again by now. */
  discard(lane: Lane): void;
}

/** How a connection looks that the other side has closed. */
const closings: ReadonlySet<string> = new Set(['CLOSED', 'ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** Whom the answer is for. */
interface Asker {
  resolve(response: HttpResponse): void;
  reject(failure: unknown): void;
}

export class HttpExchange implements Exchange, Handler {
  readonly response: Promise<HttpResponse>;
  readonly #onStage: (stage: Stage) => void;
  readonly #pool: Pool;
  /** Until the answer has begun. */
  #request: HttpRequest | undefined;
  #asker: Asker | undefined;
  #lane: Lane | undefined;
  /** The connection when the answer has ended. */
  #left: Lane | undefined;
  #stage: Stage = 'connect';
  #body: Body | undefined;
  #isAnswered = false;
  #isGiven = false;

  constructor(request: HttpRequest, onStage: (stage: Stage) => void, pool: Pool) {
    this.#request = request;
    this.#onStage = onStage;
    this.#pool = pool;
    this.response = new Promise((resolve, reject) => {
      this.#asker = { resolve, reject };
    });
    void this.#start(request, request.once === true);
  }

  destroy(): void {
    this.#isGiven = true;
    if (this.#lane !== undefined) this.#pool.release(this.#lane, false);
    if (this.#left !== undefined) this.#pool.discard(this.#left);
  }

  enter(stage: Stage): void {
    this.#stage = stage;
    this.#onStage(stage);
  }

  async #start(request: HttpRequest, fresh: boolean): Promise<void> {
    try {
      const parts = await loadUndici();
      if (this.#isGiven) throw new TransportFailure('request', 'CLOSED', 'the request was given up');
      const lane = this.#pool.acquire(parts, request.origin, fresh);
      this.#lane = lane;
      this.#stage = 'connect';
      lane.fresh = false;
      lane.listener = this;
      lane.client.dispatch({ method: request.method, path: request.path, ...sentBody(request) }, this);
    } catch (error) {
      this.#asker?.reject(error);
    }
  }

  onRequestStart(): void {
    this.enter('request');
  }

  onRequestSent(): void {
    this.enter('headers');
  }

  onResponseStarted(): void {
    this.#isAnswered = true;
  }

  onResponseStart(controller: Controller, status: number, headers: Readonly<Record<string, string | string[]>>): void {
    // An informational answer comes before the real one.
    if (status < 200) return;
    this.enter('body');
    // They would keep the first bytes of the answer in memory until its end.
    controller.rawHeaders = undefined;
    this.#body = new Body(controller, this);
    this.#asker?.resolve({ status, headers: joined(headers), body: this.#body });
    this.#asker = undefined;
    this.#request = undefined;
  }

  onResponseData(_controller: Controller, chunk: Uint8Array): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#leave(true);
    this.#body?.end();
  }

  onResponseError(_controller: Controller | null, error: Error): void {
    const isOurs = error instanceof TransportFailure;
    const failure = isOurs ? error : new TransportFailure(this.#stage, codeOf(error), error.message);
    const isRepeated = this.#shouldRepeat(failure.code);
    this.#leave(false);
    if (isRepeated && this.#request !== undefined) void this.#start(this.#request, true);
    else this.#asker?.reject(failure);
    this.#body?.fail(failure);
  }

  /** The connection is free, or broken. */
  #leave(usable: boolean): void {
    const lane = this.#lane;
    if (lane === undefined) return;
    this.#lane = undefined;
    this.#left = lane;
    lane.listener = undefined;
    this.#pool.release(lane, usable);
  }

  /** The server closed a kept connection just when the request went out: it never saw it. */
  #shouldRepeat(code: string): boolean {
    if (this.#isAnswered || this.#isGiven || this.#lane?.fresh !== false || !closings.has(code)) return false;
    return this.#request !== undefined && isRepeatable(this.#request);
  }
}

/** The request as it was, a second time: what comes from a source was partly read. */
function isRepeatable({ body, once }: HttpRequest): boolean {
  if (once === true) return false;
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

function joined(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value] as const,
  );
  return Object.fromEntries(entries);
}
