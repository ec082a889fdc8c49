/** Recognises declarations in TypeScript and JavaScript, with and without semicolons, with and without elements in angle brackets. */
import type { Declaration, Reader } from './brackets.ts';
import type { Kind } from './kinds.ts';
import { bodyFrom, closing } from './reading.ts';
import { readClass } from './scriptClasses.ts';
import { headOfScript } from './scriptHeads.ts';
import { readMethod } from './scriptMembers.ts';
import { afterGenerics, readAssigned, readFunction, readVariable } from './scriptValues.ts';
import type { Tokens } from './tokens.ts';
import { afterType } from './types.ts';

export const readScript: Reader = (tokens, at, scope) => {
  const mark = tokens.mark(at);
  if (mark === '=' || mark === ':')
    return scope === 'group' || scope === 'signatures' ? undefined : readAssigned(tokens, at, scope);
  if (mark === 'string' || mark === '[' || mark === '#') return readMethod(tokens, at, scope);
  if (mark !== 'word' || tokens.mark(at - 1) === '.') return undefined;
  const word = tokens.word(at);
  const isKey = tokens.mark(at + 1) === ':' || tokens.mark(at + 1) === '(';
  if (word === 'class') return isKey ? readMethod(tokens, at, scope) : readClass(tokens, at);
  if (word === 'function') return scope === 'signatures' ? undefined : readFunction(tokens, at);
  if (word === 'const' || word === 'let' || word === 'var') {
    if (tokens.word(at + 1) !== 'enum') return readVariable(tokens, at) ?? readMethod(tokens, at, scope);
  }
  return (typeKeywords.has(word) ? readTypeLike(tokens, at, word) : undefined) ?? readMethod(tokens, at, scope);
};

const typeKeywords: ReadonlySet<string> = new Set(['interface', 'enum', 'namespace', 'module', 'type', 'global']);
const kinds: Readonly<Record<string, Kind>> = {
  interface: 'interface',
  enum: 'enum',
  namespace: 'module',
  module: 'module',
  global: 'module',
  type: 'type',
};

/** Words that declare only at the beginning of a statement, with a name on the same line. */
function readTypeLike(tokens: Tokens, at: number, word: string): Declaration | undefined {
  const head = headOfScript(tokens, at);
  if (head === at && !tokens.breaks(at) && !';{}'.includes(tokens.mark(at - 1))) return undefined;
  const name = word === 'global' ? at : at + 1;
  const mark = tokens.mark(name);
  if ((mark !== 'word' && !(mark === 'string' && word === 'module')) || (name > at && tokens.breaks(name)))
    return undefined;
  return word === 'type' ? readAlias(tokens, head, name) : readBlock(tokens, head, name, word);
}

function readBlock(tokens: Tokens, head: number, name: number, word: string): Declaration | undefined {
  const body = bodyFrom(
    tokens,
    name + 1,
    (here) => '=)'.includes(tokens.mark(here)) || (tokens.breaks(here) && tokens.word(here) === 'export'),
  );
  if (body === undefined) return undefined;
  let end = name;
  while (tokens.mark(end + 1) === '.' && word !== 'interface') end += 2;
  return {
    kind: kinds[word] ?? 'type',
    name,
    ...(end > name ? { title: tokens.between(name, end) } : {}),
    head,
    last: closing(tokens, body),
    body,
    scope: word === 'interface' ? 'signatures' : word === 'enum' ? 'code' : 'file',
    next: body,
  };
}

function readAlias(tokens: Tokens, head: number, name: number): Declaration | undefined {
  const equals = afterGenerics(tokens, name + 1);
  if (tokens.mark(equals) !== '=') return undefined;
  const next = Math.max(afterType(tokens, equals + 1), equals + 1);
  return { kind: 'type', name, head, last: next - 1, next };
}
