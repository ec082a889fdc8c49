/** What is told when an edit is done. */
import { expect, test } from 'vitest';
import type { EditResult } from '#shared/edits.ts';
import type { Problem } from '#shared/problem.ts';
import { words } from '../../../test/harness/words.ts';
import { breakageOf, outcomeOf } from './outcome.ts';

type Told = Pick<EditResult, 'hunks' | 'markdown' | 'failures' | 'notices'>;
const done: Told = { hunks: ['h'], markdown: 'I did it.', failures: [], notices: [] };

test.each<[string, Partial<Told>, number, ReturnType<typeof outcomeOf>]>([
  ['all went well: the code shows it', {}, 0, undefined],
  ['nothing was to be done', { hunks: [] }, 0, { text: 'Nothing was changed. I did it.', isWarning: false, hasEdits: false }],
  ['nothing, without a word', { hunks: [], markdown: '' }, 0, { text: 'Nothing was changed.', isWarning: false, hasEdits: false }],
  ['a failure', { failures: ['One edit found no place.'] }, 0, { text: 'One edit found no place.', isWarning: true, hasEdits: true }],
  ['a failure and no edit', { hunks: [], failures: ['No place.'] }, 0, { text: 'No place.', isWarning: true, hasEdits: false }],
  ['conflicts', {}, 2, { text: '2 edits could not be applied.', isWarning: true, hasEdits: true }],
  ['many failures', { failures: ['A.', 'B.', 'C.', 'D.', 'E.'] }, 0, { text: 'A. B. C. And 2 more.', isWarning: true, hasEdits: true }],
  ['a notice', { notices: ['A secret was replaced.'] }, 0, { text: 'A secret was replaced.', isWarning: false, hasEdits: true }],
  ['a hostile answer', { hunks: [], markdown: '[a](command:x)\u202e' }, 0, { text: 'Nothing was changed. [a] (command:x)⟨U+202E⟩', isWarning: false, hasEdits: false }],
])('%s', (_name, more, conflicts, expected) => {
  expect(outcomeOf({ ...done, ...more }, conflicts, words)).toEqual(expected);
}); // biome-ignore format: a table

test('new errors are told, new warnings are not worth a message', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const error: Problem = { range, message: 'x', severity: 1 };
  const broke = (...problems: readonly Problem[]) => ({ fixed: [], broke: problems });
  expect(breakageOf('Simplify', [broke(error), broke(error)], words)).toBe('Simplify: 2 new errors.');
  expect(breakageOf('Simplify', [broke({ ...error, severity: 2 })], words)).toBeUndefined();
});
