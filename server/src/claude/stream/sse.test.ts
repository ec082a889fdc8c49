/** The event stream decoder: by the standard, however the bytes are cut. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cutAt, type Decoded, decode } from '../../../../test/harness/decoding.ts';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';
import { streams, type Writing, written } from '../../../../test/harness/streams.ts';
import { EventTooLong, SseDecoder } from './sse.ts';

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

  test('takes work in proportion to its length', () => {
    const chunk = Buffer.alloc(65_536, 'x');
    const work = (megabytes: number) =>
      bytesTouchedBy(() => {
        const chunks = Array<Buffer>(megabytes * 16).fill(chunk);
        const decoder = new SseDecoder(megabytes * 2 ** 20 + 10);
        expect(decode([Buffer.from('data: '), ...chunks, Buffer.from('\n\n')], decoder)).toHaveLength(1);
      });
    // Joined once, made text once, searched once for each kind of line end.
    expect(work(4) / 2 ** 20).toBeCloseTo(4 * 4, 3);
    expect(work(16) / 2 ** 20).toBeCloseTo(16 * 4, 3);
  });

  test.each(['\n', '\r', '\r\n', '\n\r'])('that is many takes no more work for each: %j', (lineEnd) => {
    for (const lines of [5_000, 20_000]) {
      const bytes = Buffer.from(`data: 0123456789${lineEnd}`.repeat(lines));
      const chunks = Array.from({ length: Math.ceil(bytes.length / 1_000) }, (_, at) =>
        bytes.subarray(at * 1_000, (at + 1) * 1_000),
      );
      expect(bytesTouchedBy(() => decode(chunks)) / bytes.length).toBeLessThan(4.5);
    }
  });

  test('of line ends alone takes no longer than they need', () => {
    expect(decode([Buffer.alloc(262_144, '\r'), Buffer.alloc(262_144, '\n')])).toEqual([]);
  });
});

/** Bytes that are joined or made text, and characters that are searched, while something is done. */
function bytesTouchedBy(work: () => void): number {
  const { concat } = Buffer;
  const { toString: toText } = Buffer.prototype;
  const { indexOf } = String.prototype;
  let touched = 0;
  Buffer.concat = (list) => {
    const joined = concat.call(Buffer, list);
    touched += joined.length;
    return joined;
  };
  Buffer.prototype.toString = function () {
    touched += this.length;
    return toText.call(this);
  };
  String.prototype.indexOf = function (searched, start = 0) {
    const at = indexOf.call(this, searched, start);
    touched += (at === -1 ? this.length : at) - start;
    return at;
  };
  try {
    work();
  } finally {
    Object.assign(Buffer, { concat });
    Object.assign(Buffer.prototype, { toString: toText });
    Object.assign(String.prototype, { indexOf });
  }
  return touched;
}

test('keeps no chunk, which may be a view of much more', () => {
  const decoder = new SseDecoder();
  const chunk = Buffer.from('data: a');
  decoder.push(chunk);
  chunk.fill('!');
  decoder.push(Buffer.from('b\n\n'));
  expect(decoder.next()).toBe(true);
  expect(decoder.data).toBe('ab');
});

test('holds nothing of what was handed out', () => {
  const decoder = new SseDecoder();
  decoder.push(Buffer.from('data: a\n\ndata: b'));
  expect([decoder.next(), decoder.next()]).toEqual([true, false]);
  expect(decoder.data).toBe('');
});
