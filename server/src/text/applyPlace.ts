/** Where a block of code of an answer belongs in a document, and what it changes there. Pure. */
import { indentationOf, indented, isLeftOut, lineAt, lineEndOf, linesOf, replaced, startsOf } from './applyLines.ts';
import { lineRuns } from './lineDiff.ts';
import { type OutlineSymbol, outlineOf } from './outline.ts';
import type { Span, TextChange } from './spans.ts';
import { contentOf, finalEndOf, isBlank, isTrivial, wholeLinesOf } from './wholeLines.ts';

export interface ApplyAsked {
  readonly text: string;
  readonly languageId: string;
  readonly code: string;
  /** In offsets of the text; empty at the cursor. */
  readonly selection: Span;
}

export interface ApplyPlace {
  /** In offsets of the text, in their order, none overlapping; none where all of it stands there. */
  readonly changes: readonly TextChange[];
  readonly at: 'selection' | 'declaration' | 'matching' | 'cursor';
  /** Of `declaration`: what is declared. */
  readonly names: readonly string[];
}

/** A selection; else the declarations of the same names; else where most of its lines are; else the cursor. */
export function applyPlace(asked: ApplyAsked): ApplyPlace {
  const code = linesOf(asked.code);
  const { text, selection } = asked;
  const document = wholeLinesOf(text);
  if (code.length === 0) return { changes: [], at: 'cursor', names: [] };
  if (text.slice(selection.start, selection.end).trim() !== '')
    return { changes: overSelection(asked, document, code), at: 'selection', names: [] };
  return byNames(asked, document, code) ?? byLines(text, document, code) ?? atCursor(asked, document, code);
}

/** At the cursor, in the place of what is selected: the first line as it is, the others as deep as the line of the cursor. */
export function insertedAt({ text, code, selection }: Omit<ApplyAsked, 'languageId'>): TextChange {
  const start = text.slice(0, selection.start).search(/[^\r\n]*$/);
  const indentation = /^[ \t]*/.exec(text.slice(start, selection.start))?.[0] ?? '';
  const lines = indented(linesOf(code), indentation);
  const first = (lines[0] ?? '').slice(indentation.length);
  const end = lineEndOf(text);
  // At the start of a line that goes on, what goes on stands below.
  const isBefore = selection.start === start && selection.end === selection.start && /^[^\r\n]/.test(text.slice(start));
  return { ...selection, text: [first, ...lines.slice(1)].join(end) + (isBefore ? end : '') };
}

/** Whole lines go for whole lines, as deep as they were; a part of a line for exactly that. */
function overSelection(
  { text, selection }: ApplyAsked,
  document: readonly string[],
  code: readonly string[],
): readonly TextChange[] {
  const starts = startsOf(document);
  const first = lineAt(starts, selection.start);
  const last = lineAt(starts, Math.max(selection.start, selection.end - (isAtStart(starts, selection.end) ? 1 : 0)));
  const [before, behind] = [
    text.slice(starts[first], selection.start),
    text.slice(selection.end, Math.max(selection.end, starts[last + 1] ?? text.length)),
  ];
  if (!isBlank(before) || !isBlank(behind)) return [insertedAt({ text, code: code.join('\n'), selection })];
  const old = document.slice(first, last + 1);
  const depth = indentationOf(old.find((line) => !isBlank(line)) ?? '');
  return replaced(document, { start: first, end: last + 1 }, indented(code, depth), lineEndOf(text));
}

function isAtStart(starts: readonly number[], offset: number): boolean {
  return starts.includes(offset);
}

interface Declared {
  readonly name: string;
  /** Of the code, with comments and the like above it. */
  readonly lines: Span;
}

