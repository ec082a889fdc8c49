/** The event stream decoder: by the standard, however the bytes are cut. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { _iterSSEMessages } from '@anthropic-ai/sdk/core/streaming';
import { describe, expect, test } from 'vitest';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';
import { streams, type Writing, written } from '../../../../test/harness/streams.ts';
import { EventTooLong, SseDecoder } from './sse.ts';

interface Decoded {
  readonly type: string;
  readonly data: string;
}

/** All events of a stream that comes in these chunks. */
function decode(chunks: Iterable<Uint8Array>, decoder = new SseDecoder()): readonly Decoded[] {
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

function* cutAt(bytes: Uint8Array, ...places: readonly number[]): Generator<Uint8Array> {
  let from = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    yield bytes.subarray(from, place);
    from = place;
  }
  yield bytes.subarray(from);
}

interface Vector {
  readonly title: string;
  readonly input: string;
  readonly events: readonly Decoded[];
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../../../test/corpora/sse-vectors.json'), 'utf8'),
);

/** Where this decoder differs from the standard on purpose: the last event counts without its blank line. */
const deviations: Readonly<Record<string, readonly Decoded[]>> = {
  'an event without its final blank line is not dispatched': [{ type: 'message', data: 'test2' }],
};

describe('R2: decodes as the standard says', () => {
  test.each(vectors)('$title', ({ title, input, events }) => {
    const extra = deviations[title] ?? [];
    expect(decode([Buffer.from(input)])).toEqual([...events, ...extra]);
    expect(decode(Array.from(Buffer.from(input), (byte) => Buffer.of(byte)))).toEqual([...events, ...extra]);
  });
});

const writings: readonly Writing[] = [
  {},
  { lineEnd: '\r\n' },
  { lineEnd: '\r' },
  { beforeEach: ': keep-alive\n\n' },
  { spaced: true },
];

/** Every stream in every way of writing, with what it says. */
const corpus = Object.entries(streams).flatMap(([name, events]) =>
  writings.map((writing, at) => ({
    name: `${name}, written in way ${at + 1}`,
    bytes: written(events, writing),
    expected: events.map((event) => ({ type: event.type, value: event })),
  })),
);

function valuesOf(events: readonly Decoded[]) {
  return events.map(({ type, data }) => ({ type, value: JSON.parse(data) }));
}

describe('R1: the same events, wherever the bytes are cut', () => {
  test.each(corpus)('in two: $name', ({ bytes, expected }) => {
    const step = Math.max(1, Math.round(bytes.length / scaled(bytes.length)));
    for (let place = 0; place <= bytes.length; place += step)
      expect(valuesOf(decode(cutAt(bytes, place)))).toEqual(expected);
  });

  test.each(corpus)('byte by byte: $name', ({ bytes, expected }) => {
    expect(valuesOf(decode(cutAt(bytes, ...bytes.keys())))).toEqual(expected);
  });

  test('at random places', () => {
    const next = random();
    for (let round = 0; round < scaled(20_000); round++) {
      const { bytes, expected, name } = corpus[Math.floor(next() * corpus.length)] ?? {
        bytes: Buffer.alloc(0),
        expected: [],
        name: '',
      };
      const places = Array.from({ length: Math.floor(next() * 12) }, () => Math.floor(next() * (bytes.length + 1)));
      expect(valuesOf(decode(cutAt(bytes, ...places))), `${name}, seed ${seed()}, cut at ${places.join()}`).toEqual(
        expected,
      );
    }
  });

  test('broken UTF-8 becomes the same replacement characters, wherever it is cut', () => {
    const bytes = Buffer.concat([
      Buffer.from('data: a'),
      Buffer.from([0xe2, 0x82, 0x41, 0xff, 0xf0, 0x9f, 0x98]),
      Buffer.from('b\n\n'),
    ]);
    const whole = decode([bytes]);
    expect(whole[0]?.data).toBe(new TextDecoder().decode(bytes.subarray(6, -2)));
    for (let place = 0; place <= bytes.length; place++) expect(decode(cutAt(bytes, place))).toEqual(whole);
  });
});

