/** Where a piece of code is after the document was edited around it. */
import type { Position, Range } from './place.ts';

/** An edit as the editor reports it: the range that was replaced, and the new text. */
export interface Change {
  readonly range: Range;
  readonly text: string;
}

/**
 * The range after a change. Text inserted at its start or end stays outside; what is cut from it makes it smaller;
 * replaced as a whole it becomes what came instead.
 */
export function afterChange(range: Range, change: Change): Range {
  if (isEmpty(range)) {
    const point = startAfter(range.start, change);
    return { start: point, end: point };
  }
  if (covers(change.range, range)) return { start: change.range.start, end: newEnd(change) };
  return { start: startAfter(range.start, change), end: endAfter(range.end, change) };
}

/** The range after the changes of one event, which the editor reports from the last in the document to the first. */
export function afterChanges(range: Range, changes: readonly Change[]): Range {
  return changes.reduce(afterChange, range);
}

function isEmpty(range: Range): boolean {
  return isSamePosition(range.start, range.end);
}

export function isSameRange(one: Range, other: Range): boolean {
  return isSamePosition(one.start, other.start) && isSamePosition(one.end, other.end);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function startAfter(start: Position, change: Change): Position {
  const { start: from, end: to } = change.range;
  if (isBefore(start, from)) return start;
  if (isSamePosition(start, from) && isBefore(from, to)) return start;
  return isBefore(start, to) ? newEnd(change) : shifted(start, change);
}

function endAfter(end: Position, change: Change): Position {
  const { start: from, end: to } = change.range;
  if (!isBefore(from, end)) return end;
  return isBefore(end, to) ? from : shifted(end, change);
}

/** A position behind the change. */
function shifted(position: Position, change: Change): Position {
  const old = change.range.end;
  const end = newEnd(change);
  const line = position.line - old.line + end.line;
  if (position.line !== old.line) return { line, character: position.character };
  return { line, character: position.character - old.character + end.character };
}

/** Where the new text ends. */
function newEnd({ range: { start }, text }: Change): Position {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return { line: start.line + lines.length - 1, character: (lines.length === 1 ? start.character : 0) + last.length };
}

function covers(outer: Range, inner: Range): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function isSamePosition(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}
