/** One explanation in one open document: its code, and the lines that it cites or notes, each followed as a piece. */
import type { Range } from '#shared/place.ts';
import type { Span } from '../text/spans.ts';
import { type Anchor, anchorAt, findAgain, ownLines, type Place } from './anchor.ts';
import type { Followable } from './body.ts';
import { type Followed, mostHeld, type Remains } from './follow.ts';
import { contentOf, type Lines, readsAt, saysAt } from './lines.ts';
import { gonePiece, look, mostLinesCounted, type Piece, pieceAt, type Seen, spanOf } from './piece.ts';
import type { Cited, Held, Spot, Standing } from './spot.ts';

export interface Tracked {
  /** Of the record that it was made from. */
  readonly seq: number;
  /** Undefined where the document is only cited, or the explanation has no place. */
  readonly main: Piece | undefined;
  readonly inner: readonly Inner[];
}

/** A citation or a note. */
export interface Inner {
  readonly kind: 'cite' | 'note';
  readonly number: number;
  readonly piece: Piece;
  /** Counted from the first line of the code: as long as that reads as it did, it is there. */
  readonly offset: number | undefined;
}

/** A document at the version that a record's lines are of, and the way from there to now. */
export interface View {
  readonly lines: Lines;
  readonly then: Lines;
  follow(remains: Remains): Followed;
}

export function piecesOf({ main, inner }: Tracked): readonly Piece[] {
  return [...(main === undefined ? [] : [main]), ...inner.map(({ piece }) => piece)];
}

export function lookAt({ main, inner }: Tracked, lines: Lines): void {
  if (main !== undefined) look(main, lines, true);
  for (const { piece, offset } of inner) {
    if (main?.seen.state === 'current' && offset !== undefined) {
      const line = main.seen.firstLine + offset;
      piece.span = spanOf(lines, line, line + piece.anchor.content.length - 1);
      piece.held = [piece.span];
    }
    look(piece, lines, false);
  }
}

/** What a record needs to be followed. */
export interface Subject {
  readonly seq: number;
  readonly record: Followable;
  readonly uri: string;
  readonly cited: readonly Cited[];
}

/** Of a record that was made just now, for lines of `view.then`. Where nobody said of which version they are, what was followed already (`earlier`) is followed on. */
export function tracked(subject: Subject, view: View, here: string, earlier: Tracked | undefined): Tracked {
  const { seq, record, uri } = subject;
  const before = record.version === undefined && earlier?.main?.seen.state !== 'gone' ? earlier : undefined;
  const line = record.range.start.line;
  const code = uri === here ? codeOf(record, view.then) : undefined;
  const main = code === undefined ? undefined : mainPiece(code, line, view, before?.main);
  const inner = innerOf(subject, here).map((wanted): Inner => {
    const { kind, number, content } = wanted;
    const known = before?.inner.find((one) => one.kind === kind && one.number === number);
    if (known !== undefined && areSame(known.piece.anchor.content, content)) return known;
    if (record.version === undefined) return innerAgain(view.lines, wanted, main, { line, first: line });
    const offset = main === undefined ? undefined : offsetOf(main, content, wanted.line - line);
    return { kind, number, offset, piece: pieceThen(content, wanted.line, view, true) };
  });
  return { seq, main, inner };
}

/** Of a record that is looked for in a document that may have been changed meanwhile. */
export function foundAgain(
  subject: Subject & { readonly spot: Spot | undefined; readonly standing: Standing },
  lines: Lines,
  here: string,
): Tracked {
  const { seq, record, uri, spot, standing } = subject;
  const code = codeOf(record, lines);
  const line = standing.range.start.line;
  const main = uri === here && code !== undefined ? restored(lines, spot ?? { anchor: bare(code, line) }) : undefined;
  const first = record.range.start.line;
  const inner = innerOf(subject, here).map((wanted) => innerAgain(lines, wanted, main, { line, first }));
  return { seq, main, inner };
}

/** @param at where the code began: when it was seen last (`line`), and in the record (`first`). */
function innerAgain(lines: Lines, wanted: Wanted, main: Piece | undefined, at: { line: number; first: number }): Inner {
  const { kind, number, line: then, content } = wanted;
  const shift = main === undefined ? 0 : main.seen.firstLine - at.line;
  const isNote = kind === 'note';
  const offset = main === undefined ? undefined : offsetOf(main, content, then - (isNote ? at.first : at.line));
  const place = innerPlace(lines, content, { main, offset, then, shift, isNote });
  return { kind, number, offset, piece: innerPiece(lines, content, place ?? Math.max(0, then + shift), place) };
}

