/** The files that `tests` makes: where they go, with what they are written, and what is in them. */
import { expect, test } from 'vitest';
import { edited, type Question } from './asking.ts';

/** The path on the first line, then the text. */
function made(code: string, question: Omit<Question, 'action'>): string {
  return edited(code, { action: 'tests', ...question });
}

const code = 'export function isOpen(day) {\n  if (day === 0) return false;\n  return check(day);\n}';

test('vitest, where the workspace has it: real where it is certain, the rest to do', () => {
  const neighbours = ['vitest.config.ts', 'src/b.test.ts'];
  expect(made(code, { language: 'typescript', path: 'src/a.ts', neighbours })).toBe(`src/a.test.ts
import { describe, expect, test } from 'vitest';
import { isOpen } from './a.ts';

describe('isOpen', () => {
  test('is there', () => {
    expect(typeof isOpen).toBe('function');
  });
  test('isOpen returns false for 0', () => {
    expect(isOpen(0)).toBe(false);
  });
  test.todo('handles the case that day === 0');
  test.todo('returns false');
  test.todo('returns check(day)');
});
`);
});

test.each<[path: string, neighbours: readonly string[], place: string, text: string]>([
  ['src/a.ts', [], 'src/a.test.ts', 'node:test'],
  ['src/a.ts', ['src/a.test.ts'], 'src/a2.test.ts', 'vitest'],
  ['src/a.ts', ['src/b.spec.ts', 'jest.config.js'], 'src/a.spec.ts', "import { isOpen } from './a.ts'"],
  ['src/a.js', ['src/__tests__/b.js'], 'src/__tests__/a.test.js', "from '../a.js'"],
  ['src/a.ts', ['test/b.test.ts'], 'test/a.test.ts', "from '../src/a.ts'"],
  ['a.tsx', ['b.test.tsx'], 'a.test.tsx', 'vitest'],
])('%s beside %j goes to %s', (path, neighbours, place, text) => {
  const result = made(code, { language: 'typescript', path, neighbours });
  expect(result.split('\n')[0]).toBe(place);
  expect(result).toContain(text);
});

test('what is not exported is told, and nothing of it is asserted', () => {
  const result = made('function isOpen() {\n  return 1;\n}', { language: 'javascript', path: 'a.js' });
  expect(result).toContain('// isOpen is not exported');
  expect(result).not.toContain('assert.equal');
});

const python =
  'def size():\n    return 3\n\n\n⟦def pay(order):\n    if order == "x":\n        raise ValueError("no")\n    return order⟧';

test('pytest and unittest', () => {
  expect(
    made(python, { language: 'python', path: 'src/shop/pay.py', neighbours: ['conftest.py'] }),
  ).toBe(`tests/test_pay.py
import pytest

from shop.pay import pay


def test_pay_is_there():
    assert callable(pay)


@pytest.mark.skip(reason="to be written")
def test_pay_handles_the_case_that_order_x():
    """handles the case that order == x"""
    ...


@pytest.mark.skip(reason="to be written")
def test_pay_returns_order():
    """returns order"""
    ...


@pytest.mark.skip(reason="to be written")
def test_pay_raises_value_error():
    """raises ValueError"""
    ...
`);
  const unittest = made(python, {
    language: 'python',
    path: 'pay.py',
    symbol: 'pay',
    neighbours: ['b.py', 'test_b.py'],
  });
  expect(unittest).toMatch(/^test_pay\.py\nimport unittest\n\nfrom pay import pay\n/);
  expect(unittest).toContain('self.skipTest("to be written")');
});

test('a function that always returns the same is certain in every framework', () => {
  const always = made('def size():\n    return 3', { language: 'python', path: 'a.py' });
  expect(always).toContain('self.assertEqual(size(), 3)');
  const go = made('package shop\n\nfunc Size() int {\n\treturn 3\n}', { language: 'go', path: 'shop/a.go' });
  expect(go).toMatch(/^shop\/a_test\.go\npackage shop\n\nimport "testing"\n\nfunc TestSize\(t \*testing\.T\) \{/);
  expect(go).toContain('if got := Size(); got != 3 {');
});

test('what takes something does not always return the same', () => {
  const result = made('def a(b):\n    return 3', { language: 'python', path: 'a.py' });
  expect(result).not.toContain('assertEqual');
});

test('loops are tested without anything to go through', () => {
  const code_ = 'def a(items):\n    for item in items:\n        go(item)\n    return 1';
  expect(made(code_, { language: 'python', path: 'a.py' })).toContain('goes through items when it is empty');
});

test('methods in Go are skipped by name', () => {
  const go = made('package a\n\nfunc (b *Box) Open() error {\n\treturn errClosed\n}', { language: 'go', path: 'a.go' });
  expect(go).toContain(
    'func TestBoxOpen(t *testing.T) {\n\tt.Run("returns errClosed", func(t *testing.T) {\n\t\tt.Skip("to be written")',
  );
});

test('Rust in the folder of its crate, C beside or in the folder of tests', () => {
  const rust = {
    language: 'rust',
    path: 'crates/shop/src/pay.rs',
    neighbours: ['Cargo.toml', 'crates/shop/Cargo.toml'],
  };
  const made_ = made('fn pay() {\n    if a {\n    }\n}', rust);
  expect(made_).toMatch(/^crates\/shop\/tests\/pay\.rs\n\/\/! Tests of `pay` in the crate `shop`/);
  expect(made_).toContain('#[ignore = "to be written"]\nfn handles_the_case_that_a() {}');
  const c = made('int pay(int a) {\n  return a;\n}', { language: 'c', path: 'src/pay.c', neighbours: ['tests/x.c'] });
  expect(c).toMatch(/^tests\/test_pay\.c\n/);
  expect(c).toContain('int main(void) {\n  returns_a();');
});

test('other languages get a class of tests or a list', () => {
  const java = made('package shop;\nclass Pay {\n⟦  int pay() {⟧\n    return 1;\n  }\n}', {
    language: 'java',
    path: 'src/main/java/Pay.java',
  });
  expect(java).toMatch(/^src\/test\/java\/PayTest\.java\npackage shop;\n/);
  expect(java).toContain('@Disabled("to be written")');
  const ruby = made('def pay\n  return 1\nend', { language: 'ruby', path: 'pay.rb' });
  expect(ruby).toBe('pay_test.rb\n# Tests of pay, to be written:\n# - returns 1\n');
});

test('code cannot leave the strings of the tests', () => {
  const evil = 'export function a(b) {\n  return b + "\'); evil(`${1}`); (\'";\n}';
  const result = made(evil, { language: 'typescript', path: 'a.ts' });
  const todo = result.split('\n').filter((line) => line.includes('todo'));
  expect(todo).toEqual([expect.stringMatching(/^ {2}test\.todo\((['"])(?:(?!\1)[^`$\\])*\1\);$/)]);
});
