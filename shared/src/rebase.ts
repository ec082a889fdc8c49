/** Moves edits of a document over the changes that were made to it meanwhile, if none of them touched the same place (threats R27). */
import { afterChange, type Change } from './anchor.ts';
import type { Position, Range } from './place.ts';

/**
 * The same edits for the document after the changes, which are in the order in which they happened; `touched` when a
 * change reached into a range, or anything happened at the point that an empty range is. Insertions at the start or end of
 * another range stay outside of it.
 */
export function rebased<Edit extends { readonly range: Range }>(
  edits: readonly Edit[],
  changes: readonly Change[],
): readonly Edit[] | 'touched' {
  const moved: Edit[] = [];
  for (const edit of edits) {
    const range = rangeAfter(edit.range, changes);
    if (range === undefined) return 'touched';
    moved.push({ ...edit, range });
  }
  return moved;
}

function rangeAfter(range: Range, changes: readonly Change[]): Range | undefined {
  let moved = range;
  for (const change of changes) {
    if (isNothing(change)) continue;
    if (isTouched(moved, change.range) || isAtPoint(moved, change)) return undefined;
    moved = afterChange(moved, change);
  }
  return moved;
}

function isNothing({ range, text }: Change): boolean {
  return text === '' && isEmpty(range);
}

/** Inserted where an empty range is: which of the two comes first is not ours to say. */
function isAtPoint(range: Range, { range: changed }: Change): boolean {
  return isEmpty(range) && isEmpty(changed) && isSame(range.start, changed.start);
}

function isTouched({ start, end }: Range, changed: Range): boolean {
  return isBefore(changed.start, end) && isBefore(start, changed.end);
}

function isEmpty({ start, end }: Range): boolean {
  return isSame(start, end);
}

function isSame(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
