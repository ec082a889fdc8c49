/** Makes a function asynchronous: the word before it, and its result as a promise of what it was. */
import { code as inCode } from '../wording.ts';
import { functionFor } from './errors.ts';
import type { CodeFunction } from './functions.ts';
import { type Insertion, insertedAt } from './insertions.ts';
import type { Job, Outcome } from './job.ts';
import type { Source } from './source.ts';

export function makeAsync(job: Job): Outcome {
  const { source } = job;
  const code = functionFor(job);
  if (code === undefined) return { text: 'The rules find no function here.' };
  if (code.isAsync) return { text: `${inCode(code.name)} is asynchronous already.` };
  const delegates = source.syntax.byIndent && /\byield\s+from\b/.test(source.masked.slice(code.start, code.end));
  const at = delegates ? undefined : wordPlace(source, code);
  if (at === undefined) return { text: `The rules cannot make ${inCode(code.name)} asynchronous.` };
  const changes = insertedAt(source, [{ at, text: 'async ', drop: 0 }, ...promised(source, code)]);
  return { text: `${inCode(code.name)} is asynchronous; its callers do not wait for it yet.`, changes };
}

function wordPlace({ masked, syntax }: Source, code: CodeFunction): number | undefined {
  const { start, open, close, symbol, name, parameters } = code;
  const head = masked.slice(start, open < 0 ? close : open);
  switch (syntax.family) {
    case 'script': {
      if (name === 'constructor' || /\b(?:get|set)\s+\S+\s*$/.test(head)) return undefined;
      // Without a body it is the type of one; a promise proves nothing of an argument.
      if ((code.body === undefined && !code.isArrow) || /\bis\s|^asserts\b/.test(code.result ?? '')) return undefined;
      const word = /\bfunction\b/.exec(head);
      if (word !== null) return start + word.index;
      if (code.isArrow)
        return open < 0 ? parameters[0]?.start : start + (/<[^<>=]*>\s*$/.exec(head)?.index ?? head.length);
      return symbol.kind === 6 ? start + head.lastIndexOf(name) : undefined;
    }
    case 'python':
    case 'rust': {
      const word = /\b(?:def|(?:unsafe\s+|extern\s+"+\s+)*fn)\b/.exec(head);
      return word === null ? undefined : start + word.index;
    }
    default:
      return undefined;
  }
}

function promised(
  { text, syntax }: Source,
  { result, close, body, end, isGenerator }: CodeFunction,
): readonly Insertion[] {
  if (syntax.family !== 'script' || result === undefined || isGenerator || /^Promise\b|\n/.test(result)) return [];
  const at = text.slice(close, body?.from ?? end).indexOf(result);
  return at < 0 ? [] : [{ at: close + at, text: `Promise<${result}>`, drop: result.length }];
}
