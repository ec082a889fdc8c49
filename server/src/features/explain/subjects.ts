/** The material of what else than code can be explained: a problem, a change, a whole file, a terminal's text. Pure. */
import type { Range } from '#shared/place.ts';
import type { Problem } from '#shared/problem.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import { fittingLength, numberedTokens } from '../../text/fitting.ts';
import { endOf } from '../../text/terminalText.ts';
import { tokensOfDocuments } from './budget.ts';
import { changeIn, type Hunk } from './change.ts';
import {
  codeDocument,
  documentOf,
  type Material,
  type MaterialSource,
  materialOf,
  readLines,
  refuseOutside,
} from './material.ts';
import { problemsDocument } from './problems.ts';

/** Of a long function the lines around a problem are enough. */
const linesAround = 40;
const linesAroundHunks = 3;
/** Editors cut theirs at 4,000: what is near that may be the half of something. */
const longestProblem = 3_000;
/** Changed lines with much between them: what is kept to find them again. */
const longestAnchored = 200_000;

/** A problem, and the function or the lines around it. */
export function problemMaterial(
  source: MaterialSource,
  symbols: readonly CodeSymbol[],
  problem: Problem,
  room: number,
): Material {
  const { start } = problem.range;
  const told = problemsDocument(source, [problem], { part: 'problem', longest: longestProblem });
  const rest = room - tokensOfDocuments(told === undefined ? [] : [told]);
  const found = materialOf(source, symbols, { start, end: start }, rest);
  const lines = found.lastLine - found.firstLine + 1;
  const isAround = lines <= 2 * linesAround && (found.symbol !== undefined || lines > 3);
  const material =
    isAround && !found.isCut ? found : materialOf(source, symbols, around(source, found, start.line), rest);
  return { ...material, kind: 'problem', documents: [...(told === undefined ? [] : [told]), ...material.documents] };
}

/** Some lines around one: of a long function inside it, of a short paragraph beyond it. */
function around({ text }: MaterialSource, { firstLine, lastLine, symbol }: Material, line: number): Range {
  const last = readLines(text).lines.length - 1;
  const isInside = symbol !== undefined;
  const from = Math.max(isInside ? firstLine : 0, line - linesAround);
  const to = Math.min(isInside ? Math.max(lastLine, line) : last, line + linesAround);
  return { start: { line: from, character: 0 }, end: { line: to, character: Number.MAX_SAFE_INTEGER } };
}

export interface ChangeAsked {
  /** The whole document as it was. */
  readonly before: string;
  readonly range: Range;
  readonly room: number;
}

/**
 * How some lines came to be. The earlier lines are a document of their own, with the numbers that they had.
 * @throws Refusal when nothing has changed there.
 */
export function changeMaterial(
  source: MaterialSource,
  symbols: readonly CodeSymbol[],
  { before, range, room }: ChangeAsked,
): Material {
  const { lines, starts } = readLines(source.text);
  refuseOutside(lines, range);
  const { hunks } = changeIn(before, source.text, range);
  const kept = hunksWithin(hunks, lines, room);
  const [first = noHunk, last = first] = [kept[0], kept.at(-1)];
  const firstLine = Math.min(first.firstLine, lines.length - 1);
  const lastLine = Math.min(Math.max(firstLine, last.firstLine + last.now.length - 1), lines.length - 1);
  const shown = new Set(kept.flatMap((hunk) => linesAroundHunk(hunk, lines.length)));
  const symbol = symbols.findLast(({ range }) => range.start.line <= firstLine && range.end.line >= lastLine)?.name;
  const now = [...shown].map((line) => ({ line, text: lines[line] ?? '' }));
  const removed = kept.flatMap(({ before: old, firstBefore }) =>
    old.map((text, index) => ({ line: firstBefore + index, text })),
  );
  const documents = [
    { ...documentOf(source, 'before', removed), about: { text: 'lines that were removed or replaced, as they were' } },
    {
      ...codeDocument(source, '', firstLine, symbol),
      lines: documentOf(source, 'code', now).lines,
      about: aboutHunks(source, kept, symbol),
    },
  ];
  return {
    ...{ kind: 'change', languageId: source.languageId, firstLine, lastLine, symbol },
    code: source.text.slice(starts[firstLine], starts[lastLine + 1]).slice(0, longestAnchored),
    range: {
      start: { line: firstLine, character: 0 },
      end: { line: lastLine, character: (lines[lastLine] ?? '').length },
    },
    documents: documents.filter((document) => document.lines.length > 0),
    isCut: linesOf(kept) < linesOf(hunks),
    linesLeftOut: linesOf(hunks) - linesOf(kept),
  };
}

