/** One call: its attempts, its deadlines, and its way to be stopped. Nothing of it is left when it is closed. */
import { type DeadlineName, type Deadlines, startWatch, type Watch } from './deadlines.ts';
import type { ClaudeError, Stage } from './errors.ts';
import { abortedError, badResponse, connectionError, deadlineError, redirectError, statusError } from './failures.ts';
import type { RequestOptions, Settings } from './options.ts';
import { type Attempts, createAttempts } from './retry.ts';
import { loadChecks } from './schema/load.ts';
import {
  type ByteSource,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportFailure,
} from './transport/transport.ts';

/** What calls share. */
export interface Connection {
  readonly settings: Settings;
  readonly transport: Transport;
  /** The calls under way: they are stopped when the client closes. */
  readonly running: Set<Call>;
}

/** Bytes of the body of a failed request that are read, and of a whole answer. */
const longestErrorBody = 65_536;
const longestAnswer = 32 * 1024 * 1024;

export class Call {
  readonly attempts: Attempts;
  readonly #connection: Connection;
  readonly #request: HttpRequest;
  readonly #signal: AbortSignal | undefined;
  readonly #limits: Deadlines;
  readonly #watch: Watch;
  #exchange: Exchange | undefined;
  #stage: Stage = 'connect';
  /** Why the attempt under way was broken off from this side. */
  #broken: ClaudeError | undefined;
  /** Why the call is over. */
  #stopped: ClaudeError | undefined;

  constructor(connection: Connection, request: HttpRequest, options: RequestOptions) {
    const { settings } = connection;
    this.#connection = connection;
    this.#request = request;
    this.#signal = options.signal;
    this.#limits = { ...settings.deadlines, ...options.deadlines };
    this.#watch = startWatch(settings.clock, this.#limits, (name) => this.#expire(name));
    this.attempts = createAttempts({ ...settings.retries, ...options.retries }, settings.clock, options.onRetry);
    connection.running.add(this);
    this.#watch.start('total');
    if (options.signal?.aborted === true) this.stop(abortedError(options.signal.reason));
    else options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Set once the call was stopped or took too long in all: another attempt makes no sense. */
  get stopped(): ClaudeError | undefined {
    return this.#stopped;
  }

  /**
   * Sends the request and waits for an answer with status 200. The body is then to be read, or `drop` be called.
   * @throws ClaudeError
   */
  async open(): Promise<HttpResponse> {
    if (this.#stopped !== undefined) throw this.#stopped;
    this.#broken = undefined;
    this.#watch.start('connect');
    try {
      this.#exchange = this.#connection.transport.send(this.#request, (stage) => this.#enter(stage));
      const response = await this.#exchange.response;
      this.#tell(response);
      this.#watch.stop('headers');
      if (response.status === 200) return response;
      throw await this.#failed(response);
    } catch (error) {
      throw this.failureOf(error);
    } finally {
      this.#watch.stop('connect');
      this.#watch.stop('headers');
    }
  }

  /** Somebody waits for bytes: from now on they are missed. @param anew Whether there was progress since the last wait. */
  expectBytes(anew: boolean): void {
    this.#watch.start('idle');
    if (anew) this.#watch.start('progress');
  }

  /** Bytes came, or nobody waits for them any more. */
  stopExpecting(): void {
    this.#watch.stop('idle');
  }

  /** The whole body as text. @throws ClaudeError when it is too long, or breaks off. */
  async text(response: HttpResponse): Promise<string> {
    const { text, whole } = await this.#read(response.body, longestAnswer);
    if (whole) return text;
    throw badResponse(response, `is longer than ${longestAnswer / 1024 / 1024} MB`, this.peer);
  }

  get peer(): Settings {
    return this.#connection.settings;
  }

  /** What an error of the layers below means. Errors that are bugs stay as they are. */
  failureOf(error: unknown): unknown {
    if (this.#stopped !== undefined) return this.#stopped;
    if (this.#broken !== undefined) return this.#broken;
    return error instanceof TransportFailure ? connectionError(error, this.peer) : error;
  }

  /** Closes the connection of the attempt under way. */
  drop(): void {
    this.#exchange?.destroy();
    this.#exchange = undefined;
  }

  /** Ends the call at once, whether somebody waits for it or not. */
  stop(reason: ClaudeError): void {
    this.#stopped ??= reason;
    this.drop();
    this.attempts.stop(this.#stopped);
    this.close();
  }

  /** The call is over, one way or the other. */
  close(): void {
    this.#watch.close();
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#connection.running.delete(this);
  }

  readonly #onAbort = (): void => this.stop(abortedError(this.#signal?.reason));

  #enter(stage: Stage): void {
    this.#stage = stage;
    if (stage === 'request') {
      this.#watch.stop('connect');
      this.#watch.start('headers');
    }
    // The service is at work now: time to load what its answer will be checked with.
    if (stage === 'headers') void loadChecks();
  }

  #expire(name: DeadlineName): void {
    const error = deadlineError(name, this.#limits, this.#stage, this.peer);
    if (name === 'total') {
      this.stop(error);
    } else {
      this.#broken = error;
      this.drop();
    }
  }

  #tell({ status, headers }: HttpResponse): void {
    const { log, scrub } = this.peer;
    log.debug?.(
      `${this.#request.method} ${this.#request.path}: ${status}, request ${scrub(headers['request-id'] ?? '-')}`,
    );
  }

  async #failed(response: HttpResponse): Promise<unknown> {
    const { status } = response;
    if (status >= 300 && status < 400) {
      this.drop();
      return redirectError(response, this.peer);
    }
    const checks = await loadChecks();
    // The status counts, also when its explanation breaks off.
    const { text } = await this.#read(response.body, longestErrorBody).catch(() => ({ text: '' }));
    if (status < 300) return badResponse(response, 'is not one that this call can have', this.peer);
    return statusError(response, text, { checks, peer: this.peer });
  }

  async #read(body: ByteSource, limit: number): Promise<{ readonly text: string; readonly whole: boolean }> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    while (length <= limit) {
      const chunk = body.take();
      if (chunk !== undefined) {
        chunks.push(chunk);
        length += chunk.length;
      } else if (body.ended) {
        return { text: Buffer.concat(chunks).toString(), whole: true };
      } else {
        this.expectBytes(true);
        await new Promise<void>((resolve) => body.wait(resolve));
        this.stopExpecting();
      }
    }
    this.drop();
    return { text: Buffer.concat(chunks).subarray(0, limit).toString(), whole: false };
  }
}
