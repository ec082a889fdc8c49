/** Recognises methods in TypeScript and JavaScript: of classes, of object literals, and the signatures of interfaces. */
import type { Declaration, Scope } from './brackets.ts';
import { after, closing } from './reading.ts';
import { headOfScript } from './scriptHeads.ts';
import { afterGenerics, functionAt } from './scriptValues.ts';
import type { Tokens } from './tokens.ts';
import { afterType } from './types.ts';

const notNames = new Set(
  'if for while switch catch with function await return super import do else new typeof void delete throw case in of instanceof yield'.split(
    ' ',
  ),
);

/** `name(…) {…}`; in classes and interfaces also without a body; in classes also `name: Type = (…) => …`. */
export function readMethod(tokens: Tokens, at: number, scope: Scope): Declaration | undefined {
  const name = nameAt(tokens, at, scope);
  if (name === undefined || !beginsMember(tokens, at, scope)) return undefined;
  const behindName =
    name.last + 1 + Number('?!'.includes(tokens.mark(name.last + 1)) && tokens.mark(name.last + 1) !== '');
  const parameters = afterGenerics(tokens, behindName);
  if (tokens.mark(parameters) === '(') return readCallable(tokens, { ...name, at, parameters }, scope);
  if (scope !== 'members' || tokens.mark(behindName) !== ':') return undefined;
  const equals = afterType(tokens, behindName + 1);
  const value = tokens.mark(equals) === '=' ? functionAt(tokens, equals + 1) : undefined;
  if (value !== undefined) return { kind: 'method', ...titled(tokens, name), head: headOfScript(tokens, at), ...value };
  // The type of a field is no place for declarations.
  return { name: at, head: at, last: at, next: Math.max(equals, at + 1) };
}

interface Callable extends Name {
  readonly at: number;
  readonly parameters: number;
}

function readCallable(tokens: Tokens, callable: Callable, scope: Scope): Declaration | undefined {
  const behind = after(tokens, callable.parameters);
  const typeEnd = tokens.mark(behind) === ':' ? afterType(tokens, behind + 1) : behind;
  const shared = {
    kind: tokens.word(callable.at) === 'constructor' && scope === 'members' ? 'constructor' : 'method',
    ...titled(tokens, callable),
    head: headOfScript(tokens, callable.at),
  } as const;
  if (tokens.mark(typeEnd) === '{' && scope !== 'signatures') {
    if (scope === 'code' && tokens.breaks(typeEnd)) return undefined;
    return { ...shared, last: closing(tokens, typeEnd), body: typeEnd, next: typeEnd };
  }
  if (scope !== 'signatures' && scope !== 'members') return undefined;
  const ends = ';,}'.includes(tokens.mark(typeEnd)) || tokens.breaks(typeEnd);
  return ends ? { ...shared, last: typeEnd - 1, next: typeEnd } : undefined;
}

interface Name {
  readonly first: number;
  readonly last: number;
}

function nameAt(tokens: Tokens, at: number, scope: Scope): Name | undefined {
  const mark = tokens.mark(at);
  if (mark === 'word') {
    // Among members every word is a name: catch(…) {…}.
    const isFree =
      scope === 'members' || scope === 'signatures' ? tokens.word(at) !== 'new' : !notNames.has(tokens.word(at));
    return isFree ? { first: at, last: at } : undefined;
  }
  if (mark === 'string') return { first: at, last: at };
  if (mark === '#') return tokens.mark(at + 1) === 'word' ? { first: at, last: at + 1 } : undefined;
  const close = mark === '[' ? tokens.partner(at) : -1;
  return close > at && close - at < 12 ? { first: at, last: close } : undefined;
}

function titled(tokens: Tokens, name: Name): Pick<Declaration, 'name' | 'title'> {
  if (name.first === name.last) return { name: name.first };
  const isPrivate = tokens.mark(name.first) === '#';
  return { name: isPrivate ? name.last : name.first, title: tokens.between(name.first, name.last) };
}

const memberModifiers = new Set([
  'async',
  'static',
  'get',
  'set',
  'public',
  'private',
  'protected',
  'readonly',
  'override',
  'abstract',
  'declare',
  'accessor',
]);

/** What a member without a semicolon may end with. */
const endsOfMembers = new Set(['word', 'string', ')', ']', '>', '!']);

/** Whether a member may begin here, seen from what stands before. */
function beginsMember(tokens: Tokens, at: number, scope: Scope): boolean {
  if (scope === 'file' || scope === 'group' || scope === 'types') return false;
  const mark = tokens.mark(at - 1);
  if (mark === '') return false;
  if ('{},;*'.includes(mark))
    return (
      mark !== '*' ||
      '{},;'.includes(tokens.mark(at - 2)) ||
      memberModifiers.has(tokens.word(at - 2)) ||
      tokens.breaks(at - 1)
    );
  if (memberModifiers.has(tokens.word(at - 1))) return true;
  if (scope === 'code') return false;
  return (tokens.breaks(at) || mark === ')') && endsOfMembers.has(mark);
}
