/** What a person means by a place in a document: the lines of a selection, or the function, class or paragraph around the cursor. Pure. */
import type { Position, Range } from '#shared/place.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { isWordCode } from './around.ts';

/** Function-like and class-like (LSP SymbolKind): what "this" is at a cursor. */
const wholeThings: ReadonlySet<number> = new Set([5, 6, 9, 10, 11, 12, 23]);

export interface Meant {
  /** Zero-based first and last line. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Symbols around the place, outermost first. */
  readonly around: readonly CodeSymbol[];
  /** The innermost function or class among them. */
  readonly symbol: CodeSymbol | undefined;
}

/** The lines that are meant by a range of a document with these lines and symbols. */
export function meantBy(lines: readonly string[], symbols: readonly CodeSymbol[], wanted: Range): Meant {
  const asked = ordered(wanted);
  const around = symbols.filter((symbol) => holds(symbol.range, asked));
  const symbol = around.findLast(({ kind }) => wholeThings.has(kind));
  const [firstLine, lastLine] = linesOf(lines, symbol, asked);
  return { firstLine, lastLine, around, symbol };
}

export function ordered({ start, end }: Range): Range {
  const reversed = end.line < start.line || (end.line === start.line && end.character < start.character);
  return reversed ? { start: end, end: start } : { start, end };
}

/** The word at a position, or that ends there. */
export function wordAt(line: string, character: number): { readonly text: string; readonly start: number } | undefined {
  let start = Math.min(character, line.length);
  let end = start;
  while (start > 0 && isWordCode(line.charCodeAt(start - 1))) start--;
  while (end < line.length && isWordCode(line.charCodeAt(end))) end++;
  return start === end ? undefined : { text: line.slice(start, end), start };
}

function holds(outer: Range, inner: Range): boolean {
  return outer.start.line <= inner.start.line && inner.end.line <= outer.end.line;
}

function linesOf(
  lines: readonly string[],
  symbol: CodeSymbol | undefined,
  { start, end }: Range,
): readonly [number, number] {
  if (!isSame(start, end)) {
    // A selection that ends at the start of a line does not mean that line.
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    return [start.line, Math.min(last, lines.length - 1)];
  }
  if (symbol !== undefined) return [symbol.range.start.line, Math.min(symbol.range.end.line, lines.length - 1)];
  return paragraphAt(lines, start.line);
}

function isSame(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}

/** The lines around one that are not blank. */
function paragraphAt(lines: readonly string[], line: number): readonly [number, number] {
  const isBlank = (at: number) => (lines[at] ?? '').trim() === '';
  let first = line;
  let last = line;
  while (first > 0 && !isBlank(first - 1) && !isBlank(line)) first--;
  while (last < lines.length - 1 && !isBlank(last + 1) && !isBlank(line)) last++;
  return [first, last];
}
