/** How long a call may take, part by part, and the one timer that watches over all of them. */
import type { Clock, Forget } from './clock.ts';

/** Milliseconds. `Infinity` switches one off. */
export interface Deadlines {
  /** Name lookup, connection, proxy and TLS of one attempt. */
  readonly connect: number;
  /** From the request's being sent to the headers of the answer. */
  readonly headers: number;
  /** Without a single byte, pings included, while somebody waits for one. */
  readonly idle: number;
  /** Without a real event: pings and comments do not count. */
  readonly progress: number;
  /** The whole call with all attempts and waits. */
  readonly total: number;
}

export type DeadlineName = keyof Deadlines;

export const defaultDeadlines: Deadlines = {
  connect: 10_000,
  headers: 60_000,
  idle: 90_000,
  progress: 300_000,
  total: 1_800_000,
};

/** The watch over one call. */
export interface Watch {
  /**
   * From now on this deadline runs; when it runs already, it begins anew.
   * @param left Milliseconds, where some of its time was used before.
   */
  start(name: DeadlineName, left?: number): void;
  /** This deadline no longer runs. Returns the milliseconds that were left; its whole time when it did not run. */
  stop(name: DeadlineName): number;
  /** Nothing runs any more, and no timer is left. */
  close(): void;
}

/**
 * A timer that comes so much too late was not the service's doing: the machine slept or the process was busy. What
 * came meanwhile is read before anything is given up.
 */
const lateness = 5_000;
const grace = 10_000;

/** @param expire Called once, with the first deadline that passes. */
export function startWatch(clock: Clock, limits: Deadlines, expire: (name: DeadlineName) => void): Watch {
  const dueAt = new Map<DeadlineName, number>();
  let timerAt = Infinity;
  let forget: Forget | undefined;
  const arm = (at: number): void => {
    if (at >= timerAt) return;
    forget?.();
    timerAt = at;
    forget = clock.after(at - clock.now(), check, false);
  };
  const check = (): void => {
    const now = clock.now();
    const late = now - timerAt;
    timerAt = Infinity;
    if (late > lateness) for (const [name, due] of dueAt) dueAt.set(name, Math.max(due, now + grace));
    const passed = [...dueAt].find(([, due]) => due <= now);
    if (passed !== undefined) {
      close();
      expire(passed[0]);
    } else arm(Math.min(...dueAt.values()));
  };
  const close = (): void => {
    dueAt.clear();
    forget?.();
    forget = undefined;
    timerAt = Infinity;
  };
  return {
    start(name, left = limits[name]) {
      if (!(left < Infinity)) return;
      const at = clock.now() + left;
      dueAt.set(name, at);
      arm(at);
    },
    stop(name) {
      const due = dueAt.get(name);
      dueAt.delete(name);
      return due === undefined ? limits[name] : due - clock.now();
    },
    close,
  };
}
