/** Where a thread appears. Lines only: `3-7` is code from line 3 to 7, `v 1-20` what the editor shows. */
import { expect, test } from 'vitest';
import { isCramped, spotFor } from './spot.ts';

function spot(code: string, visible: string): string {
  const [first = 0, last = 0] = code.split('-').map(Number);
  const shown = visible.split(' ').filter((part) => part !== '');
  const range = { start: { line: first, character: 2 }, end: { line: last, character: 5 } };
  const lines = shown.map((part) => {
    const [from = 0, to = 0] = part.split('-').map(Number);
    return { first: from, last: to };
  });
  const { start, end } = spotFor(range, lines);
  return `${start.line}-${end.line}`;
}

test.each([
  ['below code that is in view', '3-7', '0-20', '3-7'],
  ['below the first line when the end is out of view', '3-70', '0-20', '3-3'],
  ['below the first line in view when the start is out of view, too', '3-70', '10-30', '10-10'],
  ['below code of which only the end is in view', '3-70', '60-80', '3-70'],
  ['around a folded part', '3-70', '0-10 90-99', '3-3'],
  ['below code that is nowhere in view', '3-7', '50-80', '3-7'],
  ['below code when no editor shows the document', '3-7', '', '3-7'],
])('a thread appears %s', (_name, code, visible, expected) => {
  expect(spot(code, visible)).toBe(expected);
});

test('a selection of whole lines does not reach into the next line', () => {
  const range = { start: { line: 3, character: 0 }, end: { line: 5, character: 0 } };
  expect(spotFor(range, []).end.line).toBe(4);
});

test('an empty selection stays where it is', () => {
  const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } };
  expect(spotFor(range, [])).toEqual(range);
});

test.each([
  [15, '0-20', true],
  [10, '0-20', false],
  [30, '0-20', true],
  [5, '', false],
  [5, '0-10 90-99', false],
])('a thread under line %i has too little room where %s is shown: %s', (line, visible, cramped) => {
  const shown = visible.split(' ').filter((part) => part !== '');
  const lines = shown.map((part) => ({ first: Number(part.split('-')[0]), last: Number(part.split('-')[1]) }));
  expect(isCramped(line, lines)).toBe(cramped);
});
