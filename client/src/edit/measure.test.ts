/** When problems are compared, on a clock that the test turns. */
import { expect, test } from 'vitest';
import { createMeasure } from './measure.ts';

function watched() {
  let time = 0;
  let timers: readonly { readonly due: number; readonly run: () => void }[] = [];
  let hunks: readonly { readonly id: string; readonly growing: boolean }[] = [];
  const events: string[] = [];
  const measure = createMeasure({
    hunks: () => hunks,
    take: () => events.push(`taken at ${time}`),
    onEnd: () => events.push(`ended at ${time}`),
    now: () => time,
    later(run, delay) {
      const timer = { due: time + delay, run };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  return {
    events,
    measure,
    /** `a` is finished, `a…` grows. */
    have(...names: readonly string[]) {
      hunks = names.map((name) => ({ id: name.replace('…', ''), growing: name.endsWith('…') }));
      measure.look();
    },
    turnTo(until: number) {
      for (const timer of timers.filter(({ due }) => due <= until)) {
        timers = timers.filter((other) => other !== timer);
        time = timer.due;
        timer.run();
      }
      time = until;
    },
  };
}

test('it waits until the hunk is finished and there was no news for a while', () => {
  const { events, measure, have, turnTo } = watched();
  have('a…');
  turnTo(1_000);
  measure.news();
  turnTo(2_000);
  have('a');
  turnTo(2_400);
  measure.news();
  turnTo(2_900);
  expect(events).toEqual([]);
  turnTo(5_000);
  expect(events).toEqual(['taken at 3000']);
});

test('it looks again when a slow language has news, but not for ever', () => {
  const { events, measure, have, turnTo } = watched();
  have('a');
  turnTo(4_000);
  measure.news();
  turnTo(16_000);
  measure.news();
  measure.news();
  turnTo(20_000);
  expect(events).toEqual(['taken at 600', 'taken at 4600', 'ended at 16000']);
});

test('news all the time does not keep it from looking for ever', () => {
  const { events, measure, have, turnTo } = watched();
  have('a');
  for (let now = 0; now <= 16_000; now += 500) {
    turnTo(now);
    measure.news();
  }
  expect(events[0]).toBe('taken at 15000');
});

test('another hunk of the action begins the wait anew', () => {
  const { events, have, turnTo } = watched();
  have('a');
  turnTo(500);
  have('a', 'b…');
  turnTo(3_000);
  have('a', 'b');
  turnTo(4_000);
  have('a', 'b');
  turnTo(9_000);
  expect(events).toEqual(['taken at 3600']);
});

test('a hunk that is settled ends it', () => {
  const { events, have, turnTo } = watched();
  have('a', 'b');
  turnTo(300);
  have('b');
  turnTo(2_000);
  expect(events).toEqual(['ended at 300']);
});

test('without hunks nothing is compared', () => {
  const { events, measure, have, turnTo } = watched();
  have();
  measure.news();
  turnTo(20_000);
  expect(events).toEqual([]);
});
