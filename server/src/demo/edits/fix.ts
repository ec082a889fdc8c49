/** Fixes the problems that are listed, where their message is one of those that the rules know. */
import { counted } from '../wording.ts';
import { type Change, tidied } from './changes.ts';
import { fixNames } from './fixNames.ts';
import { fixReturns } from './fixReturns.ts';
import { fixSmall } from './fixSmall.ts';
import { fixUnused } from './fixUnused.ts';
import type { Job, Outcome } from './job.ts';
import { createSource } from './source.ts';
import { createTracked } from './tracked.ts';
import type { Fixer, Trouble } from './trouble.ts';

const fixers: readonly Fixer[] = [fixUnused, fixNames, fixSmall, fixReturns];

/** More are not looked at in one answer. */
const mostProblems = 20;

export function fix({ source, task }: Job): Outcome {
  const problems = task.problems.slice(0, mostProblems);
  if (problems.length === 0) return { text: 'No problem is listed, so the rules have nothing to fix.' };
  const tracked = createTracked(source.lines);
  let current = source;
  let fixed = 0;
  for (const { line, message } of problems) {
    const place = tracked.placeOf(line - 1 - task.file.firstLine);
    const changes = place < 0 ? [] : changesFor({ source: current, line: place, message, neighbours: task.neighbours });
    const tidy = tidied(current.lines, changes, Number.POSITIVE_INFINITY);
    if (tidy.length === 0) continue;
    fixed++;
    tracked.apply(tidy);
    current = createSource(source.path, source.syntax.language, tracked.lines());
  }
  if (fixed === 0)
    return { text: `The rules know no fix for ${problems.length === 1 ? 'this problem' : 'these problems'}.` };
  const left = problems.length - fixed;
  const rest = left === 0 ? '' : `; for ${counted(left, 'other')} they know none`;
  return { text: `Fixed by rules: ${counted(fixed, 'problem')}${rest}.`, changes: tracked.changes() };
}

function changesFor(trouble: Trouble): readonly Change[] {
  for (const fixer of fixers) {
    const changes = fixer(trouble);
    if (changes.length > 0) return changes;
  }
  return [];
}
