/** Steps that the readers of all languages take over tokens: to a body, over type arguments, back to the beginning. */
import type { Tokens } from './tokens.ts';

/** No step looks further than this many tokens; brackets count as one. It keeps reading linear. */
export const reach = 160;

/** The token behind this one, or behind its partner when it opens a bracket. */
export function after(tokens: Tokens, at: number): number {
  const partner = tokens.partner(at);
  return partner > at ? partner + 1 : at + 1;
}

/** `=>`, `->`, `::`: two marks that touch. */
export function isPair(tokens: Tokens, at: number, pair: string): boolean {
  return tokens.mark(at) === pair.charAt(0) && tokens.mark(at + 1) === pair.charAt(1) && tokens.touches(at);
}

/** Behind `<…>` that begins at `at`; undefined where it is not closed nearby. */
export function afterAngles(tokens: Tokens, at: number): number | undefined {
  let depth = 0;
  for (let here = at, steps = 0; here < tokens.count && steps < reach; here = after(tokens, here), steps++) {
    const mark = tokens.mark(here);
    if (mark === '<') depth++;
    else if (mark === '>' && !isArrowHead(tokens, here) && --depth === 0) return here + 1;
    else if (mark === ';' || mark === '}' || mark === ')') return undefined;
  }
  return undefined;
}

function isArrowHead(tokens: Tokens, at: number): boolean {
  const before = tokens.mark(at - 1);
  return (before === '=' || before === '-') && tokens.touches(at - 1);
}

/** The brace that opens a body, from behind the name on: not those in type arguments, not behind a semicolon. */
export function bodyFrom(
  tokens: Tokens,
  from: number,
  stops: (at: number) => boolean = () => false,
): number | undefined {
  let mayBeAngles = true;
  for (let here = from, steps = 0; here < tokens.count && steps < reach; steps++) {
    const mark = tokens.mark(here);
    if (mark === '{') return here;
    if (mark === ';' || mark === '}' || mark === ')' || stops(here)) return undefined;
    const behindAngles: number | undefined = mark === '<' && mayBeAngles ? afterAngles(tokens, here) : undefined;
    if (mark === '<') mayBeAngles = behindAngles !== undefined;
    here = behindAngles ?? after(tokens, here);
  }
  return undefined;
}

/** The closing partner, or the last token of all where the bracket is never closed. */
export function closing(tokens: Tokens, open: number): number {
  return Math.min(tokens.partner(open), tokens.count - 1);
}

/** The first token of the declaration that holds `at`: back over words and brackets of its line and the lines before, up to what ends another. */
export function headOf(tokens: Tokens, at: number): number {
  let head = at;
  for (let here = at - 1, steps = 0; here >= 0 && steps < reach; steps++) {
    const mark = tokens.mark(here);
    if (mark === ';' || mark === '}' || mark === '{' || mark === ',' || mark === '(') return head;
    if (mark === ')' || mark === ']') {
      if (tokens.breaks(here + 1)) return head;
      const open = tokens.partner(here);
      if (open < 0) return head;
      here = open;
    }
    head = here;
    here--;
  }
  return head;
}

/** The first token on the line that belongs to the declaration. */
export function headOnLine(tokens: Tokens, at: number): number {
  const head = headOf(tokens, at);
  let here = at;
  while (here > head && !tokens.breaks(here)) here--;
  return here;
}

/** The last token before `;`, before a closing bracket, or on the line: what the end of a declaration without body is. */
export function lastOfStatement(tokens: Tokens, from: number): number {
  let here = from;
  for (let steps = 0; here + 1 < tokens.count && steps < reach; steps++) {
    const next = after(tokens, here);
    const mark = tokens.mark(next);
    if (next >= tokens.count || mark === ';' || mark === ',' || mark === '}' || mark === ')') return next - 1;
    if (tokens.breaks(next) && !continues(tokens, next)) return next - 1;
    // Commas between type arguments end nothing: `of<A, B>(…)`.
    const behind = mark === '<' ? afterAngles(tokens, next) : undefined;
    here = behind !== undefined && tokens.mark(behind) === '(' ? behind - 1 : next;
  }
  return Math.min(here, tokens.count - 1);
}

/** Whether a line that begins with this token goes on with the one before. */
export function continues(tokens: Tokens, at: number): boolean {
  const before = tokens.mark(at - 1);
  if (before !== '' && '=|&?:,<+-*/%^!~.('.includes(before) && before !== '') return true;
  if (before === '>' && isArrowHead(tokens, at - 1)) return true;
  const mark = tokens.mark(at);
  return mark !== '' && '=|&?:.+-*/%<>'.includes(mark);
}
