/** `var` becomes `const` or `let`, where no use of the name stands outside of its block or before it. */
import type { Change } from './changes.ts';
import { functionsOf } from './functions.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Source } from './source.ts';

export function blockVariables(source: Source, from: number, to: number): readonly Change[] {
  const { masked } = source;
  if (!/\bvar\b/.test(masked)) return [];
  const changes: Change[] = [];
  const counts = declarationCounts(masked);
  const blocks = blocksOf(source);
  for (let line = from; line <= to && line < source.lines.length; line++) {
    const column = /^\s*(?:export\s+)?(?:for\s*(?:await\s*)?\(\s*)?var\b/.exec(source.maskedLine(line))?.[0].length;
    if (column === undefined) continue;
    const at = source.startOf(line) + column - 3;
    const word = wordFor(source, at, blocks(at), counts);
    const text = source.lines[line] ?? '';
    if (word !== undefined)
      changes.push({ from: line, to: line + 1, lines: [text.slice(0, column - 3) + word + text.slice(column)] });
  }
  return changes;
}

interface Block {
  readonly start: number;
  readonly end: number;
  /** What stands before its brace. */
  readonly head: string;
}

/** The innermost braces around an offset; asked for with rising offsets. */
function blocksOf(source: Source): (at: number) => Block {
  const { masked } = source;
  const open: number[] = [];
  let done = 0;
  return (at) => {
    for (; done < at; done++) {
      if (masked.charAt(done) === '{') open.push(done);
      else if (masked.charAt(done) === '}') open.pop();
    }
    const start = open.at(-1) ?? -1;
    const partner = start < 0 ? -1 : source.partner(start);
    const end = partner < 0 ? masked.length : partner;
    return { start: start + 1, end, head: start < 0 ? '' : masked.slice(Math.max(0, start - 120), start) };
  };
}

/** How often each name is declared by `var` in the file: a second one would not be allowed. */
function declarationCounts(masked: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, list = ''] of masked.matchAll(/\bvar\s+([^;\n]*)/g))
    for (const [, name = ''] of list.matchAll(/(?:^|,)\s*([A-Za-z_$][\w$]*)/g))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [, name = ''] of masked.matchAll(/\bfunction\s+([A-Za-z_$][\w$]*)/g))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Longer blocks are left as they are. */
const longestBlock = 60_000;

function wordFor(
  source: Source,
  at: number,
  block: Block,
  counts: ReadonlyMap<string, number>,
): 'const' | 'let' | undefined {
  const { masked } = source;
  const statement = statementAt(source, at);
  const names = statement === undefined ? [] : namesIn(statement.text);
  if (statement === undefined || names.length === 0 || names.some((name) => counts.get(name) !== 1)) return undefined;
  const isLoopHead = /\bfor\s*(?:await\s*)?\(\s*$/.test(masked.slice(Math.max(0, at - 20), at));
  const scope = isLoopHead ? loopScope(source, at) : block;
  if (scope === undefined || scope.end - scope.start > longestBlock || /\bswitch\s*\([^{}]*\)\s*$/.test(block.head))
    return undefined;
  const isInLoop = /\b(?:for|while)\s*\([^{}]*\)\s*$|\bdo\s*$/.test(block.head) || isLoopHead;
  if (
    isInLoop &&
    (/=>|\bfunction\b/.test(masked.slice(scope.start, scope.end)) || !hasValues(statement.text, isLoopHead))
  )
    return undefined;
  const owner = ownerAround(source, at);
  const isOutside = (place: number) =>
    (place >= owner.start && place < at) || (place >= scope.end && place < owner.end);
  if (names.some((name) => occurrencesOf(source, name).some(isOutside))) return undefined;
  const behind = at + 4 + statement.text.length;
  const isWritten = (name: string) =>
    occurrencesOf(source, name).some(
      (place) => place >= behind && place < scope.end && isWrittenAt(masked, place, name),
    );
  return hasValues(statement.text, isLoopHead) && !names.some(isWritten) ? 'const' : 'let';
}

function ownerAround(source: Source, at: number) {
  const owner = functionsOf(source).findLast(({ start, end }) => start <= at && at < end);
  // Anonymous functions are blocks like others: what is outside of them is looked at as well.
  return { start: owner?.start ?? 0, end: owner?.end ?? source.masked.length };
}

/** What stands behind the keyword, up to the semicolon or the end of the line; undefined where it goes on in another way. */
function statementAt({ masked, partner }: Source, at: number) {
  const from = at + 4;
  let end = from;
  for (; end < masked.length; end++) {
    const character = masked.charAt(end);
    if (';)'.includes(character)) break;
    if (
      character === '\n' &&
      !/[,=+*/%&|?:<>({[.-]\s*$/.test(masked.slice(Math.max(from, end - 40), end)) &&
      !/^\s*[.,=+*/%&|?:<>-]/.test(masked.slice(end, end + 200))
    )
      break;
    if ('([{'.includes(character)) end = Math.max(end, partner(end));
  }
  const text = masked.slice(from, end);
  return /^[A-Za-z_$]/.test(text) ? { text } : undefined;
}

/** The names before the first equals sign of each part. */
function namesIn(text: string): readonly string[] {
  const flat = text.replace(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/g, '');
  if (/[([{]/.test(flat))
    return /^[A-Za-z_$][\w$]*\s*=/.test(text) &&
      !/,/.test(flat.split(/[([{]/)[0] ?? '') &&
      !/[)\]}][^()[\]{}]*,/.test(text)
      ? [/^[\w$]+/.exec(text)?.[0] ?? '']
      : [];
  return flat
    .split(',')
    .flatMap((part) => /^\s*([A-Za-z_$][\w$]*)\s*(?::[^=]*)?(?:=|$|\s(?:of|in)\b)/.exec(part)?.[1] ?? '')
    .filter((name) => name !== '');
}

function hasValues(text: string, isLoopHead: boolean): boolean {
  if (isLoopHead && /^[\w$]+\s+(?:of|in)\b/.test(text)) return true;
  return namesIn(text).every((name) =>
    new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*(?::[^=,]*)?=(?![=>])`).test(text),
  );
}

/** The brackets of a loop and its body. */
function loopScope({ masked, partner }: Source, at: number): Block | undefined {
  const open = masked.lastIndexOf('(', at);
  const close = partner(open);
  const brace = close < 0 ? null : /^\s*\{/.exec(masked.slice(close + 1, close + 100));
  const end = brace === null ? -1 : partner(close + brace[0].length);
  return end < 0 ? undefined : { start: open, end, head: '' };
}

/** Assigned, counted up or taken apart into. In doubt it is. */
export function isWrittenAt(masked: string, at: number, name: string): boolean {
  const behind = masked.slice(at + name.length, at + name.length + 200);
  if (/^\s*(?:(?:[-+*/%&|^]|\*\*|\/\/|<<|>>>?|&&|\|\||\?\?)?=(?![=>])|\+\+|--|\s(?:of|in)\b)/.test(behind)) return true;
  const before = masked.slice(Math.max(0, at - 40), at);
  if (/(?:\+\+|--)\s*$/.test(before)) return true;
  return /[[{,:(.]\s*$/.test(before) && /^\s*(?:,[^;=]*)?[\]}]\)?\s*=(?![=>])/.test(behind);
}
