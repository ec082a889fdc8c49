/** How deep values may be nested: deeper ones are an attack on whoever walks them. */

/** Levels that are accepted. */
export const deepest = 64;

/** Whether a value is nested deeper than that. Does not recurse: that is what the depth would break. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
