/** Bodies as gateways compress them: whole, or flushed piece by piece. */
import { once } from 'node:events';
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

/** How each encoding is made, and how what was written so far is made to come out. */
const encoders: Readonly<Record<string, { make(): Transform & zlib.Zlib; readonly flush: number }>> = {
  gzip: { make: () => zlib.createGzip(), flush: zlib.constants.Z_SYNC_FLUSH },
  'x-gzip': { make: () => zlib.createGzip(), flush: zlib.constants.Z_SYNC_FLUSH },
  deflate: { make: () => zlib.createDeflate(), flush: zlib.constants.Z_SYNC_FLUSH },
  'deflate without header': { make: () => zlib.createDeflateRaw(), flush: zlib.constants.Z_SYNC_FLUSH },
  br: { make: () => zlib.createBrotliCompress(), flush: zlib.constants.BROTLI_OPERATION_FLUSH },
  zstd: {
    make: () => zlib.createZstdCompress({ params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } }),
    flush: zlib.constants.ZSTD_e_flush,
  },
};

export const encodings: readonly string[] = Object.keys(encoders);

/** The value of `content-encoding` for one of them. */
export function nameOf(encoding: string): string {
  return encoding.split(' ')[0] ?? '';
}

/** Each piece as the bytes that make it whole on the other side; the last item is the end. */
export async function flushed(encoding: string, pieces: readonly (string | Uint8Array)[]): Promise<readonly Buffer[]> {
  const encoder = encoders[encoding];
  if (encoder === undefined) throw new Error(`no such encoding: ${encoding}`);
  const stream = encoder.make();
  const compressed: Buffer[] = [];
  for (const piece of pieces) {
    stream.write(piece);
    await new Promise<void>((resolve) => stream.flush(encoder.flush, resolve));
    compressed.push(takenFrom(stream));
  }
  stream.end();
  const ended = once(stream, 'end');
  const last: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => last.push(chunk));
  await ended;
  return [...compressed, Buffer.concat(last)];
}

export async function compressed(encoding: string, body: string | Uint8Array): Promise<Buffer> {
  return Buffer.concat(await flushed(encoding, [body]));
}

function takenFrom(stream: Transform): Buffer {
  const chunks: Buffer[] = [];
  for (let chunk: unknown = stream.read(); chunk instanceof Buffer; chunk = stream.read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