/** What is kept of it on disk; undefined where it has no place in this document. */
export function spotOf({ main }: Tracked, lines: Lines): Spot | undefined {
  if (main === undefined) return undefined;
  const { state, firstLine, lastLine } = main.seen;
  const counts = lines.count <= mostLinesCounted;
  return {
    anchor: main.anchor,
    ...(state === 'changed'
      ? { now: anchorAt(lines, firstLine, lastLine - firstLine + 1, counts), held: heldIn(main, lines) }
      : {}),
  };
}

/** What still is some of the code, line by line. */
function heldIn({ held, seen }: Piece, lines: Lines): readonly Held[] {
  return held
    .flatMap(({ start, end }) => {
      const [first, last] = [lines.lineOf(start), lines.lineOf(Math.max(start, end - 1))];
      return Array.from({ length: last - first + 1 }, (_, index): Held => {
        const line = first + index;
        const from = lines.starts[line] ?? 0;
        return [line - seen.firstLine, Math.max(start, from) - from, Math.min(end, lines.endOf(line)) - from];
      });
    })
    .filter(([line, from, to]) => line >= 0 && line <= seen.lastLine - seen.firstLine && from < to)
    .slice(0, mostHeld);
}

/** The range of its code now; characters are those of the lines that were explained. */
export function rangeOf({ state, firstLine, lastLine }: Seen, lines: Lines, { start, end }: Range): Range {
  if (state === 'current')
    return {
      start: { line: firstLine, character: start.character },
      end: { line: firstLine + end.line - start.line, character: end.character },
    };
  const first = { line: Math.min(firstLine, lines.count - 1), character: 0 };
  if (state === 'gone') return { start: first, end: first };
  const last = Math.min(lastLine, lines.count - 1);
  return { start: first, end: { line: last, character: lines.endOf(last) - (lines.starts[last] ?? 0) } };
}

/** Undefined where there is no code that is bound to a place. The last line of code that was cut is taken whole. */
function codeOf({ code, kind, range }: Followable, lines: Lines): readonly string[] | undefined {
  const content = contentOf(code);
  if (kind === 'terminal' || content.every((line) => line === '')) return undefined;
  const head = content.slice(0, -1);
  const last = lines.at(range.start.line + head.length);
  const isCut = last.startsWith(content.at(-1) ?? '') && readsAt(lines, range.start.line, head);
  return isCut ? [...head, last] : content;
}

function mainPiece(content: readonly string[], line: number, view: View, earlier: Piece | undefined): Piece {
  if (earlier !== undefined && areSame(earlier.anchor.content, content)) return earlier;
  if (readsAt(view.then, line, content)) return pieceThen(content, line, view, false);
  // Nobody said of which version it is.
  const piece = restored(view.lines, { anchor: bare(content, line) });
  return piece.seen.state === 'gone' ? pieceThen(content, line, view, false) : piece;
}

function pieceThen(content: readonly string[], line: number, { lines, then, follow }: View, loose: boolean): Piece {
  const counts = !loose && then.count <= mostLinesCounted;
  const first = Math.min(line, then.count - 1);
  const piece = pieceAt(then, first, { ...anchorAt(then, first, content.length, counts), content }, loose);
  Object.assign(piece, follow(piece));
  look(piece, lines, !loose);
  return piece;
}

/** Nothing is known of the lines around it. */
function bare(content: readonly string[], line: number): Anchor {
  return { content, lead: [], trail: [], line, copies: 1, twins: 1, twin: 0, shared: [] };
}

function restored(lines: Lines, { anchor, now, held = [] }: Spot): Piece {
  const isBare = anchor.lead.length === 0 && anchor.trail.length === 0;
  if (isBare && readsAt(lines, anchor.line, anchor.content)) return settledAt(lines, anchor.line, anchor);
  const changed = now === undefined ? undefined : findAgain(lines, now);
  if (changed?.same) return changedAt(lines, changed, anchor, spansOf(lines, changed.line, held));
  const found = findAgain(lines, anchor);
  if (found?.same) return settledAt(lines, found.line, anchor);
  const place = found ?? changed;
  if (place === undefined) return gonePiece(lines, anchor.line, anchor, false);
  const content = [...anchor.content, ...(now === undefined ? [] : ownOf(now.content, held))];
  const shared = [...anchor.shared, ...(now?.shared ?? [])];
  const own = ownLines(lines, place, { content, shared });
  return changedAt(
    lines,
    place,
    anchor,
    own.map((line) => spanOf(lines, line, line)),
  );
}

