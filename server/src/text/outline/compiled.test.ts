/** The outline of Rust, Go and C: samples that hold what is easily mistaken. */
import { expect, test } from 'vitest';
import { outlined } from '../../../../test/harness/outlined.ts';

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
