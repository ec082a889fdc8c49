/** What stands above a hunk. Lenses that do something are in brackets. */
import { expect, test } from 'vitest';
import { clientCommands } from '#shared/commands.ts';
import type { Hunk } from '#shared/edits.ts';
import type { Problem } from '#shared/problem.ts';
import { words } from '../../../test/harness/words.ts';
import { type LensParts, lensesOf } from './lensTexts.ts';

const range = { start: { line: 3, character: 0 }, end: { line: 5, character: 0 } };
const hunk: Hunk = {
  ...{ id: 'h', group: 'g', uri: 'a', version: 1, range, title: 'Simplify', state: 'proposed', growing: false },
  ...{ place: 'buffer', before: 'a\nb\n', after: 'c\n', warnings: [] },
};
const problem: Problem = { message: 'x', range, severity: 1 };
const warning: Problem = { ...problem, severity: 2 };

function shown(more: Partial<Hunk> = {}, parts: Partial<LensParts> = {}): string {
  const all: LensParts = { place: { number: 1, count: 1 }, delta: undefined, demo: false, words, ...parts };
  return lensesOf({ ...hunk, ...more }, all)
    .map(({ title, command }) => (command === undefined ? title : `[${title}]`))
    .join(' ');
}

test.each<[string, Partial<Hunk>, Partial<LensParts>, string]>([
  ['a hunk', {}, {}, 'Simplify [Accept] [Reject] [Retry] [Compare] [2 lines removed]'],
  ['one of several', {}, { place: { number: 2, count: 3 } }, 'Simplify: 2 of 3 [Accept] [Reject] [Retry] [Compare] [2 lines removed]'],
  ['one that only adds', { before: '' }, {}, 'Simplify [Accept] [Reject] [Retry] [Compare]'],
  ['one that replaces a line', { before: 'a\n' }, {}, 'Simplify [Accept] [Reject] [Retry] [Compare] [1 line removed]'],
  ['one that grows', { growing: true, after: '' }, {}, 'Simplify: writing … [Stop]'],
  ['one of the demo', { before: '' }, { demo: true }, 'Simplify (demo) [Accept] [Reject] [Retry] [Compare]'],
  ['one that asks first', { place: 'aside', before: '' }, {}, 'Simplify: waits for your approval [Accept] [Reject] [Retry] [Compare]'],
  ['a conflict', { state: 'conflicted', place: 'aside', reason: 'You changed it.' }, {}, 'Simplify: not applied. You changed it. [Compare] [Retry] [Dismiss]'],
  ['one with a warning', { before: '', warnings: ['Has 2\nhidden \u202e characters.'] }, {}, 'Simplify [Accept] [Reject] [Retry] [Compare] $(warning) Has 2 hidden ⟨U+202E⟩ characters.'],
  ['one that fixes', { before: '' }, { delta: { fixed: [problem], broke: [] } }, 'Simplify [Accept] [Reject] [Retry] [Compare] fixes 1 problem'],
  ['one that breaks', { before: '' }, { delta: { fixed: [problem, problem], broke: [problem, problem, warning] } }, 'Simplify [Accept] [Reject] [Retry] [Compare] fixes 2 problems 2 new errors, 1 new warning [Fix]'],
  ['one that changes no problem', { before: '' }, { delta: { fixed: [], broke: [] } }, 'Simplify [Accept] [Reject] [Retry] [Compare]'],
  ['a new file', { file: 'create', before: '' }, {}, 'Simplify: new file [Accept] [Reject] [Retry] [Compare]'],
  ['a file that goes', { file: 'delete', place: 'aside', before: '' }, {}, 'Simplify: delete this file [Accept] [Reject]'],
  ['a file that moves', { file: 'rename', to: 'file:///w/src/a%20b.ts', place: 'aside', before: '' }, {}, 'Simplify: move this file to w/src/a b.ts [Accept] [Reject]'],
])('%s', (_name, more, parts, expected) => {
  expect(shown(more, parts)).toBe(expected);
}); // biome-ignore format: a table

test('they stand above the first line, and their commands are ours', () => {
  const lenses = lensesOf(hunk, { place: { number: 1, count: 1 }, delta: undefined, demo: false, words });
  expect(new Set(lenses.map(({ line }) => line))).toEqual(new Set([3]));
  const ours: ReadonlySet<string> = new Set(Object.values(clientCommands));
  expect(lenses.flatMap(({ command }) => command ?? []).every((command) => ours.has(command))).toBe(true);
});

test('a long warning is whole in the tooltip', () => {
  const long = `${'word '.repeat(60)}end.`;
  const lenses = lensesOf(
    { ...hunk, warnings: [long] },
    { place: { number: 1, count: 1 }, delta: undefined, demo: false, words },
  );
  expect(lenses.at(-1)?.title.length).toBeLessThan(100);
  expect(lenses.at(-1)?.tooltip).toBe(long);
});
