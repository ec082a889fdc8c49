/** Event streams in tests: cut in pieces, and decoded by this client. */
import { SseDecoder } from '../../server/src/claude/stream/sse.ts';

export interface Decoded {
  readonly type: string;
  readonly data: string;
}

/** All events of a stream that comes in these chunks. */
export function decode(chunks: Iterable<Uint8Array>, decoder = new SseDecoder()): readonly Decoded[] {
  const events: Decoded[] = [];
  const drain = () => {
    while (decoder.next()) events.push({ type: decoder.name === '' ? 'message' : decoder.name, data: decoder.data });
  };
  for (const chunk of chunks) {
    decoder.push(chunk);
    drain();
  }
  decoder.end();
  drain();
  return events;
}

/** Bytes in pieces, cut at these places. */
export function* cutAt(bytes: Uint8Array, ...places: readonly number[]): Generator<Uint8Array> {
  let from = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    yield bytes.subarray(from, place);
    from = place;
  }
  yield bytes.subarray(from);
}
