/** The name of what was extracted, in several languages. */
import { expect, test } from 'vitest';
import { extractedName, isBeside } from './extractedName.ts';

test.each<[string, string, string[], string | undefined]>([
  ['TypeScript, to the module', 'function total(a) {\n  log(a);\n}', ['newFunction(a);', '\nfunction newFunction(a: number) {\n  log(a);\n}\n'], 'newFunction'],
  ['TypeScript, to a class', 'class A { run() { log(1); } }', ['this.newMethod();', '\n  private newMethod() {\n    log(1);\n  }\n'], 'newMethod'],
  ['TypeScript, once more', 'newFunction();', ['newFunction_1();', 'function newFunction_1() {}'], 'newFunction_1'],
  ['TypeScript, an arrow function', 'f(1)', ['const newFunction = () => f(1);', 'newFunction()'], 'newFunction'],
  ['TypeScript, with types', 'f(1)', ['function newFunction<T>(a: T) { f(a) }'], 'newFunction'],
  ['Python', 'def a():\n    x = 1\n', ['    new_func()', 'def new_func():\n    x = 1\n'], 'new_func'],
  ['Rust', 'fn main() {}', ['fun_name();', 'fn fun_name() {}'], 'fun_name'],
  ['Go', 'func main() {}', ['newFunction()', 'func newFunction() {}'], 'newFunction'],
  ['Java', 'void a() { b(); }', ['extracted();', 'private void extracted() { b(); }'], 'extracted'],
  ['other letters', 'f()', ['neueFunktionß()', 'function neueFunktionß() {}'], 'neueFunktionß'],
  ['nothing new', 'a(); b();', ['a();', 'b();'], undefined],
  ['nothing at all', 'a()', [], undefined],
])('%s', (_name, before, inserted, expected) => {
  expect(extractedName(before, inserted)).toBe(expected);
}); // biome-ignore format: a table

test.each([
  ['inside of the function', ['const sum = f();', '  function f() {\n    return a;\n  }\n'], 2, false],
  ['in the module', ['const sum = f(a);', '\nfunction f(a: number) {\n  return a;\n}\n'], 2, true],
  ['in the class', ['this.f();', '\n  private f() {\n    log();\n  }\n'], 4, true],
])('a function is declared %s', (_where, inserted, indentation, expected) => {
  expect(isBeside('f', inserted, indentation)).toBe(expected);
});
