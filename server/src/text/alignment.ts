/** Which line of an old text stays, seen line by line while the new text still comes. */
import { isTrivial } from './wholeLines.ts';

/** The number of the old line that stays as the next line of the new text; undefined when that line is new. */
export type Aligning = (line: string) => number | undefined;

/** So many old lines, from the first not reached, may be passed at once for a line that they have once. */
const farthest = 60;
/** A line that they have often, or that says nothing, may be any of them: no more are passed for it than came anew, and no more than this. */
const farthestOfCommon = 3;

/** Aligns new lines with `old`, each of which is reached at most once and in order; undefined stands for a line that cannot stay. */
export function createAligning(old: readonly (string | undefined)[]): Aligning {
  const counts = new Map<string | undefined, number>();
  for (const line of old) counts.set(line, (counts.get(line) ?? 0) + 1);
  let [reached, inserted] = [0, 0];
  return (line) => {
    const isCommon = isTrivial(line) || counts.get(line) !== 1;
    const passed = isCommon ? Math.min(inserted, farthestOfCommon) : farthest;
    const at = indexWithin(old, line, reached, passed);
    inserted = at === undefined ? inserted + 1 : 0;
    reached = at === undefined ? reached : at + 1;
    return at;
  };
}

function indexWithin(
  lines: readonly (string | undefined)[],
  line: string,
  from: number,
  passed: number,
): number | undefined {
  for (let at = from; at <= from + passed && at < lines.length; at++) if (lines[at] === line) return at;
  return undefined;
}