function byNames(
  { text, languageId, code: source }: ApplyAsked,
  document: readonly string[],
  code: readonly string[],
): ApplyPlace | undefined {
  const declared = declaredIn(code, outlineOf(code.join('\n'), languageId));
  if (declared === undefined || source === '') return undefined;
  const outline = outlineOf(text, languageId);
  const places = declared.map(({ name }) => placeOf(outline, name, document));
  if (places.some((place) => place === 'several') || places.every((place) => place === undefined)) return undefined;
  const lineEnd = lineEndOf(text);
  const changes: TextChange[] = [];
  const starts = startsOf(document);
  let waiting: string[] = [];
  let last: number | undefined;
  for (const [index, { lines }] of declared.entries()) {
    const place = places[index];
    const own = code.slice(lines.start, lines.end);
    if (place === undefined || place === 'several') {
      if (last === undefined) waiting.push(...own, '');
      else changes.push(...behind(last, own));
      continue;
    }
    const depth = indentationOf(document[place.start] ?? '');
    const above = leadOf(document, place.start);
    const start = leadOf(code, lines.start + leadIn(own)) < lines.start + leadIn(own) ? above : place.start;
    if (start < (last ?? 0)) return undefined;
    if (waiting.length > 0) {
      const at = starts[start] ?? 0;
      changes.push({
        start: at,
        end: at,
        text: indented(waiting, depth)
          .map((line) => line + lineEnd)
          .join(''),
      });
      waiting = [];
    }
    changes.push(...replaced(document, { start, end: place.end }, indented(own, depth), lineEnd));
    last = place.end;
  }
  return { changes: inOrder(changes), at: 'declaration', names: declared.map(({ name }) => name) };
  /** New ones stand behind the one that they follow. */
  function behind(line: number, own: readonly string[]): readonly TextChange[] {
    const depth = indentationOf(document[Math.max(0, line - 1)] ?? '');
    return replaced([...document], { start: line, end: line }, ['', ...indented(own, depth)], lineEnd);
  }
}

/** Several at one place are one, in the order in which they were made. */
function inOrder(changes: readonly TextChange[]): readonly TextChange[] {
  const sorted = changes.map((change, index) => ({ change, index }));
  sorted.sort((one, other) => one.change.start - other.change.start || one.index - other.index);
  const all: TextChange[] = [];
  for (const { change } of sorted) {
    const before = all.at(-1);
    if (before === undefined || before.end < change.start) all.push(change);
    else all[all.length - 1] = { ...before, end: Math.max(before.end, change.end), text: before.text + change.text };
  }
  return all;
}

/** What the code declares, if that is all it does. */
function declaredIn(code: readonly string[], symbols: readonly OutlineSymbol[]): readonly Declared[] | undefined {
  const top = symbols.filter(({ depth }) => depth === 0);
  let at = 0;
  const found: Declared[] = [];
  for (const { name, range } of top) {
    const start = leadOf(code, range.start.line);
    const between = code.slice(at, Math.max(at, start));
    if (range.start.line < at || between.some((line) => !isBlank(line) && !isRemark(line) && !isLeftOut(line)))
      return undefined;
    found.push({ name, lines: { start: Math.max(at, start), end: range.end.line + 1 } });
    at = range.end.line + 1;
  }
  const rest = code.slice(at);
  return found.length === 0 || rest.some((line) => !isBlank(line) && !isRemark(line)) ? undefined : found;
}

/** How many lines of remarks a declaration begins with. */
function leadIn(own: readonly string[]): number {
  return Math.max(
    0,
    own.findIndex((line) => !isBlank(line) && !isRemark(line)),
  );
}

/** First of the comments and decorators right above a line. */
function leadOf(lines: readonly string[], line: number): number {
  let first = line;
  while (first > 0 && isRemark(lines[first - 1] ?? '') && !isLeftOut(lines[first - 1] ?? '')) first--;
  return first;
}

function isRemark(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*|#(?!include|define|if|endif)|--|@|\[<?[\w.]+(?:\(.*\))?>?\]\s*$)/.test(line);
}

function placeOf(
  outline: readonly OutlineSymbol[],
  name: string,
  document: readonly string[],
): Span | 'several' | undefined {
  const all = outline.filter((symbol) => symbol.name === name);
  const top = all.filter(({ depth }) => depth === 0);
  const [found, ...more] = top.length > 0 ? top : all;
  if (found === undefined) return undefined;
  if (more.length > 0) return 'several';
  const [start, end] = [found.range.start.line, found.range.end.line + 1];
  // Code of others on its lines is not its own.
  const isAlone = isBlank((document[start] ?? '').slice(0, found.range.start.character));
  return isAlone ? { start, end } : 'several';
}

