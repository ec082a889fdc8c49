/** Explanations through standard LSP: code actions and code lenses that start them, hovers that show what is there. Nothing here makes a paid call. */
import {
  type CodeAction,
  type CodeActionParams,
  CodeActionTriggerKind,
  type CodeLens,
  type Hover,
  type Range as LspRange,
  MarkupKind,
} from 'vscode-languageserver/node';
import { clientCommands, serverCommands } from '#shared/commands.ts';
import type { ExplainTarget } from '#shared/explain.ts';
import type { Position, Range } from '#shared/place.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import type { Explanations } from '../ports.ts';

/** A kind of its own, so that editors can filter by it and bind keys to it. */
export const explainKind = 'gloss.explain';

/** Functions and classes in the wide sense (LSP SymbolKind): Class, Method, Constructor, Enum, Interface, Function, Struct. */
const withLens: ReadonlySet<number> = new Set([5, 6, 9, 10, 11, 12, 23]);
const functionLike: ReadonlySet<number> = new Set([6, 9, 12]);

/** VS Code has a command of its own that opens a thread; other clients get the server's. */
export function explainCommandOf(hasOwnCommand: boolean): string {
  return hasOwnCommand ? clientCommands.explainHere : serverCommands.explain;
}

/** "Explain", where the person asks for actions: not on every line that the cursor passes. */
export function explainActions(
  { textDocument, range, context }: CodeActionParams,
  command: string,
): readonly CodeAction[] {
  const wanted =
    context.only?.some((kind) => kind === '' || explainKind === kind || explainKind.startsWith(`${kind}.`)) ?? true;
  const isEmpty = range.start.line === range.end.line && range.start.character === range.end.character;
  if (!wanted || (isEmpty && context.triggerKind === CodeActionTriggerKind.Automatic)) return [];
  const target: ExplainTarget = { uri: textDocument.uri, range, level: 'normal' };
  return [{ title: 'Explain', kind: explainKind, command: { title: 'Explain', command, arguments: [target] } }];
}

/** A generated file can have more functions than anybody reads. */
const mostLenses = 2_000;

/** One lens above each function and class; functions inside functions have none. */
export function explainLenses(uri: string, symbols: readonly CodeSymbol[], command: string): readonly CodeLens[] {
  const wanted = symbols.filter((symbol, index) => withLens.has(symbol.kind) && !insideFunction(symbols, index));
  return wanted.slice(0, mostLenses).map((symbol) => {
    const target: ExplainTarget = { uri, range: symbol.range, level: 'normal' };
    return { range: lineOf(symbol.selection.start), command: { title: 'Explain', command, arguments: [target] } };
  });
}

/** What has been explained at a position of an open document. */
export async function explainHover(
  uri: string,
  position: Position,
  explanations: Pick<Explanations, 'at' | 'get'>,
): Promise<Hover | null> {
  const summary = explanations.at(uri, position.line);
  const record = summary === undefined ? undefined : await explanations.get(summary.id);
  if (summary === undefined || record === undefined) return null;
  const note = summary.state === 'current' ? '' : '*The code has changed since this was explained.*\n\n';
  const text = record.turns.map(({ answer }) => answer.markdown).join('\n\n---\n\n');
  const { start, end } = summary.range;
  return {
    contents: { kind: MarkupKind.Markdown, value: note + text },
    range: { start: { line: start.line, character: 0 }, end: { line: end.line + 1, character: 0 } },
  };
}

/** Symbols come in document order, each with its depth: the ones around it stand before it. */
function insideFunction(symbols: readonly CodeSymbol[], index: number): boolean {
  let depth = symbols[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0 && depth > 0; at--) {
    const outer = symbols[at];
    if (outer === undefined || outer.depth >= depth) continue;
    if (functionLike.has(outer.kind)) return true;
    depth = outer.depth;
  }
  return false;
}

function lineOf(position: Position): LspRange {
  const start: Range['start'] = { line: position.line, character: position.character };
  return { start, end: start };
}
