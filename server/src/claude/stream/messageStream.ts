/** A streamed answer as its reader sees it: events, text, or the whole message. */
import type { Call } from '../call.ts';
import { ClaudeError } from '../errors.ts';
import { abortedError } from '../failures.ts';
import type { ResponseFacts } from '../observe/observer.ts';
import { type RateLimits, rateLimitsOf } from '../rateLimits.ts';
import type { StreamEvent } from '../schema/events.ts';
import type { Message } from '../schema/message.ts';
import { Reading } from './reading.ts';

/**
 * An answer while it comes. The request is sent when it is first read, or by `start`. It has one reader: iterate over
 * it, or over `text()`, or call `finalMessage()`. A reader that is slow slows the service down; one that breaks off
 * ends the call.
 *
 * Reading throws a `ClaudeError`; what had arrived is in its `partial`. A refusal or an answer cut by `max_tokens`
 * is no error: see `stop_reason` of the message.
 */
export interface MessageStream extends AsyncIterable<StreamEvent> {
  /** The pieces of the answer's text as they come: all text blocks, nothing else. */
  text(): AsyncIterable<string>;
  /** What has come so far. It grows while the stream is read; undefined before the first event. */
  readonly snapshot: Message | undefined;
  /** The service's id of the request, once it has answered. */
  readonly requestId: string | undefined;
  /** Status and headers of the answer, once it has begun. */
  readonly response: ResponseFacts | undefined;
  /** The limits in force, as the answer's headers say. */
  readonly rateLimits: RateLimits | undefined;
  /** Sends the request without reading; resolves once the service has accepted it. */
  start(): Promise<void>;
  /** The whole message. Reads the stream to its end unless somebody else does. */
  finalMessage(): Promise<Message>;
  /** Ends the call at once; reading then throws a `ClaudeError` of kind `aborted` with the reason as its cause. */
  abort(reason?: unknown): void;
  /** Ends the call, if it still runs. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Takes what a reader wants from an event; undefined to skip it. */
type Pick<Item> = (event: StreamEvent) => Item | undefined;

const everything: Pick<StreamEvent> = (event) => event;

const textOnly: Pick<string> = (event) =>
  event.type === 'content_block_delta' && event.delta.type === 'text_delta' && event.delta.text !== ''
    ? event.delta.text
    : undefined;

/** @param begin Makes the call, when the stream is first read. */
export function createMessageStream(begin: () => Call): MessageStream {
  return new Stream(begin);
}

class Stream implements MessageStream {
  #begin: () => Call;
  #reading: Reading | undefined;
  #hasReader = false;
  #waiting: (() => void)[] = [];

  constructor(begin: () => Call) {
    this.#begin = begin;
  }

  get snapshot(): Message | undefined {
    return this.#reading?.message;
  }

  get requestId(): string | undefined {
    return this.response?.requestId;
  }

  get response(): ResponseFacts | undefined {
    return this.#reading?.facts;
  }

  get rateLimits(): RateLimits | undefined {
    const { response } = this;
    return response === undefined ? undefined : rateLimitsOf(response.headers);
  }

  [Symbol.asyncIterator](): AsyncIterator<StreamEvent> {
    return this.#reader(everything);
  }

  text(): AsyncIterable<string> {
    return { [Symbol.asyncIterator]: () => this.#reader(textOnly) };
  }

  async start(): Promise<void> {
    const reading = this.#begun();
    while (reading.response === undefined && reading.ending === undefined)
      await new Promise<void>((resolve) => reading.wait(resolve));
    if (reading.ending !== undefined && 'error' in reading.ending) throw reading.ending.error;
  }

  async finalMessage(): Promise<Message> {
    const reading = this.#begun();
    if (this.#hasReader && reading.ending === undefined)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    for (;;) {
      while (reading.take() !== undefined);
      const { ending } = reading;
      if (ending === undefined) await new Promise<void>((resolve) => reading.wait(resolve));
      else if ('message' in ending) return ending.message;
      else throw ending.error;
    }
  }

  abort(reason?: unknown): void {
    const error = abortedError(reason);
    this.#reading?.stop(error);
    // A stream that was not begun sends nothing any more.
    this.#begin = () => {
      throw error;
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abort('the stream was disposed');
  }

  #begun(): Reading {
    this.#reading ??= new Reading(this.#begin(), () => {
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
    return this.#reading;
  }

  #reader<Item>(pick: Pick<Item>): AsyncIterator<Item> {
    const reading = this.#begun();
    if (this.#hasReader && reading.ending === undefined)
      throw new ClaudeError(
        'configuration',
        'The stream is being read already: it has one reader. Use its snapshot, or finalMessage().',
      );
    this.#hasReader = true;
    return new Reader(reading, pick);
  }
}

/** Written by hand: an async generator would cost more than all else that is done for an event. */
class Reader<Item> implements AsyncIterator<Item> {
  readonly #reading: Reading;
  readonly #pick: Pick<Item>;
  #pending = 0;

  constructor(reading: Reading, pick: Pick<Item>) {
    this.#reading = reading;
    this.#pick = pick;
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const item = this.#pending === 0 ? this.#take() : undefined;
    return item === undefined ? this.#wait() : Promise.resolve({ done: false, value: item });
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    this.#reading.stop(abortedError('the reader broke off'));
    return Promise.resolve({ done: true, value: undefined });
  }

  #take(): Item | undefined {
    const reading = this.#reading;
    for (let event = reading.take(); event !== undefined; event = reading.take()) {
      const item = this.#pick(event);
      if (item === undefined) continue;
      reading.delivered = true;
      return item;
    }
    return undefined;
  }

  #wait(): Promise<IteratorResult<Item, undefined>> {
    this.#pending += 1;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const item = this.#take();
        const { ending } = this.#reading;
        if (item === undefined && ending === undefined) {
          this.#reading.wait(look);
        } else {
          this.#pending -= 1;
          if (item !== undefined) resolve({ done: false, value: item });
          else if (ending !== undefined && 'error' in ending) reject(ending.error);
          else resolve({ done: true, value: undefined });
        }
      };
      this.#reading.wait(look);
    });
  }
}
