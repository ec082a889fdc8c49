/** Until when suggestions rest. */
import { expect, test } from 'vitest';
import { longestSnooze } from '#shared/suggestions.ts';
import { words } from '../../../test/harness/words.ts';
import { restSentence } from './rest.ts';

const now = new Date(2026, 10, 29, 9, 58);
const minute = 60_000;

test.each([
  [5, 'Suggestions rest until 10:03.'],
  [60, 'Suggestions rest until 10:58.'],
  [longestSnooze, 'Suggestions rest until VS Code starts again.'],
  [0, undefined],
  [-1, undefined],
])('%s minutes from now', (minutes, expected) => {
  expect(restSentence(new Date(now.getTime() + minutes * minute), now, words)).toBe(expected);
});

test('a time that cannot be read is no rest', () => {
  expect(restSentence(new Date('soon'), now, words)).toBeUndefined();
});

test('the longest rest fits into a timer', () => {
  expect(longestSnooze * minute).toBeLessThan(2 ** 31);
});
