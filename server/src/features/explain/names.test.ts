/** Which names of code are asked about, and where they stand. */
import { expect, test } from 'vitest';
import { namesIn } from './names.ts';

const names = (code: string, language = 'typescript') => namesIn(code, 0, language).map(({ name }) => name);

test.each([
  [
    'what is called comes before types, types before values',
    'const total = price(item as Item);',
    ['price', 'Item', 'total', 'item'],
  ],
  ['keywords and single letters are not asked about', 'for (const i of xs) return i;', ['xs']],
  ['strings and comments hold no names', 'run("secret name"); // other words', ['run']],
  ['a method of something known comes after functions', 'cart.add(price());', ['price', 'add', 'cart']],
  ['what comes often comes before what comes once', 'rare; often; often;', ['often', 'rare']],
  ['a name is asked about once', 'run(); run(); run();', ['run']],
])('%s', (_name, code, expected) => {
  expect(names(code)).toEqual(expected);
});

test.each([
  ['python', 'def total(self, items):\n    return add_all(items, None)\n', ['total', 'add_all', 'items']],
  [
    'rust',
    'fn take(&mut self) -> Option<Bucket> { self.fill(); vec![1] }',
    ['take', 'Option', 'vec', 'Bucket', 'fill'],
  ],
  ['go', 'func (b *Bucket) Take(n int) error { return fmt.Errorf("x") }', ['Take', 'Bucket', 'Errorf', 'fmt']],
  [
    'c',
    'static struct node *push(struct list *list) { return NEW(node_of(list)); }',
    ['push', 'NEW', 'node_of', 'list', 'node'],
  ],
])('in %s', (language, code, expected) => {
  expect(names(code, language)).toEqual(expected);
});

test('positions count from the first line of the code, in UTF-16', () => {
  expect(namesIn('x = "😀" +\n  later(1)', 10, 'python')).toEqual([
    expect.objectContaining({ name: 'later', position: { line: 11, character: 2 } }),
  ]);
});

test('R31: only the beginning of endless code is read', () => {
  expect(namesIn('name0(); '.repeat(200_000), 0, 'c')).toHaveLength(1);
  expect(namesIn('x'.repeat(2_000_000), 0, 'c').length).toBeLessThanOrEqual(1);
});
