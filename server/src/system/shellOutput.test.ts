/** S19: whatever a command writes and wherever it is cut, no control character is left, and what is text stays. */
import { expect, test } from 'vitest';
import { stripControl } from '#shared/control.ts';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import { asLines, createCleaner, createRing } from './shellOutput.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function cleaned(bytes: Uint8Array, cuts: readonly number[]): string {
  const cleaner = createCleaner();
  const ends = [...cuts, bytes.length];
  const pieces = ends.map((end, index) => cleaner.push(bytes.subarray(ends[index - 1] ?? 0, end)));
  return [...pieces, cleaner.end()].join('');
}

/** 200 and more: every introducer, with every kind of body, end and cut. */
const sequences: readonly string[] = [
  ...['A', 'B', 'H', 'J', 'K', 'm', 'n', 'h', 'l', 'r', 's', 'u', 'c', 'q', '@', '~'].flatMap((end) =>
    ['', '2', '1;31', '?25', '>0', '38;2;1;2;3', ' ', '!'].map((body) => `\x1b[${body}${end}`),
  ),
  ...['0;t', '8;;http://x', '52;c;aGk=', '1337;File=:x', '9;x', '777;a;b', '4;1;?', '10;?'].flatMap((body) =>
    ['\x07', '\x1b\\', '\x9c'].map((end) => `\x1b]${body}${end}`),
  ),
  ...['P', 'X', '^', '_'].flatMap((kind) => ['q', '1;1|x', '+q6e', 'äöü'].map((body) => `\x1b${kind}${body}\x1b\\`)),
  ...['c', '7', '8', '=', '>', 'D', 'E', 'M', 'N', 'O', 'Z', '(0', ')B', '#8', '%G', ' F'].map((end) => `\x1b${end}`),
  ...['\x9b31m', '\x9d0;t\x9c', '\x90q\x9c', '\x98x\x9c', '\x9ex\x9c', '\x9fx\x9c', '\x84', '\x85', '\x8d', '\x9c'],
  ...['\x00', '\x01', '\x05', '\x07', '\x08', '\x0b', '\x0c', '\x0e', '\x0f', '\x11', '\x13', '\x18', '\x1a', '\x7f'],
];

test('S19: 200 sequences, cut anywhere, leave nothing but the text around them', () => {
  expect(new Set(sequences).size).toBeGreaterThan(200);
  for (const sequence of sequences) {
    const bytes = bytesOf(`before${sequence}after\n`);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const text = cleaned(bytes, [cut]);
      expect(text, JSON.stringify(sequence)).toBe('beforeafter\n');
    }
    expect(cleaned(bytes, Array.from(bytes.keys())), JSON.stringify(sequence)).toBe('beforeafter\n');
  }
});

test('S19: random mixtures, cut anywhere, are as they are whole', () => {
  const next = random();
  const pick = (members: readonly string[]) => members[Math.floor(next() * members.length)] ?? '';
  for (let round = 0; round < scaled(3_000); round++) {
    const parts = Array.from({ length: 12 }, () =>
      pick([pick(sequences), 'text', '日本', '😀', '\n', '\t', '\r\n', '\r', '\x1b', '\x1b[', '\x1b]', '\x9b']),
    );
    const bytes = bytesOf(parts.join(''));
    const cuts = Array.from({ length: 5 }, () => Math.floor(next() * bytes.length)).toSorted((a, b) => a - b);
    const text = cleaned(bytes, cuts);
    expect(text, `TEST_SEED=${seed()} ${JSON.stringify(parts)}`).toBe(cleaned(bytes, []));
    expect(text).not.toMatch(/[^\P{Cc}\n\t\r]/u);
    expect(stripControl(asLines(text))).toBe(asLines(text));
  }
});

test('R43: a sequence that never ends holds nothing back for ever, and costs no more than its length', () => {
  const cleaner = createCleaner();
  let length = cleaner.push(bytesOf('\x1b]0;')).length;
  for (let round = 0; round < 2_000; round++) length += cleaner.push(bytesOf('x'.repeat(1_000))).length;
  expect(length).toBeGreaterThan(2_000_000 - 5_000);
  expect(length + cleaner.end().length).toBe(2_000_002);
});

test('characters that are cut are whole, and bytes that are none become the sign for it', () => {
  const bytes = bytesOf('aä日😀b');
  for (let cut = 0; cut <= bytes.length; cut++) expect(cleaned(bytes, [cut])).toBe('aä日😀b');
  expect(cleaned(new Uint8Array([0x61, 0xff, 0xc3, 0x62, 0xf0, 0x9f]), [])).toBe('a\ufffd\ufffdb\ufffd');
});

test('of a line that is written over the last is kept, and whoever reads along sees each', () => {
  const ring = createRing(1_000);
  const text = cleaned(bytesOf('10%\r20%\r\r30%\r\ndone\r\r\nlast\r'), []);
  ring.push(text);
  expect(ring.end().output).toBe('30%\ndone\nlast');
  expect(asLines(text)).toBe('10%\n20%\n30%\ndone\nlast\n');
});

test('R43: the last of what is written is kept, never half a character', () => {
  const ring = createRing(10);
  for (let number = 0; number < 1_000; number++) ring.push(`${number},`);
  expect(ring.end()).toEqual({ output: ',998,999,'.padStart(10, '7'), dropped: 3_890 - 10 });
  const pairs = createRing(3);
  pairs.push('😀😀😀😀');
  expect(pairs.end()).toEqual({ output: '😀', dropped: 6 });
});
