/** A hunk among those of its action. Hunks are written `file:line`. */
import { expect, test } from 'vitest';
import type { Hunk } from '#shared/edits.ts';
import { placeInGroup } from './navigate.ts';
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

test('a hunk knows its place among those of its action', () => {
  expect(placeInGroup(documents, hunk('c', 5))).toEqual({ number: 2, count: 2 });
  expect(placeInGroup(documents, hunk('a', 9, 'other'))).toEqual({ number: 1, count: 1 });
});
