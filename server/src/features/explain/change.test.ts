/** What of a change is explained, by the lines that are selected. */
import { expect, test } from 'vitest';
import { changeIn } from './change.ts';

const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n';
const now = 'a\nB\nc\nd\ne\nf\ng\ni\nj\nk\n';
const range = (first: number, last = first, character = 1) => ({
  start: { line: first, character: 0 },
  end: { line: last, character },
});
const seen = (from: string, to: string, at: ReturnType<typeof range>) => {
  const { hunks, ...lines } = changeIn(from, to, at);
  return [
    ...hunks.map((hunk) => `${hunk.firstLine}:-${hunk.before.join()}+${hunk.now.join()}`),
    [lines.firstLine, lines.lastLine],
  ];
};

test.each([
  ['an empty range means all hunks', range(4, 4, 0), ['1:-b+B', '7:-h+', '9:-+k', [1, 9]]],
  ['a range means the hunks that it touches', range(0, 3), ['1:-b+B', [1, 1]]],
  ['a line beside removed lines touches them', range(6), ['7:-h+', [7, 7]]],
  ['the line below removed lines touches them as well', range(7), ['7:-h+', [7, 7]]],
  ['a selection up to the start of a line leaves that line out', range(0, 1, 0), undefined],
])('%s', (_name, at, expected) => {
  if (expected === undefined) expect(() => changeIn(before, now, at)).toThrow(/Nothing has changed in these lines/);
  else expect(seen(before, now, at)).toEqual(expected);
});

test('a reversed range is read the right way round', () => {
  const { start, end } = range(0, 3);
  expect(changeIn(before, now, { start: end, end: start }).hunks).toHaveLength(1);
});

test('nothing changed is refused in plain words', () => {
  expect(() => changeIn(before, before, range(0))).toThrow(/there is no change to explain/);
});

test('a new file is one change', () => {
  expect(seen('', 'a\nb\n', range(0, 0, 0))).toEqual(['0:-+a,b', [0, 1]]);
});

test('line ends are not told apart from lines', () => {
  expect(seen('a\r\nb\r\n', 'a\r\nc\r\n', range(0, 0, 0))).toEqual(['1:-b+c', [1, 1]]);
});
