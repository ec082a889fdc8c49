import { expect, test } from 'vitest';
import { createPace, type Pace } from './pace.ts';

const inWord = { lineBefore: '  const na', lineAfter: '' };
const behindDot = { lineBefore: '  list.', lineAfter: '' };

function typing(interval: number, keys = 60): Pace {
  const pace = createPace();
  for (let key = 0; key < keys; key += 1) pace.typed(key * interval);
  return pace;
}

test('who types fast is asked sooner, and nobody before the next key would come', () => {
  const delays = [80, 140, 220, 400].map((interval) => typing(interval).delay(inWord));
  expect(delays).toEqual([...delays].sort((one, other) => one - other));
  for (const [index, interval] of [80, 140, 220, 400].entries())
    expect(delays[index]).toBeGreaterThanOrEqual(interval * 0.9);
});

test('behind a dot it is asked sooner than in a word, and at the end of a line sooner than before other text', () => {
  const pace = typing(150);
  expect(pace.delay(behindDot)).toBeLessThan(pace.delay(inWord));
  expect(pace.delay(inWord)).toBeLessThan(pace.delay({ ...inWord, lineAfter: ' = 1;' }));
});

test('a pause for thought is no typing', () => {
  const pace = typing(100);
  const before = pace.delay(inWord);
  for (let pause = 0; pause < 60; pause += 1) pace.typed(100_000 * (pause + 1));
  expect(pace.delay(inWord)).toBe(before);
});

test('after answers that were put away it waits longer, and no longer after one that was taken', () => {
  const pace = typing(150);
  const before = pace.delay(inWord);
  pace.rejected();
  pace.rejected();
  expect(pace.delay(inWord)).toBeGreaterThan(before);
  pace.accepted();
  expect(pace.delay(inWord)).toBe(before);
});

test('whatever the keys and answers, the delay has bounds', () => {
  for (const interval of [0, 1, 599, 10_000])
    for (const latency of [0, 50, 60_000]) {
      const pace = typing(interval);
      pace.answered(latency);
      for (let times = 0; times < 50; times += 1) pace.rejected();
      expect(pace.delay(inWord)).toBeGreaterThanOrEqual(75);
      expect(pace.delay(inWord)).toBeLessThanOrEqual(900);
    }
});
