/** One call: its attempts, its deadlines, and its way to be stopped. Nothing of it is left when it is closed. */
import { bytesOf } from './bytes.ts';
import type { CallParts, Connection } from './connection.ts';
import { type DeadlineName, type Deadlines, startWatch, type Watch } from './deadlines.ts';
import type { ClaudeError, Stage } from './errors.ts';
import { abortedError, badResponse, connectionError, deadlineError, redirectError, statusError } from './failures.ts';
import type { Pass, Wish } from './limits/gate.ts';
import type { CallEnd, CallWatch, ResponseFacts } from './observe/observer.ts';
import type { RequestOptions, Settings } from './options.ts';
import { type Attempts, createAttempts } from './retry.ts';
import { loadChecks } from './schema/load.ts';
import type { Message } from './schema/message.ts';
import {
  type ByteSource,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  TransportFailure,
} from './transport/transport.ts';

/** Bytes of the body of a failed request that are read, and of a whole answer. */
const longestErrorBody = 65_536;
const longestAnswer = 32 * 1024 * 1024;

export class Call {
  /** Has what was read of the answer, for those who watch. */
  reads: { readonly message: Message | undefined } | undefined;
  readonly #connection: Connection;
  readonly #parts: CallParts;
  readonly #signal: AbortSignal | undefined;
  readonly #limits: Deadlines;
  readonly #deadlines: Watch;
  readonly #attempts: Attempts;
  readonly #wish: Wish;
  readonly #watches: readonly CallWatch[];
  #exchange: Exchange | undefined;
  #pass: Pass | undefined;
  #stage: Stage = 'connect';
  #attempt = 0;
  /** Other credentials were asked for, after the first ones were refused. */
  #renewed = false;
  /** Why the attempt under way was broken off from this side. */
  #broken: ClaudeError | undefined;
  /** Why the call is over. */
  #stopped: ClaudeError | undefined;
  #interrupt: ((reason: ClaudeError) => void) | undefined;
  #ended = false;

  constructor(connection: Connection, parts: CallParts, options: RequestOptions) {
    const { settings } = connection;
    const { facts } = parts;
    this.#connection = connection;
    this.#parts = parts;
    this.#signal = options.signal;
    this.#limits = { ...settings.deadlines, ...options.deadlines };
    this.#wish = { ...facts, priority: options.priority ?? settings.priority, owner: options.owner ?? '' };
    this.#watches = settings.observers.map((observe) => observe(facts));
    this.#deadlines = startWatch(settings.clock, this.#limits, (name) => this.#expire(name));
    this.#attempts = createAttempts({ ...settings.retries, ...options.retries }, settings.clock, (notice) => {
      options.onRetry?.(notice);
      for (const watch of this.#watches) watch.retrying?.(notice);
    });
    connection.running.add(this);
    this.#deadlines.start('total');
    if (options.signal?.aborted === true) this.stop(abortedError(options.signal.reason));
    else options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Set once the call was stopped or took too long in all: another attempt makes no sense. */
  get stopped(): ClaudeError | undefined {
    return this.#stopped;
  }

