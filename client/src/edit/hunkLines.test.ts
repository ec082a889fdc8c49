/** Hunks in lines. */
import { expect, test } from 'vitest';
import type { Hunk } from '#shared/edits.ts';
import { countLines, hunkAt, linesOf, sizeOf } from './hunkLines.ts';

function range(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
  return {
    start: { line: startLine, character: startCharacter },
    end: { line: endLine, character: endCharacter },
  };
}

const hunk: Hunk = {
  ...{ id: 'h', group: 'g', uri: 'a', version: 1, title: 'Simplify', state: 'proposed', growing: false, warnings: [] },
  ...{ place: 'buffer', before: 'a\nb\n', after: 'c\n', range: range(3, 0, 4, 0) },
};

test.each([
  ['whole lines', range(3, 0, 5, 0), [3, 4]],
  ['a part of a line', range(3, 2, 3, 5), [3, 3]],
  ['up to the end of a line', range(3, 0, 4, 7), [3, 4]],
  ['a point', range(3, 0, 3, 0), [3, 3]],
])('%s', (_name, place, [first, last]) => {
  expect(linesOf(place)).toEqual({ first, last });
});

test.each([
  ['', 0],
  ['a', 1],
  ['a\n', 1],
  ['a\r\nb\r\n', 2],
  ['a\n\n', 2],
  ['\n', 1],
])('%j has %i lines', (text, count) => {
  expect(countLines(text)).toBe(count);
});

test('what a hunk adds and removes is known when it is finished', () => {
  expect(sizeOf(hunk)).toEqual({ added: 1, removed: 2 });
  expect(sizeOf({ ...hunk, place: 'aside', after: 'a\nb\nc' })).toEqual({ added: 3, removed: 2 });
  expect(sizeOf({ ...hunk, growing: true, after: '' })).toEqual({ added: 0, removed: 0 });
});

test('the hunk at the cursor is the smallest on its line', () => {
  const large = { ...hunk, id: 'large', range: range(1, 0, 9, 0) };
  const found = [0, 1, 3, 8, 9].map((line) => hunkAt([large, hunk], line)?.id);
  expect(found).toEqual([undefined, 'large', 'h', 'large', undefined]);
});
