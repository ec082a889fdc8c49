/** Recognises classes in TypeScript and JavaScript, declared or assigned. */
import type { Declaration } from './brackets.ts';
import { bodyFrom, closing } from './reading.ts';
import { headOfScript, nameBefore } from './scriptHeads.ts';
import type { Tokens } from './tokens.ts';

/** @param owner - What it is assigned to, where that is known; a class without a name is called so. */
export function readClass(tokens: Tokens, at: number, owner = nameBefore(tokens, at)): Declaration | undefined {
  const next = tokens.word(at + 1);
  const isNamed = next !== '' && next !== 'extends' && next !== 'implements';
  if (!isNamed && next === '' && !'{<'.includes(tokens.mark(at + 1))) return undefined;
  const body = bodyFrom(tokens, at + 1 + Number(isNamed));
  if (body === undefined) return undefined;
  const shared = { last: closing(tokens, body), body, scope: 'members', next: at + 1 } as const;
  if (isNamed) return { ...shared, kind: 'class', name: at + 1, head: headOfScript(tokens, at) };
  if (owner === undefined) return { ...shared, name: at, head: at };
  return { ...shared, kind: 'class', name: owner.token, title: owner.text, head: owner.head };
}
