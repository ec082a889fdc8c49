/** When streaming text is painted, on a clock that the test turns. */
import { expect, test } from 'vitest';
import { createPainter, gapFor } from './painter.ts';

/** A painter, the times of its paints, and a clock. `cost` is how long a paint takes. */
function watched({ cost = 0, length = 100 } = {}) {
  let time = 0;
  let timers: readonly { readonly due: number; readonly run: () => void }[] = [];
  const paints: number[] = [];
  const painter = createPainter({
    paint() {
      paints.push(time);
      time += cost;
    },
    length: () => length,
    now: () => time,
    later(run, delay) {
      const timer = { due: time + delay, run };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  const turnTo = (until: number): void => {
    for (;;) {
      const [next] = timers.filter(({ due }) => due <= until).sort((one, other) => one.due - other.due);
      if (next === undefined) break;
      timers = timers.filter((timer) => timer !== next);
      time = Math.max(time, next.due);
      next.run();
    }
    time = Math.max(time, until);
  };
  return { painter, paints, turnTo, waiting: () => timers.length };
}

/** The times of the paints when a piece arrives each millisecond. */
function streamed(milliseconds: number, options: Parameters<typeof watched>[0] = {}): readonly number[] {
  const { painter, paints, turnTo } = watched(options);
  for (let now = 0; now < milliseconds; now++) {
    turnTo(now);
    painter.request();
  }
  turnTo(milliseconds + 5_000);
  return paints;
}

test('the first text is painted at once, and the last is never left out', () => {
  const paints = streamed(1_000);
  expect(paints[0]).toBe(0);
  expect(paints.at(-1)).toBeGreaterThanOrEqual(999);
});

test('paints keep more than 100 ms between the end of one and the end of the next', () => {
  for (const cost of [0, 10, 60, 110, 400]) {
    const ends = streamed(3_000, { cost }).map((start) => start + cost);
    const gaps = ends.slice(1).map((end, index) => end - cost - (ends[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(100);
  }
});

test('an urgent paint does not wait, and takes what was waiting with it', () => {
  const { painter, paints, turnTo, waiting } = watched();
  painter.flush();
  painter.request();
  turnTo(10);
  painter.flush();
  expect([paints, waiting()]).toEqual([[0, 10], 0]);
});

test('after its end nothing is painted', () => {
  const { painter, paints, turnTo, waiting } = watched();
  painter.flush();
  painter.request();
  painter.dispose();
  painter.request();
  painter.flush();
  turnTo(10_000);
  expect([paints, waiting()]).toEqual([[0], 0]);
});

test.each([
  [0, 120],
  [12_000, 120],
  [40_000, 400],
  [5_000_000, 1_000],
])('R14: a text of %i characters is painted every %i ms at most', (length, gap) => {
  expect(gapFor(length)).toBe(gap);
});
