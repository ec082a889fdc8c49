/** The editor's symbols as the flat list of the protocol. */
import { expect, test } from 'vitest';
import { symbolsRequest } from '#shared/symbols.ts';
import { flattened, type SymbolNode } from './symbolTree.ts';

const at = (line: number) => ({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });

function node(name: string, line: number, ...children: SymbolNode[]): SymbolNode {
  return { name, kind: 11, range: at(line), selectionRange: at(line), children };
}

function seen(tree: readonly SymbolNode[]): readonly string[] {
  return flattened(tree).map(({ name, kind, depth }) => `${'  '.repeat(depth)}${name} ${kind}`);
}

test('parents come before their children, in the order of the document', () => {
  expect(seen([node('A', 0, node('a', 1, node('x', 2)), node('b', 3)), node('B', 5)])).toEqual([
    'A 12',
    '  a 12',
    '    x 12',
    '  b 12',
    'B 12',
  ]);
});

test('the older form of symbols has a place and no children', () => {
  expect(flattened([{ name: 'f', kind: 0, location: { range: at(4) } }])).toEqual([
    { name: 'f', kind: 1, range: at(4), selection: at(4), depth: 0 },
  ]);
});

test('what has no place or an unknown kind is left out', () => {
  expect(seen([{ name: 'f', kind: 3 }, { ...node('g', 1), kind: 99 }, node('h', 2)])).toEqual(['h 12']);
});

test('a hundred thousand symbols, nested a hundred thousand deep, and long names fit the protocol', () => {
  let deep = node('deep', 0);
  for (let level = 0; level < 100_000; level++) deep = node('level', 0, deep);
  const wide = Array.from({ length: 100_000 }, (_, line) => node('n'.repeat(2000), line));
  for (const tree of [[deep], wide]) expect(symbolsRequest.result.safeParse(flattened(tree)).success).toBe(true);
});
