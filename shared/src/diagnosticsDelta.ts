/** What hunks fixed and what they broke: the editor's problems before them against those after. Errors and warnings only. */

import type { Position, Range } from './place.ts';
import type { Problem } from './problem.ts';

export interface DeltaParts {
  /** Problems from before the first hunk came, where they are in the document now. */
  readonly before: readonly Problem[];
  readonly after: readonly Problem[];
  /** The hunks of one action in this document; ranges are where their new text is. */
  readonly hunks: readonly HunkPlace[];
  /** What was changed by other hands meanwhile: new problems in there are theirs. */
  readonly elsewhere: readonly Range[];
}

export interface HunkPlace {
  readonly id: string;
  readonly range: Range;
}

export interface Delta {
  readonly fixed: readonly Problem[];
  readonly broke: readonly Problem[];
}

/** What each hunk fixed and broke, by its id. A problem outside of all hunks belongs to the nearest one. */
export function diagnosticsDelta({ before, after, hunks, elsewhere }: DeltaParts): ReadonlyMap<string, Delta> {
  const matched = matchedPairs(before.filter(counts), after.filter(counts), hunks);
  const hunkOf = (problem: Problem): string | undefined => nearest(hunks, problem.range)?.id;
  const isOurs = ({ range }: Problem): boolean => !elsewhere.some((other) => meets(other, range));
  return new Map(
    hunks.map(({ id }) => [
      id,
      {
        fixed: matched.fixed.filter((problem) => hunkOf(problem) === id),
        broke: matched.broke.filter((problem) => isOurs(problem) && hunkOf(problem) === id),
      },
    ]),
  );
}

/** Whether two lists say the same of the same places: a language server that has not looked again yet. */
export function areSameProblems(one: readonly Problem[], other: readonly Problem[]): boolean {
  const lines = (problems: readonly Problem[]) =>
    problems.map((problem) => `${keyOf(problem)} ${JSON.stringify(problem.range)}`).sort();
  return one.length === other.length && JSON.stringify(lines(one)) === JSON.stringify(lines(other));
}

/** Problems in a list of now: each by the same words, the nearest where there are several. Those that are gone are left out. */
export function foundAgain(problems: readonly Problem[], now: readonly Problem[]): readonly Problem[] {
  const open = [...now];
  return problems.flatMap((problem) => {
    const same = open.filter((other) => keyOf(other) === keyOf(problem));
    const [best] = same.toSorted(
      (one, other) => distance(one.range, problem.range) - distance(other.range, problem.range),
    );
    if (best === undefined) return [];
    open.splice(open.indexOf(best), 1);
    return [best];
  });
}

const warning = 2;

/** Severity is optional in LSP; where it is not given the client decides, and ours takes it for an error. */
function counts({ severity = 1 }: Problem): boolean {
  return severity <= warning;
}

interface Unmatched {
  readonly fixed: readonly Problem[];
  readonly broke: readonly Problem[];
}

/** Takes away what is there before and after: at the same place first, then on the same line, then in the same hunk. */
function matchedPairs(before: readonly Problem[], after: readonly Problem[], hunks: readonly HunkPlace[]): Unmatched {
  const inSameHunk = (one: Problem, other: Problem): boolean => {
    const hunk = hunks.find(({ range }) => meets(range, one.range));
    return hunk !== undefined && meets(hunk.range, other.range);
  };
  const rules: readonly ((one: Problem, other: Problem) => boolean)[] = [
    (one, other) => isSame(one.range.start, other.range.start),
    (one, other) => one.range.start.line === other.range.start.line,
    inSameHunk,
  ];
  return rules.reduce((left, isMatch) => withoutPairs(left, isMatch), { fixed: before, broke: after });
}

function withoutPairs({ fixed, broke }: Unmatched, isMatch: (one: Problem, other: Problem) => boolean): Unmatched {
  const open = [...broke];
  const gone = fixed.filter((problem) => {
    const index = open.findIndex((other) => keyOf(other) === keyOf(problem) && isMatch(problem, other));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  return { fixed: gone, broke: open };
}

function keyOf({ message, code = '', source = '', severity = 1 }: Problem): string {
  return JSON.stringify([message, code, source, severity]);
}

function nearest(hunks: readonly HunkPlace[], range: Range): HunkPlace | undefined {
  const [first, ...rest] = hunks;
  if (first === undefined) return undefined;
  return rest.reduce((best, hunk) => (distance(hunk.range, range) < distance(best.range, range) ? hunk : best), first);
}

/** Lines between two ranges; 0 when they share one. */
function distance(one: Range, other: Range): number {
  return Math.max(0, one.start.line - lastLine(other), other.start.line - lastLine(one));
}

function meets(one: Range, other: Range): boolean {
  return distance(one, other) === 0;
}

/** A range of whole lines ends at the start of the next one, which does not belong to it. */
function lastLine({ start, end }: Range): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

function isSame(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}
