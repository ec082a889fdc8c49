/** Recognises declarations in Rust. */
import type { Declaration, Reader, Scope } from './brackets.ts';
import type { Kind } from './kinds.ts';
import { after, afterAngles, bodyFrom, closing, headOf, isPair, lastOfStatement, reach } from './reading.ts';
import type { Tokens } from './tokens.ts';

interface Rule {
  readonly kind: Kind;
  readonly scope: Scope;
}

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['fn', { kind: 'function', scope: 'code' }],
  ['struct', { kind: 'struct', scope: 'code' }],
  ['union', { kind: 'struct', scope: 'code' }],
  ['enum', { kind: 'enum', scope: 'code' }],
  ['trait', { kind: 'interface', scope: 'members' }],
  ['mod', { kind: 'module', scope: 'file' }],
  ['type', { kind: 'type', scope: 'code' }],
]);

export const readRust: Reader = (tokens, at, scope) => {
  const word = tokens.word(at);
  if (word === 'impl') return readImplementation(tokens, at);
  if (word === 'macro_rules' && tokens.mark(at + 1) === '!') return readMacro(tokens, at);
  const rule = rules.get(word);
  return rule === undefined ? undefined : readItem(tokens, at, rule, scope);
};

function readItem(tokens: Tokens, at: number, rule: Rule, scope: Scope): Declaration | undefined {
  const name = tokens.mark(at + 1) === 'word' && !tokens.breaks(at + 1) ? at + 1 : -1;
  if (name < 0 || tokens.word(name).startsWith('$')) return undefined;
  const before = tokens.mark(at - 1);
  if (before === '.' || before === ',' || (rule.kind !== 'function' && !beginsItem(tokens, at))) return undefined;
  const body = rule.kind === 'type' ? undefined : bodyFrom(tokens, name + 1);
  if (rule.kind === 'module' && body === undefined) return undefined;
  const last = body === undefined ? lastOf(tokens, name) : closing(tokens, body);
  const kind = rule.kind === 'function' && scope === 'members' ? 'method' : rule.kind;
  return {
    kind,
    name,
    head: headOf(tokens, at),
    last,
    scope: rule.scope,
    next: body ?? last + 1,
    ...(body === undefined ? {} : { body }),
  };
}

const beforeItems = new Set(['pub', 'unsafe', 'default', 'auto', 'const', 'extern']);

/** `union`, `type` and the rest are names elsewhere. */
function beginsItem(tokens: Tokens, at: number): boolean {
  return tokens.breaks(at) || ';{}])'.includes(tokens.mark(at - 1)) || beforeItems.has(tokens.word(at - 1));
}

function lastOf(tokens: Tokens, name: number): number {
  let here = name + 1;
  for (let steps = 0; here < tokens.count && steps < reach; here = after(tokens, here), steps++) {
    const mark = tokens.mark(here);
    if (mark === ';' || mark === '}') return mark === ';' ? here : here - 1;
  }
  return lastOfStatement(tokens, name);
}

function readImplementation(tokens: Tokens, at: number): Declaration | undefined {
  if (!beginsItem(tokens, at)) return undefined;
  const body = bodyFrom(tokens, at + 1);
  if (body === undefined) return undefined;
  const name = implementedName(tokens, at, body);
  return {
    kind: 'object',
    name,
    head: headOf(tokens, at),
    last: closing(tokens, body),
    body,
    scope: 'members',
    next: body,
  };
}

/** The last part of the type that is implemented for: `Bar` in `impl<'a> Foo for &'a x::Bar<'a> where …`. */
function implementedName(tokens: Tokens, at: number, body: number): number {
  let name = at;
  let isWanted = true;
  for (let here = at + 1; here < body; ) {
    const word = tokens.word(here);
    if (word === 'where') break;
    if (word === 'for') isWanted = true;
    else if (word !== '' && isWanted && !notTypes.has(word) && tokens.mark(here - 1) !== "'") {
      name = here;
      isWanted = isPair(tokens, here + 1, '::');
    }
    const behindAngles = tokens.mark(here) === '<' ? afterAngles(tokens, here) : undefined;
    here = behindAngles ?? (isWanted ? here + 1 : after(tokens, here));
  }
  return name;
}

const notTypes = new Set(['dyn', 'mut', 'const', 'unsafe', 'impl']);

/** A macro is listed; what its patterns would declare is not. */
function readMacro(tokens: Tokens, at: number): Declaration | undefined {
  const name = at + 2;
  const body = name + 1;
  if (tokens.mark(name) !== 'word' || tokens.partner(body) < body) return undefined;
  const last = closing(tokens, body);
  return { kind: 'function', name, head: headOf(tokens, at), last, next: last + 1 };
}
