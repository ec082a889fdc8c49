/** How much the random and corpus tests do, and where their randomness comes from: `TEST_SCALE` and `TEST_SEED`. */

const factor = Number(process.env['TEST_SCALE'] ?? 0.1);

/** So many of `full` cases in this run; at `TEST_SCALE=1` all of them, never less than 10. */
export function scaled(full: number): number {
  return Math.max(Math.min(full, 10), Math.round(full * factor));
}

const seedOfThisRun = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
let isPrinted = false;

/** The seed of this run's random tests, printed once; `TEST_SEED` repeats a run. */
export function seed(): number {
  if (!isPrinted) console.info(`TEST_SEED=${seedOfThisRun} TEST_SCALE=${factor}`);
  isPrinted = true;
  return seedOfThisRun;
}

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function random(start = seed()): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An evenly spread sample of a list: `scaled` many of its members, first and last included. */
export function sample<Member>(members: readonly Member[]): readonly Member[] {
  const count = scaled(members.length);
  if (count >= members.length) return members;
  const chosen = new Set(
    Array.from({ length: count }, (_, index) => Math.round((index * (members.length - 1)) / (count - 1))),
  );
  return members.filter((_, index) => chosen.has(index));
}
