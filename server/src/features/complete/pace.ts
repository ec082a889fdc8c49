/** When it is asked: after a pause that is as long as this person's pauses between keys make it worth. Pure. */

export interface Pace {
  /** A key was pressed: `at` in milliseconds of any clock. */
  typed(at: number): void;
  /** The person has put an answer away (Escape, or typed something else): a little longer next time. */
  rejected(): void;
  accepted(): void;
  /** An answer took so many milliseconds from the request on. */
  answered(milliseconds: number): void;
  /** Milliseconds to wait after a key at a place. A wish by hand waits for nothing. */
  delay(place: { readonly lineBefore: string; readonly lineAfter: string }): number;
}

/** Keys that are remembered. */
const window = 40;
/** Milliseconds: between two keys of somebody who types; a longer pause is thought, not typing. */
const shortest = 60;
const longest = 600;
/** Of the delay, in milliseconds. */
const least = 75;
const most = 900;
const unknown = 160;

export function createPace(): Pace {
  let last: number | undefined;
  let intervals: readonly number[] = [];
  let latency = 0;
  let refusals = 0;
  return {
    typed(at) {
      const interval = last === undefined ? undefined : at - last;
      last = at;
      if (interval === undefined || interval < 0 || interval > longest) return;
      intervals = [...intervals, Math.max(shortest, interval)].slice(-window);
    },
    rejected() {
      refusals = Math.min(4, refusals + 1);
    },
    accepted() {
      refusals = 0;
    },
    answered(milliseconds) {
      latency = latency === 0 ? milliseconds : latency * 0.8 + milliseconds * 0.2;
    },
    delay({ lineBefore, lineAfter }) {
      const between = median(intervals) ?? unknown;
      // Who waits for the answer anyway need not wait as long before: but never less than one key.
      const wanted =
        between * promise(lineBefore, lineAfter) * (1 + refusals * 0.25) - Math.min(latency / 4, between / 2);
      return Math.round(Math.min(most, Math.max(least, between * 0.9, wanted)));
    },
  };
}

/** How many keys' time to wait: little where something is to come, much in the middle of a word. */
function promise(before: string, after: string): number {
  if (before.trim() === '') return 1.3;
  if (/[\s.([{=,:>]$/.test(before)) return 1.2;
  return after.trim() === '' ? 1.6 : 2.2;
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