  /**
   * Sends the request, when it may be sent, and waits for an answer that it may have. The body is then to be read,
   * or `drop` be called.
   * @throws ClaudeError
   */
  async open(): Promise<HttpResponse> {
    if (this.#stopped !== undefined) throw this.#stopped;
    this.#broken = undefined;
    try {
      this.#pass ??= await this.#enter();
      const credentials = await this.#unlessStopped(this.peer.credentials.headers());
      if (this.stopped !== undefined) throw this.stopped;
      const response = await this.#send({ ...this.#parts.request, headers: this.#headersWith(credentials) });
      if (this.#parts.accepts?.(response.status) ?? response.status === 200) return response;
      const another = response.status === 401 && !this.#renewed && this.peer.credentials.refused(credentials);
      if (!another || this.#parts.mayRepeat?.(undefined) === false) throw await this.#failed(response);
      this.#renewed = true;
      this.#exchange?.destroy();
    } catch (error) {
      // Stopped between two steps: a pass that was got meanwhile is given back.
      if (this.stopped !== undefined) this.#leave();
      throw this.failureOf(error);
    }
    return this.open();
  }

  async #enter(): Promise<Pass> {
    this.#stage = 'queue';
    const { pass, giveUp } = this.#connection.settings.gate.enter(this.#wish);
    try {
      return await this.#unlessStopped(pass);
    } catch (error) {
      giveUp();
      throw error;
    }
  }

  /** The headers of the person win over credentials, so that a gateway's own way to sign in can be used. */
  #headersWith(credentials: Readonly<Record<string, string>>): Record<string, string> {
    const watching = this.#watches.map((watch) => watch.headers?.());
    return Object.assign({}, credentials, ...watching, this.#parts.request.headers);
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    this.#attempt += 1;
    const { method, path, body } = request;
    const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body?.length;
    const facts = { attempt: this.#attempt, method, path, host: this.peer.host, bytes };
    for (const watch of this.#watches) watch.sending?.(facts);
    this.#deadlines.start('connect');
    try {
      this.#exchange = this.#connection.transport.send(request, (stage) => this.#reach(stage));
      const response = await this.#exchange.response;
      this.#tell(response);
      return response;
    } finally {
      this.#deadlines.stop('connect');
      this.#deadlines.stop('headers');
    }
  }

  #tell(response: HttpResponse): void {
    const { log, scrub } = this.peer;
    const { method, path } = this.#parts.request;
    const { status, headers } = response;
    this.#pass?.answered(status, headers);
    for (const watch of this.#watches) watch.answered?.(this.factsOf(response));
    log.debug?.(`${method} ${path}: ${status}, request ${scrub(headers['request-id'] ?? '-')}`);
  }

  /** The answer's status and headers as others may see them. */
  factsOf({ status, headers }: HttpResponse): ResponseFacts {
    const id = headers['request-id'];
    return { status, headers, requestId: id === undefined ? undefined : this.peer.scrub(id) };
  }

  /** What a value is waited for, unless the call is stopped first. */
  #unlessStopped<Value>(value: Value | Promise<Value>): Value | Promise<Value> {
    if (!(value instanceof Promise)) return value;
    const stopped = new Promise<never>((_resolve, reject) => {
      this.#interrupt = reject;
    });
    return Promise.race([value, stopped]).finally(() => {
      this.#interrupt = undefined;
    });
  }

  /** The first piece of the answer was read. */
  tellFirstEvent(): void {
    for (const watch of this.#watches) watch.firstEvent?.();
  }

  /** Waits until another attempt may begin. @throws the error itself when it is final. */
  async afterFailure(error: unknown): Promise<void> {
    this.#leave();
    if (this.#parts.mayRepeat?.(error) === false) throw error;
    await this.#attempts.afterFailure(error);
  }

  /** A body is sent piece by piece. @param goesOn False while its source has nothing: the service is not to blame. */
  sending(goesOn: boolean): void {
    this.#deadlines[goesOn ? 'start' : 'stop']('headers');
  }

  /** Somebody waits for bytes: from now on they are missed. @param anew Whether there was progress since the last wait. */
  expectBytes(anew: boolean): void {
    this.#deadlines.start('idle');
    if (anew) this.#deadlines.start('progress');
  }

  /** Bytes came, or nobody waits for them any more. */
  stopExpecting(): void {
    this.#deadlines.stop('idle');
  }

  /** The whole body as text. @throws ClaudeError when it is too long, or breaks off. */
  async text(response: HttpResponse): Promise<string> {
    const { text, whole } = await this.#read(response.body, longestAnswer);
    if (whole) return text;
    throw badResponse(response, `is longer than ${longestAnswer / 1024 / 1024} MB`, this.peer);
  }

  /** The body as it comes; what is not taken stays on the other side. @throws ClaudeError when it breaks off. */
  bytes(response: HttpResponse): AsyncIterable<Uint8Array> {
    return bytesOf(this, response);
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
    this.#leave();
  }

  #leave(): void {
    this.#pass?.leave();
    this.#pass = undefined;
  }

  /** Ends the call at once, whether somebody waits for it or not. */
  stop(reason: ClaudeError): void {
    this.#stopped ??= reason;
    this.drop();
    this.#attempts.stop(this.#stopped);
    this.#interrupt?.(this.#stopped);
    this.end({ error: this.#stopped });
  }

  /** The call is over, one way or the other: nothing of it is left. */
  end({ error }: Pick<CallEnd, 'error'>): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#deadlines.close();
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#connection.running.delete(this);
    this.#leave();
    this.#parts.onEnd?.();
    const end = { message: this.reads?.message, ...(error !== undefined && { error }) };
    for (const watch of this.#watches) watch.ended?.(end);
  }

  readonly #onAbort = (): void => this.stop(abortedError(this.#signal?.reason));

  #reach(stage: Stage): void {
    this.#stage = stage;
    if (stage === 'request') {
      this.#deadlines.stop('connect');
      this.#deadlines.start('headers');
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
