/** Hunks counted in lines, as a person sees them. */
import type { Hunk } from '#shared/edits.ts';
import type { Range } from '#shared/place.ts';

export interface Lines {
  readonly first: number;
  readonly last: number;
}

export function isEmptyRange({ start, end }: Range): boolean {
  return start.line === end.line && start.character === end.character;
}

/** A range of whole lines ends at the start of the next one, which does not belong to it. */
export function linesOf({ start, end }: Range): Lines {
  return { first: start.line, last: end.character === 0 && end.line > start.line ? end.line - 1 : end.line };
}

/** Lines of a text; a line break at its end does not begin another one. */
export function countLines(text: string): number {
  if (text === '') return 0;
  return text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/).length;
}

/** How many lines a hunk adds and removes; nothing is known while it grows: old lines stand among the new ones. */
export function sizeOf({ before, after, growing }: Hunk): { readonly added: number; readonly removed: number } {
  return growing ? { added: 0, removed: 0 } : { added: countLines(after), removed: countLines(before) };
}

/** The hunk on a line: the smallest where several are. What is not in the document is where it would go. */
export function hunkAt(hunks: readonly Hunk[], line: number): Hunk | undefined {
  const length = ({ range }: Hunk): number => linesOf(range).last - linesOf(range).first;
  return hunks
    .filter(({ range }) => linesOf(range).first <= line && line <= linesOf(range).last)
    .toSorted((one, other) => length(one) - length(other))[0];
}
