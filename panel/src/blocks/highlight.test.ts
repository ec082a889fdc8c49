/** Colours change nothing of code, and cost a bounded time. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coloured } from './highlight.ts';

const sources = {
  ts: 'panel/src/blocks/highlight.ts',
  css: 'panel/src/blocks/blocks.css',
  json: 'package.json',
  md: 'README.md',
  py: 'sample/text_wrap.py',
  go: 'sample/rate_limit.go',
};
const textOf = (lines: ReturnType<typeof coloured>) => lines.map((parts) => parts.map(({ text }) => text).join(''));
const forever = Number.POSITIVE_INFINITY;

test.each(Object.entries(sources))('of %s every character stays in its line', (language, file) => {
  const lines = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8').split('\n');
  const result = coloured(lines, language, forever);
  expect(textOf(result)).toEqual(lines);
  expect(result.flat().some(({ type }) => type !== undefined)).toBe(true);
});

test('what is not known, too long or named like a part of an object stays plain', () => {
  for (const language of ['', 'nonsense', 'constructor', '__proto__', 'toString'])
    expect(coloured(['const a = 1'], language, forever)).toEqual([[{ text: 'const a = 1' }]]);
  const long = Array.from({ length: 10_000 }, () => 'const a = "b";');
  expect(coloured(long, 'ts', forever).every(([part]) => part?.type === undefined)).toBe(true);
});

test('R14: when its time is over, the rest is plain and nothing is missing', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `const value${index} = "text";`);
  let time = 0;
  const result = coloured(lines, 'ts', 50, () => {
    time += 1;
    return time;
  });
  expect(textOf(result)).toEqual(lines);
  expect(result[0]?.some(({ type }) => type !== undefined)).toBe(true);
  expect(result.at(-1)).toEqual([{ text: lines.at(-1) }]);
});
