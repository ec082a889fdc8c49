/** The functions of a file as far as edits need them: parameters, result, and where the body is. */
import type { Position } from '#shared/place.ts';
import type { OutlineSymbol } from '../../text/outline.ts';
import { type Parameter, parametersIn } from './parameters.ts';
import { isBlank, type Source } from './source.ts';

export interface CodeFunction {
  readonly symbol: OutlineSymbol;
  readonly name: string;
  /** Offsets of the whole. */
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly parameters: readonly Parameter[];
  /** Offset of the round bracket before the parameters; -1 where they have none. */
  readonly open: number;
  /** Offset of the one behind them, or of the last character of the parameter without brackets. */
  readonly close: number;
  /** The result's type as it is written; undefined where none is. */
  readonly result: string | undefined;
  readonly isAsync: boolean;
  readonly isArrow: boolean;
  readonly isGenerator: boolean;
  /** Undefined where there is none, or where it is an expression. */
  readonly body: Body | undefined;
}

export interface Body {
  /** Offsets of what is inside. */
  readonly from: number;
  readonly to: number;
  /** Lines of their own inside: the first, and the one behind the last. Equal where the body shares its lines with brackets. */
  readonly first: number;
  readonly behind: number;
}

const known = new WeakMap<Source, readonly CodeFunction[]>();

/** In the order of the document. */
export function functionsOf(source: Source): readonly CodeFunction[] {
  const made =
    known.get(source) ?? source.symbols.filter(isCallable).flatMap((symbol) => functionAt(source, symbol) ?? []);
  known.set(source, made);
  return made;
}

export function isCallable({ kind }: OutlineSymbol): boolean {
  return kind === 6 || kind === 9 || kind === 12;
}

