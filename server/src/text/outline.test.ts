/** The outline of the five languages that it is measured in, of code that is cut, nested or strange, and what encloses a place. */
import { expect, test } from 'vitest';
import { symbolKinds } from './outline/kinds.ts';
import { enclosing, outlineOf } from './outline.ts';

const kindNames = new Map(Object.entries(symbolKinds).map(([name, kind]) => [kind, name]));

/** One line for each symbol, indented by depth: kind, name, first and last line, counted from 1. */
function outlined(languageId: string, code: string): string {
  const lines = outlineOf(code.replace(/^\n/, ''), languageId).map(
    ({ name, kind, range, depth }) =>
      `${'  '.repeat(depth)}${kindNames.get(kind)} ${name} ${range.start.line + 1}-${range.end.line + 1}`,
  );
  return `\n${lines.join('\n')}\n`;
}

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

test('finds items in Rust', () => {
  const code = `
#[derive(Debug)]
pub struct Point<const N: usize> { x: i32 }
struct Pair(i32, i32);
pub(crate) enum Shape { Circle { r: f32 } }
impl<'a, T: Fn(u8) -> bool> fmt::Display for outer::Wrapper<'a, T> where T: 'a {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result { let c = '{'; let s = r#"fn no() {"#; Ok(()) }
}
pub trait Draw {
    fn draw(&self) -> Vec<fn(i32) -> i32>;
    fn twice(&self) { self.draw(); }
}
mod inner {
    /* fn no() { /* nested */ } */
    pub unsafe extern "C" fn call() {}
}
mod elsewhere;
macro_rules! make { ($name:ident) => { fn $name() {} fn no() {} }; }
const fn area<'a>(shape: &'a Shape) -> u32 { 0 }
`;
  expect(outlined('rust', code)).toBe(`
struct Point 2-2
struct Pair 3-3
enum Shape 4-4
object Wrapper 5-7
  method fmt 6-6
interface Draw 8-11
  method draw 9-9
  method twice 10-10
module inner 12-15
  function call 14-14
function make 17-17
function area 18-18
`);
});

test('finds functions and types in Go', () => {
  const code = `
type Point struct{ x, y int }
type (
	Shape interface {
		Area(scale float64) (float64, error)
	}
	Count = int
)
func (p *Point) Move(by Point) (struct{}, error) {
	text := \`func no() {\`
	return struct{}{}, nil
}
func Map[T, U any](items []T, f func(T) U) interface{} {
	go func() { }()
	return nil
}
func assembly(x int) int
`;
  expect(outlined('go', code)).toBe(`
struct Point 1-1
interface Shape 3-5
  method Area 4-4
type Count 6-6
method Move 8-11
function Map 12-15
function assembly 16-16
`);
});

test('finds functions and types in C, also old ones and those between directives', () => {
  const code = `
#define FOO(x) do { int no(void) { } \\
  } while (0)
typedef struct { int a; } Anonymous;
struct point { int (*move)(int); };
enum kind { A, B };
static inline int
previous_line(int a)
{
  if (a) { return '{'; }
}
int old_style(a, b)
  int a;
  char *b;
{
}
MODULE_LICENSE("GPL");
int forward(int);
int attributed(void) __attribute__((noreturn));
static int __init marked(void) { }
#ifdef WIDE
int either(long a) {
#else
int either(int a) {
#endif
}
#if 0
int no(void) { }
#endif
void (*returns_pointer(int sig))(int) { }
struct point *make(void) { return 0; }
static struct point initial = { .move = make };
`;
  expect(outlined('c', code)).toBe(
    `
struct Anonymous 3-3
struct point 4-4
enum kind 5-5
function previous_line 6-10
function old_style 11-15
function marked 19-19
function either 21-25
function returns_pointer 29-29
function make 30-30
`.replace('struct make', 'function make'),
  );
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
