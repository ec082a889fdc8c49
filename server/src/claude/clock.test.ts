/** The machine's clocks. */
import { expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

test('R19: waits of any length are ones that Node can wait for', () => {
  const set = vi.spyOn(globalThis, 'setTimeout');
  for (const milliseconds of [2 ** 40, Number.MAX_VALUE, Infinity, 2 ** 31, -1, 5])
    systemClock.after(milliseconds, () => {}, false)();
  const longest = 2 ** 31 - 1;
  expect(set.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([longest, longest, longest, longest, 0, 5]);
  set.mockRestore();
});

test('R19: time between two looks never goes back, whatever the clock on the wall does', () => {
  const before = systemClock.now();
  vi.setSystemTime(0);
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  vi.useRealTimers();
});
