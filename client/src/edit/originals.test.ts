/** The text before the hunks. */
import { expect, test } from 'vitest';
import type { Hunk } from '#shared/edits.ts';
import { original } from './originals.ts';

function hunk(first: number, last: number, before: string, more: Partial<Hunk> = {}): Hunk {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  const fixed = { version: 1, after: '', state: 'proposed', growing: false, title: '' } as const;
  return { id: before, uri: 'a', group: 'g', range, before, ...fixed, place: 'buffer', warnings: [], ...more };
}

const text = 'new 1\nb\nnew 2\nnew 3\nd\n';

test.each([
  ['one', [hunk(0, 1, 'a\n')], 'a\nb\nnew 2\nnew 3\nd\n'],
  ['all, in whatever order', [hunk(2, 4, 'c\n'), hunk(0, 1, 'a\n')], 'a\nb\nc\nd\n'],
  ['a deletion', [hunk(4, 4, 'gone\n')], 'new 1\nb\nnew 2\nnew 3\ngone\nd\n'],
  ['one that is not in the document', [hunk(0, 1, 'a\n', { place: 'aside' })], text],
  ['none', [], text],
  ['two in one place: the first counts', [hunk(0, 2, 'a\n'), hunk(1, 3, 'x\n')], 'a\nnew 2\nnew 3\nd\n'],
])('%s', (_name, hunks, expected) => {
  expect(original(text, hunks, '\n')).toBe(expected);
});

test('what comes back has the line ends of the document', () => {
  expect(original('new\r\nb\r\n', [hunk(0, 1, 'a\nb\n')], '\r\n')).toBe('a\r\nb\r\nb\r\n');
});
