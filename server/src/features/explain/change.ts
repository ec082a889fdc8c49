/** What changed in a document: the lines before and now, as a model and a person read them. Pure. */
import type { Range } from '#shared/place.ts';
import { Refusal } from '../../ports.ts';
import { type LineChange, lineChanges } from '../../text/lineDiff.ts';
import { lineAt, lineStartsOf } from '../../text/lines.ts';
import { ordered } from '../../text/meant.ts';
import { contentOf, wholeLinesOf } from '../../text/wholeLines.ts';

/** Lines that were replaced. */
export interface Hunk {
  /** First line now, zero-based; of a hunk that only removed lines, the line before which they stood. */
  readonly firstLine: number;
  /** First line before, zero-based. */
  readonly firstBefore: number;
  readonly before: readonly string[];
  readonly now: readonly string[];
}

export interface Change {
  readonly hunks: readonly Hunk[];
  /** First and last line now, zero-based, of all hunks together. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/**
 * The hunks that touch a range of the document as it is now; all of them where the range is empty.
 * @throws Refusal when nothing has changed there.
 */
export function changeIn(before: string, now: string, range: Range): Change {
  const all = hunksOf(before, now);
  if (all.length === 0) throw new Refusal('Nothing has changed in this file: there is no change to explain.', 'empty');
  const { start, end } = ordered(range);
  const isAll = start.line === end.line && start.character === end.character;
  const hunks = isAll ? all : all.filter((hunk) => touches(hunk, start.line, lastOf(range)));
  const [first, last] = [hunks[0], hunks.at(-1)];
  if (first === undefined || last === undefined)
    throw new Refusal('Nothing has changed in these lines. Select lines that have changed.', 'empty');
  const lastLine = last.firstLine + Math.max(0, last.now.length - 1);
  return { hunks, firstLine: first.firstLine, lastLine };
}

function lastOf(range: Range): number {
  const { start, end } = ordered(range);
  // A selection that ends at the start of a line does not mean that line.
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

/** Removed lines stood between two lines: both touch them. */
function touches({ firstLine, now }: Hunk, from: number, to: number): boolean {
  const first = now.length === 0 ? firstLine - 1 : firstLine;
  const last = now.length === 0 ? firstLine : firstLine + now.length - 1;
  return first <= to && last >= from;
}

function hunksOf(before: string, now: string): readonly Hunk[] {
  const [oldStarts, starts] = [lineStartsOf(before), lineStartsOf(now)];
  const lines = (text: string) => wholeLinesOf(text).map(contentOf);
  return lineChanges(before, now).map((change: LineChange) => ({
    firstLine: lineAt(starts, change.newStart),
    firstBefore: lineAt(oldStarts, change.start),
    before: lines(before.slice(change.start, change.end)),
    now: lines(now.slice(change.newStart, change.newEnd)),
  }));
}
