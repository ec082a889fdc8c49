/** Rows of the list of pending edits. */
import { expect, test } from 'vitest';
import type { Hunk } from '#shared/edits.ts';
import type { Problem } from '#shared/problem.ts';
import { words } from '../../../test/harness/words.ts';
import { fileRow, hunkRow, sizeWords } from './rows.ts';

const range = { start: { line: 11, character: 0 }, end: { line: 14, character: 0 } };
const hunk: Hunk = {
  ...{ id: 'h', group: 'g', uri: 'a', version: 1, range, title: 'Simplify', state: 'proposed', growing: false },
  ...{ place: 'buffer', before: 'a\n', after: 'b\nc\nd\n', warnings: [] },
};
const problem: Problem = { message: 'x', range };

test.each<[string, Partial<Hunk>, string, string, string]>([
  ['a hunk', {}, 'hunk', 'Lines 12–14: Simplify', '+3 −1'],
  ['a hunk of one line', { range: { ...range, end: { line: 11, character: 4 } } }, 'hunk', 'Line 12: Simplify', '+3 −1'],
  ['a deletion', { after: '' }, 'hunk', 'Lines 12–14: Simplify', '−1'],
  ['one that grows', { growing: true, after: '' }, 'growing', 'Lines 12–14: Simplify', 'writing …'],
  ['a conflict', { state: 'conflicted', place: 'aside', reason: 'You changed it.' }, 'conflicted', 'Lines 12–14: Simplify', '+3 −1 · not applied. You changed it.'],
  ['one that asks first', { place: 'aside' }, 'hunk', 'Lines 12–14: Simplify', '+3 −1 · waits for your approval'],
  ['a warning', { warnings: ['Hidden\ncharacters.'] }, 'hunk', 'Lines 12–14: Simplify', '+3 −1 · Hidden characters.'],
  ['a hostile title', { title: 'a\u202eb\nc' }, 'hunk', 'Lines 12–14: a⟨U+202E⟩b c', '+3 −1'],
  ['a new file', { file: 'create', before: '' }, 'hunk', 'new file: Simplify', '+3'],
  ['a file that goes', { file: 'delete', place: 'aside', before: '', after: '' }, 'move', 'delete this file: Simplify', ''],
])('%s', (_name, more, kind, label, description) => {
  expect(hunkRow({ ...hunk, ...more }, undefined, words)).toMatchObject({ kind, label, description });
}); // biome-ignore format: a table

test('what it fixed and broke stands beside it', () => {
  const delta = { fixed: [problem], broke: [problem] };
  expect(hunkRow(hunk, delta, words).description).toBe('+3 −1 · fixes 1 problem · 1 new error');
});

test('a file sums up its hunks', () => {
  expect(fileRow('a.ts', [hunk, hunk], words)).toMatchObject({
    label: 'a.ts',
    description: '+6 −2',
    tooltip: 'a.ts\n2 edits',
  });
  expect(sizeWords([])).toBe('');
});
