/** The file of an edit, read once: its lines, its code without comments and strings, its brackets, its symbols. */
import { maskOf } from '../../text/mask.ts';
import { type OutlineSymbol, outlineOf } from '../../text/outline.ts';
import { type Layer, layersOf } from './layers.ts';
import { type Syntax, syntaxOf } from './syntax.ts';

/** Lines and offsets are counted from 0, in what was sent of the file. */
export interface Source {
  readonly path: string;
  readonly syntax: Syntax;
  readonly lines: readonly string[];
  /** The lines, joined by line breaks. */
  readonly text: string;
  /** As long as `text`; see text/mask.ts. */
  readonly masked: string;
  readonly symbols: readonly OutlineSymbol[];
  /** What stands in each line besides code. */
  readonly layers: readonly Layer[];
  /** One step of indentation. */
  readonly unit: string;
  maskedLine(line: number): string;
  /** The offset of a line's first character. */
  startOf(line: number): number;
  lineAt(offset: number): number;
  /** The bracket that belongs to the one at this offset; -1 where there is none. */
  partner(offset: number): number;
}

export function createSource(path: string, language: string, lines: readonly string[]): Source {
  // A lone "\r" inside of a line would count as a line's end.
  const text = lines.join('\n').replace(/\r(?!\n)/g, ' ');
  const masked = maskOf(text, language);
  const syntax = syntaxOf(language);
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const symbols = once(() => outlineOf(text, language));
  const layers = once(() => layersOf(lines, masked.split('\n'), syntax));
  const partners = once(() => partnersIn(masked));
  const unit = once(() => unitOf(lines, syntax.indent));
  return {
    path,
    syntax,
    lines,
    text,
    masked,
    get symbols() {
      return symbols();
    },
    get layers() {
      return layers();
    },
    get unit() {
      return unit();
    },
    maskedLine: (line) => masked.slice(starts[line] ?? masked.length, Math.max(0, (starts[line + 1] ?? 0) - 1)),
    startOf: (line) => starts[line] ?? text.length,
    lineAt: (offset) => lineAt(starts, offset),
    partner: (offset) => partners().get(offset) ?? -1,
  };
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Nobody wrote it by hand: what looks at single lines leaves it. */
export function isLong(line: string): boolean {
  return line.length > 2_000;
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Both ways. A closing bracket of another kind than the last open one belongs to none. */
function partnersIn(masked: string): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < masked.length; at++) {
    const character = masked.charAt(at);
    if (character === '(' || character === '[' || character === '{') open.push(at);
    const wanted = closers[character];
    const last = open.at(-1);
    if (wanted === undefined || last === undefined || masked.charAt(last) !== wanted) continue;
    open.pop();
    partners.set(at, last);
    partners.set(last, at);
  }
  return partners;
}

/** The first step inwards that the file takes. */
function unitOf(lines: readonly string[], usual: string): string {
  for (const [index, line] of lines.entries()) {
    const opener = lines[index - 1] ?? '';
    const [indent, before] = [indentOf(line), indentOf(opener)];
    if (!/[{:(]\s*$/.test(opener) || isBlank(line) || !indent.startsWith(before)) continue;
    const step = indent.slice(before.length);
    if (step === '\t' || /^ {2,8}$/.test(step)) return step;
  }
  return usual;
}