/** The part of undici's event source that decodes; it comes without types. */
interface EventSourceStream {
  write(bytes: Uint8Array): void;
}
type Push = (event: { readonly type: string; readonly options: { readonly data: string } } | null) => void;
const undici: { EventSourceStream: new (options: { eventSourceSettings: object; push: Push }) => EventSourceStream } =
  createRequire(import.meta.url)('undici/lib/web/eventsource/eventsource-stream.js');

function decodedByUndici(bytes: Uint8Array): readonly Decoded[] {
  const events: Decoded[] = [];
  const stream = new undici.EventSourceStream({
    eventSourceSettings: {},
    push: (event) => event !== null && events.push({ type: event.type, data: event.options.data }),
  });
  stream.write(bytes);
  return events;
}

async function decodedBySdk(bytes: Uint8Array<ArrayBuffer>): Promise<readonly Decoded[]> {
  const events: Decoded[] = [];
  for await (const { event, data } of _iterSSEMessages(new Response(bytes), new AbortController()))
    events.push({ type: event || 'message', data });
  return events;
}

test('R2: on random streams, agrees with two decoders that others wrote', async () => {
  const next = random();
  const parts = [
    'data',
    'data:',
    'data: ',
    'event:',
    'event: ',
    'id: 1',
    'retry: 5',
    ':',
    ' ',
    'x',
    'ä€😀',
    'ping',
    '\n',
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    '\t',
    '\0',
  ];
  for (let round = 0; round < scaled(5_000); round++) {
    const text = Array.from({ length: Math.floor(next() * 30) }, () => parts[Math.floor(next() * parts.length)]).join(
      '',
    );
    // undici does not let an empty name take back an earlier one, as the standard says.
    if (/event: ?([\r\n]|$)/.test(text)) continue;
    const bytes = new TextEncoder().encode(`${text}\n\n`);
    const ours = decode(cutAt(bytes, Math.floor(next() * bytes.length)));
    expect(ours, JSON.stringify(text)).toEqual(decodedByUndici(bytes));
    // The official decoder takes a name without data for an event, which then looks like one with empty data.
    const telling = ({ type, data }: Decoded) => data !== '' || type === 'message';
    expect(ours.filter(telling), JSON.stringify(text)).toEqual((await decodedBySdk(bytes)).filter(telling));
  }
});

describe('R3: an endless line', () => {
  test('of data is refused at the limit, in one chunk or in many', () => {
    const bytes = Buffer.from(`data: ${'x'.repeat(2_000)}\n\n`);
    expect(() => decode([bytes], new SseDecoder(1_000))).toThrow(EventTooLong);
    expect(() =>
      decode(cutAt(bytes, ...Array.from({ length: 200 }, (_, at) => at * 10)), new SseDecoder(1_000)),
    ).toThrow(EventTooLong);
    expect(decode([bytes], new SseDecoder(2_002))).toHaveLength(1);
  });

  test('many short lines of one event are refused at the limit, too', () => {
    expect(() => decode([Buffer.from('data: 123456789\n'.repeat(101))], new SseDecoder(1_000))).toThrow(EventTooLong);
  });

  test('takes time in proportion to its length', () => {
    const work = (megabytes: number): number => {
      const chunk = Buffer.alloc(65_536, 'x');
      const begin = process.cpuUsage();
      decode([Buffer.from('data: '), ...Array<Buffer>(megabytes * 16).fill(chunk), Buffer.from('\n\n')]);
      const { user, system } = process.cpuUsage(begin);
      return user + system;
    };
    work(4);
    const [small, large] = [1, 2, 3]
      .map(() => [work(3), work(12)] as const)
      .reduce(([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d)]);
    // Four times the bytes: quadratic would be sixteen times the work. The floor keeps tiny figures out of it.
    expect(large).toBeLessThan(Math.max(small, 3_000) * 10);
  });

  test('of line ends alone takes no longer than they need', () => {
    expect(decode([Buffer.alloc(262_144, '\r'), Buffer.alloc(262_144, '\n')])).toEqual([]);
  });
});

test('holds nothing of what was handed out', () => {
  const decoder = new SseDecoder();
  decoder.push(Buffer.from('data: a\n\ndata: b'));
  expect([decoder.next(), decoder.next()]).toEqual([true, false]);
  expect(decoder.data).toBe('');
});
