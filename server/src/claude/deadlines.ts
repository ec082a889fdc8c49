/** How long a call may take, part by part, and the one timer that watches over all of them. */
import type { Clock, Forget } from './clock.ts';
import { misconfigured } from './misconfigured.ts';

/** Milliseconds. `Infinity` switches one off. */
export interface Deadlines {
  /** Name lookup, connection, proxy and TLS of one attempt. */
  readonly connect: number;
  /**
   * From the request's being sent to the headers of the answer. A stream begins at once; other answers begin when they
   * are complete, and get ten minutes unless this is set.
   */
  readonly headers: number;
  /** Without a single byte, pings included, while somebody waits for one. */
  readonly idle: number;
  /** Without a real event: pings and comments do not count. */
  readonly progress: number;
  /** The whole call with all attempts and waits. */
  readonly total: number;
}

/** The name of a deadline, as errors say which one ran out. */
export type DeadlineName = keyof Deadlines;

/** The deadlines of a stream where nobody says otherwise, in milliseconds. */
export const defaultDeadlines: Deadlines = {
  connect: 10_000,
  headers: 60_000,
  idle: 90_000,
  progress: 300_000,
  total: 1_800_000,
};

/** Milliseconds for the headers of an answer that is not streamed. */
const longestAnswer = 600_000;

/** The deadlines of one call: its own, then the client's, then the defaults. */
export function deadlinesOf(
  isStream: boolean,
  client: Partial<Deadlines>,
  call: Partial<Deadlines> | undefined,
): Deadlines {
  return { ...defaultDeadlines, ...(!isStream && { headers: longestAnswer }), ...client, ...checkedDeadlines(call) };
}

/** What is `NaN` or text would end calls at once, or never. @throws ClaudeError of kind `configuration` */
export function checkedDeadlines(deadlines: Partial<Deadlines> = {}): Partial<Deadlines> {
  for (const [name, value] of Object.entries(deadlines))
    if (value !== undefined && !(typeof value === 'number' && value >= 0))
      throw misconfigured(
        'deadlines',
        `The deadline ${name} is no time. Give milliseconds, or Infinity to switch it off.`,
      );
  return deadlines;
}

/** The watch over one call. */
export interface Watch {
  /**
   * From now on this deadline runs; when it runs already, it begins anew.
   * @param left Milliseconds, where some of its time was used before.
   */
  start(name: DeadlineName, left?: number): void;
  /** This deadline no longer runs. Returns the milliseconds that were left; its whole time when it did not run. */
  stop(name: DeadlineName): number;
  /** The attempt is over: only the time of the whole call goes on. */
  reset(): void;
  /** Nothing runs any more, and no timer is left. */
  close(): void;
}

/**
 * A timer that comes so much too late was not the service's doing: the machine slept or the process was busy. What
 * came meanwhile is read before anything is given up.
 */
const lateness = 5_000;
const grace = 10_000;

const names: readonly DeadlineName[] = ['connect', 'headers', 'idle', 'progress', 'total'];

/** @param expire Called with each deadline that passes. */
export function startWatch(clock: Clock, limits: Deadlines, expire: (name: DeadlineName) => void): Watch {
  return new TimerWatch(clock, limits, expire);
}

/** Written with memory in mind: there is one for each open stream. */
class TimerWatch implements Watch {
  readonly #clock: Clock;
  readonly #limits: Deadlines;
  readonly #expire: (name: DeadlineName) => void;
  /** When each falls due, in the order of `names`. */
  readonly #due: number[] = names.map(() => Infinity);
  #timerAt = Infinity;
  #forget: Forget | undefined;

  constructor(clock: Clock, limits: Deadlines, expire: (name: DeadlineName) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#expire = expire;
  }

  start(name: DeadlineName, left = this.#limits[name]): void {
    if (!(left < Infinity)) return;
    const at = this.#clock.now() + left;
    this.#due[names.indexOf(name)] = at;
    this.#arm(at);
  }

  stop(name: DeadlineName): number {
    const index = names.indexOf(name);
    const due = this.#due[index] ?? Infinity;
    this.#due[index] = Infinity;
    return due < Infinity ? due - this.#clock.now() : this.#limits[name];
  }

  reset(): void {
    this.#due.fill(Infinity, 0, names.indexOf('total'));
  }

  close(): void {
    this.#due.fill(Infinity);
    this.#forget?.();
    this.#forget = undefined;
    this.#timerAt = Infinity;
  }

  #arm(at: number): void {
    if (at >= this.#timerAt) return;
    this.#forget?.();
    this.#timerAt = at;
    this.#forget = this.#clock.after(at - this.#clock.now(), () => this.#check(), false);
  }

  #check(): void {
    const now = this.#clock.now();
    const late = now - this.#timerAt;
    this.#timerAt = Infinity;
    if (late > lateness) this.#postpone(now + grace);
    const passed = this.#due.findIndex((due) => due <= now);
    if (passed >= 0) this.#due[passed] = Infinity;
    const name = names[passed];
    if (name !== undefined) this.#expire(name);
    this.#arm(Math.min(...this.#due));
  }

  #postpone(until: number): void {
    for (const [index, due] of this.#due.entries()) this.#due[index] = Math.max(due, until);
  }
}
