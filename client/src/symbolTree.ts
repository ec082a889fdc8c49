/** Turns the editor's tree of symbols into the flat list of the protocol. */
import type { Range } from '#shared/place.ts';
import type { CodeSymbol } from '#shared/symbols.ts';

/** VS Code's DocumentSymbol, or its older SymbolInformation: only what is used of them. */
export interface SymbolNode {
  readonly name: string;
  /** Counted from 0, where the LSP counts from 1. */
  readonly kind: number;
  readonly range?: Range;
  readonly selectionRange?: Range;
  readonly location?: { readonly range: Range };
  readonly children?: readonly SymbolNode[];
}

const mostSymbols = 20_000;

/** Parents before their children, each with its depth. More than the protocol allows are cut off. */
export function flattened(tree: readonly SymbolNode[]): CodeSymbol[] {
  const flat: CodeSymbol[] = [];
  const waiting = tree.map((node) => ({ node, depth: 0 })).reverse();
  // A loop, since providers have been seen to nest thousands deep.
  for (let next = waiting.pop(); next !== undefined && flat.length < mostSymbols; next = waiting.pop()) {
    const { node, depth } = next;
    const symbol = symbolOf(node, depth);
    if (symbol !== undefined) flat.push(symbol);
    for (const child of [...(node.children ?? [])].reverse()) waiting.push({ node: child, depth: depth + 1 });
  }
  return flat;
}

function symbolOf({ name, kind, range, selectionRange, location }: SymbolNode, depth: number): CodeSymbol | undefined {
  const whole = range ?? location?.range;
  if (whole === undefined || kind < 0 || kind > 25) return undefined;
  return {
    name: name.slice(0, 1000),
    kind: kind + 1,
    range: plain(whole),
    selection: plain(selectionRange ?? whole),
    depth,
  };
}

/** The editor's ranges are objects with methods; the protocol's are plain. */
export function plain({ start, end }: Range): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
