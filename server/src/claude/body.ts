/** Reads the body of an answer, whole or chunk by chunk, while the deadlines of its call watch. */
import type { ClaudeError } from './errors.ts';
import { abortedError, badResponse, type Peer, redirectError, statusError, truncatedError } from './failures.ts';
import { loadChecks } from './schema/load.ts';
import { encodingOf } from './transport/decoding.ts';
import type { ByteSource, HttpResponse } from './transport/transport.ts';

/** Is told when bytes are waited for. */
export interface Waiting {
  readonly peer: Peer;
  /** The model that was asked, if one was. */
  readonly model: string | undefined;
  /** @param anew Whether there was progress since the last wait. */
  expectBytes(anew: boolean): void;
  stopExpecting(): void;
}

/** The beginning of a body, up to a limit. */
interface Beginning {
  readonly text: string;
  /** Whether that was all. */
  readonly whole: boolean;
}

/**
 * Reads up to `limit` bytes and the chunk that passes it.
 * @param isProgress Whether bytes are what is waited for; otherwise all of them must come within one `progress`.
 */
async function readBeginning(body: ByteSource, limit: number, waiting: Waiting, isProgress = true): Promise<Beginning> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= limit) {
    const chunk = await nextChunk(body, waiting, isProgress || length === 0);
    if (chunk === undefined) return { text: Buffer.concat(chunks).toString(), whole: true };
    chunks.push(chunk);
    length += chunk.length;
  }
  return { text: Buffer.concat(chunks).subarray(0, limit).toString(), whole: false };
}

/** Bytes that are held of a whole answer, and of the body of a failed request. */
const longestAnswer = 32 * 1024 * 1024;
const longestErrorBody = 65_536;

/** Why a request failed, by an answer that is not a success. The rest of its body is not read. */
export async function failureIn(response: HttpResponse, waiting: Waiting): Promise<ClaudeError> {
  const { status } = response;
  const { peer } = waiting;
  if (status >= 300 && status < 400) return redirectError(response, peer);
  const checks = await loadChecks();
  // The status counts, also when its explanation breaks off.
  const reading = readBeginning(response.body, longestErrorBody, waiting, false);
  const { text } = await reading.catch(() => ({ text: '' }));
  if (status < 300) return badResponse(response, 'is not one that this call can have', peer);
  return statusError(response, text, { checks, peer, model: waiting.model });
}

/** All of it. @throws ClaudeError of kind `bad_response` when it is too long. */
export async function readText(response: HttpResponse, waiting: Waiting): Promise<string> {
  refuseEncoded(response, waiting.peer);
  const { text, whole } = await readBeginning(response.body, longestAnswer, waiting);
  if (whole) return text;
  throw badResponse(response, `is longer than ${longestAnswer / 1024 / 1024} MB`, waiting.peer);
}

/** A call that ends with its body. */
export interface Reader extends Waiting {
  failureOf(error: unknown): unknown;
  drop(): void;
  end(end: { readonly error?: unknown }): void;
  stop(reason: ClaudeError): void;
}

/** The bytes at the reader's pace; the call ends with them. @throws ClaudeError */
export async function* bytesOf(response: HttpResponse, call: Reader): AsyncGenerator<Uint8Array, undefined> {
  let isOver = false;
  try {
    yield* chunksOf(response, call);
    isOver = true;
    call.end({});
  } catch (error) {
    isOver = true;
    const failure = call.failureOf(error);
    call.drop();
    call.end({ error: failure });
    throw failure;
  } finally {
    if (!isOver) call.stop(abortedError('the reader broke off'));
  }
}

/** The bytes as they come. @throws ClaudeError of kind `truncated` when fewer come than were announced; TransportFailure */
export async function* chunksOf(response: HttpResponse, waiting: Waiting): AsyncGenerator<Uint8Array, undefined> {
  refuseEncoded(response, waiting.peer);
  const { body, headers } = response;
  const announced = Number(headers['content-length'] ?? 0);
  let length = 0;
  for (;;) {
    const chunk = await nextChunk(body, waiting);
    if (chunk === undefined) break;
    length += chunk.length;
    yield chunk;
  }
  if (length < announced) throw truncatedError(response, `${length} of ${announced} bytes came`, waiting.peer);
}

/** Encodings that are known here were decoded before. */
function refuseEncoded(response: HttpResponse, peer: Peer): void {
  const encoding = encodingOf(response);
  if (encoding === undefined) return;
  throw badResponse(response, `is compressed (${peer.scrub(encoding)}), though that was not asked for`, peer);
}

async function nextChunk(body: ByteSource, waiting: Waiting, anew = true): Promise<Uint8Array | undefined> {
  for (;;) {
    const chunk = body.take();
    if (chunk !== undefined || body.ended) return chunk;
    waiting.expectBytes(anew);
    await new Promise<void>((resolve) => body.wait(resolve));
    waiting.stopExpecting();
  }
}
