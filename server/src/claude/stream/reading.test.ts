/** Streams from bytes to message, through the whole client but without sockets. */
import { describe, expect, test } from 'vitest';
import { failureOf, request, streamed, textOf } from '../../../../test/harness/claudeCalls.ts';
import { cutAt } from '../../../../test/harness/decoding.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';
import { scriptedTransport, streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { streams, written } from '../../../../test/harness/streams.ts';
import { Claude, type StreamEvent } from '../index.ts';

const corpus = Object.entries(streams).map(([name, events]) => ({ name, events, bytes: written(events) }));

describe('a stream is read', () => {
  test.each(corpus)('to the same message by each reader: $name', async ({ bytes, events }) => {
    const message = await streamed(bytes, 'end').finalMessage();
    const byEvents = streamed(bytes, 'end');
    const seen: StreamEvent[] = [];
    for await (const event of byEvents) seen.push(event);
    expect(await byEvents.finalMessage()).toEqual(message);
    expect(seen).toEqual(events.filter(({ type }) => type !== 'ping'));
    let said = '';
    for await (const piece of streamed(bytes, 'end').text()) said += piece;
    expect(said).toBe(textOf(message));
  });

  test.each(corpus)('to what the events add up to: $name', async ({ bytes }) => {
    expect(await streamed(bytes, 'end').finalMessage()).toMatchSnapshot();
  });

  test.each(corpus)(
    'R1: to the same message byte by byte, with other blanks and line ends: $name',
    async ({ bytes, events }) => {
      const message = await streamed(bytes, 'end').finalMessage();
      const slow = Array.from(bytes, (byte) => Buffer.of(byte));
      expect(await streamed(...slow, 'end').finalMessage()).toEqual(message);
      for (const writing of [{ spaced: true }, { lineEnd: '\r\n' }, { beforeEach: ': hello\n' }] as const)
        expect(await streamed(written(events, writing), 'end').finalMessage()).toEqual(message);
    },
  );
});

test('R1: a stream is read to the same events, wherever the bytes are cut', async () => {
  const next = random();
  for (let round = 0; round < scaled(5_000); round++) {
    const { bytes, events, name } = corpus[Math.floor(next() * corpus.length)] ?? {
      bytes: Buffer.of(),
      events: [],
      name: '',
    };
    const places = Array.from({ length: 1 + Math.floor(next() * 6) }, () => Math.floor(next() * (bytes.length + 1)));
    const seen: StreamEvent[] = [];
    for await (const event of streamed(...cutAt(bytes, ...places), 'end')) seen.push(event);
    expect(seen, `${name}, cut at ${places.join()}, seed ${seed()}`).toEqual(
      events.filter(({ type }) => type !== 'ping'),
    );
  }
});

describe('the reader of a stream', () => {
  const bytes = written(streams['text'] ?? []);

  test('sees in the snapshot what it has read', async () => {
    const stream = streamed(bytes, 'end');
    expect(stream.snapshot).toBeUndefined();
    let said = '';
    for await (const piece of stream.text()) {
      said += piece;
      expect(textOf(stream.snapshot)).toBe(said);
    }
    expect(stream.requestId).toBe('req_1');
  });

  test('is one at a time', async () => {
    const stream = streamed(bytes, 'end');
    stream[Symbol.asyncIterator]();
    expect(() => stream[Symbol.asyncIterator]()).toThrow('one reader');
  });

  test('may ask for the message while it reads', async () => {
    const stream = streamed(bytes, 'end');
    const message = stream.finalMessage.bind(stream);
    const reading = (async () => {
      for await (const _event of stream);
    })();
    expect(textOf(await message())).toBe('The sum of "a" and\nb\\c.');
    await reading;
  });

  test('ends the call by breaking off', async () => {
    const stream = streamed(bytes, 'end');
    for await (const _event of stream) break;
    expect(await failureOf(stream.finalMessage())).toMatchObject({ kind: 'aborted' });
  });

  test('may ask for several events at once, and gets them in order', async () => {
    const reader = streamed(...cut(bytes, 40), 'end')[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 12 }, () => reader.next()));
    expect(results.map(({ value }) => value?.type).filter((type) => type !== undefined)).toEqual(
      (streams['text'] ?? []).map(({ type }) => type),
    );
  });

  test('gets nothing of a stream that was aborted before it began, and nothing is sent', async () => {
    const clock = fakeClock();
    const transport = scriptedTransport(clock, [streamOf(bytes, 'end')]);
    const stream = new Claude({ apiKey: 'sk-test', clock, transport }).messages.stream(request);
    stream.abort(new Error('why'));
    expect(await failureOf(stream.finalMessage())).toMatchObject({ kind: 'aborted', cause: new Error('why') });
    expect(transport.requests).toEqual([]);
  });

  test('reads nothing more of a stream that ended', async () => {
    const stream = streamed(bytes, 'end');
    await stream.finalMessage();
    expect(await stream[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });
});

function cut(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
