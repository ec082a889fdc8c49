/** Does what a few kinds of instructions say; any other is noted as a comment above the code. */
import { code as inCode } from '../wording.ts';
import { addParameter } from './addParameter.ts';
import type { Change } from './changes.ts';
import { comments } from './comments.ts';
import { document, topOf } from './document.ts';
import { errors } from './errors.ts';
import { extract } from './extract.ts';
import type { Action, Job, Outcome } from './job.ts';
import { removeLogging } from './logging.ts';
import { makeAsync } from './makeAsync.ts';
import { modernise } from './modernise.ts';
import { renameEverywhere } from './renameEverywhere.ts';
import { simplify } from './simplify.ts';
import { sortLines } from './sortLines.ts';
import { indentOf, type Source } from './source.ts';
import { commentLine } from './syntax.ts';
import { targetsOf } from './targets.ts';
import { tests } from './tests.ts';
import { types } from './types.ts';
import { wrapInTry } from './wrapInTry.ts';

/** Undefined where the instruction is of another kind. */
type Understanding = (job: Job, wish: string) => Outcome | undefined;

export function instruct(job: Job): Outcome {
  const wish = (job.task.instruction ?? job.task.wish).trim();
  for (const understand of understandings) {
    const outcome = understand(job, wish);
    if (outcome !== undefined) return outcome;
  }
  return noted(job, wish);
}

const name = '[`\'"]?([A-Za-z_$][\\w$]*)[`\'"]?';

const understandings: readonly Understanding[] = [
  (job, wish) => {
    const [, from, to] =
      new RegExp(`\\brename\\s+(?:the\\s+)?(?:\\w+\\s+)??${name}\\s+(?:in)?to\\s+${name}`, 'i').exec(wish) ?? [];
    return from === undefined || to === undefined ? undefined : renameEverywhere(job, from, to);
  },
  (job, wish) => {
    const [, said] =
      /\badd\s+(?:a\s+)?comment\b\s*(?:that\s+says|saying|with(?:\s+the\s+text)?|about|on|:)?\s*:?\s*([\s\S]*)$/i.exec(
        wish,
      ) ?? [];
    return said === undefined ? undefined : noted(job, said.replace(/^["'`“]|["'`”]$/g, '') || 'What this does:');
  },
  (job, wish) =>
    /\btry\b|\bcatch\b|\bexcept\b/i.test(wish) && /\bwrap|surround|put|add|enclose/i.test(wish)
      ? wrapInTry(job)
      : undefined,
  (job, wish) => {
    const [, given, type, value] =
      new RegExp(
        `\\badd\\s+(?:an?\\s+)?(?:\\w+\\s+)?(?:parameter|param|argument)\\s+(?:called\\s+|named\\s+)?${name}(?:\\s*:\\s*([\\w<>[\\]|.]+))?(?:\\s*=\\s*([\\w.'"\\[\\]{}-]+))?`,
        'i',
      ).exec(wish) ?? [];
    return given === undefined ? undefined : addParameter(job, { name: given, type, value });
  },
  (job, wish) => (/\bmake\b.*\basync(?:hronous)?\b|^async$|\bturn\b.*\basync/i.test(wish) ? makeAsync(job) : undefined),
  (job, wish) =>
    /\b(?:remove|delete|drop|strip|no)\b.*\b(?:logging|logs?|console(?:\.log)?|prints?|print statements?|debug(?:ging)?)\b/i.test(
      wish,
    )
      ? removeLogging(job)
      : undefined,
  (job, wish) => (/\b(?:sort|order|organi[sz]e)\b/i.test(wish) ? sortLines(job, wish) : undefined),
  mapped(/\bdoc(?:s|ument(?:ation)?|string|umented)?\b|\bjsdoc\b/i, document),
  mapped(/\btests?\b/i, tests),
  mapped(/\btypes?\b|\bannotat/i, types),
  mapped(/\bsimplif|\bguard clause|\bearly return|\bflatten/i, simplify),
  mapped(/\bmoderni[sz]e|\btemplate literal|\bf-strings?\b|\barrow function/i, modernise),
  mapped(/\bextract\b/i, extract),
  mapped(/\bvalidat|\b(?:handle|check)\b.*\b(?:errors?|input|arguments?|parameters?|missing)\b/i, errors),
  mapped(/\btranslate\b/i, comments),
];

function mapped(words: RegExp, action: Action): Understanding {
  return (job, wish) => (words.test(wish) && wish.length <= longestShortWish ? action(job) : undefined);
}

/** In longer instructions a word alone tells too little. */
const longestShortWish = 160;

/** The instruction itself, above the function or the selected lines. */
function noted({ source, task, from, to }: Job, wish: string): Outcome {
  const job = { source, task, from, to };
  const line = placeFor(source, job);
  const first = wish.replace(/\s+/g, ' ').slice(0, 200);
  const text = commentLine(source.syntax, first);
  if (text === undefined || first === '')
    return { text: 'The rules do not understand this instruction, and the language has no comments to note it in.' };
  const change: Change = { from: line, to: line, lines: [indentOf(source.lines[line] ?? '') + text] };
  return { text: `The rules note this as a comment: ${inCode(first)}.`, changes: [change] };
}

function placeFor(source: Source, job: Job): number {
  const [target] = targetsOf(job);
  const start = target?.range.start.line;
  // Of a whole function, above it; of single lines, above these.
  const line = start !== undefined && start >= job.from && start <= job.to ? topOf(source, start) : job.from;
  return Math.min(line, source.lines.length);
}
