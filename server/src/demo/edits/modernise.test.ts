/** What `modernise` replaces, and what it leaves because something else would change. */
import { expect, test } from 'vitest';
import { answered, edited } from './asking.ts';

const script: readonly (readonly [string, string?])[] = [
  ['var a = 1;\nuse(a);', 'const a = 1;\nuse(a);'],
  ['var a = 1;\na += 2;', 'let a = 1;\na += 2;'],
  ['var a = 1, b = 2;\nb++;', 'let a = 1, b = 2;\nb++;'],
  ['var a;\na = 1;', 'let a;\na = 1;'],
  ['var a = 1;\n[a, b] = [b, a];', 'let a = 1;\n[a, b] = [b, a];'],
  ['for (var i = 0; i < 3; i++) { use(i); }', 'for (let i = 0; i < 3; i++) { use(i); }'],
  ['for (var a of b) { use(a); }', 'for (const a of b) { use(a); }'],
  ['for (var i = 0; i < 3; i++) { later(() => i); }'],
  ['for (var i = 0; i < 3; i++) {}\nuse(i);'],
  ['if (a) { var b = 1; }\nuse(b);'],
  ['if (a) { var b = 1; }\nuse(`${b}`);'],
  ['use(a);\nvar a = 1;'],
  ['var a = 1;\nvar a = 2;'],
  ['function a(b) {\n  var b = b || 1;\n}'],
  ['switch (a) {\n  case 1:\n    var b = 1;\n    use(b);\n}'],
  ['while (a) {\n  var b;\n  b = 1;\n}'],
  ["const a = 'b' + c + 'd';", 'const a = `b${c}d`;'],
  ["go('a ' + b.c[0].d(e), f);", 'go(`a ${b.c[0].d(e)}`, f);'],
  ["return a + ': ' + b;", 'return `${a}: ${b}`;'],
  ["const a = b + c + 'd';"],
  ["const a = 2 * b + 'c';"],
  ["const a = 'b' + 'c';"],
  ["const a = 'b\\n' + c;"],
  ["const a = '${b}' + c;"],
  ["const a = 'b' +\n  c;"],
  ["const a = 'b' + c ? d : e;"],
  ['a.map(function (b) { return b; });', 'a.map((b) => { return b; });'],
  ['a(1, async function () {\n  await b();\n}, 2);', 'a(1, async () => {\n  await b();\n}, 2);'],
  ['a.map(function (b) { return this.c; });'],
  ['a.map(function () { return arguments; });'],
  ['a.map(function () {}.bind(b));'],
  ['a.map(function b() {});'],
  ['const a = { b: function () {} };'],
  ["var a = 'b' + c; // 'd' + e", "const a = `b${c}`; // 'd' + e"],
];

test.each(script)('JavaScript: %j', (before = '', after = before) => {
  expect(edited(before, { action: 'modernise', language: 'javascript' })).toBe(after);
});

const python: readonly (readonly [string, string?])[] = [
  ['a = "%s and %r" % (b, c.d)', 'a = f"{b} and {c.d!r}"'],
  ["a('%s%%' % b)", "a(f'{b}%')"],
  ['a = "{x} %s" % b', 'a = f"{{x}} {b}"'],
  ['a = "{} {:>3}".format(b, c[0])', 'a = f"{b} {c[0]:>3}"'],
  ['a = "{1} {0} {n}".format(b, c, n=d.e)', 'a = f"{c} {b} {d.e}"'],
  ['a = "%d" % b'],
  ['a = "%s" % (b, c)'],
  ['a = "%s\\n" % b'],
  ['a = "{}".format(b["c"])'],
  ['a = "{}".format(b, c)'],
  ['a = "{} {}".format(*b)'],
  ['a = b"%s" % c'],
  ['class A(object):\n    pass', 'class A:\n    pass'],
];

test.each(python)('Python: %j', (before = '', after = before) => {
  expect(edited(before, { action: 'modernise', language: 'python' })).toBe(after);
});

test.each([
  ['go', 'func a(b interface{}) {}', 'func a(b any) {}'],
  ['go', 'func a(b string) { c("interface{}") }', undefined],
  ['rust', 'let a = try!(b.c(d));', 'let a = b.c(d)?;'],
  ['c', 'int main() {\n}', 'int main(void) {\n}'],
  ['cpp', 'char *a = NULL; // NULL', 'char *a = nullptr; // NULL'],
])('%s: %j', (language, before = '', after = before) => {
  expect(edited(before, { action: 'modernise', language })).toBe(after);
});

test('says what it did, or that there is nothing', () => {
  expect(answered('var a = 1;', { action: 'modernise', language: 'javascript' }).text).toContain('`const` and `let`');
  expect(answered('a();', { action: 'modernise', language: 'c' }).text).toContain('nothing here that is out of date');
});
