/** Finds declarations by indentation: a heading, then everything deeper, then what closes it. For Python, Ruby, Lua, shells and their like. */
import type { Found, Kind } from './kinds.ts';

export interface IndentRules {
  /** Sticky and with indices, from a line's first character on: group `word` decides the kind, group `name` is the name. */
  readonly heading: RegExp;
  readonly kinds: Readonly<Record<string, Kind>>;
  /** A line at the heading's own indentation that begins with one of these ends it; without one it ends before. */
  readonly closers: readonly string[];
  /** Lines inside round or square brackets do not count. */
  readonly bracketed: boolean;
}

export function outlineByIndent(code: string, text: string, rules: IndentRules): readonly Found[] {
  const found: Found[] = [];
  const open: Open[] = [];
  let end = 0;
  const closeTo = (line: Line) => {
    while (open.length > 0) {
      const top = open.at(-1);
      if (top === undefined || line.indent > top.indent) return;
      if (line.indent === top.indent && !top.isOpened && code.startsWith('{', line.start)) {
        top.isOpened = true;
        return;
      }
      open.pop();
      const isCloser =
        line.indent === top.indent && rules.closers.some((closer) => code.startsWith(closer, line.start));
      found.push({ ...top.found, end: isCloser ? line.end : end });
      if (isCloser) return;
    }
  };
  for (const line of linesOf(code, text, rules.bracketed)) {
    closeTo(line);
    const heading = headingAt(code, text, line, rules);
    if (heading !== undefined)
      open.push({ indent: line.indent, found: asMember(heading, open), isOpened: !rules.closers.includes('}') });
    end = line.end;
  }
  closeTo({ start: code.length, end, indent: -1 });
  return found;
}

/** A function directly in a class is a method. */
function asMember(found: Found, open: readonly Open[]): Found {
  return found.kind === 'function' && open.at(-1)?.found.kind === 'class' ? { ...found, kind: 'method' } : found;
}

interface Open {
  readonly indent: number;
  readonly found: Found;
  /** The brace on a line of its own has come, or none is expected. */
  isOpened: boolean;
}

interface Line {
  /** Offset of its first character that is not a space. */
  readonly start: number;
  /** Offset behind its last. */
  readonly end: number;
  readonly indent: number;
}

/** Lines with code on them; where brackets count, one for everything that they hold together. */
function* linesOf(code: string, text: string, bracketed: boolean): Generator<Line> {
  let depth = 0;
  let first: { start: number; indent: number } | undefined;
  let lineStart = 0;
  let last = 0;
  for (let at = 0; at <= code.length; at++) {
    const character = at < code.length ? code.charCodeAt(at) : 10;
    if (character === 10 || character === 13) {
      if (first !== undefined && (depth <= 0 || at === code.length) && code.charCodeAt(at - 1) !== 92) {
        yield { ...first, end: bracketed ? endOfString(code, text, last) : last };
        first = undefined;
        depth = 0;
      }
      lineStart = at + 1;
      continue;
    }
    if (character <= 32) continue;
    // Only a string that ends here hides what stands before: its line is as far in as the one where it began.
    const isRest = bracketed && first === undefined && text.slice(lineStart, at).trim() !== '';
    first ??= { start: at, indent: isRest ? Infinity : columns(code, lineStart, at) };
    last = at + 1;
    if (!bracketed) continue;
    if (character === 40 || character === 91 || character === 123) depth++;
    else if (character === 41 || character === 93 || character === 125) depth--;
  }
}

/** Where the string ends that begins on a line: of the lines behind, which are blank in `code`, those that no comment is. */
function endOfString(code: string, text: string, last: number): number {
  if (code.charCodeAt(last - 1) !== 34) return last;
  const hidden = /^\s*/.exec(code.slice(last))?.[0].length ?? 0;
  const behind = text.slice(last, last + hidden);
  const comment = behind.search(/^[^\S\r\n]*#/m);
  return last + (comment < 0 ? behind : behind.slice(0, comment)).trimEnd().length;
}

/** Width of the white space, a tab going to the next multiple of eight. */
function columns(code: string, from: number, to: number): number {
  let width = 0;
  for (let at = from; at < to; at++) width += code.charCodeAt(at) === 9 ? 8 - (width % 8) : 1;
  return width;
}

function headingAt(code: string, text: string, line: Line, rules: IndentRules): Found | undefined {
  rules.heading.lastIndex = line.start;
  const match = rules.heading.exec(code);
  const place = match?.indices?.groups?.['name'];
  if (place === undefined) return undefined;
  const [nameStart, nameEnd] = place;
  const kind = rules.kinds[match?.groups?.['word'] ?? ''] ?? 'function';
  return { name: text.slice(nameStart, nameEnd), kind, start: line.start, end: line.end, nameStart, nameEnd };
}