/** Of lines that say something. */
const mostlyThere = 0.6;
const fewestLines = 2;

/** Most of it stands there in this order: what differs is changed, from the first line of it to the last. */
function byLines(text: string, document: readonly string[], code: readonly string[]): ApplyPlace | undefined {
  const old = document.map((line) => contentOf(line).trim());
  const fresh = code.map((line) => line.trim());
  const pairs = pairsIn(old, fresh);
  const telling = pairs.filter(([, at]) => !isTrivial(fresh[at] ?? ''));
  const count = fresh.filter((line) => !isTrivial(line) && !isLeftOut(line)).length;
  if (telling.length < Math.max(fewestLines, count * mostlyThere)) return undefined;
  const [first, last] = [telling[0], telling.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const depth = depthBetween(document[first[0]] ?? '', code[first[1]] ?? '');
  const deep = depth === undefined ? code : code.map((line) => (isBlank(line) ? '' : depth + line));
  // What the code has before and behind stands around what both have; all of the document is meant where it is most of it.
  const isAll = telling.length >= old.filter((line) => !isTrivial(line)).length * mostlyThere && first[0] <= 1;
  const [start, end] = isAll ? [0, document.length] : [Math.max(0, first[0] - first[1]), last[0] + 1];
  const from = isAll ? start : alignedStart(old, fresh, first);
  const to = isAll ? end : alignedEnd(old, fresh, last);
  return { changes: replaced(document, { start: from, end: to }, deep, lineEndOf(text)), at: 'matching', names: [] };
}

/** Lines that both have, in order: index in the document, index in the code. */
function pairsIn(old: readonly string[], fresh: readonly string[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let [at, now] = [0, 0];
  const upTo = (end: number, newEnd: number): void => {
    while (at < end && now < newEnd) pairs.push([at++, now++]);
  };
  for (const run of lineRuns(old, fresh)) {
    upTo(run.start, run.newStart);
    [at, now] = [run.end, run.newEnd];
  }
  upTo(old.length, fresh.length);
  return pairs;
}

/** The trivial lines that both have right above and right below belong to it. */
function alignedStart(old: readonly string[], fresh: readonly string[], [at, now]: readonly [number, number]): number {
  let up = 0;
  while (up < Math.min(at, now) && old[at - up - 1] === fresh[now - up - 1]) up++;
  return at - up;
}

function alignedEnd(old: readonly string[], fresh: readonly string[], [at, now]: readonly [number, number]): number {
  let down = 1;
  while (at + down < old.length && now + down < fresh.length && old[at + down] === fresh[now + down]) down++;
  return at + down;
}

/** What the document's line is deeper by; undefined where it is not. */
function depthBetween(line: string, fresh: string): string | undefined {
  const [own, other] = [indentationOf(line), indentationOf(fresh)];
  return own.length > other.length && own.endsWith(other) ? own.slice(0, own.length - other.length) : undefined;
}

/** In the place of a blank line; else below the line of the cursor. */
function atCursor({ text, selection }: ApplyAsked, document: readonly string[], code: readonly string[]): ApplyPlace {
  const starts = startsOf(document);
  const line = document.length === 0 ? 0 : Math.min(lineAt(starts, selection.start), document.length - 1);
  const isEmpty = isBlank(document[line] ?? '');
  const isBehind = selection.start === text.length && finalEndOf(document.at(-1) ?? '') !== '';
  const at = isBehind ? document.length : line;
  const depth = isBehind ? '' : indentationOf(contentOf(document[line] ?? ''));
  // At the start of a line it goes before that line, else behind it.
  const below = isBehind || selection.start <= (starts[line] ?? 0) + depth.length ? at : at + 1;
  const span =
    isBehind || !isEmpty ? { start: below, end: below } : { start: at, end: Math.min(at + 1, document.length) };
  const changes = replaced(document, span, indented(code, depth), lineEndOf(text));
  return { changes, at: 'cursor', names: [] };
}
