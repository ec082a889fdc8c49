/** The outline of TypeScript and Python, of code that is cut, nested or strange, and what encloses a place. */
import { expect, test } from 'vitest';
import { outlined } from '../../../test/harness/outlined.ts';
import { enclosing, outlineOf } from './outline.ts';

test('finds functions, classes, types and their members in TypeScript', () => {
  const code = `
import { a } from './a.ts';
export interface Shape<T extends { side: number }> {
  area(scale: number): number;
  onChange: (next: T) => void;
}
export type Sides = { left(): void } | 'none';
enum Colour { Red, Green }
namespace Tools {
  export function inner(): { width: number } { return { width: 1 }; }
}
@decorated({ selector: 'x' })
export abstract class Square extends mixed(Base) implements Shape<{ side: 1 }> {
  #count = 0
  size: number = 1
  private handler = async (event: Event): Promise<void> => {
    this.size = 2
  }
  constructor(private readonly side: number) { super() }
  static async *all<T>(): AsyncGenerator<T> {}
  get width(): number { return this.side }
  abstract draw(): void
  delete(key: string) { if (key) { return } }
  #hidden() {}
  'quoted name'() {}
  [Symbol.iterator]() {}
}
function over(a: string): void;
function over(a: number): void;
function over(a: unknown) { switch (a) { case 1: { break } } }
`;
  expect(outlined('typescript', code)).toBe(`
interface Shape 2-5
  method area 3-3
type Sides 6-6
enum Colour 7-7
module Tools 8-10
  function inner 9-9
class Square 12-26
  method handler 15-17
  constructor constructor 18-18
  method all 19-19
  method width 20-20
  method draw 21-21
  method delete 22-22
  method #hidden 23-23
  method quoted name 24-24
  method [Symbol.iterator] 25-25
function over 27-27
function over 28-28
function over 29-29
`);
});

test('finds functions that are values, and names them by what they are assigned to', () => {
  const code = `
const short = (a) => a + 1
export const typed: Map<string, () => void> = async (a: { b: number }): Promise<{ c: string }> => {
  helper(function () { return 1 })
  items.map((item) => { return item })
}
const chain = (a) =>
  a
    .b()
    .c()
module.exports = function () {}
Thing.prototype.run = function () {
}
const service = {
  start() { },
  async *stop() { },
  get state() { return 1 },
  onOpen: () => { },
  onClose: (event) => event.close(),
  plain: 1,
}
export default function () { }
const Later = class extends Base { go() {} }
`;
  expect(outlined('javascript', code)).toBe(`
function short 1-1
function typed 2-5
function chain 6-9
function exports 10-10
function run 11-12
method start 14-14
method stop 15-15
method state 16-16
method onOpen 17-17
function default 21-21
class Later 22-22
  method go 22-22
`);
});

test('is not misled by strings, templates, regular expressions, comments and elements', () => {
  const code = `
const text = "function no() {"; // function no() {
const other = 'class No {', half = a / b; /* { */
const template = \`\${list.map((x) => \`{\${x}\`)} function no() {\`
const expression = /[/{]function no\\(/.test(text) ? 1 : 2
function Page({ title }: Props) {
  return <p className="{">Don't {title} <br /> it's https://example.org/{path} </p>
}
function after() {}
`;
  expect(outlined('typescriptreact', code)).toBe(`
function Page 5-7
function after 8-8
`);
});

test('finds functions and classes in Python', () => {
  const code = `
@decorator(
    key="class No:",
)
class Stack(Generic[T]):
    """Text.
def no():
    """

    items: list = [
1, 2,
    ]

    def push(
        self, item,
    ) -> None:
        def inner(): pass
        self.items.append(item)  # def no():

    async def pop(self): return 1

if True:
    class Other: pass
def last():
\tif 1:
\t\treturn 2
`;
  expect(outlined('python', code)).toBe(`
class Stack 4-19
  method push 13-17
    function inner 16-16
  method pop 19-19
class Other 22-22
function last 23-25
`);
});

test('a forgotten bracket costs its own function only', () => {
  const code = `
function broken() {
  if (a) {
    call(b, { c: 1 );
}

function whole() {
  return 1;
}
`;
  expect(outlined('javascript', code)).toBe(`
function broken 1-4
function whole 6-8
`);
});

test('selects the name and begins at the first word, in UTF-16', () => {
  const [symbol] = outlineOf('/* 😀 */\r\n\t/* 😀 */ export function größe() {\r\n\t}\r\n', 'typescript');
  expect(symbol).toEqual({
    name: 'größe',
    kind: 12,
    range: { start: { line: 1, character: 10 }, end: { line: 2, character: 2 } },
    selection: { start: { line: 1, character: 26 }, end: { line: 1, character: 31 } },
    depth: 0,
  });
});

test.each([
  ['in a body', 3, 4, 'inner'],
  ['in the space before a declaration', 2, 0, 'inner'],
  ['at the very end', 4, 3, 'inner'],
  ['between two functions', 6, 0, undefined],
  ['on the outer heading', 1, 2, 'outer'],
  ['beyond the text', 99, 0, undefined],
])('knows what encloses a place %s', (_where, line, character, name) => {
  const symbols = outlineOf(
    '// top\nfunction outer() {\n  function inner() {\n    call();\n  }\n}\n\nfunction last() {}',
    'typescript',
  );
  const place = { line, character };
  expect(enclosing(symbols, { start: place, end: place })?.name).toBe(name);
});

test('a range over two functions is enclosed by what holds both', () => {
  const symbols = outlineOf('class A {\n  one() {\n  }\n  two() {\n  }\n}', 'typescript');
  expect(enclosing(symbols, { start: { line: 1, character: 4 }, end: { line: 3, character: 4 } })?.name).toBe('A');
});

test.each(['plaintext', 'markdown', 'json', 'yaml', 'html'])('%s declares nothing', (languageId) => {
  expect(outlineOf('class A { b() { } }\ndef c():\n  pass', languageId)).toEqual([]);
});

test('an unknown language is read by the commonest keywords', () => {
  const code = `
class Thing {
  fn one(a) { }
}
function two() { } # function no()
`;
  expect(outlined('unheard-of', code)).toBe(`
class Thing 1-3
  method one 2-2
function two 4-4
`);
});
