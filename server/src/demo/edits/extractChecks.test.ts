/** The lines that `extract` leaves where they are, and what it says of them. */
import { expect, test } from 'vitest';
import { answered } from './asking.ts';

const refusals: readonly (readonly [name: string, language: string, code: string, says: string])[] = [
  ['half a statement', 'typescript', 'function a() {\n⟦  if (b) {⟧\n  }\n}', 'no'],
  ['an argument', 'typescript', 'function a() {\n  b(\n⟦    c,⟧\n  );\n}', 'not whole statements'],
  ['what stands before `else`', 'c', 'int a() {\n⟦  if (b) {\n  }⟧\n  else {\n  }\n}', 'not whole statements'],
  ['the only statement of a head', 'c', 'int a() {\n  if (b)\n⟦    c();⟧\n}', 'not whole statements'],
  ['arguments in Python', 'python', 'def a():\n    b(\n⟦        c,\n        d⟧\n    )', 'not whole statements'],
  ['items of a list', 'go', 'func a() {\n\tb := []int{\n⟦\t\tc(),⟧\n\t}\n}', 'not whole statements'],
  ['a block that goes on', 'python', 'def a():\n⟦    if b:⟧\n        c()', 'not whole statements'],
  ['a return in the middle', 'go', 'func a() {\n⟦\tif b {\n\t\treturn\n\t}⟧\n\tc()\n}', 'return from their function'],
  ['a loop that is left', 'rust', 'fn a() {\n    loop {\n⟦        break;⟧\n    }\n}', 'leave a loop'],
  [
    'a case',
    'typescript',
    'function a() {\n  switch (b) {\n    case 1:\n⟦      c();\n    case 2:\n      d();⟧\n  }\n}',
    'part of a switch',
  ],
  ['a generator', 'python', 'def a():\n⟦    yield 1⟧', 'only works in their own function'],
  ['imports', 'typescript', "⟦import a from 'a';⟧\na();", 'import or export'],
  ['members', 'typescript', 'class A {\n⟦  b = 1;⟧\n}', 'no statements'],
  ['a method of an object', 'typescript', 'const a = {\n  b() {\n⟦    c();⟧\n  },\n};', 'method of an object'],
  ['types that do not show', 'go', 'func a() {\n\tb := load()\n⟦\tuse(b)⟧\n}', 'cannot tell'],
  ['what Rust may own', 'rust', 'fn a(b: Vec<u8>) {\n⟦    use_it(b);⟧\n}', 'cannot tell'],
  [
    'two values in C',
    'c',
    'int a() {\n  int b = 1;\n  int c = 2;\n⟦  b++;\n  c++;⟧\n  return b + c;\n}',
    'cannot tell',
  ],
  ['nothing', 'typescript', '⟦\n// Only this.⟧\n', 'no code in the selection'],
];

test.each(refusals)('leaves %s', (_name, language, code, says) => {
  const { text, inputs } = answered(code, { action: 'extract', language });
  expect([inputs, text]).toEqual([[], expect.stringContaining(says)]);
});
