/** R16: how often is asked, with a clock that is set by hand. */
import { expect, test } from 'vitest';
import { ClaudeError } from '../../claude/index.ts';
import { createLimits } from './limits.ts';

const settings = { maxPerHour: 3, limitPerHour: 1 };
const minute = 60_000;

function started() {
  const clock = { now: 0 };
  return { clock, limits: createLimits(() => clock.now) };
}

function limited(retryAfter?: number): ClaudeError {
  return new ClaudeError('rate_limit', 'Too many requests.', retryAfter === undefined ? {} : { retryAfter });
}

test.each([[500], [7_000], [60_000], [3_600_000], [undefined]])(
  'R16: after a 429 with retry-after %s nothing is asked before, not by hand either, and then it is',
  (retryAfter) => {
    const { clock, limits } = started();
    limits.failed(limited(retryAfter));
    clock.now = (retryAfter ?? 30_000) - 1;
    for (const byHand of [true, false]) expect(limits.refusal(settings, byHand)?.why).toBe('limited');
    clock.now += 1;
    for (const byHand of [true, false]) expect(limits.refusal(settings, byHand)).toBeUndefined();
  },
);

test('requests of the last hour count for what comes by itself, money for everything', () => {
  const { clock, limits } = started();
  for (let count = 0; count < 3; count++) limits.began();
  expect(limits.refusal(settings, false)?.why).toBe('budget');
  expect(limits.refusal(settings, true)).toBeUndefined();
  limits.began()(1);
  expect(limits.refusal(settings, true)?.why).toBe('budget');
  clock.now = 60 * minute;
  expect(limits.refusal(settings, false)).toBeUndefined();
});

test('after failures what comes by itself pauses, longer each time, and never for more than five minutes', () => {
  const { clock, limits } = started();
  const pauses = Array.from({ length: 9 }, () => {
    limits.failed(new ClaudeError('server', 'Broken.', {}));
    const from = clock.now;
    expect(limits.refusal(settings, true)).toBeUndefined();
    while (limits.refusal(settings, false) !== undefined) clock.now += 1_000;
    return clock.now - from;
  });
  expect(pauses.slice(0, 3)).toEqual([5_000, 10_000, 20_000]);
  expect(pauses.at(-1)).toBe(300_000);
  limits.failed(new ClaudeError('server', 'Broken.', {}));
  limits.changed();
  expect(limits.refusal(settings, false)).toBeUndefined();
});
