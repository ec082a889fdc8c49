/** Where explained lines are after a change: like `text/spans.ts`, but a change of many lines is taken apart, so that a formatter does not carry everything away. Pure. */
import { lineRuns } from '../text/lineDiff.ts';
import { moved, type Span, type TextChange } from '../text/spans.ts';
import { contentOf, finalEndOf, wholeLinesOf } from '../text/wholeLines.ts';

/** Lines that are compared; more are one change. */
const mostLines = 20_000;

/** Some lines, and what of them is still as it was: in between other text was put. */
export interface Remains {
  readonly span: Span;
  readonly held: readonly Span[];
}

export interface Followed extends Remains {
  /** Which lines became which is only likely: a change of many lines was taken apart. */
  readonly isGuess: boolean;
}

/** Pieces of one span; more are forgotten. */
export const mostHeld = 500;

/** Follows spans through one change; `removed` is what stood there. */
export function createFollowing(change: TextChange, removed: () => string): (remains: Remains) => Followed {
  let parts: readonly TextChange[] | undefined;
  return ({ span, held }) => {
    if (change.start >= span.end || change.end <= span.start || isInside(change, span))
      return { span: moved(span, change).span, held: without(held, change), isGuess: false };
    parts ??= takenApart(change, removed());
    return { span: parts.reduce(movedBy, span), held: parts.reduce(without, held), isGuess: parts.length > 1 };
  };
}

/** What a change leaves of them. */
function without(held: readonly Span[], { start, end, text }: TextChange): readonly Span[] {
  const grown = text.length - (end - start);
  const left = held.flatMap((one): readonly Span[] => {
    if (start >= one.end) return [one];
    const before = { start: one.start, end: start };
    const after = { start: Math.max(one.start, end) + grown, end: one.end + grown };
    return [before, after].filter((rest) => rest.start < rest.end);
  });
  return left.slice(0, mostHeld);
}

/** It leaves a part of the span as it is, or is all of it. */
function isInside(change: Span, span: Span): boolean {
  const covers = change.start === span.start && change.end === span.end;
  return change.start >= span.start && change.end <= span.end && !covers;
}

/** A change that reaches out of the span leaves what it left; of one that covers it and more, nothing is known. */
function movedBy(span: Span, change: TextChange): Span {
  const end = change.start + change.text.length;
  const grown = end - change.end;
  if (change.start >= span.end || change.end <= span.start) return moved(span, change).span;
  if (isInside(change, span) || (change.start === span.start && change.end === span.end))
    return moved(span, change).span;
  if (change.start <= span.start && change.end >= span.end) return { start: end, end };
  return change.start <= span.start ? { start: end, end: span.end + grown } : { start: span.start, end: change.start };
}

/** The same in changes of lines that belong together, whatever blanks are in them; the last one first. */
function takenApart(change: TextChange, removed: string): readonly TextChange[] {
  if (change.text === '' || !/[\r\n]/.test(removed)) return [change];
  const [before, after] = [wholeLinesOf(removed), wholeLinesOf(change.text)];
  if (before.length > mostLines || after.length > mostLines) return [change];
  const bare = (line: string) => line.replace(/\s+/g, '');
  const runs = lineRuns(before.map(bare), after.map(bare));
  const changes: TextChange[] = [];
  let [line, newLine, at] = [0, 0, change.start];
  const pair = (old: string, text: string): void => {
    changes.push(...lineChanges(at, old, text));
    at += old.length;
  };
  for (const run of [
    ...runs,
    { start: before.length, end: before.length, newStart: after.length, newEnd: after.length },
  ]) {
    while (line < run.start) pair(before[line++] ?? '', after[newLine++] ?? '');
    if (run.start === run.end && run.newStart === run.newEnd) continue;
    pair(before.slice(run.start, run.end).join(''), after.slice(run.newStart, run.newEnd).join(''));
    [line, newLine] = [run.end, run.newEnd];
  }
  return changes.reverse();
}

/** What a line says, and its end, change apart from each other; of what it says only the blanks, where nothing else does. */
function lineChanges(start: number, old: string, text: string): readonly TextChange[] {
  const end = start + old.length;
  const [oldEnd, newEnd] = [finalEndOf(old), finalEndOf(text)];
  if (oldEnd === '' || newEnd === '') return old === text ? [] : [{ start, end, text }];
  const [saidOld, said] = [contentOf(old), contentOf(text)];
  const middle = end - oldEnd.length;
  return [...blankChanges(start, saidOld, said), ...(oldEnd === newEnd ? [] : [{ start: middle, end, text: newEnd }])];
}

function blankChanges(start: number, old: string, text: string): readonly TextChange[] {
  if (old === text) return [];
  const [before, after] = [old.split(/(\s+)/), text.split(/(\s+)/)];
  const isAlike =
    before.length === after.length && before.every((part, index) => index % 2 === 1 || part === after[index]);
  if (!isAlike) return [{ start, end: start + old.length, text }];
  let at = start;
  return before.flatMap((part, index) => {
    at += part.length;
    const now = after[index] ?? '';
    return part === now ? [] : [{ start: at - part.length, end: at, text: now }];
  });
}
