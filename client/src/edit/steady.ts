/** Keeps the person's cursor where it is while text comes into their document: the decision, apart from the doing. */
import type { Change } from '#shared/anchor.ts';
import { afterChanges } from '#shared/anchor.ts';
import type { Position, Range } from '#shared/place.ts';
import { placesAfter } from './textEdits.ts';

/**
 * Where a cursor should be after edits, where the editor itself would put it elsewhere; undefined: the editor is right.
 * An editor takes a cursor along with text that is inserted at it, and to the end of text that replaces what it was in.
 * A cursor at the start of a line goes with its line: it was there before the lines that come above it.
 */
export function steadyCursor(cursor: Position, edits: readonly Change[]): Position | undefined {
  const places = placesAfter(edits);
  for (const [index, { range, text }] of edits.entries()) {
    const place = places[index];
    if (place === undefined || text === '') continue;
    if (isSame(range.start, range.end)) {
      if (isSame(cursor, range.start) && cursor.character > 0) return place.start;
    } else if (isBefore(range.start, cursor) && isBefore(cursor, range.end)) {
      return within(cursor, range, place, text);
    }
  }
  return undefined;
}

/** Lines by which the text moves that an editor shows from a line on, when all edits are above it; else 0. */
export function linesAbove(firstVisible: number, edits: readonly Change[]): number {
  const top: Range = { start: { line: firstVisible, character: 0 }, end: { line: firstVisible, character: 0 } };
  if (edits.some(({ range }) => isBefore(top.start, range.end))) return 0;
  return afterChanges(top, edits.toReversed()).start.line - firstVisible;
}

/** The same line of the new text and the same column, as far as it goes. */
function within(cursor: Position, old: Range, place: Range, text: string): Position {
  const lines = text.split(/\r\n|\r|\n/);
  // Not behind the last line break: that is the line after the new text.
  const last = lines.length - (lines.at(-1) === '' ? 2 : 1);
  const index = Math.min(cursor.line - old.start.line, Math.max(last, 0));
  const before = index === 0 ? place.start.character : 0;
  const character = Math.min(cursor.character, before + (lines[index] ?? '').length);
  return { line: place.start.line + index, character: Math.max(character, before) };
}

function isSame(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
