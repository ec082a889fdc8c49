/** Answers that gateways compress unasked: decoded at the reader's pace, and never to more than an answer can be. */
import type { Transform } from 'node:stream';
import type { ClaudeError } from '../errors.ts';
import { badResponse, type Peer, truncatedError } from '../failures.ts';
import type { ByteSource, HttpResponse } from './transport.ts';

/** Times that a body may grow, once it has grown to so many bytes: text does not, what is made to fill memory does. */
const highestRatio = 250;
const freeGrowth = 1_048_576;

/** An answer whose body is being decoded. */
export interface Decoded {
  readonly response: HttpResponse;
  /** Lets go of the decoder at once. */
  destroy(): void;
}

/** The value of `content-encoding`, where it says anything. */
export function encodingOf({ headers }: HttpResponse): string | undefined {
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  return encoding === '' || encoding === 'identity' ? undefined : encoding;
}

/** The answer with its body decoded; undefined when there is nothing to decode, or nothing that is known here. */
export async function decoded(response: HttpResponse, peer: Peer): Promise<Decoded | undefined> {
  const encoding = encodingOf(response);
  if (encoding === undefined || !encodings.has(encoding)) return undefined;
  // Loaded when it is needed: answers that follow the request never do.
  const zlib = await import('node:zlib');
  const { 'content-encoding': _encoding, 'content-length': _length, ...headers } = response.headers;
  const body = new Decoding(response.body, (first) => decoderFor(zlib, encoding, first), {
    cut: () => truncatedError(response, `its compressed form (${encoding}) has no end`, peer),
    bad: (problem) => badResponse(response, `cannot be decompressed (${encoding}: ${peer.scrub(problem)})`, peer),
  });
  return { response: { ...response, headers, body }, destroy: () => body.destroy() };
}

const encodings: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

function decoderFor(zlib: typeof import('node:zlib'), encoding: string, first: Uint8Array): Transform {
  switch (encoding) {
    case 'br':
      return zlib.createBrotliDecompress();
    case 'zstd':
      return zlib.createZstdDecompress();
    case 'deflate':
      // Some send the bare format under this name, without the header that belongs to it.
      return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
    default:
      return zlib.createGunzip();
  }
}

interface Problems {
  cut(): ClaudeError;
  bad(problem: string): ClaudeError;
}

class Decoding implements ByteSource {
  readonly #source: ByteSource;
  readonly #open: (first: Uint8Array) => Transform;
  readonly #problems: Problems;
  #decoder: Transform | undefined;
  #isFeeding = false;
  #came = 0;
  #given = 0;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(source: ByteSource, open: (first: Uint8Array) => Transform, problems: Problems) {
    this.#source = source;
    this.#open = open;
    this.#problems = problems;
  }

  get ended(): boolean {
    return this.#ended;
  }

  take(): Uint8Array | undefined {
    if (this.#ended) return undefined;
    const chunk: unknown = this.#decoder?.read();
    if (chunk instanceof Uint8Array) return this.#counted(chunk);
    if (this.#failure !== undefined) throw this.#failure.error;
    return undefined;
  }

  wait(wake: () => void): void {
    this.#wake = wake;
    if (this.#ended || this.#failure !== undefined || (this.#decoder?.readableLength ?? 0) > 0) this.#wakeUp();
    else this.#feed();
  }

  release(): void {
    this.destroy();
    this.#source.release();
  }

  destroy(): void {
    this.#ended = true;
    this.#decoder?.destroy();
    this.#wakeUp();
  }

  #counted(chunk: Uint8Array): Uint8Array {
    this.#given += chunk.length;
    if (this.#given <= freeGrowth || this.#given <= this.#came * highestRatio) return chunk;
    this.#decoder?.destroy();
    throw this.#problems.bad(`it grows to more than ${highestRatio} times its size`);
  }

  /** One chunk after the other, and only when somebody waits: what is not asked for stays on the other side. */
  #feed(): void {
    if (this.#isFeeding || this.#ended || this.#failure !== undefined) return;
    try {
      const chunk = this.#source.take();
      if (chunk !== undefined) this.#decode(chunk);
      else if (!this.#source.ended) this.#source.wait(() => this.#feed());
      else if (this.#decoder === undefined) this.#end();
      else this.#decoder.end();
    } catch (error) {
      this.#fail(error);
    }
  }

  #decode(chunk: Uint8Array): void {
    this.#decoder ??= this.#started(chunk);
    this.#came += chunk.length;
    this.#isFeeding = true;
    this.#decoder.write(chunk, () => {
      this.#isFeeding = false;
      // Bytes came, also when they are not enough for any of the text.
      this.#wakeUp();
    });
  }

  #started(first: Uint8Array): Transform {
    const decoder = this.#open(first);
    decoder.on('readable', () => this.#wakeUp());
    decoder.on('end', () => this.#end());
    decoder.on('error', (error) => {
      const isCut = 'code' in error && error.code === 'Z_BUF_ERROR';
      this.#fail(isCut ? this.#problems.cut() : this.#problems.bad(error.message));
    });
    return decoder;
  }

  #end(): void {
    this.#ended = true;
    this.#source.release();
    this.#wakeUp();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wakeUp();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
