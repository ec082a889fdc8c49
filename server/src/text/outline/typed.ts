/** Recognises declarations in languages where keywords lead to names: Java, C#, Kotlin, Swift, PHP, Scala, Dart, and unknown ones with braces. */
import type { Declaration, Reader, Scope } from './brackets.ts';
import { type CallableRules, readCallable } from './callable.ts';
import type { Kind } from './kinds.ts';
import { afterAngles, bodyFrom, closing, continues, headOnLine, lastOfStatement } from './reading.ts';
import type { Tokens } from './tokens.ts';

export interface TypedRules {
  /** Keywords of types and modules, and their kinds. */
  readonly types: Readonly<Record<string, Kind>>;
  /** Keywords of functions. */
  readonly functions: readonly string[];
  /** Keywords that are functions without a name, such as `init`. */
  readonly nameless: readonly string[];
  /** Methods are a type, a name and parameters. */
  readonly callable: boolean;
}

export function typedReader(rules: TypedRules): Reader {
  const types = new Map(Object.entries(rules.types));
  const functions = new Set(rules.functions);
  const nameless = new Set(rules.nameless);
  return (tokens, at, scope) => {
    if (tokens.mark(at) === '(')
      return rules.callable ? readCallable(tokens, at, { scope, rules: callableRules }) : undefined;
    const word = tokens.word(at);
    const before = tokens.mark(at - 1);
    if (word === '' || before === '.' || before === ':' || before === '$') return undefined;
    const kind = types.get(word);
    if (kind !== undefined && !functions.has(tokens.word(at + 1))) return readNamed(tokens, at, kind, scope);
    if (functions.has(word)) return readNamed(tokens, at, scope === 'members' ? 'method' : 'function', scope);
    return nameless.has(word) && scope === 'members' ? readNameless(tokens, at) : undefined;
  };
}

const callableRules: CallableRules = {
  notNames: new Set(
    'if for while switch return catch using lock fixed foreach synchronized new throw super this base typeof nameof sizeof default assert when'.split(
      ' ',
    ),
  ),
  qualifiers: new Set(['const', 'async', 'sync', 'native', 'default']),
  old: false,
  signatures: true,
};

function readNamed(tokens: Tokens, at: number, kind: Kind, scope: Scope): Declaration | undefined {
  const name = nameBehind(tokens, at);
  if (name === undefined) return undefined;
  const body = bodyFrom(tokens, name + 1, (here) => endsHeading(tokens, here));
  const isFunction = kind === 'function' || kind === 'method';
  if (body === undefined && isFunction && !'(<:='.includes(tokens.mark(name + 1) || ' ')) return undefined;
  const last = body === undefined ? lastOfStatement(tokens, name) : closing(tokens, body);
  const inside = isFunction || (kind === 'enum' && scope === 'code') ? 'code' : kind === 'module' ? 'file' : 'members';
  let end = name;
  while (kind === 'module' && tokens.mark(end + 1) === '.' && tokens.mark(end + 2) === 'word') end += 2;
  return {
    kind,
    name,
    ...(end === name ? {} : { title: tokens.between(name, end) }),
    head: headOnLine(tokens, at),
    last,
    scope: inside,
    next: body ?? Math.max(last + 1, name + 1),
    ...(body === undefined ? {} : { body }),
  };
}

/** The word behind the keyword, over type parameters and receivers: `fun <T> Foo.bar(`, `enum class Foo`. */
function nameBehind(tokens: Tokens, at: number): number | undefined {
  let name = at + 1;
  if (tokens.mark(name) === '<') while (name < at + 60 && tokens.mark(name) !== '>') name++;
  if (tokens.mark(name) === '>' || tokens.mark(name) === '&') name++;
  if (['class', 'struct', 'interface'].includes(tokens.word(name))) name++;
  while (name < at + 60) {
    const dot = tokens.mark(name + 1) === '<' ? (afterAngles(tokens, name + 1) ?? name + 1) : name + 1;
    if (tokens.mark(dot) !== '.' || tokens.mark(dot + 1) !== 'word') break;
    name = dot + 1;
  }
  const mark = tokens.mark(name);
  return mark === 'word' || (mark === 'string' && !tokens.breaks(name)) ? name : undefined;
}

/** A line that neither goes on with the heading nor opens its body. */
function endsHeading(tokens: Tokens, here: number): boolean {
  if (tokens.mark(here) === '=') return true;
  if (!tokens.breaks(here) || tokens.mark(here) === '(' || continues(tokens, here)) return false;
  return !['where', 'extends', 'implements', 'with', 'throws', 'permits'].includes(tokens.word(here));
}

function readNameless(tokens: Tokens, at: number): Declaration | undefined {
  const next = tokens.mark(at + 1);
  if (next !== '(' && next !== '{' && next !== '?' && next !== '<') return undefined;
  const body = bodyFrom(tokens, at + 1, (here) => tokens.breaks(here));
  if (body === undefined) return undefined;
  return { kind: 'constructor', name: at, head: headOnLine(tokens, at), last: closing(tokens, body), body, next: body };
}
