/** Recognises declarations in C and C++. */
import type { Declaration, Reader, Scope } from './brackets.ts';
import { type CallableRules, readCallable } from './callable.ts';
import { headOfCallable } from './callableHead.ts';
import type { Kind } from './kinds.ts';
import { after, afterAngles, bodyFrom, closing, reach } from './reading.ts';
import type { Tokens } from './tokens.ts';

const rules: CallableRules = {
  notNames: new Set(
    'if for while switch return sizeof catch defined typeof __typeof__ __attribute__ __attribute __declspec alignas _Alignas decltype throw noexcept asm __asm__ static_assert _Static_assert operator new delete else do case'.split(
      ' ',
    ),
  ),
  qualifiers: new Set('const volatile noexcept override final throw __attribute__ __attribute mutable'.split(' ')),
  old: true,
  signatures: false,
};

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['struct', 'struct'],
  ['union', 'struct'],
  ['class', 'class'],
  ['enum', 'enum'],
  ['namespace', 'module'],
]);

export const readC: Reader = (tokens, at, scope) => {
  if (tokens.mark(at) === '(') return readCallable(tokens, at, { scope, rules });
  const word = tokens.word(at);
  if (word === 'extern' && tokens.mark(at + 1) === 'string' && tokens.mark(at + 2) === '{') {
    return { name: at, head: at, last: at, body: at + 2, scope: 'file', next: at + 2 };
  }
  if (word === 'operator') return readOperator(tokens, at, scope);
  const kind = kinds.get(word);
  return kind === undefined || '<,'.includes(tokens.mark(at - 1) || ' ') ? undefined : readType(tokens, at, kind);
};

function readType(tokens: Tokens, at: number, kind: Kind): Declaration | undefined {
  const heading = headingOf(tokens, at);
  if (heading === undefined) return undefined;
  const { body } = heading;
  const close = closing(tokens, body);
  const shared = { head: headOfCallable(tokens, at), body, scope: scopeOf(kind), next: body };
  if (heading.name !== undefined) return { ...shared, kind, name: heading.name, last: close };
  // A type without a name is called what "typedef" calls it, behind attributes.
  let name = close + 1;
  while (notNames.has(tokens.word(name))) name = after(tokens, name + 1);
  const isNamed = tokens.word(shared.head) === 'typedef' && tokens.mark(name) === 'word';
  return isNamed ? { ...shared, kind, name, last: name } : { ...shared, name: at, last: close };
}

function scopeOf(kind: Kind): Scope {
  return kind === 'module' ? 'file' : kind === 'enum' ? 'code' : 'members';
}

/** The name and the body's brace behind `struct`; undefined where the keyword only names a type. */
function headingOf(tokens: Tokens, at: number): { name: number | undefined; body: number } | undefined {
  let name: number | undefined;
  let here = at + 1;
  for (let steps = 0; steps < reach; steps++) {
    const mark = tokens.mark(here);
    if (mark === '{') return { name, body: here };
    if (mark === ':' && tokens.mark(here + 1) !== ':') {
      const body = bodyFrom(tokens, here + 1);
      return body === undefined ? undefined : { name, body };
    }
    if (mark === ':') here += 2;
    else if (mark === '<') here = afterAngles(tokens, here) ?? here + 1;
    else if (mark === '(' || mark === '[') here = after(tokens, here);
    else if (mark !== 'word') return undefined;
    else {
      if (!notNames.has(tokens.word(here))) name = here;
      here++;
    }
  }
  return undefined;
}

const notNames = new Set(['final', 'class', 'struct', 'inline', '__attribute__', '__packed', '__declspec', 'alignas']);

/** `operator==(…)`, `operator()(…)`, `operator bool()`. */
function readOperator(tokens: Tokens, at: number, scope: Scope): Declaration | undefined {
  let open = tokens.mark(at + 1) === '(' ? after(tokens, at + 1) : at + 1;
  while (open < at + 8 && tokens.mark(open) !== '(') open++;
  const callee = { name: at, first: at, behind: after(tokens, open) };
  const declaration = readCallable(tokens, open, { scope, rules: { ...rules, notNames: noNames }, callee });
  return declaration && { ...declaration, title: tokens.between(at, open - 1) };
}

const noNames: ReadonlySet<string> = new Set();
