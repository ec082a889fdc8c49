/** What hunks fixed and broke. A problem is written `line: message`, a hunk `id first-last`. */
import { expect, test } from 'vitest';
import { areSameProblems, diagnosticsDelta, foundAgain } from './diagnosticsDelta.ts';
import type { Range } from './place.ts';
import type { Problem } from './problem.ts';

function lines(first: number, last: number): Range {
  return { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } };
}

/** `3: message`, `3:8 message` with a column, `3: ~message` for a hint, `3: ?message` for a warning. */
function problem(text: string): Problem {
  const [, line = '', column = '0', mark = '', message = ''] = /^(\d+):(\d*) ?([~?]?)(.*)$/.exec(text) ?? [];
  const start = { line: Number(line), character: Number(column) };
  const severity = mark === '~' ? 4 : mark === '?' ? 2 : 1;
  return { message, severity, range: { start, end: { ...start, character: start.character + 3 } } };
}

function hunk(text: string) {
  const [, id = '', first = '', last = ''] = /^(\w+) (\d+)-(\d+)$/.exec(text) ?? [];
  return { id, range: lines(Number(first), Number(last)) };
}

function told(
  before: readonly string[],
  after: readonly string[],
  hunks: readonly string[],
  elsewhere: readonly Range[] = [],
) {
  const delta = diagnosticsDelta({
    before: before.map(problem),
    after: after.map(problem),
    hunks: hunks.map(hunk),
    elsewhere,
  });
  return [...delta].flatMap(([id, { fixed, broke }]) => [
    ...fixed.map(({ message }) => `${id} fixed ${message}`),
    ...broke.map(({ message }) => `${id} broke ${message}`),
  ]);
}

test.each<[string, string[], string[], string[], string[]]>([
  ['nothing before and after', [], [], ['a 1-3'], []],
  ['a problem that is gone', ['2: x'], [], ['a 1-3'], ['a fixed x']],
  ['a new problem', [], ['2: x'], ['a 1-3'], ['a broke x']],
  ['one that is still there', ['9: x'], ['9: x'], ['a 1-3'], []],
  ['one that moved on its line', ['9:4 x'], ['9:8 x'], ['a 1-3'], []],
  ['one that moved within the hunk', ['1: x'], ['3: x'], ['a 1-3'], []],
  ['the same words at another place', ['9: x'], ['20: x'], ['a 1-3'], ['a fixed x', 'a broke x']],
  ['other words at the same place', ['2: x'], ['2: y'], ['a 1-3'], ['a fixed x', 'a broke y']],
  ['two of a kind of which one is left', ['2:0 x', '2:9 x'], ['2:9 x'], ['a 1-3'], ['a fixed x']],
  ['hints do not count', ['2: ~x'], ['2: ~y'], ['a 1-3'], []],
  ['warnings do', [], ['2: ?y'], ['a 1-3'], ['a broke y']],
  ['a problem belongs to the hunk that it is in', [], ['8: x'], ['a 1-3', 'b 7-9'], ['b broke x']],
  ['else to the nearest', [], ['5: x', '30: y'], ['a 1-3', 'b 9-9'], ['a broke x', 'b broke y']],
  ['the line after a hunk is not in it', [], ['4: x'], ['a 1-3', 'b 4-4'], ['b broke x']],
])('%s', (_name, before, after, hunks, expected) => {
  expect(told(before, after, hunks)).toEqual(expected);
});

test('a problem where the person was typing is not blamed on a hunk', () => {
  expect(told([], ['8: x'], ['a 1-3'], [lines(8, 8)])).toEqual([]);
});

test('severity, source and code make a problem another one', () => {
  const before = problem('2: x');
  const others: readonly Problem[] = [
    { ...before, severity: 2 },
    { ...before, source: 'ts' },
    { ...before, code: '7' },
  ];
  for (const other of others) {
    const delta = diagnosticsDelta({ before: [before], after: [other], hunks: [hunk('a 1-3')], elsewhere: [] });
    expect(delta.get('a')).toEqual({ fixed: [before], broke: [other] });
  }
});

test('a list that says the same in another order is the same', () => {
  const [one, other] = [problem('1: x'), problem('2: y')];
  expect(areSameProblems([one, other], [other, one])).toBe(true);
  expect(areSameProblems([one], [problem('2: x')])).toBe(false);
  expect(areSameProblems([one, one], [one])).toBe(false);
});

test('problems are found again where they have moved to, each once', () => {
  const now = [problem('4: x'), problem('30: x'), problem('9: y')];
  expect(foundAgain([problem('2: x')], now)).toEqual([now[0]]);
  expect(foundAgain([problem('2: x'), problem('3: x'), problem('3: x')], now)).toEqual([now[0], now[1]]);
  expect(foundAgain([problem('2: gone')], now)).toEqual([]);
});
