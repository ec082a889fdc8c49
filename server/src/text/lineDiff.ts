/** What changed between two texts, by whole lines, in hunks that a person can read. */
import { diffArrays } from 'diff';
import { commonEnd, commonStart, contentOf, isBlank, isTrivial, wholeLinesOf } from './wholeLines.ts';

/** Lines that were replaced, as UTF-16 offsets into `before` and `after`; whole lines with their line ends. */
export interface LineChange {
  readonly start: number;
  readonly end: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** The same in numbers of lines instead of offsets. */
export type LineRun = LineChange;

/** More edits than this among lines that both texts have are not looked for: it would take too long. */
const mostEdits = 1_000;
const mostLinesBetween = 3;

/**
 * The fewest lines to replace that turn `before` into `after`, in order. What could stand at several places begins
 * where a block of code begins. Two changes are one when at most three lines are between them that are blank or, at
 * most one of them, without any letter or digit; with a real line between them they stay apart. Texts of which too
 * much was moved around give one change for all that differs.
 */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  const [oldLines, newLines] = [wholeLinesOf(before), wholeLinesOf(after)];
  const [starts, newStarts] = [startsOf(oldLines), startsOf(newLines)];
  return joined(lineRuns(oldLines, newLines), oldLines).map((run) => ({
    start: starts[run.start] ?? 0,
    end: starts[run.end] ?? 0,
    newStart: newStarts[run.newStart] ?? 0,
    newEnd: newStarts[run.newEnd] ?? 0,
  }));
}

/** The same for lists of lines, and with nothing joined. */
export function lineRuns(before: readonly string[], after: readonly string[]): readonly LineRun[] {
  const top = commonStart(before, after);
  const bottom = commonEnd(before, after, top);
  const runs = runsOfMiddle(before.slice(top, before.length - bottom), after.slice(top, after.length - bottom));
  return slid(
    runs.map((run) => ({
      start: run.start + top,
      end: run.end + top,
      newStart: run.newStart + top,
      newEnd: run.newEnd + top,
    })),
    before,
    after,
  );
}

/** Where each line starts, and where the text ends. */
function startsOf(lines: readonly string[]): readonly number[] {
  const starts = [0];
  let at = 0;
  for (const line of lines) {
    at += line.length;
    starts.push(at);
  }
  return starts;
}

function runsOfMiddle(before: readonly string[], after: readonly string[]): readonly LineRun[] {
  if (before.length === 0 && after.length === 0) return [];
  const kept = keptLines(before, after) ?? [];
  const runs: LineRun[] = [];
  let [start, newStart] = [0, 0];
  for (const [end, newEnd] of [...kept, [before.length, after.length] as const]) {
    if (start < end || newStart < newEnd) runs.push({ start, end, newStart, newEnd });
    [start, newStart] = [end + 1, newEnd + 1];
  }
  return runs;
}

/**
 * Pairs of numbers of the lines that stay; undefined when that cannot be found out soon. Lines that only one text has
 * stay in no solution: without them there is little left to compare, even of texts that differ wholly.
 */
function keptLines(
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [number, number])[] | undefined {
  const ids = new Map(after.map((line, index) => [line, index]));
  const known = new Set(before);
  const oldAt = numbersWhere(before, (line) => ids.has(line));
  const newAt = numbersWhere(after, (line) => known.has(line));
  const idsAt = (lines: readonly string[], numbers: readonly number[]) => numbers.map((at) => ids.get(lines[at] ?? ''));
  const changes = diffArrays(idsAt(before, oldAt), idsAt(after, newAt), { maxEditLength: mostEdits });
  if (changes === undefined) return undefined;
  const kept: (readonly [number, number])[] = [];
  let [at, newPlace] = [0, 0];
  for (const { added, removed, count } of changes) {
    if (!added && !removed) {
      for (let index = 0; index < count; index++) kept.push([oldAt[at + index] ?? 0, newAt[newPlace + index] ?? 0]);
    }
    if (!added) at += count;
    if (!removed) newPlace += count;
  }
  return kept;
}

function numbersWhere(lines: readonly string[], is: (line: string) => boolean): readonly number[] {
  return lines.flatMap((line, index) => (is(line) ? [index] : []));
}

/** Lines that only came or only went can often stand a little higher or lower with the same effect. */
function slid(runs: readonly LineRun[], before: readonly string[], after: readonly string[]): readonly LineRun[] {
  const done: LineRun[] = [];
  for (const [index, run] of runs.entries()) {
    const above = done.at(-1) ?? { end: 0, newEnd: 0 };
    const below = runs[index + 1] ?? { start: before.length, newStart: after.length };
    if (run.start === run.end)
      done.push(moved(run, bestShift(after, run.newStart, run.newEnd, [above.newEnd, below.newStart])));
    else if (run.newStart === run.newEnd)
      done.push(moved(run, bestShift(before, run.start, run.end, [above.end, below.start])));
    else done.push(run);
  }
  return done;
}

function moved({ start, end, newStart, newEnd }: LineRun, by: number): LineRun {
  return { start: start + by, end: end + by, newStart: newStart + by, newEnd: newEnd + by };
}

/** By how many lines to move the block from `start` to `end`, which must stay between two bounds. */
function bestShift(
  lines: readonly string[],
  start: number,
  end: number,
  [low, high]: readonly [number, number],
): number {
  let up = 0;
  while (start - up > low && lines[start - up - 1] === lines[end - up - 1]) up++;
  let best = { shift: -up, cost: costAt(lines, start - up) };
  for (let shift = -up; end + shift < high && lines[start + shift] === lines[end + shift]; shift++) {
    const cost = costAt(lines, start + shift + 1);
    if (cost <= best.cost) best = { shift: shift + 1, cost };
  }
  return best.shift;
}

/** How little a line looks like the first one of a block: the outermost one after a blank line does best. */
function costAt(lines: readonly string[], at: number): number {
  const content = contentOf(lines[at] ?? '');
  if (isBlank(content)) return 1e6;
  if (/^\s*(?:[)\]}]|end\b)/.test(content)) return 2e6;
  const indentation = content.length - content.trimStart().length;
  return 2 * indentation + (at === 0 || isBlank(lines[at - 1] ?? '') ? 0 : 1);
}

function joined(runs: readonly LineRun[], before: readonly string[]): readonly LineRun[] {
  const all: LineRun[] = [];
  for (const run of runs) {
    const last = all.at(-1);
    if (
      last !== undefined &&
      saysNothing(before.slice(last.end, Math.min(run.start, last.end + mostLinesBetween + 1)))
    ) {
      all[all.length - 1] = { ...last, end: run.end, newEnd: run.newEnd };
    } else all.push(run);
  }
  return all;
}

function saysNothing(between: readonly string[]): boolean {
  const written = between.filter((line) => !isBlank(line));
  return between.length <= mostLinesBetween && written.length <= 1 && written.every(isTrivial);
}
