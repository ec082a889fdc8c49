/** What an explanation is made from, as tables: marks in the text, not columns. */
import { expect, test } from 'vitest';
import type { CodeSymbol } from '#shared/symbols.ts';
import { tokensOfDocuments } from './budget.ts';
import { type Material, materialOf } from './material.ts';

/** For the code, in estimated tokens. */
const room = 10_000;

/** The material for the text between «», or at | where nothing is selected. */
function material(marked: string, symbols: readonly CodeSymbol[] = []) {
  const at = marked.search(/[«|]/);
  const text = marked.replace(/[«»|]/g, '');
  const end = marked.includes('»') ? marked.replace('«', '').indexOf('»') : at;
  const place = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  const document = { uri: 'file:///a.ts', title: 'a.ts', text, languageId: 'typescript' };
  return materialOf(document, symbols, { start: place(at), end: place(end) }, room);
}

/** The lines of a part. */
function linesOf({ documents }: Material, part: string) {
  const lines = documents.find((document) => document.part === part)?.lines ?? [];
  return lines.map(({ line, text }) => ({ line, text }));
}

const symbol = (name: string, kind: number, first: number, last: number, depth = 0): CodeSymbol => ({
  name,
  kind,
  depth,
  range: { start: { line: first, character: 0 }, end: { line: last, character: 1 } },
  selection: { start: { line: first, character: 0 }, end: { line: first, character: 1 } },
});

const code = 'class A {\n  f() {\n    one();\n    two();\n  }\n}\n';
const symbols = [symbol('A', 5, 0, 5), symbol('f', 6, 1, 4, 1)];

test.each([
  ['a selection means its whole lines', code.replace('one', 'o«n»e'), '    one();\n', 'f'],
  ['a selection up to the start of a line leaves that line out', 'a\n«b\n»c\n', 'b\n', undefined],
  ['a cursor means the function around it', code.replace('one', 'o|ne'), '  f() {\n    one();\n    two();\n  }\n', 'f'],
  ['a cursor outside functions means the class', code.replace('class', 'cl|ass'), code.replace(/\n$/, '\n'), 'A'],
  ['a cursor without a symbol means the paragraph', 'a\n\nb\n|c\n\nd\n', 'b\nc\n', undefined],
])('%s', (_name, marked, expected, name) => {
  const found = material(marked, marked.includes('class') || marked.includes('cl|ass') ? symbols : []);
  expect(found.code).toBe(expected);
  expect(found.symbol).toBe(name);
});

test('declarations around the code go along, outermost first', () => {
  expect(linesOf(material(code.replace('one', '«one»'), symbols), 'enclosing')).toEqual([
    { line: 0, text: 'class A {' },
    { line: 1, text: '  f() {' },
  ]);
});

test('imports go along unless they are part of the code', () => {
  const text = "import a from 'a';\nimport {\n  b,\n} from 'b';\n\n«run();»\n";
  expect(linesOf(material(text), 'imports').map(({ line }) => line)).toEqual([0, 1, 2, 3]);
  expect(material("«import a from 'a';»\nrun();\n").documents.map(({ part }) => part)).toEqual(['code']);
});

test('a long selection is cut at a line, and the rest is counted', () => {
  const long = Array.from({ length: 10_000 }, (_, line) => `line number ${line}`).join('\n');
  const found = material(`«${long}»`);
  expect(tokensOfDocuments(found.documents)).toBeLessThanOrEqual(room + 40);
  expect(found.code.endsWith('\n')).toBe(true);
  expect(found.lastLine + 1 + found.linesLeftOut).toBe(10_000);
});

test('one endless line is cut without splitting a character', () => {
  const found = material(`«${'😀'.repeat(100_000)}»`);
  expect(found.code.isWellFormed()).toBe(true);
  expect(found.code.length).toBeGreaterThan(room * 0.9);
});

test('a selection that reaches the empty last line leaves nothing out', () => {
  const found = material('«function f() {\n  return 1;\n}\n\n»');
  expect([found.isCut, found.linesLeftOut, found.lastLine]).toEqual([false, 0, 3]);
});

test('an endless line is marked as cut', () => {
  expect(material(`«${'x'.repeat(100_000)}»`)).toMatchObject({ isCut: true, linesLeftOut: 0 });
});
