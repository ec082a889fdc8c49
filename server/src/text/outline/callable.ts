/** Recognises functions of the C kind, a name with parameters and a body, in C, C++, Java, C# and Dart. */
import type { Declaration, Scope } from './brackets.ts';
import { headOfCallable } from './callableHead.ts';
import { after, afterAngles, closing, isPair, reach } from './reading.ts';
import type { Tokens } from './tokens.ts';

export interface CallableRules {
  /** Words before a bracket that are no names. */
  readonly notNames: ReadonlySet<string>;
  /** Words between the parameters and the body. */
  readonly qualifiers: ReadonlySet<string>;
  /** Parameters may be declared between the brackets and the body, as before 1989; macros may stand there too. */
  readonly old: boolean;
  /** `name(…);` among members declares a method, where a type stands before it. */
  readonly signatures: boolean;
}

/** `at` is the bracket that opens the parameters. @param callee - Where the name is, when it is not the word before. */
export function readCallable(
  tokens: Tokens,
  at: number,
  { scope, rules, callee = calleeAt(tokens, at) }: Place,
): Declaration | undefined {
  if (tokens.mark(at) !== '(' || callee === undefined || !holdsFunctions(scope)) return undefined;
  if (rules.notNames.has(tokens.word(callee.name))) return undefined;
  const head = headOfCallable(tokens, callee.first);
  const isTyped = head < callee.first;
  if (rules.signatures && !isTyped && isEnumerator(tokens, callee.first)) return undefined;
  const ending = endingOf(tokens, callee.behind, { rules, isTyped, isPlain: isPlain(tokens, at) });
  if (ending === undefined) return undefined;
  const title =
    callee.first === callee.name || !tokens.touches(callee.first)
      ? undefined
      : tokens.between(callee.first, callee.name);
  const shared = {
    kind: scope === 'file' ? 'function' : 'method',
    name: callee.name,
    ...(title === undefined ? {} : { title }),
    head,
  } as const;
  if (ending.body !== undefined)
    return { ...shared, last: closing(tokens, ending.body), body: ending.body, next: ending.body };
  if (!rules.signatures || scope === 'file' || !isTypeEnd(tokens, callee.first - 1)) return undefined;
  return { ...shared, last: ending.end, next: ending.end + 1 };
}

export interface Place {
  readonly scope: Scope;
  readonly rules: CallableRules;
  readonly callee?: Callee | undefined;
}

function holdsFunctions(scope: Scope): boolean {
  return scope === 'file' || scope === 'members' || scope === 'signatures';
}

/** `RED("r") { … }` among the constants of an enum: no constructor. */
function isEnumerator(tokens: Tokens, name: number): boolean {
  if (tokens.mark(name - 1) === ',') return true;
  if (tokens.mark(name - 1) !== '{') return false;
  for (let here = name - 2; here > name - 12 && !';}'.includes(tokens.mark(here)); here--) {
    if (tokens.word(here) === 'enum') return true;
  }
  return false;
}

export interface Callee {
  readonly name: number;
  /** Where the name begins: at `~` of a destructor, else at the name. */
  readonly first: number;
  /** Behind the parameters. */
  readonly behind: number;
}

function calleeAt(tokens: Tokens, at: number): Callee | undefined {
  const name = at - 1;
  // A function that returns a pointer to a function: void (*name(int))(int)
  const second = after(tokens, at);
  if (tokens.mark(at + 1) === '*' && tokens.mark(second) === '(') {
    const isNamed = tokens.mark(at + 2) === 'word' && tokens.mark(at + 3) === '(';
    return isNamed ? { name: at + 2, first: at + 2, behind: after(tokens, second) } : undefined;
  }
  if (tokens.mark(name) === '>') return genericCallee(tokens, at);
  if (tokens.mark(name) !== 'word') return undefined;
  return { name, first: tokens.mark(name - 1) === '~' ? name - 1 : name, behind: second };
}

/** `name<T>(…)`: the name before the type parameters. */
function genericCallee(tokens: Tokens, at: number): Callee | undefined {
  for (let here = at - 2, steps = 0; here > 0 && steps < 60; here--, steps++) {
    if (tokens.mark(here) !== '<' || afterAngles(tokens, here) !== at) continue;
    return tokens.mark(here - 1) === 'word'
      ? { name: here - 1, first: here - 1, behind: after(tokens, at) }
      : undefined;
  }
  return undefined;
}

