/** Where a block of code goes: a table of documents and blocks, and what holds for any of them. */
import { describe, expect, test } from 'vitest';
import { random, scaled } from '../../../test/harness/scale.ts';
import { applyPlace, insertedAt } from './applyPlace.ts';
import { changed, type TextChange } from './spans.ts';

const after = (text: string, changes: readonly TextChange[]) => changes.toReversed().reduce(changed, text);

/** `|` is the cursor, `[` and `]` hold what is selected. */
function marked(source: string) {
  const start = source.search(/[|[]/);
  const plain = source.replace(/\||\[|\]/g, '');
  const end = source.includes(']') ? source.indexOf(']') - 1 : start;
  return { text: plain, selection: start < 0 ? { start: 0, end: 0 } : { start, end } };
}

function applied(source: string, code: string, languageId = 'typescript') {
  const { text, selection } = marked(source);
  const { changes, at } = applyPlace({ text, selection, code, languageId });
  return [at, after(text, changes)];
}

describe('a block of code', () => {
  test.each([
    ['selected lines', 'a();\n  [b();\n  c();]\nd();\n', 'x();\ny();', ['selection', 'a();\n  x();\n  y();\nd();\n']],
    ['selected lines with their end', 'a();\n[  b();\n]d();\n', 'x();\n\n', ['selection', 'a();\n  x();\nd();\n']],
    ['a part of a line', 'let a = [b];\n', 'c + d\n', ['selection', 'let a = c + d;\n']],
    ['the last line, without an end', 'a();\n[b();]', 'x();\ny();', ['selection', 'a();\nx();\ny();']],
    [
      'a declaration of the same name',
      'const a = 1;\n\nfunction b() {\n  return 1;\n}\n\nfunction c() {}\n|',
      'function b() {\n  return 2;\n}',
      ['declaration', 'const a = 1;\n\nfunction b() {\n  return 2;\n}\n\nfunction c() {}\n'],
    ],
    [
      'its comment goes with it',
      '// Old.\nfunction b() {\n  return 1;\n}\n',
      '// New.\nfunction b() {\n  return 1;\n}',
      ['declaration', '// New.\nfunction b() {\n  return 1;\n}\n'],
    ],
    [
      'a comment that is not in the block stays',
      '// Old.\nfunction b() {\n  return 1;\n}\n',
      'function b() {\n  return 2;\n}',
      ['declaration', '// Old.\nfunction b() {\n  return 2;\n}\n'],
    ],
    [
      'two declarations, and a new one between them',
      'function a() {\n  one();\n}\n\nfunction c() {\n  three();\n}\n',
      'function a() {\n  1;\n}\n\nfunction b() {\n  2;\n}\n\nfunction c() {\n  3;\n}',
      ['declaration', 'function a() {\n  1;\n}\n\nfunction b() {\n  2;\n}\n\nfunction c() {\n  3;\n}\n'],
    ],
    [
      'what is left out stays',
      'function a() {\n  one();\n  two();\n  three();\n}\n',
      'function a() {\n  first();\n  // ... the rest stays\n}',
      ['declaration', 'function a() {\n  first();\n  one();\n  two();\n  three();\n}\n'],
    ],
    [
      'a part of a document with changes',
      'import x;\nconst a = 1;\nconst b = 2;\nconst c = 3;\nx(a, b, c);\ny();\nz();\n',
      'const a = 1;\nconst b = 20;\nconst c = 3;\nx(a, b, c);',
      ['matching', 'import x;\nconst a = 1;\nconst b = 20;\nconst c = 3;\nx(a, b, c);\ny();\nz();\n'],
    ],
    [
      'a whole document',
      'one: 1\ntwo: 2\nthree: 3\nlast: 5\n',
      'one: 1\ntwo: 22\nthree: 3\nfour: 4\nlast: 5',
      ['matching', 'one: 1\ntwo: 22\nthree: 3\nfour: 4\nlast: 5\n'],
    ],
    [
      'a blank line with the cursor',
      'a {\n  b();\n  |\n}\n',
      'c();\nd();',
      ['cursor', 'a {\n  b();\n  c();\n  d();\n}\n'],
    ],
    ['below the line of the cursor', 'a();\n  b|();\nc();\n', 'new();', ['cursor', 'a();\n  b();\n  new();\nc();\n']],
    ['the end of a document', 'a();\n|', 'new();', ['cursor', 'a();\nnew();\n']],
    ['the end of one without an end', 'a();|', 'new();', ['cursor', 'a();\nnew();']],
    ['an empty document', '|', 'new();', ['cursor', 'new();\n']],
    [
      'line ends of the document',
      'a();\r\n|\r\nc();\r\n',
      'b();\nbb();',
      ['cursor', 'a();\r\nb();\r\nbb();\r\nc();\r\n'],
    ],
  ])('%s', (_name, source, code, expected) => {
    expect(applied(source, code, source.includes('one: 1') ? 'yaml' : 'typescript')).toEqual(expected);
  });

  test('of a name that is declared twice it is not guessed which is meant', () => {
    const twice = 'class A {\n  go() {}\n}\nclass B {\n  go() {}\n}\n|';
    expect(applied(twice, 'function go() {\n  return 1;\n}')[0]).toBe('cursor');
  });

  test('what stands there already changes nothing', () => {
    const text = 'function a() {\n  return 1;\n}\n';
    expect(applyPlace({ text, code: text, languageId: 'typescript', selection: { start: 0, end: 0 } }).changes).toEqual(
      [],
    );
  });
});

test.each([
  ['  |', 'a\n  b', '  a\n    b'],
  ['x = |;', 'f(\n  1\n)', 'x = f(\n  1\n);'],
  ['\tif [old] {\r\n}', 'a\nb', '\tif a\r\n\tb {\r\n}'],
  ['|', '', ''],
  ['|interface A {}\n', 'const b = 1;', 'const b = 1;\ninterface A {}\n'],
  ['a();\n|b();\n', 'x();\ny();', 'a();\nx();\ny();\nb();\n'],
])('at the cursor: %j, %j', (source, code, expected) => {
  const { text, selection } = marked(source);
  expect(changed(text, insertedAt({ text, selection, code }))).toBe(expected);
});

test('whatever document and block: changes are in order, within the text, and apart from a part of a line only lines of either are in what comes of it', () => {
  const next = random();
  const lines = [
    'function a() {',
    '}',
    '  x();',
    '',
    '// note',
    '  return 1;',
    'const b = 2;',
    '// ...',
    '    y();',
    '@z',
    'class C {',
  ];
  const some = (most: number) =>
    Array.from({ length: Math.floor(next() * most) }, () => lines[Math.floor(next() * lines.length)] ?? '');
  for (let time = 0; time < scaled(20_000); time++) {
    const end = next() < 0.2 ? '\r\n' : '\n';
    const text = some(14).join(end) + (next() < 0.7 ? end : '');
    const [one, other] = [Math.floor(next() * (text.length + 1)), Math.floor(next() * (text.length + 1))];
    const isCursor = next() < 0.6;
    const selection = { start: isCursor ? one : Math.min(one, other), end: isCursor ? one : Math.max(one, other) };
    const code = some(10).join('\n');
    const { changes, at } = applyPlace({ text, code, languageId: 'typescript', selection });
    let before = 0;
    for (const change of changes) {
      expect(change.start).toBeGreaterThanOrEqual(before);
      expect(change.end).toBeGreaterThanOrEqual(change.start);
      before = change.end;
    }
    expect(before).toBeLessThanOrEqual(text.length);
    if (at === 'selection') continue;
    const known = new Set([...text.split(/\r?\n/), ...code.split('\n')].map((line) => line.trim()));
    for (const line of after(text, changes).split(/\r?\n/))
      expect(known.has(line.trim()) || line.trim() === '', line).toBe(true);
  }
});
