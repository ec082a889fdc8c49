/** When something runs that is asked for often, on a clock that the test turns. */
import { expect, test } from 'vitest';
import { createThrottle } from './throttle.ts';

function watched() {
  let time = 0;
  let timer: { readonly due: number; readonly run: () => void } | undefined;
  const runs: number[] = [];
  const throttle = createThrottle({
    run: () => runs.push(time),
    gap: 33,
    now: () => time,
    later(run, delay) {
      timer = { due: time + delay, run };
      return () => {
        timer = undefined;
      };
    },
  });
  const turnTo = (until: number): void => {
    const due = timer;
    if (due !== undefined && due.due <= until) {
      time = due.due;
      timer = undefined;
      due.run();
    }
    time = until;
  };
  return { throttle, runs, turnTo };
}

test('the first runs at once, those after it when it is time, the last is not lost', () => {
  const { throttle, runs, turnTo } = watched();
  for (let now = 0; now < 100; now++) {
    turnTo(now);
    throttle.request();
  }
  turnTo(200);
  throttle.request();
  expect(runs).toEqual([0, 33, 66, 99, 132, 200]);
});

test('after its end nothing runs any more', () => {
  const { throttle, runs, turnTo } = watched();
  throttle.request();
  throttle.request();
  throttle.dispose();
  turnTo(100);
  throttle.request();
  expect(runs).toEqual([0]);
});
