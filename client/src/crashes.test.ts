/** When a server that stopped by itself is started again. */
import { expect, test } from 'vitest';
import { createCrashCount } from './crashes.ts';

/** What is decided at each of these seconds. */
function decided(...seconds: readonly number[]): readonly boolean[] {
  const crashes = createCrashCount();
  return seconds.map((second) => crashes.mayRestart(true, second * 1000));
}

test.each([
  ['once', [0], [true]],
  ['five times within three minutes', [0, 10, 20, 30, 40], [true, true, true, true, false]],
  ['now and then', [0, 60, 120, 181, 241, 302], [true, true, true, true, true, true]],
])('R24: a server that crashes %s', (_name, seconds, decisions) => {
  expect(decided(...seconds)).toEqual(decisions);
});

test('a server that never got going is not started again by itself', () => {
  expect(createCrashCount().mayRestart(false, 0)).toBe(false);
});

test('after the person started it anew the count begins again', () => {
  const crashes = createCrashCount();
  for (let crash = 0; crash < 5; crash++) crashes.mayRestart(true, crash);
  crashes.forget();
  expect(crashes.mayRestart(true, 10)).toBe(true);
});
