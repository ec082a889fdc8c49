/** What the rules need to know of a language before they write in it: a table, with something for the languages that it does not name. */

export type Family = 'script' | 'python' | 'rust' | 'go' | 'c' | 'java' | 'swift' | 'other';

export interface Syntax {
  readonly family: Family;
  readonly language: string;
  /** Opens a comment that ends with the line; absent where there is none. */
  readonly lineComment?: string;
  readonly blockComment?: readonly [string, string];
  /** Blocks are marked by indentation. */
  readonly byIndent: boolean;
  /** A condition stands in round brackets. */
  readonly hasParens: boolean;
  /** One step of indentation where the file shows none. */
  readonly indent: string;
}

export function syntaxOf(language: string): Syntax {
  const family = families.get(language) ?? 'other';
  const marks = commentsFor(language, family);
  return {
    family,
    language,
    ...marks,
    byIndent: family === 'python',
    hasParens: family === 'script' || family === 'c' || family === 'java',
    indent: family === 'script' ? '  ' : family === 'go' || language === 'makefile' ? '\t' : '    ',
  };
}

/** TypeScript, not JavaScript. */
export function isTyped({ language }: Syntax): boolean {
  return language.startsWith('typescript');
}

const slashes = { lineComment: '//', blockComment: ['/*', '*/'] } as const;
const hash = { lineComment: '#' } as const;

const families: ReadonlyMap<string, Family> = new Map([
  ...entries('script', 'typescript javascript typescriptreact javascriptreact'),
  ...entries('python', 'python'),
  ...entries('rust', 'rust'),
  ...entries('go', 'go'),
  ...entries('c', 'c cpp objective-c objective-cpp cuda-cpp'),
  ...entries('java', 'java csharp kotlin dart groovy php scala'),
  ...entries('swift', 'swift'),
]);

const hashed = new Set(
  'python gdscript starlark r perl make makefile dockerfile ruby crystal shellscript elixir julia yaml toml coffeescript powershell properties ignore'.split(
    ' ',
  ),
);
const dashed = new Set('sql haskell elm ada vhdl lua luau'.split(' '));
const marked = new Set('html xml svg markdown vue svelte'.split(' '));
const styled = new Set('css less scss'.split(' '));
/** Comments are errors there. */
const bare = new Set('json plaintext csv diff'.split(' '));

function commentsFor(language: string, family: Family): Pick<Syntax, 'lineComment' | 'blockComment'> {
  if (hashed.has(language)) return hash;
  if (dashed.has(language)) return { lineComment: '--' };
  if (marked.has(language)) return { blockComment: ['<!--', '-->'] };
  if (styled.has(language)) return { blockComment: ['/*', '*/'] };
  if (bare.has(language)) return {};
  return family === 'other' && !/^[a-z]/.test(language) ? hash : slashes;
}

function entries(family: Family, names: string): readonly (readonly [string, Family])[] {
  return names.split(' ').map((name) => [name, family] as const);
}

/** A line of comment in the language; undefined where it has none. What would end the comment is broken up. */
export function commentLine({ lineComment, blockComment }: Syntax, text: string): string | undefined {
  const clean = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  if (lineComment !== undefined) return `${lineComment} ${clean}`;
  if (blockComment === undefined) return undefined;
  const [open, close] = blockComment;
  return `${open} ${clean.replaceAll(close, close.split('').join(' '))} ${close}`;
}
