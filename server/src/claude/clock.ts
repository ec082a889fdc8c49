/** Time as the client sees it, so that tests can tell it. */

/** Forgets a pending call. Calling it again does nothing. */
export type Forget = () => void;

/** Where time comes from. */
export interface Clock {
  /** Milliseconds that never go back, whatever happens to the wall clock. */
  now(): number;
  /** Milliseconds since 1970. */
  wall(): number;
  /**
   * Calls once, after the given time.
   * @param keepAlive whether the process must stay for it.
   */
  after(milliseconds: number, call: () => void, keepAlive: boolean): Forget;
}

/** Longer timers fire at once in Node. */
const longestTimer = 2 ** 31 - 1;

/** The machine's clocks. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after(milliseconds, call, keepAlive) {
    const timer = setTimeout(call, Math.min(Math.max(milliseconds, 0), longestTimer));
    if (!keepAlive) timer.unref();
    return () => clearTimeout(timer);
  },
};
