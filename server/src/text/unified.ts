/** A change of a text as people read it: the lines that go and come, with some around them (unified diff). */
import { lineRuns } from './lineDiff.ts';
import { contentOf, wholeLinesOf } from './wholeLines.ts';

const linesAround = 3;

/** Lines, each with its sign. Line ends are not shown: a change of nothing else has lines that look the same. */
export function unifiedDiff(before: string, after: string): readonly string[] {
  const [old, fresh] = [wholeLinesOf(before), wholeLinesOf(after)];
  const lines: string[] = [];
  const put = (sign: string, line: string): void => void lines.push(`${sign}${contentOf(line)}`);
  for (const runs of nearby(lineRuns(old, fresh), linesAround)) {
    const [first, last] = [runs[0], runs.at(-1)];
    if (first === undefined || last === undefined) continue;
    const lead = Math.min(linesAround, first.start);
    const tail = Math.min(linesAround, old.length - last.end);
    const [from, newFrom] = [first.start - lead, first.newStart - lead];
    put('@@ ', `-${rangeOf(from, last.end + tail)} +${rangeOf(newFrom, last.newEnd + tail)} @@`);
    let at = from;
    for (const run of runs) {
      for (const line of old.slice(at, run.start)) put(' ', line);
      for (const line of old.slice(run.start, run.end)) put('-', line);
      for (const line of fresh.slice(run.newStart, run.newEnd)) put('+', line);
      at = run.end;
    }
    for (const line of old.slice(at, last.end + tail)) put(' ', line);
  }
  return lines;
}

/** Lines from one number to another, counted from 1, as such diffs name them. */
function rangeOf(start: number, end: number): string {
  return end - start === 1 ? `${start + 1}` : `${end === start ? start : start + 1},${end - start}`;
}

/** Those that have lines around them in common together. */
function nearby<Run extends { readonly start: number; readonly end: number }>(
  runs: readonly Run[],
  around: number,
): readonly (readonly Run[])[] {
  const groups: Run[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    const isNear = last !== undefined && run.start - (last.at(-1)?.end ?? 0) <= 2 * around;
    if (isNear) last.push(run);
    else groups.push([run]);
  }
  return groups;
}
