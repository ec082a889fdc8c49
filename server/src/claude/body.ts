/** Reads the body of an answer, whole or chunk by chunk, while the deadlines of its call watch. */
import type { ClaudeError } from './errors.ts';
import { badResponse, type Peer, redirectError, statusError, truncatedError } from './failures.ts';
import { loadChecks } from './schema/load.ts';
import type { ByteSource, HttpResponse } from './transport/transport.ts';

/** Is told when bytes are waited for. */
export interface Waiting {
  readonly peer: Peer;
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

/** Reads up to `limit` bytes and the chunk that passes it. */
async function readBeginning(body: ByteSource, limit: number, waiting: Waiting): Promise<Beginning> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= limit) {
    const chunk = await nextChunk(body, waiting);
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
  const { text } = await readBeginning(response.body, longestErrorBody, waiting).catch(() => ({ text: '' }));
  if (status < 300) return badResponse(response, 'is not one that this call can have', peer);
  return statusError(response, text, { checks, peer });
}

/** All of it. @throws ClaudeError of kind `bad_response` when it is too long. */
export async function readText(response: HttpResponse, waiting: Waiting): Promise<string> {
  const { text, whole } = await readBeginning(response.body, longestAnswer, waiting);
  if (whole) return text;
  throw badResponse(response, `is longer than ${longestAnswer / 1024 / 1024} MB`, waiting.peer);
}

/** The bytes at the reader's pace. @throws ClaudeError of kind `truncated` when fewer came than were announced. */
export async function* chunksOf(response: HttpResponse, waiting: Waiting): AsyncGenerator<Uint8Array, undefined> {
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

async function nextChunk(body: ByteSource, waiting: Waiting): Promise<Uint8Array | undefined> {
  for (;;) {
    const chunk = body.take();
    if (chunk !== undefined || body.ended) return chunk;
    waiting.expectBytes(true);
    await new Promise<void>((resolve) => body.wait(resolve));
    waiting.stopExpecting();
  }
}
