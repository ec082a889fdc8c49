/** The bytes of one answer between the socket and its reader: little is held, and a slow reader stops the socket. */
import type { ByteSource, TransportFailure } from './transport.ts';
import type { Controller } from './undici.ts';

/** Bytes held before the socket is stopped. Less is a single read of a socket. */
const highWater = 131_072;

/** Bytes and milliseconds that are spent on reaching the end of an answer that nobody reads any more. */
const longestTail = 16_384;
const longestWait = 1_000;

/** Smaller chunks are put together while nobody waits for them: each is a view that keeps a whole read in memory. */
const fullBlock = 16_384;
const firstBlock = 1_024;

export class Body implements ByteSource {
  readonly #controller: Controller;
  /** Until the answer has ended. */
  #connection: { destroy(): void } | undefined;
  /** What is to be taken, before what is being put together. */
  #chunks: Uint8Array[] = [];
  #block: Buffer | undefined;
  #filled = 0;
  #held = 0;
  #state: 'open' | 'ended' | 'released' | TransportFailure = 'open';
  #wake: (() => void) | undefined;
  #tail: NodeJS.Timeout | undefined;

  constructor(controller: Controller, connection: { destroy(): void }) {
    this.#controller = controller;
    this.#connection = connection;
  }

  get ended(): boolean {
    return this.#held === 0 && (this.#state === 'ended' || this.#state === 'released');
  }

  take(): Uint8Array | undefined {
    if (this.#chunks.length === 0) this.#finishBlock();
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#held -= chunk.length;
      if (this.#held === 0) this.#controller.resume();
    } else if (typeof this.#state !== 'string') throw this.#state;
    return chunk;
  }

  wait(wake: () => void): void {
    if (this.#held > 0 || this.#state !== 'open') wake();
    else this.#wake = wake;
  }

  release(): void {
    this.#chunks.length = 0;
    this.#block = undefined;
    this.#filled = 0;
    this.#held = 0;
    if (this.#state !== 'open') return;
    this.#settle('released');
    this.#tail = setTimeout(() => this.#connection?.destroy(), longestWait);
    this.#tail.unref();
    this.#controller.resume();
  }

  /** From the socket: more bytes. */
  push(chunk: Uint8Array): void {
    this.#held += chunk.length;
    if (this.#state === 'released') {
      if (this.#held > longestTail) this.#connection?.destroy();
      return;
    }
    if (chunk.length < fullBlock && this.#wake === undefined) this.#add(chunk);
    else {
      this.#finishBlock();
      this.#chunks.push(chunk);
    }
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

  #add(chunk: Uint8Array): void {
    let block = this.#block;
    if (block === undefined || block.length < this.#filled + chunk.length) block = this.#nextBlock(chunk.length);
    block.set(chunk, this.#filled);
    this.#filled += chunk.length;
  }

  /** A small block grows to a full one, and after a full one comes the next. */
  #nextBlock(length: number): Buffer {
    const isFirst = this.#block === undefined && length < firstBlock;
    if (this.#filled + length > fullBlock) this.#finishBlock();
    const next = Buffer.allocUnsafe(isFirst ? firstBlock : fullBlock);
    this.#block?.copy(next, 0, 0, this.#filled);
    this.#block = next;
    return next;
  }

  #finishBlock(): void {
    if (this.#block === undefined) return;
    this.#chunks.push(this.#block.subarray(0, this.#filled));
    this.#block = undefined;
    this.#filled = 0;
  }

  #settle(state: 'ended' | 'released' | TransportFailure): void {
    clearTimeout(this.#tail);
    this.#state = state;
    if (state !== 'released') this.#connection = undefined;
    this.#wakeUp();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
