/** Time that stands still until a test moves it. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../server/src/claude/index.ts';

export interface FakeClock extends Clock {
  /** Lets time pass: what falls due is called at its time, and what follows from it settles in between. */
  pass(milliseconds: number): Promise<void>;
  /** Time is gone at once, as after a sleep: what fell due meanwhile is called late. */
  skip(milliseconds: number): Promise<void>;
  /** Sets the wall clock forward or back. */
  shiftWall(milliseconds: number): void;
  /** Calls that are still due. */
  readonly pending: number;
}

interface Due {
  readonly at: number;
  readonly call: () => void;
}

export function fakeClock(): FakeClock {
  let now = 1_000;
  let wallOffset = Date.UTC(2026, 10, 22);
  const due = new Set<Due>();
  const next = (until: number): Due | undefined =>
    [...due].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  const run = async (until: number, move: boolean): Promise<void> => {
    await settled();
    for (let item = next(until); item !== undefined; item = next(until)) {
      due.delete(item);
      if (move) now = Math.max(now, item.at);
      item.call();
      await settled();
    }
  };
  return {
    now: () => now,
    wall: () => now + wallOffset,
    after(milliseconds, call) {
      const item = { at: now + milliseconds, call };
      due.add(item);
      return () => due.delete(item);
    },
    async pass(milliseconds) {
      const until = now + milliseconds;
      await run(until, true);
      now = until;
    },
    async skip(milliseconds) {
      await settled();
      now += milliseconds;
      await run(now, false);
    },
    shiftWall(milliseconds) {
      wallOffset += milliseconds;
    },
    get pending() {
      return due.size;
    },
  };
}

/** Promises that follow from each other have settled after a few turns of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await setImmediate();
}
