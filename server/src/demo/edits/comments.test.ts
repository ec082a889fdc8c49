/** What `comments` does to comments: a mark and a few words; code, strings and directives stay. */
import { expect, test } from 'vitest';
import { answered, edited } from './asking.ts';

const rows: readonly (readonly [language: string, before: string, after?: string])[] = [
  ['typescript', '// The first line of the file.', '// [de] Der erste Zeile von der Datei.'],
  ['typescript', 'a(); // and more', 'a(); // [de] und mehr'],
  [
    'typescript',
    "const a = 'http://the.file'; /* only the end */",
    "const a = 'http://the.file'; /* [de] nur der Ende */",
  ],
  [
    'typescript',
    '/**\n * Returns the `first` word.\n *\n * @param text - The text.\n * @returns The word\n */',
    '/**\n * [de] Liefert der `first` Wort.\n *\n * @param text - [de] Der Text.\n * @returns [de] Der Wort\n */',
  ],
  ['typescript', '/*\n the file\n * or\n */', '/*\n [de] der Datei\n * [de] oder\n */'],
  ['typescript', '/** One. */', '/** [de] Ein. */'],
  ['typescript', '// eslint-disable-next-line\n// @ts-expect-error the file\n/// <reference types="a" />\n#!/the/file'],
  ['typescript', '// TODO: the file', '// TODO: [de] der Datei'],
  ['typescript', '// [de] der Datei'],
  ['typescript', '`\n// the file\n`'],
  ['python', 'a = "# the file"  # the file', 'a = "# the file"  # [de] der Datei'],
  ['python', '# noqa: E501\n# type: ignore\n#!/usr/bin/python'],
  [
    'python',
    'def a():\n    """Returns the file.\n\n    Args:\n        b: the value\n    """',
    'def a():\n    """[de] Liefert der Datei.\n\n    Args:\n        [de] b: der Wert\n    """',
  ],
  ['python', 'a("""\nthe file\n""", b)\nc = 1\n# the file', 'a("""\nthe file\n""", b)\nc = 1\n# [de] der Datei'],
  ['python', '#! /usr/bin/env the file\n'],
  [
    'rust',
    "/// The file\n//! the end\nlet a = '\"'; // or",
    "/// [de] Der Datei\n//! [de] der Ende\nlet a = '\"'; // [de] oder",
  ],
  [
    'go',
    '//go:build linux\n// the file\na := `// the file`',
    '//go:build linux\n// [de] der Datei\na := `// the file`',
  ],
  [
    'c',
    '#include "a.h" /* the file */\n/* the\n   end */',
    '#include "a.h" /* [de] der Datei */\n/* [de] der\n   [de] Ende */',
  ],
  ['sql', '-- the file', '-- [de] der Datei'],
];

test.each(rows)('%s: %j', (language = '', before = '', after = before) => {
  expect(edited(before, { action: 'comments', language })).toBe(after);
});

test.each([
  ['German', '[de] und'],
  ['de-AT', '[de] und'],
  ['Deutsch', '[de] und'],
  ['French', '[fr] et'],
  ['español', '[es] y'],
  ['Japanese', '[ja] and'],
  ['Klingon (tlh)', '[klingon tlh] and'],
])('into %s', (about, after) => {
  expect(edited('// and', { action: 'comments', language: 'go', about })).toBe(`// ${after}`);
});

test('says that it is no translation', () => {
  const { text } = answered('// the file\n// xyzzy', { action: 'comments', language: 'go' });
  expect(text).toContain('Rules cannot translate: 2 comment lines got the mark [de], and 2 words of a small list were');
});
