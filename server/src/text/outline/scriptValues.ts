/** Recognises functions that are values in TypeScript and JavaScript: declared, assigned, or under a key. */
import type { Declaration, Scope } from './brackets.ts';
import { after, afterAngles, closing, isPair, lastOfStatement } from './reading.ts';
import { readClass } from './scriptClasses.ts';
import { headOfScript, nameBefore } from './scriptHeads.ts';
import type { Tokens } from './tokens.ts';
import { afterType } from './types.ts';

/** `function name(…) {…}`, also without a body (an overload) and without a name (named by what it is assigned to). */
export function readFunction(tokens: Tokens, at: number): Declaration | undefined {
  const star = tokens.mark(at + 1) === '*' ? 1 : 0;
  const hasName = tokens.mark(at + 1 + star) === 'word';
  const parameters = afterGenerics(tokens, at + 1 + star + Number(hasName));
  if (tokens.mark(parameters) !== '(') return undefined;
  const start = tokens.word(at - 1) === 'async' ? at - 1 : at;
  const title = nameBefore(tokens, start);
  const body = bodyBehind(tokens, parameters);
  if (!hasName && title === undefined)
    return body === undefined ? undefined : { name: at, head: at, last: at, body, next: body };
  const isOwn = hasName && (title === undefined || title.text === 'default');
  return {
    kind: 'function',
    name: isOwn ? at + 1 + star : (title?.token ?? at),
    ...(isOwn || title === undefined ? {} : { title: title.text }),
    head: isOwn ? headOfScript(tokens, at) : (title?.head ?? at),
    ...ending(tokens, body, parameters),
  };
}

/** `const name = (…) => …`, `const name: Type = function …`, `const name = class …`. */
export function readVariable(tokens: Tokens, at: number): Declaration | undefined {
  const name = at + 1;
  if (tokens.mark(name) !== 'word') return undefined;
  const equals = tokens.mark(name + 1) === ':' ? afterType(tokens, name + 2) : name + 1;
  if (!isAssignment(tokens, equals)) return undefined;
  const head = headOfScript(tokens, at);
  if (tokens.word(equals + 1) === 'class')
    return readClass(tokens, equals + 1, { token: name, text: tokens.word(name), head });
  const value = functionAt(tokens, equals + 1);
  if (value !== undefined) return { kind: 'function', name, head, ...value };
  // What stands in its type is not declared there.
  return { name, head, last: equals, next: equals + 1 };
}

/** `name = …`, `a.b.name = …`, `key: …`, where the value is a function. Outside of classes only with braces. */
export function readAssigned(tokens: Tokens, at: number, scope: Scope): Declaration | undefined {
  const name = at - 1;
  const mark = tokens.mark(name);
  const isKey = tokens.mark(at) === ':';
  if (mark !== 'word' && !(isKey && mark === 'string')) return undefined;
  if (isKey ? !'{,'.includes(tokens.mark(name - 1)) : !isAssignment(tokens, at)) return undefined;
  const value = functionAt(tokens, at + 1);
  if (value === undefined || (value.body === undefined && scope !== 'members')) return undefined;
  const isMember = scope === 'members' || isKey;
  let head = name;
  while (!isKey && tokens.mark(head - 1) === '.') head -= 2;
  const title = tokens.mark(name - 1) === '#' ? { title: tokens.between(name - 1, name) } : {};
  return {
    kind: isMember ? 'method' : 'function',
    name,
    ...title,
    head: headOfScript(tokens, Math.max(head, 0)),
    ...value,
  };
}

type Ending = Pick<Declaration, 'last' | 'next' | 'body' | 'scope'>;

/** The function that begins here, `function` or arrow: where its body is and where it ends. */
export function functionAt(tokens: Tokens, from: number): Ending | undefined {
  const at =
    tokens.word(from) === 'async' && !tokens.breaks(from + 1) && !isPair(tokens, from + 1, '=>') ? from + 1 : from;
  if (tokens.word(at) === 'function') {
    const star = tokens.mark(at + 1) === '*' ? 1 : 0;
    const parameters = afterGenerics(tokens, at + 1 + star + Number(tokens.mark(at + 1 + star) === 'word'));
    const body = tokens.mark(parameters) === '(' ? bodyBehind(tokens, parameters) : undefined;
    return body === undefined ? undefined : ending(tokens, body, parameters);
  }
  const arrow = arrowBehind(tokens, at);
  if (arrow === undefined) return undefined;
  const first = arrow + 2;
  if (tokens.mark(first) === '{') return ending(tokens, first, first);
  const last = lastOfStatement(tokens, first - 1);
  return { last, next: first };
}

/** The `=>` of the arrow function whose parameters begin here. */
function arrowBehind(tokens: Tokens, at: number): number | undefined {
  if (tokens.mark(at) === 'word') return isPair(tokens, at + 1, '=>') ? at + 1 : undefined;
  const parameters = afterGenerics(tokens, at);
  if (tokens.mark(parameters) !== '(') return undefined;
  const behind = after(tokens, parameters);
  const arrow = tokens.mark(behind) === ':' ? afterType(tokens, behind + 1) : behind;
  return isPair(tokens, arrow, '=>') ? arrow : undefined;
}

/** The body's brace behind the parameters and the type of what is returned. */
function bodyBehind(tokens: Tokens, parameters: number): number | undefined {
  const behind = after(tokens, parameters);
  const brace = tokens.mark(behind) === ':' ? afterType(tokens, behind + 1) : behind;
  return tokens.mark(brace) === '{' ? brace : undefined;
}

export function afterGenerics(tokens: Tokens, at: number): number {
  return tokens.mark(at) === '<' ? (afterAngles(tokens, at) ?? at) : at;
}

function ending(tokens: Tokens, body: number | undefined, parameters: number): Ending {
  if (body !== undefined) return { last: closing(tokens, body), body, next: body };
  const last = lastOfStatement(tokens, parameters);
  return { last, next: last + 1 };
}

function isAssignment(tokens: Tokens, at: number): boolean {
  return tokens.mark(at) === '=' && !(tokens.touches(at) && '=>'.includes(tokens.mark(at + 1)));
}
