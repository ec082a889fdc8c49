/** Recognises declarations in Go. */
import type { Declaration, Reader } from './brackets.ts';
import type { Kind } from './kinds.ts';
import { after, closing, lastOfStatement, reach } from './reading.ts';
import type { Tokens } from './tokens.ts';

export const readGo: Reader = (tokens, at, scope) => {
  if (tokens.mark(at) !== 'word') return undefined;
  const begins = tokens.breaks(at) || ';{('.includes(tokens.mark(at - 1));
  if (!begins) return undefined;
  if (scope === 'types') return readType(tokens, at, at);
  if (scope === 'signatures') return readSignature(tokens, at);
  const word = tokens.word(at);
  if (word === 'func' && scope === 'file') return readFunction(tokens, at);
  if (word !== 'type') return undefined;
  if (tokens.mark(at + 1) === '(') return { name: at, head: at, last: at, body: at + 1, scope: 'types', next: at + 1 };
  return readType(tokens, at, at + 1);
};

function readFunction(tokens: Tokens, at: number): Declaration | undefined {
  const hasReceiver = tokens.mark(at + 1) === '(';
  const name = hasReceiver ? after(tokens, at + 1) : at + 1;
  const behind = tokens.mark(name + 1) === '[' ? after(tokens, name + 1) : name + 1;
  if (tokens.mark(name) !== 'word' || tokens.mark(behind) !== '(') return undefined;
  const body = bodyBehind(tokens, after(tokens, behind));
  const last = body === undefined ? lastOfStatement(tokens, behind) : closing(tokens, body);
  const kind = hasReceiver ? 'method' : 'function';
  return { kind, name, head: at, last, next: body ?? last + 1, ...(body === undefined ? {} : { body }) };
}

/** The first brace on the line that does not belong to a `struct{}` or `interface{}` among the results. */
function bodyBehind(tokens: Tokens, from: number): number | undefined {
  for (let here = from, steps = 0; here < tokens.count && steps < reach; here = after(tokens, here), steps++) {
    if (tokens.breaks(here)) return undefined;
    if (tokens.mark(here) === '{' && !['struct', 'interface'].includes(tokens.word(here - 1))) return here;
  }
  return undefined;
}

const kinds: Readonly<Record<string, Kind>> = { struct: 'struct', interface: 'interface' };

function readType(tokens: Tokens, head: number, name: number): Declaration | undefined {
  if (tokens.mark(name) !== 'word') return undefined;
  // "[T any]" belongs to the name, "[]T" and "[4]T" are the type itself; the keyword behind decides.
  const generic = tokens.mark(name + 1) === '[' ? after(tokens, name + 1) : name + 1;
  const keyword = tokens.mark(generic) === '=' ? generic + 1 : generic;
  const body = keyword + 1;
  const kind = tokens.mark(body) === '{' ? (kinds[tokens.word(keyword)] ?? 'type') : 'type';
  if (kind === 'type') {
    const last = lastOfStatement(tokens, name);
    return { kind, name, head, last, next: last + 1 };
  }
  const scope = kind === 'interface' ? 'signatures' : 'code';
  return { kind, name, head, last: closing(tokens, body), body, scope, next: body };
}

function readSignature(tokens: Tokens, at: number): Declaration | undefined {
  if (tokens.mark(at + 1) !== '(') return undefined;
  const last = lastOfStatement(tokens, at);
  return { kind: 'method', name: at, head: at, last, next: last + 1 };
}
