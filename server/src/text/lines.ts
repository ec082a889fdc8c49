/** Lines and positions of a text, as LSP counts them: `\n`, `\r\n` and `\r` end a line, characters are UTF-16 code units. */
import type { Position } from '#shared/place.ts';

/** Offsets at which each line starts; the first is 0. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  // Engines look for one character far faster than code can look at each: it counts in texts of megabytes.
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed >= 0 || carriage >= 0) {
    const isPair = carriage >= 0 && feed === carriage + 1;
    const end = isPair || carriage < 0 || (feed >= 0 && feed < carriage) ? feed : carriage;
    starts.push(end + 1);
    if (carriage >= 0 && carriage <= end) carriage = text.indexOf('\r', end + 1);
    if (feed >= 0 && feed <= end) feed = text.indexOf('\n', end + 1);
  }
  return starts;
}

/** The offset of a position. One beyond the line's end means its end (LSP section "Position"); one inside a surrogate pair, the pair's start. */
export function offsetAt(text: string, starts: readonly number[], position: Position): number {
  const start = starts[position.line];
  if (start === undefined) return text.length;
  const next = starts[position.line + 1] ?? text.length;
  const offset = Math.min(start + position.character, endOfLine(text, start, next));
  return splitsPair(text, offset) ? offset - 1 : offset;
}

/** The line that begins at or before an offset; of one beyond the text the last. */
export function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Gives positions for offsets of a text. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = lineStartsOf(text);
  return (offset) => {
    const line = lineAt(starts, offset);
    return { line, character: offset - (starts[line] ?? 0) };
  };
}

function endOfLine(text: string, start: number, next: number): number {
  let end = next;
  while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return end;
}

function splitsPair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
