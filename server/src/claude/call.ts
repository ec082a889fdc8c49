/** One call: its attempts, its deadlines, and its way to be stopped. Nothing of it is left when it is closed. */
import { Attempt, type AttemptParts } from './attempt.ts';
import { bytesOf, chunksOf, failureIn, readText } from './body.ts';
import type { CallParts, Connection } from './connection.ts';
import { type DeadlineName, type Deadlines, deadlinesOf, startWatch, type Watch } from './deadlines.ts';
import type { ClaudeError, Stage } from './errors.ts';
import { abortedError, connectionError, deadlineError, finalError, wasNotTaken } from './failures.ts';
import { joinHeaders } from './headers.ts';
import { Interruption } from './interruption.ts';
import type { Pass, Wish } from './limits/gate.ts';
import type { CallEnd, CallWatch, ResponseFacts } from './observe/observer.ts';
import { attemptFacts, watchCall } from './observe/watching.ts';
import type { RequestOptions, Settings } from './options.ts';
import { type Attempts, checkedRetries, createAttempts } from './retry.ts';
import { loadChecks } from './schema/load.ts';
import type { Message } from './schema/message.ts';
import { wasHeldBack } from './stream/heldBack.ts';
import { wrapped } from './transport/middleware.ts';
import { bytesIn, type HttpRequest, type HttpResponse, TransportFailure } from './transport/transport.ts';

export class Call {
  /** Has what was read of the answer, for those who watch. */
  reads: { readonly message: Message | undefined } | undefined;
  readonly #connection: Connection;
  readonly #asked: CallParts;
  readonly #signal: AbortSignal | undefined;
  readonly #limits: Deadlines;
  readonly #deadlines: Watch;
  readonly #attempts: Attempts;
  readonly #waits = new Interruption();
  readonly #wish: Wish;
  readonly #watch: CallWatch;
  #attempt: Attempt | undefined;
  /** What was told of an attempt that broke off. */
  #givenUp: Message | undefined;
  #pass: Pass | undefined;
  #stage: Stage = 'connect';
  #count = 0;
  /** The body could be read only once, and was. */
  #spent = false;
  /** Other credentials were asked for, after the first ones were refused. */
  #renewed = false;
  /** Why the attempt under way was broken off from this side. */
  #broken: ClaudeError | undefined;
  /** Why the call is over. */
  #stopped: ClaudeError | undefined;
  #ended = false;
  #progressLeft: number | undefined;
  readonly #parts: AttemptParts;

