/** Numbers as people read them. */
import { expect, test } from 'vitest';
import { dayOf, dollars, long, modelName, priceRange, short, tokenCount } from './numbers.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1K'],
  [1_240, '1.2K'],
  [42_400, '42K'],
  [999_499, '999K'],
  [999_500, '1M'],
  [1_500_000, '1.5M'],
])('%i tokens are %s', (count, words) => {
  expect(short(count)).toBe(words);
});

test('what costs little is said to cost something', () => {
  expect([0, 0.001, 0.005, 0.31, 12].map(dollars)).toEqual(['$0.00', '<$0.01', '$0.01', '$0.31', '$12.00']);
  expect(priceRange({ least: 0.012, most: 0.14 })).toBe('$0.01–$0.14');
  expect(priceRange({ least: 0.012, most: 0.0121 })).toBe('$0.01');
});

test.each([
  ['claude-sonnet-5-5', 'Sonnet 5.5'],
  ['claude-opus-4', 'Opus 4'],
  ['claude-haiku-4-5-20251001', 'Haiku 4.5'],
  ['claude-opus-4-20250514', 'Opus 4'],
  ['my/own-model', 'my/own-model'],
  ['claude-<b>-5', 'claude-<b>-5'],
])('%s is called %s', (id, name) => {
  expect(modelName(id)).toBe(name);
});

test('days are those of the calendar', () => {
  const now = new Date(2026, 2, 15, 0, 5);
  const ago = (days: number) => dayOf(new Date(2026, 2, 15 - days, 23, 55), now);
  expect([0, 1, 2, 6, 7, 29, 30].map(ago)).toEqual([
    ...['Today', 'Yesterday', 'Last 7 Days', 'Last 7 Days', 'Last 30 Days', 'Last 30 Days', 'Older'],
  ]);
});

test('one token is one, more are several', () => {
  expect([1, 2, 1_000].map((count) => tokenCount(count, long))).toEqual(['1 token', '2 tokens', '1,000 tokens']);
});
