/** An outline of code by brackets and indentation, without a grammar: what there is, where it begins and where it ends. */
import type { Position, Range } from '#shared/place.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { positionsIn } from './lines.ts';
import { maskOf } from './mask.ts';
import { outlineByBrackets } from './outline/brackets.ts';
import { outlineByIndent } from './outline/indented.ts';
import { type Found, symbolKinds } from './outline/kinds.ts';
import { familyOf } from './outline/languages.ts';
import { tokensOf } from './outline/tokens.ts';

/** A declaration: its kind as an LSP SymbolKind, its range from its first word to the end of its body, its depth among the others. */
export type OutlineSymbol = CodeSymbol;

/**
 * Functions, methods, classes and their like, in document order. Empty for languages that declare nothing (JSON, Markdown, …).
 * Never fails; time is linear in the text. Positions are UTF-16 code units.
 */
export function outlineOf(text: string, languageId: string): readonly OutlineSymbol[] {
  const family = familyOf(languageId);
  if (family === undefined) return [];
  const code = maskOf(text, languageId);
  const found =
    family.by === 'brackets'
      ? outlineByBrackets(tokensOf(code, text), family.read)
      : outlineByIndent(code, text, family.rules);
  return toSymbols(text, found);
}

/** The innermost symbol that holds the range. The white space before a symbol on its first line counts as its own. */
export function enclosing(symbols: readonly OutlineSymbol[], range: Range): OutlineSymbol | undefined {
  let innermost: OutlineSymbol | undefined;
  let indented: OutlineSymbol | undefined;
  for (const symbol of symbols) {
    const ends = !isBefore(symbol.range.end, range.end) && !isBefore(symbol.range.end, range.start);
    if (!ends) continue;
    if (!isBefore(range.start, symbol.range.start)) innermost = symbol;
    else if (symbol.range.start.line === range.start.line) indented ??= symbol;
  }
  return indented !== undefined && innermost?.range.start.line !== range.start.line ? indented : innermost;
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

const longestName = 1000;

function toSymbols(text: string, found: readonly Found[]): readonly OutlineSymbol[] {
  const position = positionsIn(text);
  const ends: number[] = [];
  const inOrder = [...found].sort((one, other) => one.start - other.start || other.end - one.end);
  return inOrder.map((symbol) => {
    while (ends.length > 0 && (ends.at(-1) ?? 0) <= symbol.start) ends.pop();
    const depth = ends.length;
    ends.push(symbol.end);
    return {
      name: symbol.name.slice(0, longestName),
      kind: symbolKinds[symbol.kind],
      range: { start: position(symbol.start), end: position(symbol.end) },
      selection: { start: position(symbol.nameStart), end: position(symbol.nameEnd) },
      depth,
    };
  });
}
