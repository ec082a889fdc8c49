/** The bytes of one answer between the socket and its reader: little is held, and a slow reader stops the socket. */
import type { ByteSource, TransportFailure } from './transport.ts';
import type { Controller } from './undici.ts';

/** Bytes held before the socket is stopped. Less is a single read of a socket. */
const highWater = 131_072;

/** Bytes and milliseconds that are spent on reaching the end of an answer that nobody reads any more. */
const longestTail = 16_384;
const longestWait = 1_000;

export class Body implements ByteSource {
  readonly #controller: Controller;
  readonly #close: () => void;
  #chunks: Uint8Array[] = [];
  #held = 0;
  #state: 'open' | 'ended' | 'released' | TransportFailure = 'open';
  #wake: (() => void) | undefined;
  #tail: NodeJS.Timeout | undefined;

  /** @param close Closes the connection. */
  constructor(controller: Controller, close: () => void) {
    this.#controller = controller;
    this.#close = close;
  }

  get ended(): boolean {
    return this.#chunks.length === 0 && (this.#state === 'ended' || this.#state === 'released');
  }

  take(): Uint8Array | undefined {
    const [first] = this.#chunks;
    if (first === undefined) {
      if (typeof this.#state === 'string') return undefined;
      throw this.#state;
    }
    // What came in many small pieces is decoded in one go.
    const all = this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#held);
    this.#chunks.length = 0;
    this.#held = 0;
    this.#controller.resume();
    return all;
  }

  wait(wake: () => void): void {
    if (this.#chunks.length > 0 || this.#state !== 'open') wake();
    else this.#wake = wake;
  }

  release(): void {
    this.#chunks.length = 0;
    this.#held = 0;
    if (this.#state !== 'open') return;
    this.#settle('released');
    this.#tail = setTimeout(this.#close, longestWait);
    this.#tail.unref();
    this.#controller.resume();
  }

  /** From the socket: more bytes. */
  push(chunk: Uint8Array): void {
    this.#held += chunk.length;
    if (this.#state === 'released') {
      if (this.#held > longestTail) this.#close();
      return;
    }
    this.#chunks.push(chunk);
    if (this.#held > highWater) this.#controller.pause();
    this.#wakeUp();
  }

  /** From the socket: that was all. */
  end(): void {
    this.#settle('ended');
  }

  /** From the socket: it broke. */
  fail(failure: TransportFailure): void {
    this.#settle(this.#state === 'released' ? 'ended' : failure);
  }

  #settle(state: 'ended' | 'released' | TransportFailure): void {
    clearTimeout(this.#tail);
    this.#state = state;
    this.#wakeUp();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
