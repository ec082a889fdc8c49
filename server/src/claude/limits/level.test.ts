/** What is believed of a limit, by hand. */
import { describe, expect, test } from 'vitest';
import type { RateLimit } from '../rateLimits.ts';
import { amountIn, levelOf, taken, timeFor } from './level.ts';

const second = 1_000;
/** The answer is from second 0 at the service and from second 100 here. */
const [serverNow, now] = [0, 100 * second];

describe('what an answer said becomes a level', () => {
  test.each<[string, RateLimit, number, number]>([
    // What is said; what is in the bucket now, and what flows in each second.
    ['full', { limit: 60, remaining: 60, resetsAt: 0 }, 60, 1],
    ['half empty, full again in 30 s', { limit: 60, remaining: 30, resetsAt: 30 * second }, 30, 1],
    ['a slow bucket', { limit: 60, remaining: 0, resetsAt: 60 * second }, 0, 1],
    ['a quick bucket', { limit: 100, remaining: 0, resetsAt: 10 * second }, 0, 10],
    ['one missing, whole seconds say too little', { limit: 6_000, remaining: 5_999, resetsAt: second }, 5_999, 100],
    ['no reset', { limit: 60, remaining: 6 }, 6, 1],
    ['a reset in the past', { limit: 60, remaining: 6, resetsAt: -5 * second }, 6, 54],
    ['R19: a reset in 30 days', { limit: 60, remaining: 0, resetsAt: 30 * 86_400 * second }, 0, 1],
    ['R19: a reset in an hour, one missing', { limit: 60, remaining: 59, resetsAt: 3_600 * second }, 59, 1],
    ['R19: a reset 30 days ago', { limit: 60, remaining: 0, resetsAt: -30 * 86_400 * second }, 0, 60],
    ['more than fits', { limit: 60, remaining: 600, resetsAt: 0 }, 60, 1],
  ])('%s', (_name, said, amount, perSecond) => {
    const level = levelOf(said, serverNow, now);
    expect(level && amountIn(level, now)).toBe(amount);
    expect(level && level.rate * second).toBeCloseTo(perSecond, 9);
  });

  test.each<[string, RateLimit | undefined]>([
    ['nothing', undefined],
    ['only a limit', { limit: 60 }],
    ['only what remains', { remaining: 0 }],
    ['a limit of nothing', { limit: 0, remaining: 0 }],
  ])('%s holds nothing back', (_name, said) => {
    expect(levelOf(said, serverNow, now)).toBeUndefined();
  });
});

describe('when there is enough', () => {
  const level = { limit: 60, remaining: 10, at: now, rate: 1 / second };
  test.each<[string, number, number]>([
    ['what is there is there now', 10, 0],
    ['one more takes a second', 11, 1],
    ['half a bucket can be waited for', 30, 20],
    ['more than half of it is not waited for', 31, 20],
    ['more than a bucket holds neither', 6_000, 20],
  ])('%s', (_name, amount, seconds) => {
    expect(timeFor(level, amount, now)).toBe(now + seconds * second);
  });

  test('a bucket fills up and does not run over', () => {
    expect(amountIn(level, now + 20 * second)).toBe(30);
    expect(amountIn(level, now + 3_600 * second)).toBe(60);
  });

  test('what was taken is missing, below nothing as well', () => {
    const empty = taken(level, 15, now);
    expect(amountIn(empty, now)).toBe(-5);
    expect(timeFor(empty, 1, now)).toBe(now + 6 * second);
  });

  test('a clock that goes back changes nothing', () => {
    expect(amountIn(level, now - 3_600 * second)).toBe(10);
  });
});
