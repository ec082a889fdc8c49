/** How much a page may say, and how often: what is more has no effect (threats S22). Pure. */

/** Code units and members of all that a message holds: some pictures fit, a flood does not. */
const largest = 64_000_000;
const deepest = 16;

/** Whether a message is of a size that anybody looks at. Stops looking where it is not. */
export function isBounded(message: unknown): boolean {
  let left = largest;
  const fits = (value: unknown, depth: number): boolean => {
    left -= typeof value === 'string' ? value.length + 1 : 1;
    if (left < 0) return false;
    if (typeof value !== 'object' || value === null) return true;
    if (depth === deepest) return false;
    if (Array.isArray(value)) return value.every((member) => fits(member, depth + 1));
    return Object.entries(value).every(([name, member]) => fits(name, depth) && fits(member, depth + 1));
  };
  return fits(message, 0);
}

export interface Rate {
  /** False when it was too often. */
  take(): boolean;
}

/** So many at once, and so many more a second. */
export function createRate(parts: { readonly burst: number; readonly perSecond: number; now(): number }): Rate {
  const { burst, perSecond, now } = parts;
  let left = burst;
  let last = now();
  return {
    take() {
      const time = now();
      left = Math.min(burst, left + ((time - last) / 1_000) * perSecond);
      last = time;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
