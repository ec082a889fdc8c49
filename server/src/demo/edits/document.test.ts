/** What `document` writes above or into declarations, in the form of each language. */
import { expect, test } from 'vitest';
import { answered, edited } from './asking.ts';

const rows: readonly (readonly [name: string, language: string, before: string, after?: string])[] = [
  [
    'JSDoc without types in TypeScript',
    'typescript',
    `export function total(order: Order, rate = 1): number {
  if (rate < 0) throw new RangeError('rate must not be negative');
  return sum;
}`,
    `/**
 * Returns the total.
 *
 * @param order - The order.
 * @param rate - The rate; 1 unless given.
 * @returns The sum.
 * @throws {RangeError} rate must not be negative
 */
export function total(order: Order, rate = 1): number {
  if (rate < 0) throw new RangeError('rate must not be negative');
  return sum;
}`,
  ],
  [
    'JSDoc with types in JavaScript',
    'javascript',
    'const isEmpty = (text, limit = 3) => text.trim() === limit;',
    `/**
 * Tells whether the text is empty.
 *
 * @param {string} text - The text.
 * @param {number} [limit] - The limit; 3 unless given.
 * @returns {boolean} The result.
 */
const isEmpty = (text, limit = 3) => text.trim() === limit;`,
  ],
  [
    'above decorators',
    'typescript',
    `class Stack {
  ⟦@logged()
  push(item: Item): void {⟧
    this.items.push(item);
  }
}`,
    `class Stack {
  /**
   * Pushes the item.
   *
   * @param item - The item.
   */
  @logged()
  push(item: Item): void {
    this.items.push(item);
  }
}`,
  ],
  [
    'a docstring',
    'python',
    `def wrap_lines(text, width=80):
    if width < 1:
        raise ValueError("too narrow")
    return lines`,
    `def wrap_lines(text, width=80):
    """Wrap the lines.

    Args:
        text: The text.
        width: The width; 80 unless given.

    Returns:
        The lines.

    Raises:
        ValueError: too narrow
    """
    if width < 1:
        raise ValueError("too narrow")
    return lines`,
  ],
  [
    'a docstring of a class',
    'python',
    'class OrderBook(Base):\n    size = 1',
    'class OrderBook(Base):\n    """An order book."""\n    size = 1',
  ],
  [
    'three slashes above attributes in Rust',
    'rust',
    `#[inline]
pub fn parse(text: &str) -> Result<i32, Error> {
    inner(text)
}`,
    `/// Parses the text.
///
/// # Errors
///
/// Returns the error of what it calls or finds wrong.
#[inline]
pub fn parse(text: &str) -> Result<i32, Error> {
    inner(text)
}`,
  ],
  [
    'the name first in Go',
    'go',
    `func (b *Bucket) Refill(now time.Time) int {
	return count
}`,
    `// Refill refills the bucket and returns the count.
func (b *Bucket) Refill(now time.Time) int {
	return count
}`,
  ],
  [
    'a block with tags in C',
    'c',
    `#include <stdio.h>
⟦static int count_words(const char *text) {⟧
  return words;
}`,
    `#include <stdio.h>
/**
 * Counts the words.
 *
 * @param text The text.
 * @return The words.
 */
static int count_words(const char *text) {
  return words;
}`,
  ],
  ['tags in C#', 'csharp', 'class A { }', '/// <summary>An a.</summary>\nclass A { }'],
  [
    'lines in Ruby',
    'ruby',
    'def total(items)\n  1\nend',
    '# Totals the items.\n# items: The items.\ndef total(items)\n  1\nend',
  ],
  [
    'a docstring where a blank line comes first',
    'python',
    'class Book:\n\n    size = 1',
    'class Book:\n    """A book."""\n\n    size = 1',
  ],
  ['what has one behind a blank line', 'python', 'def a():\n\n    """One."""'],
  ['what has one already', 'typescript', '/** One. */\nfunction a() {}'],
  ['what has one already in Python', 'python', 'def a():\n    """One."""'],
  ['what has one already in Go', 'go', '// a does.\nfunc a() {\n}'],
  ['no function at all', 'typescript', 'const a = 1;'],
];

test.each(rows)('%s', (_name, language = '', before = '', after = before.replace(/[⟦⟧]/g, '')) => {
  expect(edited(before, { action: 'document', language })).toBe(after);
});

test('a plain comment is no JSDoc; several declarations get one each', () => {
  const before = '// One.\nfunction a() {}\nfunction b() {}';
  const after = edited(before, { action: 'document', language: 'javascript' });
  expect(after).toBe('// One.\n/** As. */\nfunction a() {}\n/** Bs. */\nfunction b() {}');
});

test('the one that is named, whatever its editor calls it', () => {
  const before = 'class A {\n  one() {}\n  push() {}\n}';
  for (const symbol of ['push', 'A.push', 'push()', 'A::push'])
    expect(edited(before, { action: 'document', language: 'javascript', symbol })).toContain(
      '/** Pushes the a. */\n  push',
    );
});

test('of two with one name the one in the lines', () => {
  const before = 'class A {\n  push() {}\n}\nclass B {\n⟦  push() {}⟧\n}';
  const after = edited(before, { action: 'document', language: 'javascript', symbol: 'push' });
  expect(after).toBe('class A {\n  push() {}\n}\nclass B {\n  /** Pushes the b. */\n  push() {}\n}');
});

test.each([
  ['return 1;\n  return a.b;', '@returns `1` or `a.b`.'],
  ['return a;\n  return b;\n  return c;\n  return d;', '@returns The result.'],
  ['return { a: 1 };', '@returns The result.'],
  ['return null;', '@returns `null`.'],
])('what comes back: %s', (body, says) => {
  expect(edited(`function a() {\n  ${body}\n}`, { action: 'document', language: 'typescript' })).toContain(says);
});

test('code cannot end the comment that tells of it', () => {
  const before = 'function a(b = "*/") {\n  return "*/ evil(); /*";\n}';
  const after = edited(before, { action: 'document', language: 'javascript' });
  expect(after.slice(0, after.indexOf('function')).match(/\*\//g)).toHaveLength(1);
  const python = edited('def a():\n    return \'"""\'', { action: 'document', language: 'python' });
  expect(python.match(/"""/g)).toHaveLength(3);
});

test.each([
  ['/** One. */\nfunction a() {}', 'typescript', '`a` has its documentation already.'],
  ['a = 1', 'typescript', 'The rules find no function or class here to document.'],
])('says why there is none: %j', (code, language, text) => {
  expect(answered(code, { action: 'document', language }).text).toContain(text);
});
