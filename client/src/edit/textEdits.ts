/** What edits make of a text: the result, where the new pieces are, and the way back. Edits are in the order of the document and do not overlap. */
import type { Change } from '#shared/anchor.ts';
import type { Position, Range } from '#shared/place.ts';

export type EndOfLine = '\n' | '\r\n';

/** The text as an editor puts it into a document with these line ends. */
export function withLineEnds(text: string, endOfLine: EndOfLine): string {
  return text.replaceAll(/\r\n|\r|\n/g, endOfLine);
}

export function textAfter(text: string, edits: readonly Change[], endOfLine: EndOfLine): string {
  const offsets = offsetsIn(text);
  const parts: string[] = [];
  let done = 0;
  for (const { range, text: inserted } of edits) {
    parts.push(text.slice(done, offsets(range.start)), withLineEnds(inserted, endOfLine));
    done = offsets(range.end);
  }
  return [...parts, text.slice(done)].join('');
}

/** Where the new text of each edit is, after all of them. */
export function placesAfter(edits: readonly Change[]): readonly Range[] {
  let last: { readonly old: Position; readonly now: Position } | undefined;
  return edits.map(({ range, text }) => {
    const start = last === undefined ? range.start : shifted(range.start, last.old, last.now);
    const end = endOf(start, text);
    last = { old: range.end, now: end };
    return { start, end };
  });
}

/** What takes the edits back, for the text after them. */
export function inverseOf(text: string, edits: readonly Change[]): readonly Change[] {
  const offsets = offsetsIn(text);
  const places = placesAfter(edits);
  return edits.flatMap(({ range }, index) => {
    const place = places[index];
    return place === undefined ? [] : [{ range: place, text: text.slice(offsets(range.start), offsets(range.end)) }];
  });
}

/** An edit that an editor does not even report. */
export function isNothing({ range: { start, end }, text }: Change): boolean {
  return text === '' && start.line === end.line && start.character === end.character;
}

/**
 * Whether the changes that an editor reported are these edits, in whatever order. Blanks of empty lines may go with them:
 * an editor takes back what it has indented by itself.
 */
export function areSameChanges(reported: readonly Change[], edits: readonly Change[], endOfLine: EndOfLine): boolean {
  const left = new Map<string, number>();
  for (const edit of edits) {
    const key = keyOf(edit, endOfLine);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  let found = 0;
  for (const change of reported) {
    const key = keyOf(change, endOfLine);
    const count = left.get(key) ?? 0;
    if (count > 0) found += 1;
    else if (!isTrim(change)) return false;
    left.set(key, count - 1);
  }
  return found === edits.length;
}

function isTrim({ range: { start, end }, text }: Change): boolean {
  return text === '' && start.character === 0 && start.line === end.line;
}

function keyOf({ range: { start, end }, text }: Change, endOfLine: EndOfLine): string {
  return `${start.line}:${start.character} ${end.line}:${end.character} ${withLineEnds(text, endOfLine)}`;
}

/** Where a text ends that starts here. */
function endOf(start: Position, text: string): Position {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return { line: start.line + lines.length - 1, character: (lines.length === 1 ? start.character : 0) + last.length };
}

/** A position behind an edit that ended at `old` and ends at `now`. */
function shifted({ line, character }: Position, old: Position, now: Position): Position {
  return {
    line: line - old.line + now.line,
    character: line === old.line ? character - old.character + now.character : character,
  };
}

/** Positions as offsets; those beyond the end of a line or of the text are cut back to it. */
export function offsetsIn(text: string): (position: Position) => number {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return ({ line, character }) => {
    const start = starts[line];
    if (start === undefined) return text.length;
    const next = starts[line + 1];
    const length = next === undefined ? text.length : start + text.slice(start, next).replace(/[\r\n]+$/, '').length;
    return Math.min(start + character, length);
  };
}
