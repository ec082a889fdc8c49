/** A request's body on its way: at the socket's pace, in pieces, and closed whatever happens. */
import { ClaudeError } from './errors.ts';
import type { Scrub } from './secrets.ts';
import type { HttpRequest, StreamedBody } from './transport/transport.ts';

/** Bytes that are handed over at once: few enough that each piece taken is a sign of life. */
const longestPiece = 65_536;

/** Bytes that are sent in one go: they disappear in the buffers of the socket. */
const longestWhole = 262_144;

/** Whose turn it is: the caller's to give bytes, or the connection's to take them. `over` when all were taken. */
export type Turn = 'source' | 'socket' | 'over';

/** The body of one attempt. */
export class Sending {
  /** Bytes were asked for: a body that can be read only once is used up. */
  opened = false;
  /** Why there are no more bytes, where the source is to blame. */
  failure: ClaudeError | undefined;
  readonly #body: StreamedBody;
  readonly #scrub: Scrub;
  readonly #onTurn: (turn: Turn) => void;
  #pieces: Pieces | undefined;
  #closed = false;

  constructor(body: StreamedBody, scrub: Scrub, onTurn: (turn: Turn) => void) {
    this.#body = body;
    this.#scrub = scrub;
    this.#onTurn = onTurn;
  }

  /** What the transport is given in place of the body. */
  get body(): StreamedBody {
    const { length, replayable } = this.#body;
    return { ...(length !== undefined && { length }), replayable, open: () => this.#open() };
  }

  /** No more is wanted: the source is closed, also while it is asked for bytes, and is not opened any more. */
  close(): void {
    this.#closed = true;
    this.#pieces?.close();
  }

  #open(): AsyncIterable<Uint8Array> {
    this.#pieces?.close();
    if (this.#closed) throw new Error('the request was given up');
    this.opened = true;
    this.#pieces = new Pieces(this.#body, { onTurn: this.#onTurn, fail: (error) => this.#fail(error) });
    return this.#pieces;
  }

  #fail(error: unknown): ClaudeError {
    const said = this.#scrub(error instanceof Error ? error.message : String(error));
    const details = { stage: 'request', field: 'body', cause: error } as const;
    this.failure =
      error instanceof ClaudeError
        ? error
        : new ClaudeError('invalid_request', `The body of the request could not be read: ${said}.`, details);
    return this.failure;
  }
}

interface Listener {
  readonly onTurn: (turn: Turn) => void;
  fail(error: unknown): ClaudeError;
}

/** One reading of a body. */
class Pieces implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #length: number | undefined;
  readonly #listener: Listener;
  #rest: Uint8Array = new Uint8Array(0);
  #given = 0;
  #closed = false;
  #giveUp: ((reason: Error) => void) | undefined;

  constructor(body: StreamedBody, listener: Listener) {
    this.#length = body.length;
    this.#listener = listener;
    try {
      this.#source = body.open()[Symbol.asyncIterator]();
    } catch (error) {
      throw listener.fail(error);
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    // A source that takes its time must not hold up the end of the call.
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      this.#piece().then(resolve, reject);
    });
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#giveUp?.(new Error('the request was given up'));
    // The call goes on or has its outcome already: what goes wrong in closing changes nothing.
    closed(this.#source).catch(() => {});
  }

  async #piece(): Promise<IteratorResult<Uint8Array, undefined>> {
    try {
      while (this.#rest.length === 0) {
        if (this.#closed) return { done: true, value: undefined };
        this.#listener.onTurn('source');
        const next = await this.#source.next();
        if (next.done === true) return this.#finish();
        this.#rest = this.#checked(next.value);
      }
    } catch (error) {
      throw this.#closed ? error : this.#fail(error);
    }
    const piece = this.#rest.subarray(0, longestPiece);
    this.#rest = this.#rest.subarray(piece.length);
    if (!this.#closed) this.#listener.onTurn('socket');
    return { done: false, value: piece };
  }

  #finish(): IteratorResult<Uint8Array, undefined> {
    if (this.#closed) return { done: true, value: undefined };
    this.#closed = true;
    if (this.#length !== undefined && this.#given < this.#length)
      throw this.#listener.fail(wrongLength(`${this.#given} bytes, and ${this.#length} were announced`));
    this.#listener.onTurn('over');
    return { done: true, value: undefined };
  }

  /** What is longer than announced would be read as the next request. */
  #checked(bytes: Uint8Array): Uint8Array {
    if (!(bytes instanceof Uint8Array)) throw new TypeError('its source gave something else than bytes');
    this.#given += bytes.length;
    if (this.#length === undefined || this.#given <= this.#length) return bytes;
    throw wrongLength(`more than the ${this.#length} bytes that were announced`);
  }

  #fail(error: unknown): ClaudeError {
    const failure = this.#listener.fail(error);
    this.close();
    return failure;
  }
}

function wrongLength(has: string): ClaudeError {
  const details = { stage: 'request', field: 'body' } as const;
  return new ClaudeError('invalid_request', `The body of the request has ${has}.`, details);
}

/** A body that is sent piece by piece; undefined for what is sent in one go. Large ones take what time they take. */
export function streamedBody(body: HttpRequest['body']): StreamedBody | undefined {
  if (body === undefined || typeof body === 'string') return undefined;
  if (!(body instanceof Uint8Array)) return body;
  if (body.length <= longestWhole) return undefined;
  return { length: body.length, replayable: true, open: () => one(body) };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array, undefined> {
  yield bytes;
}

async function closed(source: AsyncIterator<Uint8Array>): Promise<void> {
  await source.return?.();
}