  constructor(connection: Connection, asked: CallParts, options: RequestOptions) {
    const { settings } = connection;
    const { request, facts, isStream } = asked;
    this.#connection = connection;
    this.#asked = asked;
    this.#signal = options.signal;
    this.#limits = deadlinesOf(isStream, settings.deadlines, options.deadlines);
    const retries = { ...settings.retries, ...checkedRetries(options.retries) };
    const { priority = settings.priority, owner = '', spend } = options;
    const [bytes, longestWait] = [bytesIn(request.body), retries.longestServerDelay];
    this.#wish = { ...facts, priority, owner, bytes, longestWait, spend };
    this.#watch = watchCall(facts, settings, options);
    this.#deadlines = startWatch(settings.clock, this.#limits, (name) => this.#expire(name));
    this.#attempts = createAttempts(retries, settings.clock, (notice) => {
      this.#givenUp = this.reads?.message;
      this.#watch.retrying?.(notice, this.#givenUp);
      this.#leave();
    });
    this.#parts = {
      transport: wrapped(connection.transport, options.middleware ?? []),
      watch: this.#deadlines,
      peer: settings,
      onStage: (stage) => this.#reach(stage),
    };
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
   * Sends the request, when it may be sent, and waits for an answer with status 200. The body is then to be read, or
   * `drop` be called.
   * @throws ClaudeError
   */
  async open(): Promise<HttpResponse> {
    if (this.#stopped !== undefined) throw this.#stopped;
    this.#broken = undefined;
    try {
      this.#pass ??= await this.#enter();
      this.#stage = 'credentials';
      const credentials = await this.#waits.unless(this.#connection.credentials.headers());
      if (this.stopped !== undefined) throw this.stopped;
      const response = await this.#send({ ...this.#asked.request, headers: this.#headersWith(credentials) });
      if (this.#isSuccess(response)) return response;
      const failure = await this.#refusalIn(response);
      if (response.status !== 401 || this.#renewed || this.#spent) throw failure;
      this.#renewed = true;
      if (!(await this.#waits.unless(this.#connection.credentials.refused(credentials)))) throw failure;
      this.#attempt?.destroy();
    } catch (error) {
      // Stopped between two steps: a pass that was got meanwhile is given back.
      if (this.stopped !== undefined) this.#leave();
      throw this.failureOf(error);
    }
    return this.open();
  }

  #isSuccess({ status }: HttpResponse): boolean {
    return this.#asked.anySuccess ? status >= 200 && status < 300 : status === 200;
  }

  async #refusalIn(response: HttpResponse): Promise<ClaudeError> {
    const error = await failureIn(response, this);
    // The service said what it had to say: the connection is as good as before.
    if (response.body.ended) this.#leaveAttempt();
    // The status is known: that its explanation did not come is no other failure.
    this.#broken = undefined;
    this.#pass?.refused(error);
    return error;
  }

  async #enter(): Promise<Pass> {
    this.#stage = 'queue';
    const entry = this.peer.gate.enter(this.#wish);
    if (entry.notice !== undefined) this.#watch.waiting?.(entry.notice);
    try {
      return await this.#waits.unless(entry.pass);
    } catch (error) {
      entry.giveUp();
      throw error;
    }
  }

  /** The headers of the person win over credentials, so that a gateway's own way to sign in can be used. */
  #headersWith(credentials: Readonly<Record<string, string>>): Record<string, string> {
    return joinHeaders(credentials, this.#watch.headers?.(), this.#asked.request.headers);
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    this.#count += 1;
    const { body } = request;
    this.#watch.sending?.(attemptFacts(request, this.#count, this.peer.host));
    const attempt = new Attempt(request, this.#parts);
    this.#attempt = attempt;
    try {
      const response = await attempt.response();
      this.#pass?.answered(response.status, response.headers);
      this.#watch.answered?.(this.factsOf(response));
      return response;
    } finally {
      this.#spent = attempt.opened && typeof body === 'object' && 'open' in body && !body.replayable;
    }
  }

  /** The answer's status and headers as others may see them. */
  factsOf({ status, headers }: HttpResponse): ResponseFacts {
    const id = headers['request-id'];
    return { status, headers, requestId: id === undefined ? undefined : this.peer.scrub(id) };
  }

  /** The first piece of the answer was read. */
  tellFirstEvent(): void {
    this.#attempt?.begin();
    this.#watch.firstEvent?.();
  }

  /** A stream was read to its end: says so, once, when something on the way holds streams back. */
  tellWhole(events: number): void {
    const { host, origin, warn } = this.peer;
    const { heldBack } = this.#connection;
    const arrival = this.#attempt?.arrival(events);
    if (arrival === undefined || heldBack.has(origin) || !wasHeldBack(arrival)) return;
    heldBack.add(origin);
    warn({ kind: 'buffered_stream', host, waited: arrival.waited });
  }

  /** Waits until another attempt may begin. @throws the error itself when it is final. */
  async afterFailure(error: unknown): Promise<void> {
    // Doing it twice would cost twice.
    if (this.#asked.costs && !wasNotTaken(error)) throw error;
    await this.#attempts.afterFailure(this.#spent ? finalError(error) : error);
  }

  /** Somebody waits for bytes: from now on they are missed. @param anew Whether there was progress since the last wait. */
  expectBytes(anew: boolean): void {
    this.#deadlines.start('idle');
    this.#deadlines.start('progress', anew ? undefined : this.#progressLeft);
  }

  /** Bytes came, or nobody waits for them any more: the time that a slow reader takes is not the service's. */
  stopExpecting(): void {
    this.#deadlines.stop('idle');
    this.#progressLeft = this.#deadlines.stop('progress');
  }

  /** The whole body as text. @throws ClaudeError when it is too long, or breaks off. */
  text(response: HttpResponse): Promise<string> {
    return readText(response, this);
  }

  /**
   * The body as its bytes, at the reader's pace: what is not asked for stays on the other side. The call ends with it,
   * whether all was read, the reader breaks off, or reading fails.
   * @throws ClaudeError, of kind `truncated` when the body breaks off
   */
  bytes(response: HttpResponse): AsyncGenerator<Uint8Array, undefined> {
    return bytesOf(response, this);
  }

  /** The same, without an end to the call: for those who may ask for it once more. */
  chunks(response: HttpResponse): AsyncGenerator<Uint8Array, undefined> {
    return chunksOf(response, this);
  }

  get model(): string | undefined {
    return this.#wish.model;
  }

  get peer(): Settings {
    return this.#connection.settings;
  }

  /** What an error of the layers below means. Errors that are bugs stay as they are. */
  failureOf(error: unknown): unknown {
    const known = this.#stopped ?? this.#broken ?? this.#attempt?.failure;
    if (known !== undefined) return known;
    return error instanceof TransportFailure ? connectionError(error, this.peer) : error;
  }

  #leaveAttempt(): void {
    this.#attempt?.end();
    this.#attempt = undefined;
  }

  /** Closes the connection of the attempt under way. */
  drop(): void {
    this.#attempt?.destroy();
    this.#attempt = undefined;
    this.#deadlines.reset();
  }

  #leave(): void {
    this.#pass?.leave(this.reads?.message?.usage);
    this.#pass = undefined;
  }

  /** Ends the call at once, whether somebody waits for it or not. */
  stop(reason: ClaudeError): void {
    this.#stopped ??= reason;
    this.drop();
    this.#attempts.stop(this.#stopped);
    this.#waits.interrupt(this.#stopped);
    this.end({ error: this.#stopped });
  }

  /** The call is over, one way or the other: nothing of it is left. */
  end({ error }: Pick<CallEnd, 'error'>): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#deadlines.close();
    this.#leaveAttempt();
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#connection.running.delete(this);
    const message = this.reads?.message === this.#givenUp ? undefined : this.reads?.message;
    this.#watch.ended?.({ message, ...(error !== undefined && { error }) });
    // Last: what it cost counts for whoever comes next.
    this.#leave();
  }

  readonly #onAbort = (): void => this.stop(abortedError(this.#signal?.reason));

  #reach(stage: Stage): void {
    this.#stage = stage;
    // The service is at work now: time to load what its answer will be checked with. Streams mostly do without.
    if (stage === 'headers' && !this.#asked.isStream) void loadChecks();
  }

  #expire(name: DeadlineName): void {
    const error = deadlineError(name, this.#limits, this.#stage, this.peer);
    if (name === 'total') return void this.stop(error);
    this.#broken = error;
    this.drop();
  }
}
