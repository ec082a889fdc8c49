/** What tells most of a declaration in few lines: its comment, its head, the heads of its members, a short body. Pure. */
import type { CodeSymbol } from '#shared/symbols.ts';
import type { NumberedLine } from '../../text/imports.ts';

/** A declaration that is not longer is shown whole. */
const shortest = 12;
const mostHeadLines = 8;
const mostCommentLines = 12;
const mostMembers = 30;
/** Of a type without members that the outline sees: fields, variants. */
const mostTypeLines = 40;
const longestLine = 300;

/** LSP SymbolKind: class, enum, interface, object, struct, and what else holds members. */
const types: ReadonlySet<number> = new Set([2, 3, 5, 10, 11, 19, 23, 26]);

/**
 * The lines worth reading of what is declared at a line of a document.
 * @param symbols All symbols of the document, in its order.
 */
export function declarationAt(
  lines: readonly string[],
  symbols: readonly CodeSymbol[],
  line: number,
): readonly NumberedLine[] {
  const symbol = symbols.findLast(({ range, selection }) => selection.start.line === line || range.start.line === line);
  const first = symbol?.range.start.line ?? line;
  const last = Math.min(symbol?.range.end.line ?? endOfStatement(lines, line), lines.length - 1);
  const chosen = [
    ...commentAbove(lines, first),
    ...(last - first < shortest || symbol === undefined
      ? span(first, last)
      : partsOf(lines, symbols, symbol, { first, last })),
  ];
  return [...new Set(chosen)].map((at) => ({ line: at, text: (lines[at] ?? '').slice(0, longestLine) }));
}

function partsOf(
  lines: readonly string[],
  symbols: readonly CodeSymbol[],
  symbol: CodeSymbol,
  { first, last }: { readonly first: number; readonly last: number },
): readonly number[] {
  const head = span(first, headEnd(lines, symbol.selection.start.line, last));
  const below = (head.at(-1) ?? first) + 1;
  if (!types.has(symbol.kind)) return [...head, ...docstring(lines, below, last)];
  const members = symbols.filter(
    ({ range, depth }) => depth === symbol.depth + 1 && range.start.line > first && range.end.line <= last,
  );
  if (members.length === 0) return span(first, Math.min(last, first + mostTypeLines - 1));
  const heads = members
    .slice(0, mostMembers)
    .flatMap(({ range, selection }) => [range.start.line, selection.start.line]);
  return [...head, ...docstring(lines, below, last), ...heads];
}

function span(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** The line on which the body begins. */
function headEnd(lines: readonly string[], nameLine: number, last: number): number {
  for (let at = nameLine; at < Math.min(last, nameLine + mostHeadLines); at++)
    if (/(?:\{|:|=>|=)\s*(?:(?:\/\/|#).*)?$|\{[^{}]*$/.test(lines[at] ?? '')) return at;
  return Math.min(last, nameLine);
}

/** Comment lines and marks such as `@override` and `#[inline]` right above. */
function commentAbove(lines: readonly string[], first: number): readonly number[] {
  let at = first;
  while (at > 0 && first - at < mostCommentLines && isComment(lines[at - 1] ?? '')) at--;
  return span(at, first - 1);
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:include|define|if|else|elif|endif|pragma|undef)\b)|--|@[\w.]|"""|\(\*)/.test(
    line,
  );
}

/** The string under the head of a Python function or class. */
function docstring(lines: readonly string[], from: number, last: number): readonly number[] {
  const mark = /^\s*[rRuU]?("""|''')/.exec(lines[from] ?? '')?.[1];
  if (mark === undefined) return [];
  if ((lines[from] ?? '').trimEnd().replace(mark, '').endsWith(mark)) return [from];
  const most = Math.min(last, from + mostCommentLines - 1);
  let end = from + 1;
  while (end < most && !(lines[end] ?? '').includes(mark)) end++;
  return span(from, end);
}

/** Of a variable, a constant or a macro: to the line where its brackets are closed. */
function endOfStatement(lines: readonly string[], line: number): number {
  let depth = 0;
  const most = Math.min(lines.length - 1, line + shortest - 1);
  for (let at = line; at < most; at++) {
    const text = lines[at] ?? '';
    for (const mark of text.slice(0, longestLine)) depth += '([{'.includes(mark) ? 1 : ')]}'.includes(mark) ? -1 : 0;
    if (depth <= 0 && !/(?:[\\=+,(&|]|=>)\s*$/.test(text)) return at;
  }
  return most;
}
