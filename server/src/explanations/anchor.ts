/**
 * Finds explained lines again in a document that was changed while nobody watched; never somewhere else. Like
 * `text/reanchor.ts`, but by lines whose ends do not count, and with what was known of lines that say the same: where
 * there were several, one of them is not taken for another. Indentation does not tell them apart, since a formatter
 * changes it: one that is indented anew may come to read as another one did. Pure.
 */
import { isTrivial } from '../text/wholeLines.ts';
import { type Lines, placesSaying, readsAt, saysAt } from './lines.ts';

export interface Anchor {
  readonly content: readonly string[];
  /** Up to three lines above and below; fewer at the ends of the document. */
  readonly lead: readonly string[];
  readonly trail: readonly string[];
  readonly line: number;
  /** How many places ever said the same, and how many of them now, with the same lines around; and which of them it was. */
  readonly copies: number;
  readonly twins: number;
  readonly twin: number;
  /** Lines of it that ever stood elsewhere too: they tell nothing of where it is. */
  readonly shared: readonly string[];
}

type Around = Pick<Anchor, 'content' | 'lead' | 'trail'>;

export interface Place {
  readonly line: number;
  /** So many lines. */
  readonly count: number;
  /** They read as they did. */
  readonly same: boolean;
}

/** A bracket alone tells nothing of where one is. */
const isTelling = (line: string) => !isTrivial(line);
const linesAround = 3;
/** Characters that are not blank: less than this may be written anew by chance. */
const leastTelling = 20;

/** @param counts whether to look for copies, which takes time with the size of the document. */
export function anchorAt(lines: Lines, line: number, count: number, counts: boolean): Anchor {
  const some = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => lines.at(from + index));
  const content = some(line, line + count);
  const lead = some(Math.max(0, line - linesAround), line);
  const trail = some(line + count, Math.min(lines.count, line + count + linesAround));
  const anchor = { content, lead, trail, line, copies: 1, twins: 1, twin: 0, shared: [] };
  if (!counts) return anchor;
  const places = placesSaying(lines, content);
  const twins = places.filter((place) => isBetween(lines, place, anchor, saysAt));
  return {
    ...anchor,
    copies: places.length,
    twins: twins.length,
    twin: twins.indexOf(line),
    shared: [...new Set(content)].filter((one) => isTelling(one) && lines.numbersOf(one).length > 1),
  };
}

export function findAgain(lines: Lines, anchor: Anchor): Place | undefined {
  const line = sameLines(lines, anchor);
  return line === undefined ? between(lines, anchor) : { line, count: anchor.content.length, same: true };
}

/** Whether the lines around a place are those of the anchor; at the ends of the document there are none. */
export function isBetween(lines: Lines, line: number, anchor: Around, isAt = readsAt): boolean {
  return hasLead(lines, line, anchor, isAt) && hasTrail(lines, line, anchor, isAt);
}

function hasLead(lines: Lines, line: number, { lead }: Pick<Anchor, 'lead'>, isAt: typeof readsAt): boolean {
  return isAt(lines, line - lead.length, lead) && (lead.length === linesAround || line === lead.length);
}

function hasTrail(
  lines: Lines,
  line: number,
  anchor: Pick<Anchor, 'content' | 'trail'>,
  isAt: typeof readsAt,
): boolean {
  const { content, trail } = anchor;
  const end = line + content.length;
  return isAt(lines, end, trail) && (trail.length === linesAround || end + trail.length === lines.count);
}

/** Where it reads as it did. */
export function sameLines(lines: Lines, anchor: Anchor): number | undefined {
  const { content, line, copies, twins, twin } = anchor;
  if (!content.some((one) => one !== '')) return undefined;
  const places = placesSaying(lines, content);
  const reads = (place: number) => readsAt(lines, place, content);
  const full = places.filter((place) => isBetween(lines, place, anchor, saysAt));
  if (full.length > 0) {
    // One of several that cannot be told apart went: it may have been this one.
    if (full.length < twins) return undefined;
    const place = full.length === twins ? full[twin] : nearest(full, line);
    return place !== undefined && reads(place) ? place : undefined;
  }
  // A bracket, or a rule: one is like the other.
  if (!content.some(isTelling)) return undefined;
  // One of several may have gone, and another come.
  const [only, ...others] = places;
  if (only === undefined || others.length > 0 || copies > 1 || !reads(only)) return undefined;
  return isHalfBetween(lines, only, anchor) || isSubstantial(content) ? only : undefined;
}

/** One of its neighbours is there, and says something. */
function isHalfBetween(lines: Lines, line: number, anchor: Anchor): boolean {
  return (
    (anchor.lead.some(isTelling) && hasLead(lines, line, anchor, saysAt)) ||
    (anchor.trail.some(isTelling) && hasTrail(lines, line, anchor, saysAt))
  );
}

function isSubstantial(content: readonly string[]): boolean {
  return content.join('').replace(/\s/g, '').length >= leastTelling;
}

/** What stands between the lines that were around it, where that is one place only and still looks like it. */
function between(lines: Lines, anchor: Anchor): Place | undefined {
  const { content, lead, trail, copies, twins } = anchor;
  if (twins > 1 || copies > 1 || ![...lead, ...trail].some(isTelling)) return undefined;
  const starts = edges(lines, lead, 0).map((place) => place + lead.length);
  const ends = edges(lines, trail, lines.count - trail.length);
  const most = content.length * 2 + 20;
  const found = starts.flatMap((line) =>
    ends.filter((end) => line < end && end <= line + most).map((end) => ({ line, end })),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const count = only.end - only.line;
  return ownLines(lines, { line: only.line, count }, anchor).length > 0
    ? { line: only.line, count, same: false }
    : undefined;
}

/** Which lines of a place are lines of the code that are there, indented anew perhaps, and nowhere else. */
export function ownLines(
  lines: Lines,
  place: Pick<Place, 'line' | 'count'>,
  anchor: Pick<Anchor, 'content' | 'shared'>,
) {
  const { line, count } = place;
  const known = new Set(anchor.shared);
  const found = anchor.content
    .filter((one) => isTelling(one) && !known.has(one))
    .flatMap((one) => {
      const [only, ...others] = lines.numbersOf(one);
      return only !== undefined && others.length === 0 && lines.at(only) === one && only >= line && only < line + count
        ? [only]
        : [];
    });
  return [...new Set(found)];
}

/** Where lines around it are; fewer than there could be are at an end of the document. */
function edges(lines: Lines, around: readonly string[], atEnd: number): readonly number[] {
  if (around.length < linesAround) return saysAt(lines, atEnd, around) ? [atEnd] : [];
  return around.some(isTelling) ? placesSaying(lines, around) : [];
}

function nearest(places: readonly number[], to: number): number | undefined {
  return places.toSorted((one, other) => Math.abs(one - to) - Math.abs(other - to))[0];
}
