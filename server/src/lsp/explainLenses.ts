/** Explanations as code lenses: one that asks above each function and class, one that shows where something was explained. */
import type { CodeLens, Range as LspRange } from 'vscode-languageserver/node';
import type { ExplainTarget, Level } from '#shared/explain.ts';
import type { ExplanationSummary } from '#shared/explanations.ts';
import type { Position } from '#shared/place.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { explainedLines } from './explainedAt.ts';
import { fewWords } from './plainWords.ts';

export interface LensCommands {
  readonly explain: string;
  /** Called with `{ id }`; undefined: the client shows explanations in its own way. */
  readonly show: string | undefined;
}

export interface LensMaterial {
  readonly uri: string;
  readonly level: Level;
  readonly symbols: readonly CodeSymbol[];
  /** Those of the document. */
  readonly explanations: readonly ExplanationSummary[];
}

/** Functions and classes in the wide sense (LSP SymbolKind): Class, Method, Constructor, Enum, Interface, Function, Struct. */
const withLens: ReadonlySet<number> = new Set([5, 6, 9, 10, 11, 12, 23]);
const functionLike: ReadonlySet<number> = new Set([6, 9, 12]);

/** A generated file can have more functions than anybody reads. */
const mostLenses = 2_000;
/** Characters of a title. */
const longestTitle = 48;

/** One lens above each function and class, none for functions inside functions; and one for each explained place. */
export function explainLenses(material: LensMaterial, commands: LensCommands): readonly CodeLens[] {
  const wanted = outsideFunctions(material.symbols).filter(({ kind }) => withLens.has(kind));
  const shown = wanted.slice(0, mostLenses);
  return [
    ...shown.map((symbol) => askingLens(material, symbol, commands)),
    ...showingLenses(material, shown, commands),
  ];
}

function askingLens({ uri, level }: LensMaterial, symbol: CodeSymbol, { explain }: LensCommands): CodeLens {
  const target: ExplainTarget = { uri, range: symbol.range, level };
  const command = { title: 'Explain', command: explain, arguments: [target] };
  return { range: lineOf(symbol.selection.start), command };
}

function showingLenses(
  { explanations }: LensMaterial,
  symbols: readonly CodeSymbol[],
  { show }: LensCommands,
): readonly CodeLens[] {
  if (show === undefined) return [];
  // A function's comments and decorators belong to it; its lens stands above its name.
  const names = new Map(symbols.map(({ range, selection }) => [range.start.line, selection.start]));
  return [...explainedLines(explanations)].slice(0, mostLenses).map(([line, summary]) => ({
    range: lineOf(names.get(line) ?? { line, character: 0 }),
    command: { title: titleOf(summary), command: show, arguments: [{ id: summary.id }] },
  }));
}

function titleOf({ title, state }: ExplanationSummary): string {
  if (state === 'changed') return 'Explained, code has changed';
  const words = fewWords(title, longestTitle);
  return words === '' ? 'Explained' : `Explained: ${words}`;
}

/** Symbols come in document order, each with its depth: the ones around it stand before it. */
function outsideFunctions(symbols: readonly CodeSymbol[]): readonly CodeSymbol[] {
  let outermost: CodeSymbol | undefined;
  return symbols.filter((symbol) => {
    if (outermost !== undefined && symbol.depth > outermost.depth) return false;
    outermost = functionLike.has(symbol.kind) ? symbol : undefined;
    return true;
  });
}

function lineOf({ line, character }: Position): LspRange {
  return { start: { line, character }, end: { line, character } };
}
