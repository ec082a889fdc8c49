/** Finds each bracket's partner. Where the brackets do not add up, indentation decides which one was forgotten. */

/** For each token the index of the bracket that belongs to it: -1 for none, the number of tokens for one never closed. */
export function partnersOf(kinds: readonly number[], starts: readonly number[], code: string): Int32Array {
  const plain = pair(kinds, undefined);
  return plain.whole ? plain.partners : pair(kinds, indentsOf(starts, code)).partners;
}

const openers: ReadonlySet<number> = new Set([40, 91, 123]);
const openerOf: ReadonlyMap<number, number> = new Map([
  [41, 40],
  [93, 91],
  [125, 123],
]);
const brace = 123;

function pair(kinds: readonly number[], indents: Indents | undefined): { partners: Int32Array; whole: boolean } {
  const partners = new Int32Array(kinds.length).fill(-1);
  const open = createOpen(kinds);
  let whole = true;
  for (let at = 0; at < kinds.length; at++) {
    const kind = kinds[at] ?? 0;
    if (openers.has(kind)) {
      open.push(at);
      partners[at] = kinds.length;
    }
    const wanted = openerOf.get(kind);
    if (wanted === undefined) continue;
    if (wanted === brace && indents !== undefined) dropForgotten(open, kinds, indents, at);
    if (!open.reaches(wanted)) {
      whole = false;
      continue;
    }
    whole &&= kinds[open.top(0)] === wanted;
    while (kinds[open.top(0)] !== wanted) open.pop();
    const opener = open.pop();
    partners[opener] = at;
    partners[at] = opener;
  }
  return { partners, whole: whole && open.count() === 0 };
}

interface Open {
  push(token: number): void;
  pop(): number;
  /** The token on top, or so many below it; -1 below the last. */
  top(below: number): number;
  count(): number;
  /** Whether a closing bracket finds its partner: braces reach over round and square ones, those never over a brace. */
  reaches(wanted: number): boolean;
}

function createOpen(kinds: readonly number[]): Open {
  const tokens: number[] = [];
  let braces = 0;
  const top = (below: number) => tokens[tokens.length - 1 - below] ?? -1;
  return {
    push(token) {
      if (kinds[token] === brace) braces++;
      tokens.push(token);
    },
    pop() {
      const token = tokens.pop() ?? -1;
      if (kinds[token] === brace) braces--;
      return token;
    },
    top,
    count: () => tokens.length,
    reaches(wanted) {
      if (wanted === brace) return braces > 0;
      for (let below = 0; below < 8; below++) {
        const kind = kinds[top(below)];
        if (kind === wanted) return true;
        if (kind === brace) return false;
      }
      return false;
    },
  };
}

/** Before a brace that begins a line closes, drops the open brackets that stand deeper, when a brace stands exactly as deep. */
function dropForgotten(open: Open, kinds: readonly number[], indents: Indents, at: number): void {
  if (!indents.begins(at)) return;
  const column = indents.column(at);
  let deeper = 0;
  while (deeper < Math.min(open.count(), 32) && indents.column(open.top(deeper)) > column) deeper++;
  const match = open.top(deeper);
  if (kinds[match] !== brace || indents.column(match) !== column) return;
  for (; deeper > 0; deeper--) open.pop();
}

interface Indents {
  /** Column at which the token's line begins. */
  column(token: number): number;
  /** Whether the token is the first on its line. */
  begins(token: number): boolean;
}

function indentsOf(starts: readonly number[], code: string): Indents {
  const columns: number[] = [];
  const begins: boolean[] = [];
  let lineStart = 0;
  let at = 0;
  for (const start of starts) {
    let isFirst = columns.length === 0;
    for (; at < start; at++) {
      const character = code.charCodeAt(at);
      if (character !== 10 && character !== 13) continue;
      lineStart = at + 1;
      isFirst = true;
    }
    columns.push(isFirst ? start - lineStart : (columns.at(-1) ?? 0));
    begins.push(isFirst);
  }
  return { column: (token) => columns[token] ?? 0, begins: (token) => begins[token] ?? false };
}
