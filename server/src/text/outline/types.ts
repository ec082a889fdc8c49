/** Reads over TypeScript's types, as far as telling where one ends and a body begins. */
import { after, afterAngles, isPair } from './reading.ts';
import type { Tokens } from './tokens.ts';

/** Tokens in a type, brackets counting as one. Unions of many strings are long. */
const longest = 4000;

const prefixes = new Set(['keyof', 'typeof', 'readonly', 'unique', 'infer', 'asserts', 'new', 'abstract']);
const joints = new Set(['is', 'extends']);

/** Behind the type that begins at `at`. A brace where no type can go on is not part of it: that is a body. */
export function afterType(tokens: Tokens, at: number): number {
  let wanted = true; // An operand is to come: a name, a literal, something in brackets.
  let group = false; // The operand was in round brackets: "=>" makes it a function's parameters.
  let conditional = false;
  let here = at;
  for (let steps = 0; here < tokens.count && steps < longest; steps++) {
    const mark = tokens.mark(here);
    const word = tokens.word(here);
    if (wanted) {
      if (mark === '<') here = afterAngles(tokens, here) ?? here + 1;
      else if (prefixes.has(word) && isOperand(tokens, here + 1)) here++;
      else if (mark === '|' || mark === '&' || mark === '-') here++;
      else if (!isOperand(tokens, here)) return here;
      else {
        group = mark === '(';
        wanted = false;
        here = after(tokens, here);
      }
      continue;
    }
    if (isPair(tokens, here, '=>') && group) {
      wanted = true;
      here += 2;
    } else if (joints.has(word)) {
      conditional ||= word === 'extends';
      wanted = true;
      here++;
    } else if (mark === '|' || mark === '&' || mark === '.' || (conditional && (mark === '?' || mark === ':'))) {
      wanted = true;
      here++;
    } else if (mark === '[' && !tokens.breaks(here)) here = after(tokens, here);
    else if (mark === '<') here = afterAngles(tokens, here) ?? here + 1;
    else return here;
    group = false;
  }
  return here;
}

function isOperand(tokens: Tokens, at: number): boolean {
  const mark = tokens.mark(at);
  return mark === 'word' || mark === 'string' || mark === '{' || mark === '(' || mark === '[' || mark === '<';
}
