/** The outline of languages with types before names, beside C: samples that hold what is easily mistaken. */
import { expect, test } from 'vitest';
import { outlined } from '../../../../test/harness/outlined.ts';

test('finds declarations in C++', () => {
  const code = `
#include <vector>
namespace a::b {
template <typename T, class U = int>
class Foo final : public Bar<T>, private Baz {
public:
  explicit Foo(int a) : Bar<T>(a), x_{a}, y_(1) { init(); }
  ~Foo() override;
  virtual ~Foo() {}
  int get() const noexcept { return x_; }
  auto arrow() -> std::vector<int> { return {}; }
  bool operator==(const Foo& o) const { return true; }
  void operator()(int a) { }
  template <class V> void tpl(V&& v) && { }
  Foo(const Foo&) = delete;
  int x_{0};
private:
  struct Inner { int a; void m() {} };
  enum class E : int { A, B };
};
}
template <typename T>
int a::b::Foo<T>::method(int x) const
{
  auto l = [&](int y) { return y; };
  for (auto& z : zs) { if (z) { } }
  try { } catch (const std::exception& e) { }
}
Foo::Foo(int a)
  : Bar(a), b{1}
{
}
Foo::~Foo() { }
std::vector<std::pair<int, int>> *ptr(int n = 1'000) { auto s = R"x(int f() { )x"; }
extern "C" {
int c_fn(void) { return 0; }
}
std::ostream& operator<<(std::ostream& os, const Foo& f) { return os; }
void tryfn() try { } catch (...) { }
union U { int a; };
class Fwd;
int arr[] = { 1, 2 };
`;
  expect(outlined('cpp', code)).toBe(`
module b 2-20
  class Foo 3-19
    method Foo 6-6
    method ~Foo 8-8
    method get 9-9
    method arrow 10-10
    method operator== 11-11
    method operator() 12-12
    method tpl 13-13
    struct Inner 17-17
      method m 17-17
    enum E 18-18
function method 21-27
function Foo 28-31
function ~Foo 32-32
function ptr 33-33
function c_fn 35-35
function operator<< 37-37
function tryfn 38-38
struct U 39-39
`);
});

test('finds declarations in Java', () => {
  const code = `
package a.b;
import java.util.*;
/** class Foo { */
@Service(name = "x{")
public final class Foo<T extends Comparable<T>> extends Bar implements Baz, Qux<T> {
    private int x = compute(3);
    static { init(); }
    public Foo(int a) throws IOException, B { super(a); }
    Foo() { this(1); }
    @Override
    public <R> Map<String, List<R>> map(Function<T, R> f, int... xs) throws E {
        Runnable r = new Runnable() { public void run() { go(); } };
        if (a) { return null; } else if (b) { }
        for (int i : xs) { }
        list.forEach(x -> { foo(x); });
        switch (x) { case 1: { break; } default: }
        return switch (y) { case A -> { yield 1; } };
    }
    abstract int abs(int a);
    enum Color { RED("r") { void m() {} }, GREEN("g"); Color(String s) {} private final String s = "}"; }
    record Point(int x, int y) { Point { check(); } }
    interface In { void a(); default void b() { } }
    String text = """
       class Nope { void n() {} }
       """;
    char c = '{'; char d = '\\'';
}
`;
  expect(outlined('java', code)).toBe(`
class Foo 5-27
  method Foo 8-8
  method Foo 9-9
  method map 11-18
  method abs 19-19
  enum Color 20-20
    method Color 20-20
  class Point 21-21
  interface In 22-22
    method a 22-22
    method b 22-22
`);
});

test('finds declarations in C#', () => {
  const code = `
using System;
namespace A.B
{
    #region x
    [Attr("x{")]
    public class Foo<T> : Bar, IBaz where T : class, new()
    {
        public int Prop { get; set; } = 3;
        public string Name { get { return n; } set { n = value; } }
        public Foo(int a) : base(a) { }
        ~Foo() { }
        public async Task<int> RunAsync<U>(string s = "x", params int[] xs) where U : struct
        {
            using (var x = Open()) { }
            foreach (var y in xs) { }
            lock (this) { }
            var z = new Foo(1) { Prop = 2 };
            return await Task.Run(() => { return 1; });
        }
        public int Short(int a) => a + 1;
        public static Foo operator +(Foo a, Foo b) { return a; }
        string v = @"c:\\"; string i = $"{x["a"]} }}";
        abstract void Abs();
    }
    public interface IBaz { void Do(int x); int P { get; } }
    public enum E { A, B }
    public struct S { }
    public record R(int X);
}
`;
  expect(outlined('csharp', code)).toBe(`
module B 2-29
  class Foo 6-24
    method Foo 10-10
    method ~Foo 11-11
    method RunAsync 12-19
    method Short 20-20
    method Abs 23-23
  interface IBaz 25-25
    method Do 25-25
  enum E 26-26
  struct S 27-27
  class R 28-28
`);
});

test('finds declarations in Kotlin', () => {
  const code = `
package a
@Ann("x")
class Foo<T>(val a: Int, private val b: String = "x") : Bar(a), Baz {
    fun one() = 1
    override fun two(x: Int): List<Map<String, Int>> {
        val f = { y: Int -> y + 1 }
        if (x > 1) { return listOf() }
        return x.map { "\${it["a{"]}" }
    }
    companion object { fun c() {} }
    init { go() }
    constructor(x: Int) : this(x, "") { }
}
data class P(val x: Int)
enum class E { A, B; fun m() {} }
interface I { fun decl(x: Int): Int
  fun other() }
object O { }
fun <T> List<T>.ext(): Int { return 1 }
fun String.short() = this
suspend inline fun top(x: () -> Unit): Unit = x()
typealias X = Int
fun \`my test\`() { }
`;
  expect(outlined('kotlin', code)).toBe(`
class Foo 3-13
  method one 4-4
  method two 5-9
  function c 10-10
  constructor init 11-11
  constructor constructor 12-12
class P 14-14
class E 15-15
  method m 15-15
interface I 16-17
  method decl 16-16
  method other 17-17
object O 18-18
function ext 19-19
function short 20-20
function top 21-21
function my test 23-23
`);
});

test('finds declarations in Swift', () => {
  const code = `
import A
@objc public class Foo: Bar, Baz {
    var x: Int { return 1 }
    init?(a: Int) { }
    deinit { }
    func one<T>(_ a: T, b: Int = 3) throws -> [String: Int] where T: X {
        guard let z = a else { return [:] }
        let s = "\\(foo("x{"))"
        let r = #"raw " { "#
        return [:]
    }
    static func two() -> (Int) -> Void { return { x in } }
    class func three() {}
}
extension Foo { func ext() {} }
protocol P { func decl(a: Int) -> Int
    var v: Int { get } 
    func d2() }
enum E { case a; func m() {} }
struct S { }
actor Q { }
func top() {}
`;
  expect(outlined('swift', code)).toBe(`
class Foo 2-14
  constructor init 4-4
  constructor deinit 5-5
  method one 6-11
  method two 12-12
  method three 13-13
object Foo 15-15
  method ext 15-15
interface P 16-18
  method decl 16-16
  method d2 18-18
enum E 19-19
  method m 19-19
struct S 20-20
class Q 21-21
function top 22-22
`);
});
