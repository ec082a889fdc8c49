/** Finds each bracket's partner. Where the brackets do not add up, indentation decides which one was forgotten. */

/** For each token the index of the bracket that belongs to it: -1 for none, the number of tokens for one never closed. */
export function partnersOf(kinds: readonly number[], starts: readonly number[], code: string): Int32Array {
  const plain = pair(kinds, () => undefined);
  if (plain.whole) return plain.partners;
  const indents = createIndents(starts, code);
  return pair(kinds, indents).partners;
}

/** Column of the first character on a token's line, and whether the token is that character. */
type Indents = (token: number) => { readonly column: number; readonly first: boolean } | undefined;

const closers: Readonly<Record<number, number>> = { 41: 40, 93: 91, 125: 123 };
const brace = 123;

function pair(kinds: readonly number[], indents: Indents): { partners: Int32Array; whole: boolean } {
  const partners = new Int32Array(kinds.length).fill(-1);
  const open: number[] = [];
  const counts: Record<number, number> = { 40: 0, 91: 0, 123: 0 };
  let whole = true;
  const drop = () => {
    const token = open.pop() ?? 0;
    counts[kinds[token] ?? 0] = (counts[kinds[token] ?? 0] ?? 1) - 1;
    return token;
  };
  for (let at = 0; at < kinds.length; at++) {
    const kind = kinds[at] ?? 0;
    if (kind === 40 || kind === 91 || kind === brace) {
      open.push(at);
      counts[kind] = (counts[kind] ?? 0) + 1;
      partners[at] = kinds.length;
      continue;
    }
    const wanted = closers[kind];
    if (wanted === undefined) continue;
    if (kind === 125) dropForgotten(open, kinds, indents, at, drop);
    if (!isReachable(open, kinds, counts, wanted)) {
      whole = false;
      continue;
    }
    while (kinds[open.at(-1) ?? 0] !== wanted) {
      drop();
      whole = false;
    }
    const opener = drop();
    partners[opener] = at;
    partners[at] = opener;
  }
  return { partners, whole: whole && open.length === 0 };
}

/** A closing brace reaches over round and square brackets that were forgotten; those never reach over a brace. */
function isReachable(
  open: readonly number[],
  kinds: readonly number[],
  counts: Readonly<Record<number, number>>,
  wanted: number,
): boolean {
  if ((counts[wanted] ?? 0) === 0) return false;
  if (wanted === brace) return true;
  for (let at = open.length - 1; at >= 0 && open.length - at < 8; at--) {
    const kind = kinds[open[at] ?? 0];
    if (kind === wanted) return true;
    if (kind === brace) return false;
  }
  return false;
}

/** Before a brace that begins a line closes, drops the open ones that stand deeper, when one stands exactly as deep. */
function dropForgotten(
  open: readonly number[],
  kinds: readonly number[],
  indents: Indents,
  at: number,
  drop: () => number,
): void {
  const place = indents(at);
  if (place === undefined || !place.first) return;
  const deeper: number[] = [];
  for (let index = open.length - 1; index >= 0 && deeper.length < 32; index--) {
    const column = indents(open[index] ?? 0)?.column ?? 0;
    if (column <= place.column) {
      if (column === place.column && kinds[open[index] ?? 0] === brace) for (const _ of deeper) drop();
      return;
    }
    deeper.push(index);
  }
}

function createIndents(starts: readonly number[], code: string): Indents {
  const columns: number[] = [];
  const firsts: boolean[] = [];
  let column = 0;
  let lineStart = 0;
  let at = 0;
  for (const start of starts) {
    let first = at === 0;
    for (; at < start; at++) {
      const character = code.charCodeAt(at);
      if (character !== 10 && character !== 13) continue;
      lineStart = at + 1;
      first = true;
    }
    if (first) column = start - lineStart;
    columns.push(column);
    firsts.push(first);
  }
  return (token) => ({ column: columns[token] ?? 0, first: firsts[token] ?? false });
}
