/** The time of a frame is spent once, and is there again in the next. */
import { expect, test } from 'vitest';
import { aFrame, createFrameTime } from './frameTime.ts';

function started() {
  let time = 0;
  const waiting: (() => void)[] = [];
  const frameTime = createFrameTime(
    () => time,
    (run) => void waiting.push(run),
  );
  const pass = (milliseconds: number): void => {
    time += milliseconds;
    for (const run of waiting.splice(0)) run();
  };
  return { frameTime, pass, waiting };
}

test('what does not fit into a frame is left for the next one', () => {
  const { frameTime, pass } = started();
  frameTime.spend(5);
  expect(frameTime.hasTime()).toBe(true);
  frameTime.spend(10);
  expect(frameTime.hasTime()).toBe(false);
  pass(aFrame);
  expect(frameTime.hasTime()).toBe(true);
});

test('it is behind until nothing was left for some frames', () => {
  const { frameTime, pass } = started();
  expect(frameTime.isBehind()).toBe(false);
  frameTime.spend(50);
  expect(frameTime.isBehind()).toBe(false);
  frameTime.hasTime();
  expect(frameTime.isBehind()).toBe(true);
  pass(aFrame);
  expect(frameTime.isBehind()).toBe(true);
  pass(2 * aFrame);
  expect(frameTime.isBehind()).toBe(false);
});

test('a frame is asked for once, however often time is spent in it', () => {
  const { frameTime, pass, waiting } = started();
  for (const cost of [1, 2, 3]) frameTime.spend(cost);
  expect(waiting).toHaveLength(1);
  pass(aFrame);
  frameTime.spend(1);
  expect(waiting).toHaveLength(1);
});
