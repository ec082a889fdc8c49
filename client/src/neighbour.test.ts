/** From place to place. Places are written `file:line`. */
import { expect, test } from 'vitest';
import { neighbour } from './neighbour.ts';

const all = ['a:2', 'a:9', 'c:5'].map((id) => {
  const [uri = '', line = ''] = id.split(':');
  const start = { line: Number(line), character: 0 };
  return { id, uri, range: { start, end: { line: Number(line) + 3, character: 0 } } };
});

test.each([
  ['above the first', 'a:0', 'a:2', 'c:5'],
  ['on the first line of one', 'a:2', 'a:9', 'c:5'],
  ['inside of one', 'a:4', 'a:9', 'a:2'],
  ['behind the last of a file', 'a:20', 'c:5', 'a:9'],
  ['in a file between them', 'b:1', 'c:5', 'a:9'],
  ['at the last', 'c:5', 'a:2', 'a:9'],
  ['in a file after all', 'd:1', 'a:2', 'c:5'],
])('%s (%s)', (_name, place, next, previous) => {
  const [uri = '', line = ''] = place.split(':');
  const here = { uri, line: Number(line) };
  expect(neighbour(all, here, 'next')?.item.id).toBe(next);
  expect(neighbour(all, here, 'previous')?.item.id).toBe(previous);
});

test('without an editor it begins at the start or the end, and it tells the position', () => {
  expect(neighbour(all, undefined, 'next')).toMatchObject({ item: { id: 'a:2' }, number: 1, count: 3 });
  expect(neighbour(all, undefined, 'previous')).toMatchObject({ item: { id: 'c:5' }, number: 3, count: 3 });
  expect(neighbour([], undefined, 'next')).toBeUndefined();
});
