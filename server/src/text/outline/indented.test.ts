/** The outline of languages that close with a word or not at all, and of Dart, Scala and PHP: samples that hold what is easily mistaken. */
import { expect, test } from 'vitest';
import { outlined } from '../../../../test/harness/outlined.ts';

test('finds declarations in PHP', () => {
  const code = `
<?php
namespace A\\B;
abstract class Foo extends Bar implements Baz {
    public function __construct(private int $a = 1) { }
    public static function one(string $s): ?array { $f = function ($x) use ($a) { return $x; }; $c = new class { function anon() {} }; return fn($x) => $x; }
    abstract protected function two();
    #[Attr]
    function &three() { return <<<EOT
function nope() { $x }
EOT; }
}
interface I { public function decl(int $x); }
trait T { }
enum E: string { case A = 'a'; }
function top($a, $b = "x{$a}") { }
# function no() {}
`;
  expect(outlined('php', code)).toBe(`
module A 2-2
class Foo 3-11
  method __construct 4-4
  method one 5-5
    function anon 5-5
  method two 6-6
  method three 8-10
interface I 12-12
  method decl 12-12
class T 13-13
enum E 14-14
function top 15-15
`);
});

test('finds declarations in Ruby', () => {
  const code = `
module A::B
  class Foo < Bar
    attr_reader :x
    def initialize(a, b = 1)
      @a = a if a
    end
    def self.create = new
    def empty?; true; end
    private def helper
      [1].each do |x|
        puts "#{x} def nope"
      end
    end
    def +(other) = 1
    class << self
      def meta
      end
    end
    SQL = <<~SQL
      def nope
      end
    SQL
  end
end
=begin
def hidden
end
=end
def top(x)
  x / 2 # /
end
`;
  expect(outlined('ruby', code)).toBe(`
module A::B 1-24
  class Foo 2-23
    method initialize 4-6
    method create 7-7
    method empty? 8-8
    method helper 9-13
    method + 14-14
    method meta 16-17
function top 29-31
`);
});

test('finds declarations in Lua', () => {
  const code = `
local M = {}
function M.one(a, b)
  if a then return b end
  --[[ function nope() end ]]
  local s = [[ function nope() ]]
end
local function two()
  return 1
end
M.three = function(x)
end
function M:four() return 1 end
return M
`;
  expect(outlined('lua', code)).toBe(`
function M.one 2-6
function two 7-9
function M.three 10-11
function M:four 12-12
`);
});

test('finds declarations in shell scripts', () => {
  const code = `
#!/bin/sh
one() {
  case $1 in
    a) echo "x }" ;;
  esac
  cat <<EOF
two() {
}
EOF
}
function three {
  echo \${x#y}
}
four()
{
  echo 1
}
five() { echo; }
function six() (
  echo
)
# no() {
`;
  expect(outlined('shellscript', code)).toBe(`
function one 2-10
function three 11-13
function four 14-17
function five 18-18
function six 19-21
`);
});

test('finds declarations in Elixir', () => {
  const code = `
defmodule A.B do
  @doc """
  def nope do
  """
  def one(a) when a > 1 do
    case a do
      1 -> 2
    end
  end
  defp two(x), do: x
  defmacro m(x) do
    x
  end
end
`;
  expect(outlined('elixir', code)).toBe(`
module A.B 1-14
  function one 5-9
  function two 10-10
  function m 11-13
`);
});

test('finds declarations in Dart', () => {
  const code = `
class Foo extends Bar with Baz {
  Foo(this.a, {required this.b});
  Foo.named(int x) : a = x { }
  factory Foo.f() { return Foo(1); }
  Future<List<int>> one(int a, [int b = 1]) async { return []; }
  int get v => 1;
  void short() => print('x{');
  @override
  Widget build(BuildContext context) { return Text("\${a['x']}"); }
}
mixin M on Foo { }
extension E on String { int m() => 1; }
enum C { a, b }
void main() { runApp(App()); if (x) { } }
`;
  expect(outlined('dart', code)).toBe(`
class Foo 1-10
  method named 3-3
  method f 4-4
  method one 5-5
  method short 7-7
  method build 9-9
class M 11-11
class E 12-12
  method m 12-12
enum C 13-13
function main 14-14
`);
});

test('finds declarations in Scala', () => {
  const code = `
package a
object O extends App {
  def one(a: Int)(b: String): Int = {
    a
  }
  def two = 1
  def three[T](x: T): T = x
}
case class P(x: Int) extends Q {
  def m: Int = 1
}
trait T { def decl(x: Int): Int
  def d2: Int }
class C[T](val x: T) { }
`;
  expect(outlined('scala', code)).toBe(`
object O 2-8
  method one 3-5
  method two 6-6
class P 9-11
  method m 10-10
interface T 12-13
  method decl 12-12
  method d2 13-13
class C 14-14
`);
});

test('a string over several lines belongs to what it begins in, wherever its lines stand', () => {
  const code = `
class Failed(Exception):
    """Raised.

    Always.
    """


def text(name):
    return """
# not a comment
hello
""".format(
        name
    )
    # of the function

def more():
    a = """x
y"""
    return a  # done
# of nobody
`;
  expect(outlined('python', code)).toBe(`
class Failed 1-5
function text 8-14
function more 17-20
`);
});
