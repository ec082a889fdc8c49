/** What can be uploaded, in whatever form it is there: its name, its type, and its bytes. */
import { ClaudeError } from '../errors.ts';
import { isHeaderSafe } from '../headers.ts';
import type { StreamedBody } from '../transport/transport.ts';
import { contentTypeOf } from './contentTypes.ts';
import { bytesBody } from './multipart.ts';

/**
 * What is uploaded: a file by its path; text or bytes; a `Blob` or `File`; or a stream that is read while it is sent
 * (a `ReadableStream`, a `Readable` of Node, or any async iterable of bytes or text).
 */
export type UploadSource =
  | { readonly path: string }
  | string
  | Uint8Array
  | ArrayBuffer
  | BlobSource
  | WebStream
  | AsyncIterable<Uint8Array | string>;

/** A `Blob`, or a `File` with its name. */
export interface BlobSource {
  /** Length in bytes. */
  readonly size: number;
  /** Its media type; empty when it is not known. */
  readonly type: string;
  /** The name that a `File` has. */
  readonly name?: string;
  /** All of its bytes. */
  arrayBuffer(): Promise<ArrayBuffer>;
  /** The bytes from `start` up to `end`. */
  slice(start?: number, end?: number): BlobSource;
}

/** A `ReadableStream` of the web. */
export interface WebStream {
  /** Locks the stream for whoever reads it. */
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** Something to be uploaded that is ready to be read. */
export interface Source {
  readonly name: string | undefined;
  readonly contentType: string | undefined;
  readonly body: StreamedBody;
  /** No more is read. */
  close(): Promise<void>;
}

/** @throws ClaudeError of kind `invalid_request` for what cannot be uploaded. */
export async function openSource(source: UploadSource): Promise<Source> {
  if (typeof source === 'string') return sourceOf(bytesBody(Buffer.from(source)));
  if (source instanceof Uint8Array) return sourceOf(bytesBody(source));
  if (source instanceof ArrayBuffer) return sourceOf(bytesBody(new Uint8Array(source)));
  if (typeof source !== 'object' || source === null)
    throw unusable('source', 'what is to be uploaded is neither a path, bytes, text, a Blob nor a stream.');
  if ('arrayBuffer' in source) return blobSource(source);
  if ('getReader' in source) return webSource(source);
  if (Symbol.asyncIterator in source) return streamSource(source);
  // The disk is touched only by those who ask for it.
  const { openFile } = await import('./fileSource.ts');
  const { name, body, close } = await openFile(source.path);
  return { name, contentType: undefined, body, close };
}

function sourceOf(body: StreamedBody, more: Partial<Source> = {}): Source {
  return { name: undefined, contentType: undefined, body, close: async () => {}, ...more };
}

const pieceSize = 65_536;

function blobSource(blob: BlobSource): Source {
  const body = {
    length: blob.size,
    replayable: true,
    async *open() {
      for (let at = 0; at < blob.size; at += pieceSize)
        yield new Uint8Array(await blob.slice(at, at + pieceSize).arrayBuffer());
    },
  };
  return sourceOf(body, { name: blob.name, contentType: blob.type === '' ? undefined : blob.type });
}

function webSource(stream: WebStream): Source {
  const reader = stream.getReader();
  async function* open(): AsyncGenerator<Uint8Array, undefined> {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield bytesOf(value);
    }
  }
  return sourceOf({ replayable: false, open }, { close: () => reader.cancel().catch(() => {}) });
}

function streamSource(stream: AsyncIterable<unknown>): Source {
  async function* open(): AsyncGenerator<Uint8Array, undefined> {
    for await (const piece of stream) yield bytesOf(piece);
  }
  // Streams that read from a file say which.
  const path = 'path' in stream && typeof stream.path === 'string' ? stream.path : undefined;
  return sourceOf({ replayable: false, open }, { name: path, close: async () => destroy(stream) });
}

/** A Readable that waits for something would wait for ever. */
function destroy(stream: object): void {
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
}

function bytesOf(piece: unknown): Uint8Array {
  if (piece instanceof Uint8Array) return piece;
  if (typeof piece === 'string') return Buffer.from(piece);
  if (piece instanceof ArrayBuffer) return new Uint8Array(piece);
  throw unusable('source', 'the stream gave something that is neither bytes nor text.');
}

/** The name without folders. @throws ClaudeError of kind `invalid_request` when there is none. */
export function filenameOf(given: string | undefined, source: Source): string {
  const name = (given ?? source.name ?? '').split(/[\\/]/).at(-1)?.trim() ?? '';
  if (name !== '' && name !== '.' && name !== '..') return name;
  throw unusable('filename', 'what is to be uploaded has no name. Give it one.');
}

/** The type that was given, else the source's own, else a guess from the name. */
export function typeOf(given: string | undefined, source: Source, filename: string): string {
  const type = given ?? source.contentType ?? contentTypeOf(filename);
  if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;.*)?$/.test(type) && isHeaderSafe(type)) return type;
  throw unusable('contentType', `${JSON.stringify(type.slice(0, 100))} is no content type. Write it like text/plain.`);
}

/** Bytes of a file that the service takes (API reference, "Files"). */
const largestFile = 500 * 1024 * 1024;

/**
 * The body with its size watched.
 * @param onSent Told the bytes that the connection has taken so far.
 * @throws ClaudeError of kind `too_large`, before anything is sent where the size is known, else while it is sent.
 */
export function measured(body: StreamedBody, onSent: (sent: number) => void): StreamedBody {
  if ((body.length ?? 0) > largestFile) throw tooLarge('Nothing was sent');
  return {
    ...body,
    async *open() {
      let sent = 0;
      for await (const piece of body.open()) {
        sent += piece.length;
        if (sent > largestFile) throw tooLarge('Nothing was uploaded');
        yield piece;
        onSent(sent);
      }
    },
  };
}

function tooLarge(outcome: string): ClaudeError {
  return new ClaudeError(
    'too_large',
    `${outcome}: the file has more than 500 MB, which is the most that is possible.`,
    {
      stage: 'settings',
      field: 'source',
    },
  );
}

/** What cannot be uploaded. @param what The rest of the sentence, and the fix. */
export function unusable(field: string, what: string): ClaudeError {
  return new ClaudeError('invalid_request', `Nothing was sent: ${what}`, { stage: 'settings', field });
}
