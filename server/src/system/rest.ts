/** When a collection of all garbage is due: once after work, when nobody has asked for anything for a while and nothing runs. */

export interface RestParts {
  /** @returns what ends it. */
  every(milliseconds: number, look: () => void): () => void;
  /** Milliseconds of computing that the process has used. */
  cpu(): number;
  /** Bytes of the heap: taken from the system, and in use. */
  heap(): { readonly reserved: number; readonly used: number };
  /** Holds up everything while it runs. */
  collect(): void;
}

const second = 1_000;
/** Looks in a row that find nothing going on. */
const quiet = 5;
/** Milliseconds of computing in a second. An answer that streams takes more; so does a search, a thread of which is working. */
const little = 5;
/** Bytes that came since the last time: less is not worth the pause. */
const worthwhile = 8e6;
/** Bytes in use of which a collection takes too long for somebody who begins to type just then. */
const tooMuch = 100e6;

/** @returns to be called with every message from the editor. */
export function createRest({ every, cpu, heap, collect }: RestParts): () => void {
  let [still, used, left] = [0, 0, 0];
  const look = (): void => {
    const now = cpu();
    still = now - used < little ? still + 1 : 0;
    used = now;
    if (still < quiet) return;
    stop?.();
    stop = undefined;
    const { reserved, used: live } = heap();
    if (reserved - left < worthwhile || live > tooMuch) return;
    collect();
    left = heap().reserved;
  };
  // To start is work as well.
  let stop: (() => void) | undefined = every(second, look);
  return () => {
    still = 0;
    stop ??= every(second, look);
  };
}
