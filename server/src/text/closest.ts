/** Where a text comes closest to lines that are not in it, and how those differ, in words for a model. */
import { isBlank, isTrivial } from './wholeLines.ts';

/** Lines from one number to another, counted from 1. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

export interface Closest extends LineRange {
  /** Such as "differing in 2 of 7 lines: line 42 is `…`"; goes on a sentence that names the lines. */
  readonly difference: string;
}

/** So many of the rarest lines say where to look, and each at so many places. */
const mostAnchors = 200;
const mostPlacesOfAnchor = 50;
const mostLinesShown = 3;
const mostLinesOfLikeness = 3;
const longestLineShown = 200;

/** The lines that have most in common with those wanted; undefined when less than a third of them is the same anywhere, and of few lines none is alike. */
export function closestTo(lines: readonly string[], wanted: readonly string[]): Closest | undefined {
  const sought = wanted.map((line) => line.trim());
  const first =
    byAnchors(lines, sought) ?? (sought.length <= mostLinesOfLikeness ? byLikeness(lines, sought) : undefined);
  if (first === undefined) return undefined;
  const from = Math.max(0, first);
  const to = Math.min(lines.length, first + wanted.length);
  const differing = numbersFrom(from, to).filter((at) => lines[at]?.trim() !== sought[at - first]);
  const missing = wanted.length - (to - from);
  return {
    from: from + 1,
    to,
    difference: differenceOf(lines, differing, [differing.length + missing, wanted.length]),
  };
}

function differenceOf(
  lines: readonly string[],
  differing: readonly number[],
  [count, all]: readonly [number, number],
): string {
  if (count === 0) return 'differing in indentation';
  if (all === 1) return `which is \`${clipped(lines[differing[0] ?? -1] ?? '')}\``;
  const shown = differing.slice(0, mostLinesShown).map((at) => `line ${at + 1} is \`${clipped(lines[at] ?? '')}\``);
  const list = shown.length === 0 ? '' : `: ${shown.join(', ')}`;
  return `differing in ${count} of ${all} lines${list}`;
}

function clipped(line: string): string {
  return line.length <= longestLineShown ? line : `${line.slice(0, longestLineShown)}…`;
}

function numbersFrom(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Each line that both have votes for where the lines would begin; the rarest ones only, so that it stays bounded. */
function byAnchors(lines: readonly string[], sought: readonly string[]): number | undefined {
  const places = placesOf(lines, new Set(sought.filter((line) => !isTrivial(line))));
  const anchors = numbersFrom(0, sought.length)
    .filter((at) => places.has(sought[at] ?? ''))
    .sort((at, other) => (places.get(sought[at] ?? '')?.length ?? 0) - (places.get(sought[other] ?? '')?.length ?? 0));
  const votes = new Map<number, number>();
  for (const at of anchors.slice(0, mostAnchors)) {
    for (const place of places.get(sought[at] ?? '') ?? []) votes.set(place - at, (votes.get(place - at) ?? 0) + 1);
  }
  const [best] = [...votes].sort(([, count], [, other]) => other - count).slice(0, 1);
  const enough = Math.min(mostAnchors, sought.filter((line) => !isBlank(line)).length) / 3;
  return best !== undefined && best[1] >= enough ? best[0] : undefined;
}

function placesOf(lines: readonly string[], sought: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    const key = line.trim();
    if (!sought.has(key)) continue;
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else if (known.length < mostPlacesOfAnchor) known.push(at);
  }
  return places;
}

/** With no line in common: where the longest line is most alike, by what two lines share at their ends. */
function byLikeness(lines: readonly string[], sought: readonly string[]): number | undefined {
  const longest = sought.reduce((best, line, at) => (line.length > (sought[best]?.length ?? 0) ? at : best), 0);
  const line = sought[longest] ?? '';
  let best = { at: -1, likeness: 0.5 };
  for (const [at, other] of lines.entries()) {
    const likeness = likenessOf(line, other.trim());
    if (likeness > best.likeness) best = { at, likeness };
  }
  return best.at < 0 ? undefined : best.at - longest;
}

function likenessOf(line: string, other: string): number {
  const [shorter, longer] = [Math.min(line.length, other.length), Math.max(line.length, other.length)];
  let start = 0;
  while (start < shorter && line[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && line[line.length - 1 - end] === other[other.length - 1 - end]) end++;
  return (start + end) / longer;
}
