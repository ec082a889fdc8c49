/** Runs something as often as asked, but never more often than each so many milliseconds. */

export interface Throttle {
  /** Runs now, or as soon as the last run is old enough. */
  request(): void;
  dispose(): void;
}

export interface ThrottleParts {
  run(): void;
  readonly gap: number;
  /** Milliseconds, never going back. */
  now(): number;
  /** Calls back later; returns what undoes it. */
  later(run: () => void, delay: number): () => void;
}

export function createThrottle({ run, gap, now, later }: ThrottleParts): Throttle {
  let last = Number.NEGATIVE_INFINITY;
  let undo: (() => void) | undefined;
  const runNow = (): void => {
    undo = undefined;
    last = now();
    run();
  };
  return {
    request() {
      if (undo !== undefined) return;
      const wait = last + gap - now();
      if (wait <= 0) runNow();
      else undo = later(runNow, wait);
    },
    dispose() {
      undo?.();
      undo = () => {};
    },
  };
}

/** On the real clock. */
export function later(run: () => void, delay: number): () => void {
  const timer = setTimeout(run, delay);
  return () => clearTimeout(timer);
}
