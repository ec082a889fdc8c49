/** Where declarations begin in TypeScript and JavaScript, and what those without a name are called. */
import type { Tokens } from './tokens.ts';

const modifiers = new Set([
  'export',
  'default',
  'declare',
  'abstract',
  'const',
  'async',
  'static',
  'public',
  'private',
  'protected',
  'readonly',
  'override',
  'accessor',
  'get',
  'set',
]);

/** Back over the modifiers before a declaration. */
export function headOfScript(tokens: Tokens, at: number): number {
  let head = tokens.mark(at - 1) === '*' && modifiers.has(tokens.word(at - 2)) ? at - 1 : at;
  while (
    modifiers.has(tokens.word(head - 1)) &&
    (!tokens.breaks(head) || tokens.word(head - 1) === 'export' || tokens.word(head - 1) === 'default')
  )
    head--;
  return head;
}

/** What a value is assigned to. */
export interface Owner {
  readonly text: string;
  readonly token: number;
  readonly head: number;
}

/** What a class or function without a name of its own is called: what it is assigned to, or `default`. */
export function nameBefore(tokens: Tokens, at: number): Owner | undefined {
  const before = tokens.word(at - 1);
  if (before === 'default') return { text: 'default', token: at - 1, head: headOfScript(tokens, at) };
  if (before === 'abstract') return nameBefore(tokens, at - 1);
  if (tokens.mark(at - 1) !== '=' || tokens.word(at - 2) === '') return undefined;
  const isDeclared = ['const', 'let', 'var'].includes(tokens.word(at - 3));
  return { text: tokens.word(at - 2), token: at - 2, head: headOfScript(tokens, isDeclared ? at - 3 : at - 2) };
}