/** The innermost function whose lines hold this one. */
export function functionAround(source: Source, line: number): CodeFunction | undefined {
  return functionsOf(source).findLast(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
}

/** Those that begin in the lines; else the innermost that holds them. */
export function functionsIn(source: Source, from: number, to: number): readonly CodeFunction[] {
  const inside = functionsOf(source).filter(({ firstLine }) => firstLine >= from && firstLine <= to);
  if (inside.length > 0) return inside.slice(0, mostFunctions);
  const around = functionAround(source, from);
  return around === undefined ? [] : [around];
}

/** More are not looked at in one answer. */
const mostFunctions = 40;
/** Characters of a head that are read. */
const longestHead = 4_000;
const longestResult = 800;

function functionAt(source: Source, symbol: OutlineSymbol): CodeFunction | undefined {
  const { masked, text, syntax } = source;
  const offset = ({ line, character }: Position) => source.startOf(line) + character;
  const [start, end] = [offset(symbol.range.start), offset(symbol.range.end)];
  const [nameStart, nameEnd] = [offset(symbol.selection.start), offset(symbol.selection.end)];
  const bare = syntax.family === 'other' ? { open: -1, close: nameEnd - 1 } : undefined;
  const brackets = parametersAt(source, nameEnd, end) ?? bare;
  if (brackets === undefined) return undefined;
  const { open, close } = brackets;
  const before = masked.slice(start, Math.max(start, open < 0 ? brackets.close : open));
  const body = syntax.byIndent ? indentedBody(source, close, end) : bracedBody(source, close, end);
  const tail = masked.slice(close + 1, Math.min(body?.from ?? end, close + longestResult));
  return {
    symbol,
    name: symbol.name,
    start,
    end,
    firstLine: symbol.range.start.line,
    lastLine: symbol.range.end.line,
    parameters: open < 0 ? bareParameters(source, close) : parametersIn(source, open, close),
    open,
    close,
    result: resultIn(source, tail, close + 1, text.slice(start, nameStart)),
    isAsync: /\basync\b/.test(before),
    isArrow: syntax.family === 'script' && isArrow(tail, body !== undefined),
    isGenerator: syntax.family === 'script' && /function\s*\*|^\s*\*/.test(before),
    body,
  };
}

/** The brackets that hold the parameters: the first behind the name, its type parameters, and a value's beginning. */
function parametersAt(source: Source, nameEnd: number, end: number) {
  const { masked, syntax } = source;
  let at = nameEnd;
  const limit = Math.min(end, nameEnd + longestHead);
  const head = masked.slice(nameEnd, limit);
  if (syntax.family === 'script') {
    const value = /^\s*(?::[^;{]*?[^=!<>])?\s*=(?![=>])\s*(?:async\b\s*)?(?:function\b\s*\*?\s*[\w$]*)?/.exec(head);
    const key = /^\s*:\s*(?:async\b\s*)?(?:function\b\s*\*?\s*[\w$]*)?/.exec(head);
    at += (value ?? key)?.[0].length ?? 0;
    const bare = /^\s*([\w$]+)\s*=>/.exec(masked.slice(at, at + 300));
    if (bare !== null && (value ?? key) !== null)
      return { open: -1, close: at + bare[0].indexOf(bare[1] ?? '') + (bare[1] ?? '').length - 1 };
  }
  at = skipTypeParameters(masked, at, limit);
  const open = at + masked.slice(at, limit).indexOf('(');
  const close = open < at ? -1 : source.partner(open);
  return close < 0 || /[{};]/.test(masked.slice(at, open)) ? undefined : { open, close };
}

function skipTypeParameters(masked: string, from: number, limit: number): number {
  const open = /^\s*[<[]/.exec(masked.slice(from, from + 40));
  if (open === null) return from;
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const character = masked.charAt(at);
    if (character === '<' || character === '[') depth++;
    if (character === ']' || (character === '>' && !'=-'.includes(masked.charAt(at - 1)))) depth--;
    if (depth === 0 && character.trim() !== '') return at + 1;
  }
  return from;
}

/** The one before an arrow; elsewhere a function without brackets has none. */
function bareParameters({ masked, syntax }: Source, last: number): readonly Parameter[] {
  if (syntax.family !== 'script') return [];
  const name = /[\w$]+$/.exec(masked.slice(Math.max(0, last - 200), last + 1))?.[0] ?? '';
  const start = last + 1 - name.length;
  return [
    { name, start, end: last + 1, nameEnd: last + 1, type: undefined, value: undefined, rest: '', optional: false },
  ];
}

/** The braces that end where the function ends. */
function bracedBody(source: Source, close: number, end: number): Body | undefined {
  const { masked, lines } = source;
  const last = end - 1;
  const open = masked.charAt(last) === '}' ? source.partner(last) : -1;
  // Braces where a type is expected are a type.
  if (open <= close || /[:|&<,]\s*$/.test(masked.slice(Math.max(close + 1, open - 80), open))) return undefined;
  const [openLine, lastLine] = [source.lineAt(open), source.lineAt(last)];
  const isApart =
    isBlank(lines[openLine]?.slice(open - source.startOf(openLine) + 1) ?? '') &&
    isBlank(lines[lastLine]?.slice(0, last - source.startOf(lastLine)) ?? '');
  const first = openLine + 1;
  return { from: open + 1, to: last, first, behind: isApart ? Math.max(first, lastLine) : first };
}

/** Behind the colon that ends the head. */
function indentedBody(source: Source, close: number, end: number): Body | undefined {
  const colon = /^[^\n#]*?:[ \t]*(?=\n|$)/.exec(source.masked.slice(close + 1, close + longestHead));
  if (colon === null) return undefined;
  const first = source.lineAt(close + 1 + colon[0].length) + 1;
  const from = Math.min(end, source.startOf(first));
  const lastLine = source.lineAt(Math.max(from, end - 1));
  return from >= end ? undefined : { from, to: end, first, behind: lastLine + 1 };
}

/** Behind the arrow that ends a result's type: not behind one that belongs to the type of a function. */
function arrowEnd(tail: string): number {
  let depth = 0;
  for (let at = 0; at < tail.length; at++) {
    const character = tail.charAt(at);
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    const isArrow = depth === 0 && character === '=' && tail.charAt(at + 1) === '>';
    if (isArrow && !tail.slice(0, at).trimEnd().endsWith(')')) return at + 2;
  }
  return tail.length;
}

const modifiers =
  /@\w+(?:\([^)]*\))?|\b(?:static|inline|extern|constexpr|virtual|explicit|public|private|protected|internal|final|abstract|override|async|synchronized|sealed|function|fun|def|unsafe)\b/g;

function isArrow(tail: string, hasBody: boolean): boolean {
  return hasBody ? /=>\s*\{?\s*$/.test(tail) : /^(?:\s*:[^;]*?)?\s*=>/.test(tail);
}

/** What stands between the parameters and the body; in C before the name. */
function resultIn({ text, syntax }: Source, tail: string, from: number, head: string): string | undefined {
  const written = (match: RegExpExecArray | null): string | undefined => {
    const found = match?.[1]?.trim() ?? '';
    if (match === null || found === '') return undefined;
    const at = from + match[0].indexOf(match[1] ?? '');
    return text.slice(at, at + (match[1] ?? '').length).trim();
  };
  switch (syntax.family) {
    case 'script':
      return written(/^\s*:([\s\S]*?)(?:=>\s*)?\{?\s*$/.exec(tail.slice(0, arrowEnd(tail))));
    case 'go':
      return written(/^([\s\S]*?)\{?\s*$/.exec(tail));
    case 'c':
    case 'java':
      if (/^\s*:\s*[\w<>?.]+/.test(tail)) return written(/^\s*:([\s\S]*?)(?:\bwhere\b[\s\S]*)?\{?\s*$/.exec(tail));
      return (
        head
          .replace(modifiers, '')
          .replace(/(?:\w+::)+$/, '')
          .trim() || undefined
      );
    default:
      return written(/^\s*->([\s\S]*?)(?:\bwhere\b[\s\S]*)?[:{]?\s*$/.exec(tail));
  }
}