/** Whether the parameters are names only: then their types may follow. */
function isPlain(tokens: Tokens, open: number): boolean {
  const close = tokens.partner(open);
  if (close - open > 120 || close === open + 1) return false;
  for (let at = open + 1; at < close; at++) {
    if (tokens.mark(at) !== ((at - open) % 2 === 1 ? 'word' : ',')) return false;
  }
  return true;
}

interface Before {
  readonly rules: CallableRules;
  /** A type or a modifier stands before the name. */
  readonly isTyped: boolean;
  readonly isPlain: boolean;
}

interface CallableEnd {
  readonly body: number | undefined;
  readonly end: number;
}

/** The body behind the parameters, or the semicolon; undefined where this is no declaration. */
function endingOf(tokens: Tokens, behind: number, before: Before): CallableEnd | undefined {
  const { qualifiers, old } = before.rules;
  const typed = old && before.isPlain && tokens.mark(behind) === 'word' ? bodyBehindTypes(tokens, behind) : undefined;
  if (typed !== undefined) return typed;
  let here = behind;
  for (let steps = 0; steps < reach; steps++) {
    const mark = tokens.mark(here);
    const word = tokens.word(here);
    if (mark === '{') return { body: here, end: here };
    if (mark === ';') return { body: undefined, end: here };
    if (mark === '[' || mark === '&') here = after(tokens, here);
    else if (isPair(tokens, here, '=>')) return { body: undefined, end: endOfExpression(tokens, here) };
    else if (isPair(tokens, here, '->') || mark === ':' || openEnded.has(word)) return bodyAhead(tokens, here);
    else if (qualifiers.has(word) || (old && before.isTyped && isMacro(word))) {
      here = tokens.mark(here + 1) === '(' ? after(tokens, here + 1) : here + 1;
    } else return undefined;
  }
  return undefined;
}

/** Behind these come names up to the body. */
const openEnded = new Set(['throws', 'where', 'requires', 'try']);

/** `FOO`, `__foo`: what stands between the parameters and the body is a macro. */
function isMacro(word: string): boolean {
  return /^(?:[A-Z][A-Z0-9_]+|__\w+)$/.test(word);
}

function endOfExpression(tokens: Tokens, from: number): number {
  let here = from;
  for (let steps = 0; here < tokens.count && steps < reach; here = after(tokens, here), steps++) {
    if (tokens.mark(here) === ';') return here;
  }
  return Math.min(here, tokens.count - 1);
}

/** The body behind initialisers, a returned type or exceptions: the first brace that initialises nothing. */
function bodyAhead(tokens: Tokens, from: number): CallableEnd | undefined {
  const isList = tokens.mark(from) === ':';
  for (let here = from, steps = 0; here < tokens.count && steps < reach; here = after(tokens, here), steps++) {
    const mark = tokens.mark(here);
    if (mark === ';') return { body: undefined, end: here };
    if (mark === '}' || mark === ')') return undefined;
    if (mark !== '{') continue;
    const isInitialiser = isList && tokens.mark(here - 1) === 'word' && ',{'.includes(tokens.mark(after(tokens, here)));
    if (!isInitialiser || tokens.mark(after(tokens, here)) === '') return { body: here, end: here };
  }
  return undefined;
}

/** `int a; char *b; {`: the brace behind a semicolon. */
function bodyBehindTypes(tokens: Tokens, from: number): CallableEnd | undefined {
  for (let here = from, steps = 0; here < tokens.count && steps < 120; here = after(tokens, here), steps++) {
    const mark = tokens.mark(here);
    if (mark === '{' && tokens.mark(here - 1) === ';') return { body: here, end: here };
    if (mark === '{' || mark === '}' || mark === '=') return undefined;
  }
  return undefined;
}

function isTypeEnd(tokens: Tokens, at: number): boolean {
  const mark = tokens.mark(at);
  return (
    (mark === 'word' && !['return', 'new', 'else', 'throw', 'await'].includes(tokens.word(at))) ||
    mark === '>' ||
    mark === ']' ||
    mark === '?' ||
    mark === '*'
  );
}
