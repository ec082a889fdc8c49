/** From hunk to hunk. Hunks are written `file:line`. */
import { expect, test } from 'vitest';
import type { Hunk } from '#shared/edits.ts';
import { neighbour, placeInGroup } from './navigate.ts';
import type { PendingDocument } from './pending.ts';

function hunk(uri: string, line: number, group = 'g'): Hunk {
  const start = { line, character: 0 };
  const fixed = { version: 1, before: '', after: '', state: 'proposed', growing: false, place: 'buffer' } as const;
  const range = { start, end: { line: line + 3, character: 0 } };
  return { id: `${uri}:${line}`, uri, group, range, ...fixed, title: '', warnings: [] };
}

const documents: readonly PendingDocument[] = [
  { uri: 'a', hunks: [hunk('a', 2), hunk('a', 9, 'other')] },
  { uri: 'c', hunks: [hunk('c', 5)] },
];

test.each([
  ['above the first', 'a:0', 'a:2', 'c:5'],
  ['on the first line of one', 'a:2', 'a:9', 'c:5'],
  ['inside of one', 'a:4', 'a:9', 'a:2'],
  ['behind the last of a file', 'a:20', 'c:5', 'a:9'],
  ['in a file between them', 'b:1', 'c:5', 'a:9'],
  ['at the last', 'c:5', 'a:2', 'a:9'],
  ['in a file after all', 'd:1', 'a:2', 'c:5'],
])('%s (%s)', (_name, place, next, previous) => {
  const [uri = '', line = ''] = place.split(':');
  const here = { uri, line: Number(line) };
  expect(neighbour(documents, here, 'next')?.hunk.id).toBe(next);
  expect(neighbour(documents, here, 'previous')?.hunk.id).toBe(previous);
});

test('without an editor it begins at the start or the end, and it tells the position', () => {
  expect(neighbour(documents, undefined, 'next')).toMatchObject({ hunk: { id: 'a:2' }, number: 1, count: 3 });
  expect(neighbour(documents, undefined, 'previous')).toMatchObject({ hunk: { id: 'c:5' }, number: 3, count: 3 });
  expect(neighbour([], undefined, 'next')).toBeUndefined();
});

test('a hunk knows its place among those of its action', () => {
  expect(placeInGroup(documents, hunk('c', 5))).toEqual({ number: 2, count: 2 });
  expect(placeInGroup(documents, hunk('a', 9, 'other'))).toEqual({ number: 1, count: 1 });
});
