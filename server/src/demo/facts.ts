/** What can be read from code by its words alone: what it declares, where it branches, loops, returns, fails, what it calls. */
import { maskOf } from '../text/mask.ts';
import { outlineOf } from '../text/outline.ts';
import type { SentCode } from './sentCode.ts';

/** Something seen in a line. */
export interface Sighting {
  readonly name: string;
  /** One-based, of the document. */
  readonly line: number;
}

export interface Declared extends Sighting {
  readonly kind: string;
  readonly parameters: readonly string[];
}

export interface Facts {
  readonly firstLine: number;
  readonly lines: number;
  readonly declared: readonly Declared[];
  readonly branches: readonly Sighting[];
  readonly loops: readonly Sighting[];
  readonly returns: readonly Sighting[];
  readonly errors: readonly Sighting[];
  readonly awaits: readonly Sighting[];
  readonly calls: readonly Sighting[];
}

/** By LSP SymbolKind. */
const kindNames: Readonly<Record<number, string>> = {
  2: 'the module',
  3: 'the namespace',
  5: 'the class',
  6: 'the method',
  9: 'the constructor',
  10: 'the enum',
  11: 'the interface',
  12: 'the function',
  23: 'the struct',
};

export function factsOf({ text, firstLine, language }: SentCode): Facts {
  const masked = maskOf(text, language).split('\n');
  const find = (pattern: RegExp): readonly Sighting[] =>
    masked.flatMap((line, index) =>
      [...line.matchAll(pattern)].map((match) => ({ name: match[1] ?? match[0], line: firstLine + index })),
    );
  const declared = declaredIn({ text, firstLine, language }, masked);
  const own = new Set(declared.map(({ name }) => name));
  return {
    firstLine,
    lines: text.replace(/\n$/, '').split('\n').length,
    declared,
    branches: find(/\b(if|elif|else if|switch|match|case|when|guard|unless)\b/g),
    loops: find(/\b(for|while|loop|until|foreach|do)\b|\.(?:map|forEach|reduce|filter|flatMap|each)\b/g).map(
      ({ name, line }) => ({ name: name.replace('.', ''), line }),
    ),
    returns: find(/\b(return|yield)\b/g),
    errors: find(/\b(throw|raise|panic|try|catch|except|rescue|unwrap|defer)\b/g),
    awaits: find(/\b(await|async)\b/g),
    calls: find(/([A-Za-z_$][\w$]*)\s*\(/g).filter(({ name }) => !keywords.has(name) && !own.has(name)),
  };
}

const keywords = new Set(
  'if elif while for switch match catch return function def fn func class struct sizeof typeof await new super print with except when and or not in case throw do'.split(
    ' ',
  ),
);

function declaredIn(
  { text, firstLine, language }: Pick<SentCode, 'text' | 'firstLine' | 'language'>,
  masked: readonly string[],
): readonly Declared[] {
  return outlineOf(text, language).map(({ name, kind, range, selection }) => ({
    name,
    kind: kindNames[kind] ?? 'the symbol',
    line: firstLine + range.start.line,
    parameters:
      kind === 6 || kind === 9 || kind === 12 ? parametersAt(masked, selection.end.line, selection.end.character) : [],
  }));
}

const longestList = 2_000;

/** Names in the first pair of parentheses behind a declared name. */
function parametersAt(masked: readonly string[], line: number, character: number): readonly string[] {
  const rest = [masked[line]?.slice(character) ?? '', ...masked.slice(line + 1, line + 20)]
    .join('\n')
    .slice(0, longestList);
  const open = rest.indexOf('(');
  if (open === -1 || /[{;]/.test(rest.slice(0, open))) return [];
  return partsOf(rest, open)
    .map(nameOf)
    .filter((name) => name !== '' && name !== 'self' && name !== 'this');
}

/** The text between a parenthesis and its partner, cut at its own commas. */
function partsOf(text: string, open: number): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < text.length; at++) {
    const character = text.charAt(at);
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    if (depth === 0 || (depth === 1 && character === ',')) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
    if (depth === 0) break;
  }
  return parts;
}

const modifiers = new Set(['mut', 'ref', 'public', 'private', 'protected', 'readonly', 'final', 'const']);

/** `items: Item[] = []`, `int count`, `*args`, `&mut self`: the name that the body uses. */
function nameOf(part: string): string {
  const head = part.split(/[:=]/)[0] ?? '';
  const words = (head.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((word) => !modifiers.has(word));
  // With a colon the name stands first; without one, a type may stand before it.
  return (part.includes(':') ? words[0] : words.at(-1)) ?? '';
}