function linesOf(hunks: readonly Hunk[]): number {
  return hunks.reduce((sum, { before, now }) => sum + Math.max(before.length, now.length), 0);
}

function aboutHunks(
  { languageId }: MaterialSource,
  hunks: readonly Hunk[],
  symbol: string | undefined,
): Readonly<Record<string, string>> {
  const changed = hunks.map(({ firstLine, now }) =>
    now.length === 0 ? `removed before ${firstLine + 1}` : `${firstLine + 1}-${firstLine + now.length}`,
  );
  return {
    language: languageId,
    changed: changed.slice(0, 50).join(', '),
    ...(symbol === undefined ? {} : { symbol }),
  };
}

/** The first hunks that there is room for, with the lines around each; of the very first at least its beginning. */
function hunksWithin(hunks: readonly Hunk[], lines: readonly string[], room: number): readonly Hunk[] {
  let tokens = 0;
  const end = hunks.findIndex((hunk) => {
    const texts = [...hunk.before, ...linesAroundHunk(hunk, lines.length).map((line) => lines[line] ?? '')];
    // Not counted line by line beyond what could fit.
    tokens += texts.length > room ? room + 1 : texts.reduce((sum, text) => sum + tokensOfLine(text), 0);
    return tokens > room;
  });
  const [first] = hunks;
  if (end !== 0 || first === undefined) return end < 0 ? hunks : hunks.slice(0, end);
  const now = withinRoom(first.now.map(asText), room * shareOfNow);
  const before = withinRoom(first.before.map(asText), room * (0.9 - shareOfNow));
  return [{ ...first, now: now.map(({ text }) => text), before: before.map(({ text }) => text) }];
}

const noHunk: Hunk = { firstLine: 0, firstBefore: 0, before: [], now: [] };
const shareOfNow = 0.6;
const asText = (text: string) => ({ text });

/** Of endless lines no more is counted than could fit anywhere. */
function tokensOfLine(text: string): number {
  return numberedTokens(text.slice(0, 1_000_000));
}

function linesAroundHunk({ firstLine, now }: Hunk, count: number): readonly number[] {
  const from = Math.max(0, firstLine - linesAroundHunks);
  const to = Math.min(count, firstLine + now.length + linesAroundHunks);
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** A whole document; of a long one its beginning, and the head of each declaration behind. */
export function fileMaterial(source: MaterialSource, symbols: readonly CodeSymbol[], room: number): Material {
  const { lines } = readLines(source.text);
  const whole = {
    start: { line: 0, character: 0 },
    end: { line: Math.max(0, lines.length - 1), character: Number.MAX_SAFE_INTEGER },
  };
  const isShort = fittingLength(source.text, room) >= source.text.length;
  const material = materialOf(source, [], whole, isShort ? room : Math.floor(room * shareOfBeginning));
  // Imports that are not in the beginning say little of a file.
  const code = material.documents.filter(({ part }) => part === 'code');
  if (!material.isCut) return { ...material, kind: 'file', documents: code };
  const heads = [...new Set(symbols.map(({ selection }) => selection.start.line))].filter(
    (line) => line > material.lastLine,
  );
  const numbered = heads.map((line) => ({ line, text: (lines[line] ?? '').trimEnd().slice(0, longestHead) }));
  const outline = documentOf(source, 'outline', withinRoom(numbered, room - Math.floor(room * shareOfBeginning)));
  return { ...material, kind: 'file', documents: [...(outline.lines.length === 0 ? [] : [outline]), ...code] };
}

const shareOfBeginning = 0.7;
const longestHead = 200;

function withinRoom<Line extends { readonly text: string }>(lines: readonly Line[], room: number): readonly Line[] {
  let tokens = 0;
  const end = lines.findIndex(({ text }) => {
    tokens += numberedTokens(text);
    return tokens > room;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

/** Text without a document: it is no code, and is anchored nowhere. @param text As it may leave. */
export function terminalMaterial(uri: string, text: string, room: number): Material {
  const about = { title: 'Terminal', part: 'terminal' };
  const { lines, linesLeftOut } = endOf(text, room - tokensOfDocuments([{ ...about, lines: [] }]));
  const nowhere = { line: 0, character: 0 };
  return {
    ...{ kind: 'terminal', languageId: 'plaintext', code: '', firstLine: 0, lastLine: 0, symbol: undefined },
    range: { start: nowhere, end: nowhere },
    documents: [{ ...about, lines: lines.map((each, line) => ({ uri, line, text: each })) }],
    isCut: linesLeftOut > 0,
    linesLeftOut,
  };
}
