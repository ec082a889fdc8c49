/** The history of instructions. */
import { expect, test } from 'vitest';
import { words } from '../../../test/harness/words.ts';
import { historyFrom, mostInstructions, offersFor, remembered } from './history.ts';

test('the newest comes first, each once, and no more than fifty', () => {
  expect(remembered(['a', 'b'], 'b')).toEqual(['b', 'a']);
  const many = Array.from({ length: 70 }, (_, index) => `${index}`).reduce<readonly string[]>(remembered, []);
  expect([many.length, many[0], many.at(-1)]).toEqual([mostInstructions, '69', '20']);
});

test.each([
  [undefined, []],
  ['x', []],
  [
    ['a', 1, '', null, 'b'],
    ['a', 'b'],
  ],
  [Array.from({ length: 70 }, () => 'a'), Array.from({ length: 50 }, () => 'a')],
])('of what was stored, %j, what can be read counts', (stored, expected) => {
  expect(historyFrom(stored)).toEqual(expected);
});

test('what is typed comes first, then earlier instructions, then the way to forget them', () => {
  const offers = offersFor(' shorter ', ['shorter', 'add\ntypes'], words);
  expect(offers.map(({ label, choice }) => [label, choice.kind])).toEqual([
    ['shorter', 'instruction'],
    ['add types', 'instruction'],
    ['$(trash) Clear History', 'clear'],
  ]);
  expect(offers[1]?.choice).toEqual({ kind: 'instruction', text: 'add\ntypes' });
});

test('with nothing typed Enter does nothing, and without a history there is nothing to forget', () => {
  expect(offersFor(' ', ['a'], words).map(({ choice }) => choice.kind)).toEqual(['hint', 'instruction', 'clear']);
  expect(offersFor('', [], words).map(({ choice }) => choice.kind)).toEqual(['hint']);
});
