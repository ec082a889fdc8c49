/** Changes of whole lines: put in order, cut to what differs, and joined where there are too many. */

export interface Change {
  /** Lines from here up to `to`, counted from 0, … */
  readonly from: number;
  readonly to: number;
  /** … become these. */
  readonly lines: readonly string[];
}

/** As many places as one answer changes; nearer ones are taken together. */
const mostPlaces = 20;

/** In the order of the file, none overlapping another; of two that do, the first one given stays. */
export function tidied(lines: readonly string[], changes: readonly Change[], most = mostPlaces): readonly Change[] {
  const chosen = withoutOverlaps(
    changes.map((change) => trimmed(lines, change)).filter((change) => differs(lines, change)),
  );
  const sorted = [...chosen].sort((one, other) => one.from - other.from || one.to - other.to);
  return joined(lines, joined(lines, sorted, 0), smallestGap(sorted, most));
}

/** The lines with all of them done. */
export function applied(lines: readonly string[], changes: readonly Change[]): readonly string[] {
  const parts: (readonly string[])[] = [];
  let at = 0;
  for (const { from, to, lines: own } of [...changes].sort(
    (one, other) => one.from - other.from || one.to - other.to,
  )) {
    parts.push(lines.slice(at, from), own);
    at = to;
  }
  parts.push(lines.slice(at));
  return parts.flat();
}

/** From the first to the last one, as one change. */
export function spanning(lines: readonly string[], changes: readonly Change[]): Change {
  const from = Math.min(...changes.map((change) => change.from));
  const to = Math.max(...changes.map((change) => change.to));
  const shifted = changes.map((change) => ({ ...change, from: change.from - from, to: change.to - from }));
  return { from, to, lines: applied(lines.slice(from, to), shifted) };
}

/** Lines that stay are not part of it. */
function trimmed(lines: readonly string[], { from, to, lines: own }: Change): Change {
  let start = 0;
  while (start < own.length && from + start < to && own[start] === lines[from + start]) start++;
  let end = 0;
  while (end < own.length - start && to - end > from + start && own[own.length - 1 - end] === lines[to - 1 - end])
    end++;
  return { from: from + start, to: to - end, lines: own.slice(start, own.length - end) };
}

function differs(lines: readonly string[], { from, to, lines: own }: Change): boolean {
  return own.length !== to - from || own.some((line, index) => line !== lines[from + index]);
}

/** Places are lines, and the gaps between them, where something is put in. */
function withoutOverlaps(changes: readonly Change[]): readonly Change[] {
  const taken = new Set<number>();
  return changes.filter(({ from, to }) => {
    const own =
      to === from ? [from - 0.5] : Array.from({ length: 2 * (to - from) - 1 }, (_, index) => from + index / 2);
    if (own.some((place) => taken.has(place))) return false;
    for (const place of own) taken.add(place);
    return true;
  });
}

/** Those with at most `gap` lines between them become one. */
function joined(lines: readonly string[], changes: readonly Change[], gap: number): readonly Change[] {
  const groups: Change[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    if (change.from - end <= gap) groups.at(-1)?.push(change);
    else groups.push([change]);
    end = Math.max(end, change.to);
  }
  return groups.map((group) => (group.length === 1 ? (group[0] ?? spanning(lines, group)) : spanning(lines, group)));
}

/** How many lines may lie between two that are taken together, so that at most `most` are left. */
function smallestGap(changes: readonly Change[], most: number): number {
  const gaps = changes.slice(1).map((change, index) => change.from - (changes[index]?.to ?? 0));
  return gaps.toSorted((one, other) => other - one)[most - 1] ?? -1;
}
