/** Finds a piece of text again in a document that was changed while nobody watched: by what it says, and by the lines around it. Pure. */
import type { Span } from './spans.ts';

/** What is kept of a place so that it can be found again. */
export interface Anchor {
  /** What stands there; may be empty. */
  readonly content: string;
  /** Whole lines in front of it, and behind it; empty at the ends of the document. */
  readonly lead: string;
  readonly trail: string;
  /** Where it was, in UTF-16 code units. */
  readonly start: number;
}

export interface FoundAgain {
  readonly span: Span;
  /** It reads as it did; otherwise only the lines around it are the same. */
  readonly same: boolean;
}

const linesAround = 3;
/** Between the lines around it there may be so many characters more than there were. */
const mostGrowth = 4_000;
/** Places that read the same beyond so many are not looked at. */
const mostPlaces = 2_000;

export function anchorAt(text: string, { start, end }: Span): Anchor {
  return { content: text.slice(start, end), lead: linesBefore(text, start), trail: linesAfter(text, end), start };
}

/** The place, or undefined where it is gone or might be one of several. */
export function findAgain(text: string, anchor: Anchor): FoundAgain | undefined {
  const same = anchor.content === '' ? betweenExactly(text, anchor) : byContent(text, anchor);
  if (same !== undefined) return { span: same, same: true };
  const around = between(text, anchor);
  return around === undefined ? undefined : { span: around, same: false };
}

/**
 * The place beyond doubt, for who takes away what stands there: all lines around it are there, once, and nowhere with
 * `before` between them, which was there before. Others may have written what reads the same.
 */
export function findSurely(text: string, anchor: Anchor, before: string): Span | undefined {
  const [only, another] = wholePlaces(text, anchor, anchor.content);
  if (only === undefined || another !== undefined || wholePlaces(text, anchor, before).length > 0) return undefined;
  const start = only + anchor.lead.length;
  return { start, end: start + anchor.content.length };
}

/** Where fewer lines are around it, that is an end of the document. */
function wholePlaces(text: string, { lead, trail }: Anchor, content: string): readonly number[] {
  const whole = lead + content + trail;
  const isShort = (lines: string) => lineEndsIn(lines) < linesAround;
  return occurrences(text, whole).filter(
    (at) => (at === 0 || !isShort(lead)) && (at + whole.length === text.length || !isShort(trail)),
  );
}

function lineEndsIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** Of the places that read the same the one with the same lines around it; without those only a place that is the only one. */
function byContent(text: string, anchor: Anchor): Span | undefined {
  const places = occurrences(text, anchor.content);
  const rated = places.map((start) => ({ start, score: scoreOf(text, anchor, start) }));
  const best = Math.max(...rated.map(({ score }) => score), 0);
  const candidates = rated.filter(({ score }) => score === best);
  const [only] = candidates;
  if (only === undefined || (candidates.length > 1 && best === 0)) return undefined;
  const nearest = candidates.reduce((one, other) =>
    Math.abs(other.start - anchor.start) < Math.abs(one.start - anchor.start) ? other : one,
  );
  return { start: nearest.start, end: nearest.start + anchor.content.length };
}

/** How many of its two neighbours are there. */
function scoreOf(text: string, { content, lead, trail }: Anchor, start: number): number {
  const hasLead = lead === '' ? start === 0 : text.endsWith(lead, start);
  const hasTrail =
    trail === '' ? start + content.length === text.length : text.startsWith(trail, start + content.length);
  return Number(hasLead) + Number(hasTrail);
}

function betweenExactly(text: string, { lead, trail, start: was }: Anchor): Span | undefined {
  if (lead === '' && trail === '') return text === '' ? { start: 0, end: 0 } : undefined;
  const places = occurrences(text, lead + trail).map((at) => at + lead.length);
  const fitting = places.filter((at) => (lead !== '' || at === 0) && (trail !== '' || at === text.length));
  const [first] = fitting;
  if (first === undefined) return undefined;
  const at = fitting.reduce((one, other) => (Math.abs(other - was) < Math.abs(one - was) ? other : one), first);
  return { start: at, end: at };
}

/** What stands between the lines that were around it, where that is one place only. */
function between(text: string, { content, lead, trail }: Anchor): Span | undefined {
  const leads = lead === '' ? [0] : occurrences(text, lead).map((at) => at + lead.length);
  const found = leads.flatMap((start): readonly Span[] => {
    const limit = start + content.length + mostGrowth;
    const end = trail === '' ? text.length : text.indexOf(trail, start);
    return end < start || end > limit ? [] : [{ start, end }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** At the starts of lines. */
function occurrences(text: string, part: string): readonly number[] {
  const places: number[] = [];
  if (part === '') return places;
  for (let at = text.indexOf(part); at >= 0 && places.length < mostPlaces; at = text.indexOf(part, at + 1))
    if (at === 0 || isLineEnd(text.charCodeAt(at - 1))) places.push(at);
  return places;
}

function linesBefore(text: string, start: number): string {
  let at = start;
  for (let lines = 0; lines < linesAround && at > 0; lines++) {
    at--;
    while (at > 0 && !isLineEnd(text.charCodeAt(at - 1))) at--;
  }
  return text.slice(at, start);
}

function linesAfter(text: string, end: number): string {
  let at = end;
  for (let lines = 0; lines < linesAround && at < text.length; lines++) {
    while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at++;
    if (at < text.length) at++;
  }
  return text.slice(end, at);
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
