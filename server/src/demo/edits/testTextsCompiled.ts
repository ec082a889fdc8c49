/** The text of test files in Go, Rust, C and Java, where all is to do but what is certain. */
import { posix } from 'node:path';
import type { Tested } from './tested.ts';
import { named } from './testNames.ts';
import { crateOf } from './testPlace.ts';
import { inCase, wordsOf } from './words.ts';

export function goTests({ source, code, cases }: Tested): readonly string[] {
  const name = /^package\s+(\w+)/m.exec(source.masked)?.[1] ?? 'main';
  const receiver = /^func\s*\(\s*\w*\s*\*?\s*(\w+)/.exec(source.masked.slice(code.start, code.open))?.[1];
  const title = `Test${receiver ?? ''}${inCase(wordsOf(code.name), 'pascal')}`;
  const tests = cases.flatMap(({ name: said, certain }) => {
    const isReal = certain !== undefined && receiver === undefined;
    const lines = isReal
      ? [
          `\t\tif got := ${code.name}(${certain.given}); got != ${certain.result} {`,
          '\t\t\tt.Errorf("got %v", got)',
          '\t\t}',
        ]
      : ['\t\tt.Skip("to be written")'];
    return [`\tt.Run("${said}", func(t *testing.T) {`, ...lines, '\t})'];
  });
  return [`package ${name}`, '', 'import "testing"', '', `func ${title}(t *testing.T) {`, ...tests, '}'];
}

export function rustTests({ source, code, cases, neighbours }: Tested): readonly string[] {
  const crate = posix.basename(crateOf({ dir: posix.dirname(source.path), others: neighbours })).replaceAll('-', '_');
  const path = crate === '' || crate === '.' ? 'the crate' : `the crate \`${crate}\``;
  const tests = named(cases).flatMap(({ id, name }) => [
    '',
    `/// ${name}`,
    '#[test]',
    '#[ignore = "to be written"]',
    `fn ${id}() {}`,
  ]);
  return [`//! Tests of \`${code.name}\` in ${path}: to be imported where it is public.`, ...tests];
}

export function cTests({ source, code, cases }: Tested): readonly string[] {
  const header = posix.basename(source.path).replace(/\.\w+$/, '.h');
  const tests = named(cases).flatMap(({ id, name }) => [
    `/* ${name} */`,
    `static void ${id}(void) {`,
    `${source.unit}puts("to be written: ${name.replaceAll('%', '%%')}");`,
    '}',
    '',
  ]);
  const calls = named(cases).map(({ id }) => `${source.unit}${id}();`);
  return [
    `/* Tests of ${code.name}; include "${header}" for its declaration. */`,
    '#include <stdio.h>',
    '',
    ...tests,
    'int main(void) {',
    ...calls,
    `${source.unit}return 0;`,
    '}',
  ];
}

export function javaTests({ source, code, cases }: Tested): readonly string[] {
  const declared = /^[ \t]*package\s+([\w.]+)\s*;/m.exec(source.masked)?.[1];
  const name = posix.basename(source.path).replace(/\.\w+$/, '');
  const tests = named(cases).flatMap(({ id, name: said }) => [
    '',
    '    @Test',
    '    @Disabled("to be written")',
    `    @DisplayName("${said}")`,
    `    void ${inCase(id.split('_'), 'camel')}() {`,
    '    }',
  ]);
  return [
    ...(declared === undefined ? [] : [`package ${declared};`, '']),
    'import org.junit.jupiter.api.Disabled;',
    'import org.junit.jupiter.api.DisplayName;',
    'import org.junit.jupiter.api.Test;',
    '',
    `/** Tests of {@code ${code.name}}. */`,
    `class ${name}Test {`,
    ...tests.slice(1),
    '}',
  ];
}
