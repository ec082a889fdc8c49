/** A name is read out of an answer, however the model wraps it. */
import { expect, test } from 'vitest';
import type { Message } from '../../claude/index.ts';
import { namedIn } from './naming.ts';

const answer = (...texts: readonly string[]): Message =>
  ({ content: texts.map((text) => ({ type: 'text', text })) }) as unknown as Message; // Only its text counts.

test.each([
  ['`totalPrice`', 'totalPrice'],
  ['A clearer name is `total_price`.', 'total_price'],
  ['`a b` is none, `sum` is one', 'sum'],
  ['totalPrice', 'totalPrice'],
  ['  totalPrice\n', 'totalPrice'],
  ['` padded `', 'padded'],
  ['`größe`', 'größe'],
  ['`valid?`', 'valid?'],
  ['`@count`', '@count'],
  ['`$scope`', '$scope'],
  ['`1st`', undefined],
  ['`a.b`', undefined],
  ['`a-b`', undefined],
  ['I would call it total price.', undefined],
  ['', undefined],
  ['``', undefined],
  [`\`${'a'.repeat(200)}\``, undefined],
  ['`rm -rf /`', undefined],
])('%j names %j', (text, name) => {
  expect(namedIn(answer(text))).toBe(name);
});

test('a name may come in pieces', () => {
  expect(namedIn(answer('`tot', 'al`'))).toBe('total');
});
