/** The events of a stream as they came, for debugging. */
import { describe, expect, test } from 'vitest';
import { failureOf, streamed } from '../../../../test/harness/claudeCalls.ts';
import { start, streams, written } from '../../../../test/harness/streams.ts';
import type { MessageStream, RawEvent } from '../index.ts';

async function read(stream: MessageStream, seen: RawEvent[] = []): Promise<readonly RawEvent[]> {
  for await (const event of stream.rawEvents()) seen.push(event);
  return seen;
}

describe('raw events', () => {
  test.each(Object.entries(streams))('are name and data as they came, pings included: %s', async (_name, events) => {
    const bytes = written(events, { spaced: true });
    const expected = bytes
      .toString()
      .split('\n\n')
      .filter((part) => part !== '')
      .map((part) => /^event: (?<name>.*)\ndata: (?<data>.*)$/s.exec(part)?.groups);
    const stream = streamed(bytes, 'end');
    expect(await read(stream)).toEqual(expected);
    expect(await stream.finalMessage()).toEqual(await streamed(bytes, 'end').finalMessage());
    expect(await read(streamed(...Array.from(bytes, (byte) => Buffer.of(byte)), 'end'))).toEqual(expected);
  });

  test('show what makes the stream fail', async () => {
    for (const bad of [
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
      'event: content_block_delta\ndata: {"type":\n\n',
    ]) {
      const seen: RawEvent[] = [];
      const error = await failureOf(read(streamed(written([start()]), `data: [DONE]\n\n${bad}`, 'end'), seen));
      expect(['overloaded', 'bad_response']).toContain(error.kind);
      expect(seen.map(({ name }) => name)).toEqual(['message_start', '', bad.slice(7, bad.indexOf('\n'))]);
    }
  });

  test('have one reader, who ends the call by breaking off', async () => {
    const stream = streamed(written(streams['text'] ?? []), 'end');
    for await (const _event of stream.rawEvents()) {
      expect(() => stream.rawEvents()[Symbol.asyncIterator]()).toThrow('one reader');
      break;
    }
    expect(await failureOf(stream.finalMessage())).toMatchObject({ kind: 'aborted' });
  });
});
