/** Reads the answer of one streamed call: bytes to events to message, at the reader's pace. */
import type { Call } from '../call.ts';
import { ClaudeError } from '../errors.ts';
import type { ResponseFacts } from '../observe/observer.ts';
import type { ContentBlockDeltaEvent, StreamEvent } from '../schema/events.ts';
import { loadChecks } from '../schema/load.ts';
import type { Message } from '../schema/message.ts';
import type { ByteSource, HttpResponse } from '../transport/transport.ts';
import { Fold } from './fold.ts';
import { frequentDelta } from './frequent.ts';
import { parseEvent } from './parse.ts';
import { type Another, keepRefusals } from './refusals.ts';
import { EventTooLong, longestEvent, SseDecoder } from './sse.ts';
import { isEventStream, wholeMessage } from './whole.ts';

/** An event of the stream as it came, before anything was made of it. */
export interface RawEvent {
  /** What `event:` says; empty when there was none. */
  readonly name: string;
  /** The `data:` lines, joined by line feeds. */
  readonly data: string;
}

/** How a stream ended: with its message, or with an error. */
export type Ending = { readonly message: Message } | { readonly error: unknown };

/** What may happen besides one answer in events. */
export interface Ways {
  /** Whom to ask when a model refuses. */
  readonly another?: Another | undefined;
  /** The message may come in one piece as well, without events. */
  readonly whole?: boolean;
}

export class Reading {
  /** Something was handed to the reader: from then on there is no other attempt. */
  delivered = false;
  ending: Ending | undefined;
  response: HttpResponse | undefined;
  /** Raw events that wait for their reader; absent without one. */
  raw: RawEvent[] | undefined;
  #call: Call;
  readonly #onEnd: () => void;
  readonly #ways: Ways;
  readonly #refused: Message[] = [];
  /** Events that wait until it is clear that this model answers; only where another one could be asked. */
  #held: StreamEvent[] = [];
  /** The event in the decoder waits for the checks to be loaded. */
  #isUnchecked = false;
  #fold = new Fold();
  #decoder = new SseDecoder();
  #body: ByteSource | undefined;
  #bodyEnded = false;
  #progressed = true;
  #events = 0;
  #failure: { readonly error: unknown } | undefined;
  #recovering = false;
  #wakers: (() => void)[] = [];

  /**
   * @param onEnd Called once, when the stream has ended.
   * @param ways What else may happen than one answer in events.
   */
  constructor(call: Call, onEnd: () => void, ways: Ways) {
    this.#call = call;
    call.reads = this;
    this.#onEnd = onEnd;
    this.#ways = ways;
  }

  /** Status and headers of the answer, once it has begun. */
  get facts(): ResponseFacts | undefined {
    return this.response === undefined ? undefined : this.#call.factsOf(this.response);
  }

  get message(): Message | undefined {
    return this.#fold.message;
  }