function spansOf(lines: Lines, first: number, held: readonly Held[]): readonly Span[] {
  return held.map(([line, from, to]) => {
    const start = lines.starts[first + line] ?? lines.text.length;
    return { start: start + from, end: Math.min(start + to, lines.endOf(first + line)) };
  });
}

/** Those lines of which most is some of the code. */
function ownOf(content: readonly string[], held: readonly Held[]): readonly string[] {
  return content.filter((said, number) => {
    const size = held.reduce((sum, [line, from, to]) => sum + (line === number ? to - from : 0), 0);
    return size > said.length / 2;
  });
}

function settledAt(lines: Lines, line: number, anchor: Anchor): Piece {
  const piece = pieceAt(lines, line, anchor, false);
  look(piece, lines, false);
  return piece;
}

/** @param held what is some of the code. */
function changedAt(lines: Lines, { line, count }: Place, anchor: Anchor, held: readonly Span[]): Piece {
  const piece = pieceAt(lines, line, anchor, false);
  piece.span = spanOf(lines, line, line + count - 1);
  piece.held = held;
  look(piece, lines, false);
  return piece;
}

interface Wanted {
  readonly kind: Inner['kind'];
  readonly number: number;
  /** In the document, as the record has it. */
  readonly line: number;
  readonly content: readonly string[];
}

/** What was never verified is not followed: it can become nothing else. */
function innerOf({ record, uri, cited }: Subject, here: string): readonly Wanted[] {
  const cites = cited
    .filter((one) => one.state !== 'unverified' && (one.uri ?? uri) === here)
    .flatMap(({ number, firstLine }): readonly Wanted[] => {
      const quote = record.quotes[number];
      return quote === undefined || quote.trim() === ''
        ? []
        : [{ kind: 'cite', number, line: firstLine, content: contentOf(quote) }];
    });
  if (uri !== here) return cites;
  const first = record.range.start.line;
  const notes = record.notes.map(
    ({ line, quote }, number): Wanted => ({ kind: 'note', number, line: first + line, content: [quote.trim()] }),
  );
  return [...cites, ...notes];
}

/** At which line of the code it is: where it was said to be, or the only one that reads so. */
function offsetOf({ anchor }: Piece, content: readonly string[], said: number): number | undefined {
  const { content: code } = anchor;
  const isAt = (at: number) =>
    at >= 0 &&
    at + content.length <= code.length &&
    content.every((one, index) => code[at + index]?.trim() === one.trim());
  if (isAt(said)) return said;
  const places = code.flatMap((_, at) => (isAt(at) ? [at] : []));
  return places.length === 1 ? places[0] : undefined;
}

interface Whereabouts {
  readonly main: Piece | undefined;
  readonly offset: number | undefined;
  readonly then: number;
  readonly shift: number;
  readonly isNote: boolean;
}

/** Where it reads as quoted: in its code, or, where that has changed or is elsewhere, at the only place there is. */
function innerPlace(lines: Lines, content: readonly string[], at: Whereabouts): number | undefined {
  const { main, offset, then, shift, isNote } = at;
  if (main?.seen.state === 'current' && offset !== undefined) return main.seen.firstLine + offset;
  const says = (line: number) => saysAt(lines, line, content);
  if (main !== undefined && (offset !== undefined || isNote)) {
    const { state, firstLine, lastLine } = main.seen;
    if (state === 'gone') return undefined;
    const places = Array.from({ length: lastLine - firstLine + 1 }, (_, index) => firstLine + index).filter(says);
    return places.length === 1 ? places[0] : undefined;
  }
  if (isNote) return undefined;
  return [then, then + shift].find(says);
}

function innerPiece(lines: Lines, content: readonly string[], line: number, place: number | undefined): Piece {
  const first = Math.min(line, lines.count - 1);
  const anchor = { ...anchorAt(lines, first, content.length, false), content };
  if (place === undefined) return gonePiece(lines, first, anchor, true);
  const piece = pieceAt(lines, first, anchor, true);
  look(piece, lines, false);
  return piece;
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
