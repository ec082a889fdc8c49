/** What is shown of a declaration: as short as it tells. */
import { expect, test } from 'vitest';
import { outlineOf } from '../../text/outline.ts';
import { declarationAt } from './declaration.ts';

/** The lines shown of what is declared on the line with the mark `◆`. */
function shown(languageId: string, marked: string): readonly string[] {
  const line = marked.slice(0, marked.indexOf('◆')).split('\n').length - 1;
  const text = marked.replace('◆', '');
  return declarationAt(text.split('\n'), outlineOf(text, languageId), line).map((each) => each.text);
}

const body = (indent: string, count = 20) =>
  Array.from({ length: count }, (_, at) => `${indent}step(${at});`).join('\n');

test('a short function is shown whole, with its comment', () => {
  expect(shown('typescript', '\n/** Adds. */\nfunction add◆(a, b) {\n  return a + b;\n}\nadd(1, 2);')).toEqual([
    '/** Adds. */',
    'function add(a, b) {',
    '  return a + b;',
    '}',
  ]);
});

test('of a long function the comment and the head', () => {
  const head = 'function long(\n  one: number,\n  two: number,\n): void {';
  expect(shown('typescript', `// About it.\n${head.replace('(', '◆(')}\n${body('  ')}\n}`)).toEqual([
    '// About it.',
    ...head.split('\n'),
  ]);
});

test('of a long class its head and the heads of its members', () => {
  const text = `export class Cart◆ extends Base {\n  /** No. */\n  add(item) {\n${body('    ')}\n  }\n\n  total() {\n    const inner = () => {\n      return 1;\n    };\n${body('    ')}\n  }\n}`;
  expect(shown('typescript', text)).toEqual(['export class Cart extends Base {', '  add(item) {', '  total() {']);
});

test('of a long Python function the head, its decorator and its docstring', () => {
  const text = `@cached\ndef load◆(path):\n    """Loads it.\n\n    Twice.\n    """\n${body('    ').replaceAll(';', '')}\n`;
  expect(shown('python', text)).toEqual([
    '@cached',
    'def load(path):',
    '    """Loads it.',
    '',
    '    Twice.',
    '    """',
  ]);
});

test('of a struct its fields', () => {
  const fields = Array.from({ length: 15 }, (_, at) => `    field${at}: u32,`);
  expect(shown('rust', ['/// A thing.', '#[derive(Debug)]', 'pub struct Thing◆ {', ...fields, '}'].join('\n'))).toEqual(
    ['/// A thing.', '#[derive(Debug)]', 'pub struct Thing {', ...fields, '}'],
  );
});

test.each([
  ['a constant', 'typescript', 'const◆ rate = 0.2;\nnext();', ['const rate = 0.2;']],
  [
    'a constant over several lines',
    'typescript',
    'const◆ rates = {\n  a: 1,\n};\nnext();',
    ['const rates = {', '  a: 1,', '};'],
  ],
  [
    'a macro',
    'c',
    '#include <a.h>\n#define◆ TWICE(x) \\\n  ((x) + (x))\nint a;',
    ['#define TWICE(x) \\', '  ((x) + (x))'],
  ],
  ['a line that is not there', 'c', 'a\n\n\n\n◆', ['']],
])('of %s the statement', (_name, language, text, expected) => {
  expect(shown(language, text)).toEqual(expected);
});

test('R31: endless lines are cut', () => {
  expect(shown('c', `int◆ ${'x'.repeat(1_000_000)};`)[0]).toHaveLength(300);
});
