/** Where a thread appears, so that the person who asked sees it. */
import type { Range } from '#shared/place.ts';

/** Beyond every line; the document cuts it back to the line that is there. */
const endOfLine = 2 ** 31 - 1;

/** Lines that an editor shows, first and last. */
export interface VisibleLines {
  readonly first: number;
  readonly last: number;
}

/**
 * The range to attach a thread to: it opens under the last line. Below the code where that is in view, else below
 * the first line of the code that is. The code that is explained stays what it is.
 */
export function spotFor(code: Range, visible: readonly VisibleLines[]): Range {
  const range = withoutEmptyLastLine(code);
  const isVisible = (line: number) => visible.some(({ first, last }) => first <= line && line <= last);
  if (visible.length === 0 || isVisible(range.end.line)) return range;
  const line = firstVisible(range, visible);
  return line === undefined ? range : { start: { line, character: 0 }, end: { line, character: 0 } };
}

/** Whether a thread under this line would be out of sight, or almost. */
export function isCramped(line: number, visible: readonly VisibleLines[]): boolean {
  const last = Math.max(...visible.map((lines) => lines.last));
  return visible.length > 0 && last - line < linesForThread;
}

const linesForThread = 10;

/** A selection of whole lines ends at the start of the next one, which does not belong to it. */
function withoutEmptyLastLine({ start, end }: Range): Range {
  if (end.character > 0 || end.line <= start.line) return { start, end };
  return { start, end: { line: end.line - 1, character: endOfLine } };
}

function firstVisible({ start, end }: Range, visible: readonly VisibleLines[]): number | undefined {
  const lines = visible
    .filter(({ first, last }) => first <= end.line && start.line <= last)
    .map(({ first }) => Math.max(first, start.line));
  return lines.length === 0 ? undefined : Math.min(...lines);
}
