/** Some lines of an open document that are followed through its edits: where they are, and whether they still read as they did. Pure but for the piece itself. */
import type { Span } from '../text/spans.ts';
import { type Anchor, anchorAt, findAgain, hasOwnLine, isBetween, isLike } from './anchor.ts';
import { type Lines, placesOf, readsAt, saysAt } from './lines.ts';

export interface Piece {
  span: Span;
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
  return { span: spanOf(lines, line, lastLine), anchor, loose, seen, isGuess: false };
}

/** One that is not there: it stays in front of a line, for when it comes back. */
export function gonePiece(lines: Lines, line: number, anchor: Anchor, loose: boolean): Piece {
  const start = lines.starts[Math.min(line, lines.count - 1)] ?? 0;
  const seen = { state: 'gone', firstLine: line, lastLine: line } as const;
  return { span: { start, end: start }, anchor, loose, seen, isGuess: false };
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
  const count = lastLine - firstLine + 1;
  const isChanged = piece.isGuess
    ? hasOwnLine(lines, firstLine, count, content)
    : isLike(lines, firstLine, count, piece.anchor);
  if (!isGone && (piece.loose || isChanged)) return { state: 'changed', firstLine, lastLine };
  const found = searched ? findAgain(lines, piece.anchor) : undefined;
  if (found?.same) return settled(piece, lines, found.line);
  if (found === undefined) return { state: 'gone', firstLine, lastLine: firstLine };
  piece.span = spanOf(lines, found.line, found.line + found.count - 1);
  return { state: 'changed', firstLine: found.line, lastLine: found.line + found.count - 1 };
}

/** The lines are where they were guessed to be: nowhere else they read so, or not with the same lines around. */
function isSure({ isGuess, loose, anchor }: Piece, lines: Lines, line: number): boolean {
  return !isGuess || loose || isBetween(lines, line, anchor) || placesOf(lines, anchor.content).length === 1;
}

function settled(piece: Piece, lines: Lines, line: number): Seen {
  const { anchor } = piece;
  const counts = !piece.loose && lines.count <= mostLinesCounted;
  const { copies, twins, twin, content } = anchor;
  const now = anchorAt(lines, line, content.length, counts);
  piece.anchor = counts ? now : { ...now, copies, twins, twin, content };
  const lastLine = line + content.length - 1;
  piece.span = spanOf(lines, line, lastLine);
  return { state: 'current', firstLine: line, lastLine };
}

/** An undo brought it back: it reads as it did, between the lines that were around it, right where it is looked for. */
function placeBefore(piece: Piece, lines: Lines, firstLine: number, lastLine: number): number | undefined {
  const found: number[] = [];
  for (let line = Math.max(0, firstLine - piece.anchor.content.length - 1); line <= lastLine + 1; line++)
    if (reads(piece, lines, line) && isBetween(lines, line, piece.anchor)) found.push(line);
  return found.length === 1 ? found[0] : undefined;
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
