/** Writes a new file of tests for a function: real ones where the code leaves no doubt, the others named and marked as to do. */
import { counted, code as inCode } from '../wording.ts';
import { functionFor } from './errors.ts';
import { isCallable } from './functions.ts';
import type { Job, Outcome } from './job.ts';
import { ownerOf } from './targets.ts';
import { testCasesOf } from './testCases.ts';
import { testPlaceFor } from './testPlace.ts';
import { testText } from './testTexts.ts';

export function tests(job: Job): Outcome {
  const { source, task } = job;
  const code = functionFor(job);
  const isDeclaredOnly = code?.body === undefined && code?.isArrow !== true && source.syntax.family !== 'other';
  if (code === undefined || isDeclaredOnly) return { text: 'The rules find no function here to write tests for.' };
  const holder = ownerOf(source, code.symbol);
  const owner = holder === undefined || isCallable(holder) || holder.kind === 19 ? undefined : holder.name;
  const cases = testCasesOf(source, code);
  const place = testPlaceFor(job);
  const text = testText({ source, code, owner, cases, place, neighbours: task.neighbours });
  return {
    text: `A file with ${counted(cases.length, 'test')} of ${inCode(code.name)}: what the rules cannot be sure of is left to do.`,
    create: { path: place.path, text },
  };
}
