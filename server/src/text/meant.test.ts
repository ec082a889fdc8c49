/** What a person means by a place: the lines of a selection, or what is around the cursor. */
import { describe, expect, test } from 'vitest';
import type { CodeSymbol } from '#shared/symbols.ts';
import { meantBy, ordered, wordAt } from './meant.ts';

const lines = 'class Cart {\n  add(item) {\n    this.items.push(item);\n  }\n}\n\nconst a = 1;\nconst b = 2;\n'.split(
  '\n',
);
const place = (line: number, character: number) => ({ line, character });

function symbol(name: string, kind: number, first: number, last: number): CodeSymbol {
  const range = { start: place(first, 0), end: place(last, 1) };
  return { name, kind, range, selection: range, depth: 0 };
}

/** LSP SymbolKind: a class, a method, a variable. */
const symbols = [symbol('Cart', 5, 0, 4), symbol('add', 6, 1, 3), symbol('item', 13, 2, 2)];

function linesOf(start: readonly [number, number], end: readonly [number, number] = start): string {
  const {
    firstLine,
    lastLine,
    symbol: found,
  } = meantBy(lines, symbols, { start: place(...start), end: place(...end) });
  return `${firstLine}-${lastLine}${found === undefined ? '' : ` ${found.name}`}`;
}

describe('a cursor', () => {
  test.each<[string, readonly [number, number], string]>([
    ['inside a method means the method, not the variable', [2, 6], '1-3 add'],
    ['in the first line of a class means the class', [0, 2], '0-4 Cart'],
    ['between things means the lines around it that are not blank', [6, 0], '6-7'],
    ['on a blank line means that line', [5, 0], '5-5'],
    ['on the last, empty line means that line', [8, 0], '8-8'],
  ])('%s', (_what, at, expected) => {
    expect(linesOf(at)).toBe(expected);
  });

  test('an outline that is older than the text does not reach beyond it', () => {
    const old = [symbol('long', 12, 0, 99)];
    expect(meantBy(lines, old, { start: place(1, 0), end: place(1, 0) }).lastLine).toBe(lines.length - 1);
  });
});

describe('a selection', () => {
  test.each<[string, readonly [number, number], readonly [number, number], string]>([
    ['means its lines', [1, 4], [2, 8], '1-2 add'],
    ['that ends at the start of a line does not mean that line', [1, 0], [3, 0], '1-2 add'],
    ['within a line means that line', [6, 2], [6, 5], '6-6'],
    ['from below means the same', [2, 8], [1, 4], '1-2 add'],
    ['across things means no one of them', [3, 0], [7, 2], '3-7'],
    ['beyond the end stops at the end', [7, 0], [99, 0], '7-8'],
  ])('%s', (_what, start, end, expected) => {
    expect(linesOf(start, end)).toBe(expected);
  });
});

test('a range is put in order by line and by character', () => {
  const [one, two] = [place(1, 5), place(1, 2)];
  expect(ordered({ start: one, end: two })).toEqual({ start: two, end: one });
  expect(ordered({ start: two, end: one })).toEqual({ start: two, end: one });
});

test.each<[string, number, { text: string; start: number } | undefined]>([
  ['let total = 1', 6, { text: 'total', start: 4 }],
  ['let total = 1', 4, { text: 'total', start: 4 }],
  ['let total = 1', 9, { text: 'total', start: 4 }],
  ['let total = 1', 10, undefined],
  ['größe', 2, { text: 'größe', start: 0 }],
  ['$a_1', 4, { text: '$a_1', start: 0 }],
  ['a', 99, { text: 'a', start: 0 }],
  ['', 0, undefined],
])('of %j at %i the word is %j', (line, character, word) => {
  expect(wordAt(line, character)).toEqual(word);
});
