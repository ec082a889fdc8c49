/** Where a declaration of the C kind begins: back over types, modifiers and attributes. */
import { reach } from './reading.ts';
import type { Tokens } from './tokens.ts';

/** The first token of the declaration that holds `name`. A line that ends in a round bracket or is an annotation stands before it. */
export function headOfCallable(tokens: Tokens, name: number): number {
  let head = name;
  let depth = 0; // Between angle brackets commas part nothing.
  for (let here = name - 1, steps = 0; here >= 0 && steps < reach; here--, steps++) {
    const mark = tokens.mark(here);
    if (mark === '>') depth++;
    else if (mark === '<') depth--;
    if (';}{#'.includes(mark) || isLabel(tokens, here) || (depth <= 0 && '=,('.includes(mark))) return head;
    if (tokens.breaks(here + 1) && (mark === ')' || tokens.mark(here - 1) === '@')) return head;
    if (mark === ')' || mark === ']') {
      const open = tokens.partner(here);
      if (open < 0) return head;
      here = open;
    }
    head = here;
  }
  return head;
}

/** The colon of `public:`; not one of `::`. */
function isLabel(tokens: Tokens, at: number): boolean {
  return tokens.mark(at) === ':' && tokens.mark(at - 1) !== ':' && tokens.mark(at + 1) !== ':';
}
