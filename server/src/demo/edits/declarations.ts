/** What a stretch of code declares: names with where they stand, their types, and whether they belong to the block that follows. */
import { codeView } from './occurrences.ts';
import type { Source } from './source.ts';

export interface Declaration {
  readonly name: string;
  readonly at: number;
  readonly type: string | undefined;
  /** What it is given, as far as the line shows. */
  readonly value: string | undefined;
  /** `const`, `let`, `var`, `:=`, … */
  readonly word: string;
  /** Of a loop, a `catch`, a function's parameters: seen in the block behind it only. */
  readonly isForBlock: boolean;
}

/** In the order of the code. */
export function declarationsIn(source: Source, from: number, to: number): readonly Declaration[] {
  const view = codeView(source).slice(from, to);
  const found = patternsFor(source).flatMap(({ pattern, isForBlock }) =>
    [...view.matchAll(pattern)].flatMap((match) => read(source, match, from, isForBlock)),
  );
  return found.toSorted((one, other) => one.at - other.at);
}

interface Pattern {
  /** Groups: `word`, `names`, `type`, `value`. */
  readonly pattern: RegExp;
  readonly isForBlock?: boolean;
}

const script: readonly Pattern[] = [
  {
    pattern:
      /(?<![\w$.])(?<word>const|let|var)\s+(?<names>[A-Za-z_$][\w$]*|\{[^{}=;]{0,400}\}|\[[^[\]=;]{0,400}\])\s*(?:(?::\s*(?<type>(?:[^=;\n]|=>){1,200}?)\s*)?=(?![=>])\s*(?<value>[^;\n]*)|:[^=;\n]{1,200}(?=[;\n])|(?=[;\n,)]|\s(?:of|in)\b))/g,
  },
  { pattern: /(?<![\w$.])(?<word>function|class)\s+(?<names>[A-Za-z_$][\w$]*)/g },
  { pattern: /\bcatch\s*\(\s*(?<names>[A-Za-z_$][\w$]*)/g, isForBlock: true },
  {
    pattern:
      /\((?<names>[^()]{0,400})\)\s*(?::[^={};]{0,200})?=>\s*(?=\{)|(?<![\w$.])function\s*\*?\s*\((?<more>[^()]{0,400})\)/g,
    isForBlock: true,
  },
  { pattern: /(?<![\w$.])(?<names>[A-Za-z_$][\w$]*)\s*=>\s*(?=\{)/g, isForBlock: true },
];
const python: readonly Pattern[] = [
  {
    pattern:
      /^[ \t]*(?<names>[A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*){0,20})[ \t]*(?::[ \t]*(?<type>[^=\n]{1,200}?)[ \t]*)?=(?!=)[ \t]*(?<value>[^\n]*)/gm,
  },
  { pattern: /\bfor\s+(?<names>[A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*){0,20}|\([^()]{0,200}\))[ \t]+in\b/g },
  { pattern: /\bas\s+(?<names>[A-Za-z_]\w*)/g },
  { pattern: /^[ \t]*(?:async\s+)?(?<word>def|class)\s+(?<names>[A-Za-z_]\w*)/gm },
  { pattern: /(?<names>[A-Za-z_]\w*)\s*:=/g },
];
const go: readonly Pattern[] = [
  {
    pattern:
      /(?<![\w.])(?<names>[A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*){0,20})[ \t]*(?<word>:=)[ \t]*(?<value>[^\n;{]*(?:\{[^\n]*)?)/g,
  },
  {
    pattern:
      /\b(?<word>var|const)\s+(?<names>[A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*){0,20})(?:[ \t]+(?<type>[^=\n;]{1,200}?))?[ \t]*(?:=\s*(?<value>[^\n;]*)|(?=\n|;|$))/g,
  },
  { pattern: /\bfunc\s*\((?<names>[^()]{0,400})\)[^{\n]{0,200}(?=\{)/g, isForBlock: true },
];
const rust: readonly Pattern[] = [
  {
    pattern:
      /\b(?<word>let)\s+(?<names>(?:mut\s+)?[a-z_]\w*|\([^()=]{0,400}\))\s*(?::\s*(?<type>[^=;\n]{1,200}?))?\s*(?:=(?!=)\s*(?<value>[^;\n]*)|(?=;))/g,
  },
  { pattern: /\b(?:if|while)\s+let\s+(?<names>[^=\n]{0,200})=/g, isForBlock: true },
  { pattern: /\bfor\s+(?<names>[^\n{]{0,200}?)\s+in\b/g, isForBlock: true },
  { pattern: /(?:^|,|\{)[ \t]*(?<names>[A-Z]\w*(?:::\w+){0,8}\s*[({][^=\n]{0,200}[)}])\s*=>/gm, isForBlock: true },
  { pattern: /\|(?<names>[\w\s,&:<>]{0,200})\|/g, isForBlock: true },
];
const c: readonly Pattern[] = [
  {
    pattern:
      /(?:^|[;{(}])[ \t]*(?<type>(?:(?:const|unsigned|signed|static|struct|enum|final|volatile|long)[ \t]+){0,6}[A-Za-z_][\w:]*(?:<[^;(){}=]{0,200}>)?(?:\[\]){0,4}(?:[ \t]*[*&]{1,4}[ \t]*|[ \t]+))(?<names>[A-Za-z_]\w*)(?<array>\[[^\]\n]*\])?\s*(?:=(?!=)\s*(?<value>[^;\n]*)|(?=[;,:]))/gm,
  },
];

function patternsFor({ syntax }: Source): readonly Pattern[] {
  switch (syntax.family) {
    case 'script':
      return script;
    case 'python':
      return python;
    case 'go':
      return go;
    case 'rust':
      return rust;
    default:
      return c;
  }
}

const notNames = new Set(
  'mut ref const let var return if else for while in of as true false null undefined None True False Some Ok Err self this break continue goto case default throw new delete typeof await'.split(
    ' ',
  ),
);

function read(source: Source, match: RegExpMatchArray, from: number, isForBlock = false): readonly Declaration[] {
  const { names = '', more, word = '', type, value, array = '' } = match.groups ?? {};
  const list = more ?? names;
  if (/^(?:return|else|goto|case|throw|new|delete|typeof|await|import|using|package)\b/.test(type?.trim() ?? ''))
    return [];
  const at = (match.index ?? 0) + match[0].indexOf(list);
  const isHead = isForBlock || opensBlock(source, from + at);
  return namesIn(list, source).map((name) => ({
    name: name.text,
    at: from + at + name.at,
    type: type === undefined ? undefined : type.trim() + (array === '' ? '' : ' *'),
    value:
      value === undefined || /[,[{(]/.test(list)
        ? undefined
        : source.text.slice(from + valueAt(match, value), from + valueAt(match, value) + value.length).trim(),
    word,
    isForBlock: isHead,
  }));
}

function valueAt(match: RegExpMatchArray, value: string): number {
  return (match.index ?? 0) + match[0].lastIndexOf(value);
}

/** Names in a list or pattern: not keys, not types, not defaults. */
function namesIn(list: string, { syntax }: Source) {
  const found: { readonly text: string; readonly at: number }[] = [];
  for (const match of list.matchAll(/[A-Za-z_$][\w$]*/g)) {
    const behind = list.slice(match.index + match[0].length);
    const before = list.slice(0, match.index);
    const isKey = syntax.family === 'script' && list.startsWith('{') && /^\s*:/.test(behind);
    const isType =
      !list.startsWith('{') &&
      /:\s*(?:[\w<>[\]|&.\s]*)$/.test(before.slice(before.lastIndexOf(',') + 1)) &&
      /[:]/.test(before.slice(before.lastIndexOf(',') + 1));
    const isDefault = /=\s*[\w$.]*$/.test(before);
    const isGoType = syntax.family === 'go' && /[\w\]]\s+[*\w.[\]]*$/.test(before.slice(before.lastIndexOf(',') + 1));
    const isVariant = syntax.family === 'rust' && /^[A-Z]/.test(match[0]);
    if (
      isKey ||
      isType ||
      isDefault ||
      isGoType ||
      isVariant ||
      before.endsWith('.') ||
      notNames.has(match[0]) ||
      match[0] === '_'
    )
      continue;
    found.push({ text: match[0], at: match.index });
  }
  return found;
}

/** In the head of a loop or condition, where the language gives it to the block. */
function opensBlock(source: Source, at: number): boolean {
  if (source.syntax.byIndent) return false;
  const start = source.startOf(source.lineAt(at));
  const before = source.masked.slice(start, at);
  return source.syntax.family === 'go'
    ? /^\s*(?:\}\s*else\s+)?(?:for|if|switch)\b[^{]*$/.test(before)
    : /\bfor\s*(?:await\s*)?\([^{}]*$|\b(?:using|try|catch)\s*\([^)]*$/.test(before);
}

/** What can be named at an offset, of what was declared behind `from`. */
export function visibleAt(source: Source, from: number, at: number): ReadonlyMap<string, Declaration> {
  const declared = declarationsIn(source, from, at);
  if (source.syntax.byIndent) return new Map(declared.map((declaration) => [declaration.name, declaration]));
  const blocks: Declaration[][] = [[]];
  let pending: Declaration[] = [];
  let next = 0;
  for (let here = from; here < at; here++) {
    for (let due = declared[next]; due !== undefined && due.at <= here; due = declared[++next]) {
      if (due.isForBlock) pending.push(due);
      else blocks.at(-1)?.push(due);
    }
    const character = source.masked.charAt(here);
    if (character === '{') {
      blocks.push(pending);
      pending = [];
    } else if (character === '}' && blocks.length > 1) {
      blocks.pop();
      pending = [];
    }
  }
  return new Map(blocks.flat().map((declaration) => [declaration.name, declaration]));
}
