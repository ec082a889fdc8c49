/** Some lines of an open document that are followed through its edits: where they are, and whether they still read as they did. Pure but for the piece itself. */
import type { Span } from '../text/spans.ts';
import { isTrivial } from '../text/wholeLines.ts';
import { type Anchor, anchorAt, findAgain, isBetween, ownLines, sameLines } from './anchor.ts';
import type { Remains } from './follow.ts';
import { type Lines, placesSaying, readsAt, saysAt } from './lines.ts';

export interface Piece extends Remains {
  span: Span;
  held: readonly Span[];
  /** How the lines read, and where that was when they last did. */
  anchor: Anchor;
  /** Indentation does not count. */
  readonly loose: boolean;
  seen: Seen;
  /** Where it is now is only likely: what it says has to bear it out. */
  isGuess: boolean;
}

export interface Seen {
  readonly state: 'current' | 'changed' | 'gone';
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Documents with more lines are not searched for copies whenever somebody types. */
export const mostLinesCounted = 20_000;

/** A piece at some lines of a document. */
export function pieceAt(lines: Lines, line: number, anchor: Anchor, loose: boolean): Piece {
  const lastLine = line + anchor.content.length - 1;
  const seen = { state: 'current', firstLine: line, lastLine } as const;
  const span = spanOf(lines, line, lastLine);
  return { span, held: [span], anchor, loose, seen, isGuess: false };
}

/** One that is not there: it stays in front of a line, for when it comes back. */
export function gonePiece(lines: Lines, line: number, anchor: Anchor, loose: boolean): Piece {
  const start = lines.starts[Math.min(line, lines.count - 1)] ?? 0;
  const seen = { state: 'gone', firstLine: line, lastLine: line } as const;
  return { span: { start, end: start }, held: [], anchor, loose, seen, isGuess: false };
}

/** Looks at the document as it is now. `searched`: what was taken away may have been put elsewhere. */
export function look(piece: Piece, lines: Lines, searched: boolean): Seen {
  piece.seen = seenNow(piece, lines, searched);
  piece.isGuess = false;
  return piece.seen;
}

function seenNow(piece: Piece, lines: Lines, searched: boolean): Seen {
  const { content } = piece.anchor;
  const [firstLine, lastLine] = linesOfSpan(piece.span, lines);
  const isGone = piece.span.end <= piece.span.start && content.some((line) => line !== '');
  if (
    !isGone &&
    lastLine - firstLine + 1 === content.length &&
    reads(piece, lines, firstLine) &&
    isSure(piece, lines, firstLine)
  )
    return settled(piece, lines, firstLine);
  const back = placeBefore(piece, lines, firstLine, lastLine);
  if (back !== undefined) return settled(piece, lines, back);
  if (!isGone && (piece.loose || hasSome(piece, lines, firstLine, lastLine)))
    return { state: 'changed', firstLine, lastLine };
  const found = searched ? findAgain(lines, piece.anchor) : undefined;
  if (found?.same) return settled(piece, lines, found.line);
  piece.held = [];
  if (found === undefined) return { state: 'gone', firstLine, lastLine: firstLine };
  const last = found.line + found.count - 1;
  piece.span = spanOf(lines, found.line, last);
  hasSome(piece, lines, found.line, last);
  return { state: 'changed', firstLine: found.line, lastLine: last };
}

/** Some of the code is still in these lines: what was never touched, or lines that are nowhere else. */
function hasSome(piece: Piece, lines: Lines, firstLine: number, lastLine: number): boolean {
  if (!piece.isGuess && piece.held.some(({ start, end }) => !isTrivial(lines.text.slice(start, end)))) return true;
  const place = { line: firstLine, count: lastLine - firstLine + 1 };
  piece.held = ownLines(lines, place, piece.anchor).map((line) => spanOf(lines, line, line));
  return piece.held.length > 0;
}

/** The lines are where they were guessed to be: they are what is found, or were there before and are nowhere else. */
function isSure({ isGuess, loose, anchor, seen }: Piece, lines: Lines, line: number): boolean {
  if (!isGuess || loose || sameLines(lines, anchor) === line) return true;
  return seen.state === 'current' && placesSaying(lines, anchor.content).length === 1;
}

function settled(piece: Piece, lines: Lines, line: number): Seen {
  const { anchor } = piece;
  const counts = !piece.loose && lines.count <= mostLinesCounted;
  const { copies, twins, twin, content, shared } = anchor;
  const now = anchorAt(lines, line, content.length, counts);
  piece.anchor = counts
    ? { ...now, copies: Math.max(now.copies, copies), shared: [...new Set([...shared, ...now.shared])] }
    : { ...now, copies, twins, twin, content, shared };
  const lastLine = line + content.length - 1;
  piece.span = spanOf(lines, line, lastLine);
  piece.held = [piece.span];
  return { state: 'current', firstLine: line, lastLine };
}

/** An undo brought it back: right where it is looked for it reads as it did, and most of it was there all the time, or it is the place that would be found anywhere. */
function placeBefore(piece: Piece, lines: Lines, firstLine: number, lastLine: number): number | undefined {
  const { anchor, held, isGuess } = piece;
  const found: number[] = [];
  for (let line = Math.max(0, firstLine - anchor.content.length - 1); line <= lastLine + 1; line++)
    if (reads(piece, lines, line)) found.push(line);
  const most = sizeOf(anchor.content.join('')) / 2;
  const own = isGuess ? [] : found.filter((line) => heldIn(held, lines, line, anchor.content.length) > most);
  if (own.length > 0) return onlyOne(own);
  if (found.length === 0) return undefined;
  if (piece.loose) return onlyOne(found.filter((line) => isBetween(lines, line, anchor)));
  const place = sameLines(lines, anchor);
  return found.find((line) => line === place);
}

function onlyOne(places: readonly number[]): number | undefined {
  return places.length > 1 ? undefined : places[0];
}

/** How much of what was never touched is in some lines. */
function heldIn(held: readonly Span[], lines: Lines, line: number, count: number): number {
  const { start, end } = spanOf(lines, line, line + count - 1);
  return held.reduce(
    (sum, one) => sum + sizeOf(lines.text.slice(Math.max(start, one.start), Math.max(start, Math.min(end, one.end)))),
    0,
  );
}

/** Characters that are not blank. */
function sizeOf(text: string): number {
  return text.replace(/\s/g, '').length;
}

function reads({ anchor, loose }: Piece, lines: Lines, line: number): boolean {
  return (loose ? saysAt : readsAt)(lines, line, anchor.content);
}

/** The whole lines that a span is in; one that ends where a line begins has nothing of that. */
function linesOfSpan({ start, end }: Span, lines: Lines): readonly [number, number] {
  const first = lines.lineOf(start);
  const last = lines.lineOf(end);
  return [first, last > first && lines.starts[last] === end ? last - 1 : last];
}

export function spanOf(lines: Lines, firstLine: number, lastLine: number): Span {
  return { start: lines.starts[firstLine] ?? lines.text.length, end: lines.endOf(Math.min(lastLine, lines.count - 1)) };
}
