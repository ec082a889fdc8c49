/** Walks through the code of a language with brackets and lets a reader for that language recognise declarations. */
import type { Found, Kind } from './kinds.ts';
import type { Tokens } from './tokens.ts';

/** What the braces around a place hold. */
export type Scope =
  /** Declarations: a file, a namespace, a module. */
  | 'file'
  /** Methods and fields with bodies: a class, a struct. */
  | 'members'
  /** Methods without bodies: an interface, an object type. */
  | 'signatures'
  /** Names of types, as in Go's `type ( … )`. */
  | 'types'
  /** Statements and values. */
  | 'code'
  /** Round or square brackets. */
  | 'group';

/** What a reader recognised. All numbers are tokens. */
export interface Declaration {
  /** Absent: nothing to list, but the body's scope is known. */
  readonly kind?: Kind;
  readonly name: number;
  /** Instead of the name's own text. */
  readonly title?: string;
  /** Its first token. */
  readonly head: number;
  readonly last: number;
  /** The brace that opens its body, and what that holds. */
  readonly body?: number;
  readonly scope?: Scope;
  /** Where to read on: behind what has been understood. Always behind the token that was asked about. */
  readonly next: number;
}

/** Whether a declaration is recognised at a token. Looks only a bounded number of tokens around, brackets jumped. */
export type Reader = (tokens: Tokens, at: number, scope: Scope) => Declaration | undefined;

export function outlineByBrackets(tokens: Tokens, read: Reader): readonly Found[] {
  const found: Found[] = [];
  const scopes = createScopes(tokens);
  for (let at = 0; at < tokens.count; ) {
    if (scopes.close(at)) {
      at++;
      continue;
    }
    const declaration = read(tokens, at, scopes.current());
    if (declaration === undefined) {
      scopes.open(at);
      at++;
      continue;
    }
    if (declaration.kind !== undefined) found.push(toFound(tokens, declaration, declaration.kind));
    if (declaration.body !== undefined) scopes.expect(declaration.body, declaration.scope ?? 'code');
    at = declaration.next;
  }
  return found;
}

interface Scopes {
  current(): Scope;
  /** Says what the brace holds, before it is reached. */
  expect(brace: number, scope: Scope): void;
  open(at: number): void;
  /** Whether the token is a closing bracket. */
  close(at: number): boolean;
}

function createScopes(tokens: Tokens): Scopes {
  const open: { readonly token: number; readonly scope: Scope }[] = [];
  const expected = new Map<number, Scope>();
  return {
    current: () => open.at(-1)?.scope ?? 'file',
    expect: (brace, scope) => expected.set(brace, scope),
    open(at) {
      const mark = tokens.mark(at);
      if (mark !== '{' && mark !== '(' && mark !== '[') return;
      const inherited = open.at(-1)?.scope === 'signatures' ? 'signatures' : 'code';
      open.push({ token: at, scope: expected.get(at) ?? (mark === '{' ? inherited : 'group') });
    },
    close(at) {
      const mark = tokens.mark(at);
      if (mark !== '}' && mark !== ')' && mark !== ']') return false;
      const partner = tokens.partner(at);
      while (partner >= 0 && (open.at(-1)?.token ?? -1) >= partner) open.pop();
      return true;
    },
  };
}

function toFound(tokens: Tokens, declaration: Declaration, kind: Kind): Found {
  return {
    name: declaration.title ?? unquoted(tokens.between(declaration.name, declaration.name)),
    kind,
    start: tokens.start(declaration.head),
    end: tokens.end(declaration.last),
    nameStart: tokens.start(declaration.name),
    nameEnd: tokens.end(declaration.name),
  };
}

function unquoted(name: string): string {
  return name.replace(/^(["'`])(.*)\1$/, '$2');
}
