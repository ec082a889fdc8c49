/** What an action is about: the symbols of its lines, and what can be read from them. */
import type { OutlineSymbol } from '../../text/outline.ts';
import { type Facts, factsOf, type Part } from '../facts.ts';
import { type CodeFunction, functionsOf } from './functions.ts';
import type { Job } from './job.ts';
import type { Source } from './source.ts';

/** More are not looked at in one answer. */
const mostTargets = 20;

/** The symbol that is named; else the outermost ones that begin in the lines; else the innermost that holds them. */
export function targetsOf({ source, task, from, to }: Job): readonly OutlineSymbol[] {
  const { symbols } = source;
  const name = task.symbol;
  const meets = ({ range }: OutlineSymbol) => range.start.line <= to && range.end.line >= from;
  const named = name === undefined ? [] : symbols.filter((symbol) => symbol.name === name && meets(symbol));
  const [exact] = [...named].sort((one, other) => distance(one, from) - distance(other, from));
  if (exact !== undefined) return [exact];
  const inside = symbols.filter(({ range }) => range.start.line >= from && range.start.line <= to);
  const depth = Math.min(...inside.map((symbol) => symbol.depth));
  if (inside.length > 0) return inside.filter((symbol) => symbol.depth === depth).slice(0, mostTargets);
  const around = symbols.findLast(({ range }) => range.start.line <= from && range.end.line >= from);
  return around === undefined ? [] : [around];
}

function distance({ range }: OutlineSymbol, line: number): number {
  return Math.abs(range.start.line - line);
}

/** The function that a symbol is; undefined for classes and their like. */
export function functionOf(source: Source, symbol: OutlineSymbol): CodeFunction | undefined {
  return functionsOf(source).find((each) => each.symbol === symbol);
}

const known = new WeakMap<Source, Facts>();

/** What the symbol holds itself. */
export function partOf(source: Source, { name, range }: OutlineSymbol): Part | undefined {
  const { text, syntax } = source;
  const facts =
    known.get(source) ??
    factsOf({ text, firstLine: 0, language: syntax.language, level: 'normal', question: undefined });
  known.set(source, facts);
  return facts.parts.find((part) => part.name === name && part.firstLine === range.start.line);
}

/** The symbol whose lines hold this one's, one level further out. */
export function ownerOf(source: Source, symbol: OutlineSymbol): OutlineSymbol | undefined {
  const at = source.symbols.indexOf(symbol);
  return source.symbols.slice(0, at).findLast(({ depth }) => depth === symbol.depth - 1);
}
