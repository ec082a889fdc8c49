/** A streamed answer as its reader sees it: events, text, or the whole message. */
import type { Call } from '../call.ts';
import { ClaudeError } from '../errors.ts';
import { abortedError } from '../failures.ts';
import type { ResponseFacts } from '../observe/observer.ts';
import { type RateLimits, rateLimitsOf } from '../rateLimits.ts';
import type { StreamEvent } from '../schema/events.ts';
import type { Message } from '../schema/message.ts';
import { Reader } from './reader.ts';
import { type RawEvent, Reading, type Ways } from './reading.ts';
import {
  allEvents,
  rawEvents,
  type ToolInputStep,
  type ToolInputStepOf,
  textOnly,
  toolInputs,
  type View,
} from './views.ts';

/**
 * An answer while it comes. The request is sent when it is first read, or by `start`. It has one reader: iterate over
 * it, over `text()`, `toolInputs()` or `rawEvents()`, or call `finalMessage()`. A reader that is slow slows the service
 * down; one that breaks off ends the call.
 *
 * Reading throws a `ClaudeError`; what had arrived is in its `partial`. A refusal or an answer cut by `max_tokens`
 * is no error: see `stop_reason` of the message.
 */
export interface MessageStream extends AsyncIterable<StreamEvent> {
  /** The pieces of the answer's text as they come: all text blocks, nothing else. */
  text(): AsyncIterable<string>;
  /**
   * The inputs of tools as they come, such as an edit that is to be shown while it is written: a step for each piece,
   * and one when the input is finished: `complete`, `invalid` (no JSON object), or `cut` (the stream ended in it).
   * An input that is not `complete` must not be acted on.
   *
   * Given the types of the inputs by the names of the tools, the name of a step tells the type of its value:
   * `stream.toolInputs<{ edit: Edit; read: { path: string } }>()`. The service does not check inputs of tools that
   * are not `strict`, and neither does this.
   */
  toolInputs<Inputs extends object = Record<string, unknown>>(): AsyncIterable<ToolInputStepOf<Inputs>>;
  /**
   * The events as they came, for debugging: name and data as text, pings and errors included. Reading fails as usual
   * at the first event that is wrong, after showing it. Nothing is tried again once an event was shown.
   */
  rawEvents(): AsyncIterable<RawEvent>;
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

/**
 * @param begin Makes the call, when the stream is first read.
 * @param ways What else may happen than one answer in events.
 */
export function createMessageStream(begin: () => Call, ways: Ways): MessageStream {
  return new Stream(begin, ways);
}

class Stream implements MessageStream {
  #begin: () => Call;
  readonly #ways: Ways;
  #reading: Reading | undefined;
  #hasReader = false;
  #waiting: (() => void)[] = [];

  constructor(begin: () => Call, ways: Ways) {
    this.#begin = begin;
    this.#ways = ways;
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
    return this.#reader(allEvents);
  }

  text(): AsyncIterable<string> {
    return { [Symbol.asyncIterator]: () => this.#reader(textOnly) };
  }

  toolInputs<Inputs extends object>(): AsyncIterable<ToolInputStepOf<Inputs>> {
    const steps: AsyncIterable<ToolInputStep> = { [Symbol.asyncIterator]: () => this.#reader(toolInputs) };
    // The caller knows its tools; what their inputs really hold is theirs to check.
    return steps as AsyncIterable<ToolInputStepOf<Inputs>>;
  }

  rawEvents(): AsyncIterable<RawEvent> {
    return { [Symbol.asyncIterator]: () => this.#reader(rawEvents) };
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
    const onEnd = () => {
      for (const resolve of this.#waiting.splice(0)) resolve();
    };
    this.#reading ??= new Reading(this.#begin(), onEnd, this.#ways);
    return this.#reading;
  }

  #reader<Item>(viewOf: (reading: Reading) => View<Item>): AsyncIterator<Item> {
    const reading = this.#begun();
    if (this.#hasReader && reading.ending === undefined)
      throw new ClaudeError(
        'configuration',
        'The stream is being read already: it has one reader. Use its snapshot, or finalMessage().',
      );
    this.#hasReader = true;
    return new Reader(reading, viewOf(reading));
  }
}