  /** The next event, if it is there already. */
  take(): StreamEvent | undefined {
    if (this.#failure !== undefined || (this.ending !== undefined && this.#held.length === 0)) return undefined;
    try {
      return this.#ways.another === undefined ? this.#decode() : this.#decodeAnswer();
    } catch (error) {
      // An event that cannot be read, and after which nothing comes, was cut.
      const isCut = this.#bodyEnded && error instanceof ClaudeError && error.kind === 'bad_response';
      this.#failure = { error: isCut ? this.#truncated() : error };
      return undefined;
    }
  }

  /** Calls back once, when `take` may have something or the stream has ended. */
  wait(wake: () => void): void {
    this.#wakers.push(wake);
    if (this.#wakers.length === 1 && !this.#recovering) this.#goOn();
  }

  /** Gives up. */
  stop(reason: ClaudeError): void {
    if (this.ending !== undefined) return;
    this.#call.stop(reason);
    this.#end({ error: this.#withPartial(this.#call.stopped) });
  }

  #decode(): StreamEvent | undefined {
    const body = this.#body;
    if (body === undefined) return undefined;
    const decoder = this.#decoder;
    for (;;) {
      for (;;) {
        const delta = this.#next();
        if (delta === false) break;
        const event = delta ?? parseEvent(decoder.name, decoder.data, this.#call.peer.scrub);
        this.#isUnchecked = event === 'unchecked';
        if (event === 'unchecked') return undefined;
        if (event === undefined) continue;
        this.#progressed = true;
        this.#events += 1;
        if (this.#fold.message === undefined) this.#call.tellFirstEvent();
        this.#fold.add(event);
        if (this.#fold.complete && !this.#complete(body)) return undefined;
        return event;
      }
      if (this.#bodyEnded) throw this.#truncated();
      const chunk = body.take();
      if (chunk !== undefined) decoder.push(chunk);
      else if (!body.ended) return undefined;
      else {
        this.#bodyEnded = true;
        decoder.end();
      }
    }
  }

  /** Goes on to the next event: a delta in its usual form, or one in the decoder; false when there is none. */
  #next(): ContentBlockDeltaEvent | undefined | false {
    if (this.#isUnchecked) return undefined;
    const decoder = this.#decoder;
    const delta = this.raw === undefined ? frequentDelta(decoder) : undefined;
    if (delta === undefined && !decoder.next()) return false;
    if (this.raw !== undefined) this.raw.push({ name: decoder.name, data: decoder.data });
    return delta;
  }

  /** The next event of an answer that has content or is over: what came before is nobody's until then. */
  #decodeAnswer(): StreamEvent | undefined {
    while (!this.#fold.hasContent && this.ending === undefined) {
      const event = this.#decode();
      if (event === undefined) return undefined;
      this.#held.push(event);
    }
    return this.#held.shift() ?? this.#decode();
  }

  /** Towards the next event: waits for bytes, or does what has to be done before there can be any. */
  #goOn(): void {
    if (this.#body === undefined || this.#failure !== undefined || this.ending !== undefined) {
      void this.#recover();
    } else if (this.#isUnchecked) {
      void loadChecks().then(() => this.#wakeAll());
    } else {
      this.#call.expectBytes(this.#progressed);
      this.#progressed = false;
      this.#body.wait(this.#onBytes);
    }
  }

  readonly #onBytes = (): void => {
    this.#call.stopExpecting();
    this.#wakeAll();
  };

  #wakeAll(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }

  /** Deals with the failure, if there is one, and opens the stream, if it is not open. */
  async #recover(): Promise<void> {
    this.#recovering = true;
    let failure = this.#failure;
    while (this.ending === undefined && (failure !== undefined || this.#body === undefined)) {
      try {
        if (failure !== undefined) await this.#tryAgainAfter(failure.error);
        else await this.#open();
        failure = undefined;
      } catch (error) {
        failure = { error };
      }
    }
    this.#failure = undefined;
    this.#recovering = false;
    this.#wakeAll();
  }

  async #open(): Promise<void> {
    const response = await this.#call.open();
    if (!isEventStream(response)) return this.#takeWhole(response);
    this.response = response;
    this.#body = response.body;
  }

  async #takeWhole(response: HttpResponse): Promise<void> {
    const message = await wholeMessage(this.#call, response, this.#ways.whole === true);
    this.response = response;
    this.#call.tellFirstEvent();
    this.#fold.message = message;
    this.#end({ message });
  }

  /** Another attempt as long as nothing of this one was seen; the end otherwise. */
  async #tryAgainAfter(error: unknown): Promise<void> {
    const failure = this.#call.failureOf(error instanceof EventTooLong ? this.#tooLong() : error);
    this.#call.drop();
    try {
      if (this.delivered || this.#fold.hasContent || this.#call.stopped !== undefined) throw failure;
      await this.#call.afterFailure(failure);
      this.#reset();
    } catch (final) {
      this.#end({ error: this.#withPartial(final) });
    }
  }

  #reset(): void {
    this.#fold = new Fold();
    this.#decoder = new SseDecoder();
    this.#body = undefined;
    this.#bodyEnded = false;
    this.#isUnchecked = false;
    this.#events = 0;
    this.#held = [];
    this.response = undefined;
  }

  /** The message is whole. @returns False when another model is asked in place of this one. */
  #complete(body: ByteSource): boolean {
    const { message } = this.#fold;
    if (message === undefined)
      throw new ClaudeError('bad_response', 'The stream ended without having begun a message.', { stage: 'body' });
    this.#fold.cut();
    body.release();
    this.#call.tellWhole(this.#events);
    const call = message.stop_reason === 'refusal' && !this.delivered ? this.#ways.another?.() : undefined;
    if (call === undefined) this.#end({ message });
    else this.#turnTo(call, message);
    return call === undefined;
  }

  #turnTo(call: Call, refused: Message): void {
    this.#refused.push(refused);
    this.#call.end({});
    this.#call = call;
    call.reads = this;
    this.#reset();
  }

  #end(ending: Ending): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    this.#fold.cut();
    if ('message' in ending) keepRefusals(ending.message, this.#refused);
    else this.#held = [];
    this.#call.end('error' in ending ? ending : {});
    this.#wakeAll();
    this.#onEnd();
  }

  #withPartial(error: unknown): unknown {
    if (!(error instanceof ClaudeError)) return error;
    return error.withDetails({ requestId: error.requestId ?? this.facts?.requestId, partial: this.#fold.message });
  }

  #truncated(): ClaudeError {
    const { peer } = this.#call;
    const { response } = this;
    const seen = this.#fold.message === undefined ? 'it was empty' : 'the end of the message is missing';
    const what = `The answer of ${peer.host} (HTTP ${response?.status}, event stream) broke off: ${seen}.`;
    return new ClaudeError('truncated', what, { stage: 'body', host: peer.host, status: response?.status });
  }

  #tooLong(): ClaudeError {
    return new ClaudeError('bad_response', `The stream holds an event of more than ${longestEvent / 1024 / 1024} MB.`, {
      stage: 'body',
    });
  }
}
