/** The text of a test file in the framework of its language: real where something is certain, marked as to do where not. */
import { posix } from 'node:path';
import type { Source } from './source.ts';
import { styleOf } from './style.ts';
import type { Tested } from './tested.ts';
import { named, snake } from './testNames.ts';
import { cTests, goTests, javaTests, rustTests } from './testTextsCompiled.ts';
import { inCase, wordsOf } from './words.ts';

export function testText(tested: Tested): string {
  const lines = linesFor(tested);
  return `${lines.join('\n')}\n`;
}

function linesFor(tested: Tested): readonly string[] {
  switch (tested.place.framework) {
    case 'vitest':
    case 'jest':
    case 'node:test':
      return script(tested);
    case 'pytest':
      return pytest(tested);
    case 'unittest':
      return unittest(tested);
    case 'go':
      return goTests(tested);
    case 'rust':
      return rustTests(tested);
    case 'assert':
      return cTests(tested);
    case 'junit':
      return javaTests(tested);
    case 'none':
      return plain(tested);
  }
}

function script(tested: Tested): readonly string[] {
  const { source, code, cases, place, owner } = tested;
  const { quote: q, end } = styleOf(source);
  const symbol = owner ?? code.name;
  const isExported = exported(source, symbol);
  const from = `${q}${relative(place.path, source.path)}${q}`;
  const unit = source.unit;
  const isNode = place.framework === 'node:test';
  const imports = [
    ...(place.framework === 'vitest' ? [`import { describe, expect, test } from ${q}vitest${q}${end}`] : []),
    ...(isNode
      ? [
          `import assert from ${q}node:assert/strict${q}${end}`,
          `import { describe, test } from ${q}node:test${q}${end}`,
        ]
      : []),
    isExported
      ? `import { ${symbol} } from ${from}${end}`
      : `// ${symbol} is not exported, so that it cannot be imported yet.`,
  ];
  const expectation = (given: string, wanted: string) =>
    isNode ? `assert.equal(${given}, ${wanted})${end}` : `expect(${given}).toBe(${wanted})${end}`;
  const real = isExported ? [block(unit, `is there`, expectation(`typeof ${symbol}`, `${q}function${q}`), q, end)] : [];
  const body = [
    ...real.flat(),
    ...cases.flatMap(({ name, certain }) =>
      certain === undefined || !isExported || owner !== undefined
        ? [`${unit}test.todo(${q}${name}${q})${end}`]
        : block(unit, name, expectation(`${symbol}(${certain.given})`, certain.result), q, end),
    ),
  ];
  return [
    ...imports,
    '',
    `describe(${q}${owner === undefined ? '' : `${owner}.`}${code.name}${q}, () => {`,
    ...body,
    `})${end}`,
  ];
}

function block(unit: string, name: string, line: string, q: string, end: string): readonly string[] {
  return [`${unit}test(${q}${name}${q}, () => {`, `${unit}${unit}${line}`, `${unit}})${end}`];
}

function exported({ masked }: Source, name: string): boolean {
  const escaped = name.replaceAll('$', '\\$');
  return new RegExp(
    `^\\s*export\\b[^\\n]*(?<![\\w$])${escaped}(?![\\w$])|\\bexports\\.${escaped}\\s*=|\\bmodule\\.exports\\s*=\\s*\\{[^}]*(?<![\\w$])${escaped}(?![\\w$])`,
    'm',
  ).test(masked);
}

function relative(test: string, file: string): string {
  const path = posix.relative(posix.dirname(test), file);
  return path.startsWith('.') ? path : `./${path}`;
}

function pythonModule({ source }: Tested): string {
  return source.path
    .replace(/\.pyi?$/, '')
    .replace(/^src\//, '')
    .replace(/\/__init__$|^\/+/g, '')
    .replaceAll('/', '.');
}

function pytest(tested: Tested): readonly string[] {
  const { code, owner, cases, source } = tested;
  const symbol = owner ?? code.name;
  const isOpen = cases.some(({ certain }) => certain === undefined || owner !== undefined);
  const tests = named(cases).flatMap(({ id, name, certain }) => {
    const isReal = certain !== undefined && owner === undefined;
    const line = isReal ? `assert ${symbol}(${certain.given}) == ${certain.result}` : '...';
    return [
      '',
      '',
      ...(isReal ? [] : ['@pytest.mark.skip(reason="to be written")']),
      `def test_${code.name}_${id}():`,
      `${source.unit}"""${name}"""`,
      `${source.unit}${line}`,
    ];
  });
  const there = ['', '', `def test_${snake(symbol)}_is_there():`, `${source.unit}assert callable(${symbol})`];
  return [
    ...(isOpen ? ['import pytest', ''] : []),
    `from ${pythonModule(tested)} import ${symbol}`,
    ...there,
    ...tests,
  ];
}

function unittest(tested: Tested): readonly string[] {
  const { code, owner, cases, source } = tested;
  const symbol = owner ?? code.name;
  const unit = source.unit;
  const tests = named(cases).flatMap(({ id, name, certain }) => {
    const isReal = certain !== undefined && owner === undefined;
    const line = isReal
      ? `self.assertEqual(${symbol}(${certain.given}), ${certain.result})`
      : 'self.skipTest("to be written")';
    return ['', `${unit}def test_${id}(self):`, `${unit}${unit}"""${name}"""`, `${unit}${unit}${line}`];
  });
  const there = [`${unit}def test_is_there(self):`, `${unit}${unit}self.assertTrue(callable(${symbol}))`];
  const name = `${inCase(wordsOf(code.name), 'pascal')}Test`;
  return [
    'import unittest',
    '',
    `from ${pythonModule(tested)} import ${symbol}`,
    '',
    '',
    `class ${name}(unittest.TestCase):`,
    ...there,
    ...tests,
    '',
    '',
    'if __name__ == "__main__":',
    `${unit}unittest.main()`,
  ];
}

/** A list of what to test, as comments. */
function plain({ source, code, cases }: Tested): readonly string[] {
  const mark = source.syntax.lineComment ?? '//';
  return [`${mark} Tests of ${code.name}, to be written:`, ...cases.map(({ name }) => `${mark} - ${name}`)];
}
