/** What can be read from code by its words alone, sorted by the functions and types that hold it. */
import { lineStartsOf, offsetAt } from '../text/lines.ts';
import { maskOf } from '../text/mask.ts';
import { type OutlineSymbol, outlineOf } from '../text/outline.ts';
import { parametersAt } from './parameters.ts';
import type { SentCode } from './sentCode.ts';
import { type Sighting, type SightingKind, sightingsIn } from './sightings.ts';

/** Something seen, with its line in the document. */
export interface Seen {
  readonly what: string;
  /** Counted from 1, of the document. */
  readonly line: number;
}

/** A function or type, and what it holds itself: not what the functions inside it hold. */
export interface Part {
  /** Empty for what stands outside of all functions. */
  readonly name: string;
  /** `function`, `class`, … */
  readonly noun: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly depth: number;
  readonly parameters: readonly string[];
  readonly seen: Readonly<Record<SightingKind, readonly Seen[]>>;
}

export interface Facts {
  readonly firstLine: number;
  readonly lastLine: number;
  /** In the order of the document. */
  readonly parts: readonly Part[];
  /** What stands outside of all of them. */
  readonly rest: Part;
  /** Nothing in it looks like code. */
  readonly isProse: boolean;
}

/** By LSP SymbolKind. */
const nouns: Readonly<Record<number, string>> = {
  2: 'module',
  3: 'namespace',
  5: 'class',
  6: 'method',
  9: 'constructor',
  10: 'enum',
  11: 'interface',
  12: 'function',
  19: 'block of methods',
  23: 'struct',
  26: 'type',
};

export function factsOf(sent: SentCode): Facts {
  const { text, firstLine, language } = sent;
  const masked = maskOf(text, language);
  const starts = lineStartsOf(text);
  const spans = outlineOf(text, language).map((symbol) => spanOf(symbol, text, starts));
  const lineOf = lineCounter(starts, firstLine);
  const owned = ownersOf(sightingsIn(text, masked), spans);
  const toPart = (span: Span, index: number): Part => ({
    name: span.symbol.name,
    noun: nouns[span.symbol.kind] ?? 'declaration',
    firstLine: firstLine + span.symbol.range.start.line,
    lastLine: firstLine + span.symbol.range.end.line,
    depth: span.symbol.depth,
    parameters: isCallable(span.symbol) ? parametersAt(masked, span.nameEnd) : [],
    seen: seenOf(owned.get(index) ?? [], lineOf),
  });
  const lastLine = firstLine + Math.max(0, text.replace(/\s+$/, '').split('\n').length - 1);
  const rest = {
    name: '',
    noun: 'code',
    firstLine,
    lastLine,
    depth: 0,
    parameters: [],
    seen: seenOf(owned.get(-1) ?? [], lineOf),
  };
  return { firstLine, lastLine, parts: spans.map(toPart), rest, isProse: spans.length === 0 && isProse(masked) };
}

interface Span {
  readonly symbol: OutlineSymbol;
  readonly start: number;
  readonly end: number;
  readonly nameEnd: number;
}

function spanOf(symbol: OutlineSymbol, text: string, starts: readonly number[]): Span {
  return {
    symbol,
    start: offsetAt(text, starts, symbol.range.start),
    end: offsetAt(text, starts, symbol.range.end),
    nameEnd: offsetAt(text, starts, symbol.selection.end),
  };
}

function isCallable({ kind }: OutlineSymbol): boolean {
  return kind === 6 || kind === 9 || kind === 12;
}

/** For each span, by index, what it holds itself; -1 for what none holds. Both lists are in the order of the document. */
function ownersOf(sightings: readonly Sighting[], spans: readonly Span[]): ReadonlyMap<number, readonly Sighting[]> {
  const owned = new Map<number, Sighting[]>();
  const open: number[] = [];
  let next = 0;
  for (const sighting of sightings) {
    while (next < spans.length && (spans[next]?.start ?? 0) <= sighting.at) open.push(next++);
    while (open.length > 0 && (spans[open.at(-1) ?? 0]?.end ?? 0) <= sighting.at) open.pop();
    const owner = open.at(-1) ?? -1;
    if (sighting.kind === 'call' && isOwnName(sighting, spans[owner])) continue;
    const held = owned.get(owner) ?? [];
    held.push(sighting);
    owned.set(owner, held);
  }
  return owned;
}

/** The brackets behind a method's name in its own declaration are no call. */
function isOwnName({ at, what }: Sighting, span: Span | undefined): boolean {
  return span !== undefined && at + what.length === span.nameEnd;
}

function seenOf(sightings: readonly Sighting[], lineOf: (offset: number) => number): Part['seen'] {
  const of = (wanted: SightingKind): readonly Seen[] =>
    sightings.filter(({ kind }) => kind === wanted).map(({ at, what }) => ({ what, line: lineOf(at) }));
  return {
    branch: of('branch'),
    loop: of('loop'),
    return: of('return'),
    throw: of('throw'),
    catch: of('catch'),
    wait: of('wait'),
    call: of('call'),
  };
}

/** Lines of rising offsets, counted on from the last one. */
function lineCounter(starts: readonly number[], firstLine: number): (offset: number) => number {
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return firstLine + low;
  };
}

/** Words and full stops, and none of the marks that code is full of. */
function isProse(masked: string): boolean {
  const marks = masked.match(/[{}();=<>[\]]/g)?.length ?? 0;
  const words = masked.match(/(?<!\w)[A-Za-z]{2,}/g)?.length ?? 0;
  return words >= 4 && marks * 8 < words;
}
