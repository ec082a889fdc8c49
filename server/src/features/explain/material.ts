/** What an explanation is made from: the code with line numbers, what encloses it, what it imports. Pure. */
import type { Range } from '#shared/place.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { Refusal } from '../../ports.ts';
import { importsOf, type NumberedLine } from '../../text/imports.ts';
import { lineStartsOf } from '../../text/lines.ts';

export interface Material {
  readonly languageId: string;
  /** The explained lines, as they are in the document. */
  readonly code: string;
  /** Zero-based, of `code`. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The whole lines that `code` covers. */
  readonly range: Range;
  /** The symbol that is explained or that encloses the selection. */
  readonly symbol: string | undefined;
  /** First lines of the declarations around the code, outermost first. */
  readonly enclosing: readonly NumberedLine[];
  readonly imports: readonly NumberedLine[];
  /** Whether the end of the selection was left out because it is too long. */
  readonly isCut: boolean;
  /** Whole lines that were left out. */
  readonly linesLeftOut: number;
}

/** About 15,000 tokens. */
const mostCharacters = 60_000;
const longestDeclaration = 300;

/** Function-like and class-like (LSP SymbolKind): what a person means by "explain this" at a cursor. */
const explainable: ReadonlySet<number> = new Set([5, 6, 9, 10, 11, 12, 23]);

/**
 * The material for a range of a document. An empty range means the symbol around it, else the paragraph.
 * @throws Refusal when the range is outside the document, or there is nothing to explain.
 */
export function materialOf(
  document: { readonly text: string; readonly languageId: string },
  symbols: readonly CodeSymbol[],
  wanted: Range,
): Material {
  const starts = lineStartsOf(document.text);
  const lines = starts.map((start, line) => document.text.slice(start, starts[line + 1]).replace(/[\r\n]+$/, ''));
  const asked = ordered(wanted);
  if (asked.start.line >= lines.length)
    throw new Refusal('The selection is outside the document. Select the code again.', 'range');
  const around = symbols.filter((symbol) => holds(symbol.range, asked));
  const [firstLine, end] = linesToExplain(lines, around, asked);
  const code = document.text.slice(starts[firstLine], starts[end + 1]);
  if (code.trim() === '')
    throw new Refusal('There is no code here. Put the cursor into code, or select some.', 'empty');
  const kept = keep(code);
  const isCut = kept.length < code.length;
  // The last line break ends a line, it begins none.
  const lastLine = firstLine + lineStartsOf(kept.replace(/\r?\n$|\r$/, '')).length - 1;
  return {
    languageId: document.languageId,
    code: kept,
    firstLine,
    lastLine,
    range: {
      start: { line: firstLine, character: 0 },
      end: { line: lastLine, character: (lines[lastLine] ?? '').length },
    },
    symbol: around.findLast((symbol) => explainable.has(symbol.kind))?.name,
    enclosing: enclosingLines(lines, around, firstLine),
    imports: importsOf(lines).filter(({ line }) => line < firstLine || line > lastLine),
    isCut,
    linesLeftOut: isCut ? end - lastLine : 0,
  };
}

function ordered({ start, end }: Range): Range {
  const reversed = end.line < start.line || (end.line === start.line && end.character < start.character);
  return reversed ? { start: end, end: start } : { start, end };
}

function holds(outer: Range, inner: Range): boolean {
  return outer.start.line <= inner.start.line && inner.end.line <= outer.end.line;
}

/** First and last line to explain. */
function linesToExplain(
  lines: readonly string[],
  around: readonly CodeSymbol[],
  asked: Range,
): readonly [number, number] {
  const { start, end } = asked;
  if (start.line !== end.line || start.character !== end.character) {
    // A selection that ends at the start of a line does not mean that line.
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    return [start.line, Math.min(last, lines.length - 1)];
  }
  const symbol = around.findLast(({ kind }) => explainable.has(kind));
  if (symbol !== undefined) return [symbol.range.start.line, Math.min(symbol.range.end.line, lines.length - 1)];
  return paragraphAt(lines, start.line);
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

/** As many whole lines as the budget allows; a single endless line is cut. */
function keep(code: string): string {
  if (code.length <= mostCharacters) return code;
  const cut = code.slice(0, mostCharacters);
  const lineEnd = cut.lastIndexOf('\n');
  return lineEnd > 0 ? cut.slice(0, lineEnd + 1) : cut.replace(/[\ud800-\udbff]$/, '');
}

function enclosingLines(
  lines: readonly string[],
  around: readonly CodeSymbol[],
  firstLine: number,
): readonly NumberedLine[] {
  const declarations = new Set(around.map((symbol) => symbol.selection.start.line).filter((line) => line < firstLine));
  return [...declarations].map((line) => ({ line, text: (lines[line] ?? '').slice(0, longestDeclaration) }));
}
