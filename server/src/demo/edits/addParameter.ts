/** Adds a parameter to a function: at the end, but before one that takes all that are left. */
import { code as inCode } from '../wording.ts';
import { functionFor } from './errors.ts';
import type { CodeFunction } from './functions.ts';
import { insertedAt } from './insertions.ts';
import type { Job, Outcome } from './job.ts';
import { occurrencesOf } from './occurrences.ts';
import type { Source } from './source.ts';
import { isTyped } from './syntax.ts';

interface Wanted {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: string | undefined;
}

export function addParameter(job: Job, wanted: Wanted): Outcome {
  const { source } = job;
  const code = functionFor(job);
  if (code === undefined || code.open < 0)
    return { text: 'The rules find no function here that takes parameters in brackets.' };
  const isThere =
    code.parameters.some(({ name }) => name === wanted.name) ||
    occurrencesOf(source, wanted.name).some(
      (at) => at >= code.start && at < code.end && source.masked.slice(code.open, code.close).includes(wanted.name),
    );
  if (isThere) return { text: `${inCode(code.name)} has ${inCode(wanted.name)} already.` };
  if (isAccessor(source, code)) return { text: `${inCode(code.name)} cannot take another parameter.` };
  const text = writtenFor(
    source,
    wanted,
    code.parameters.some(({ optional }) => optional),
  );
  const rest = code.parameters.find((parameter) => parameter.rest !== '');
  const inner = source.masked.slice(code.open + 1, code.close);
  const isEmpty = inner.trim() === '' || (source.syntax.family === 'c' && inner.trim() === 'void');
  const last = code.open + 1 + inner.trimEnd().length;
  const insertion =
    rest !== undefined
      ? { at: rest.start, text: `${text}, `, drop: 0 }
      : isEmpty
        ? { at: code.open + 1, text, drop: inner.includes('\n') ? 0 : inner.length }
        : { at: last, text: `${inner.trimEnd().endsWith(',') ? ' ' : ', '}${text}`, drop: 0 };
  return {
    text: `${inCode(code.name)} takes ${inCode(wanted.name)} as well; its callers are as they were.`,
    changes: insertedAt(source, [insertion]),
  };
}

function isAccessor({ masked, syntax }: Source, { start, open }: CodeFunction): boolean {
  return syntax.family === 'script' && /\b(?:get|set)\s+\S+\s*$/.test(masked.slice(start, open));
}

/** Behind one that may be left out it may be left out as well. */
function writtenFor({ syntax }: Source, { name, type, value }: Wanted, followsOptional: boolean): string {
  const given = value === undefined ? '' : ` = ${value}`;
  switch (syntax.family) {
    case 'script': {
      const mark = followsOptional && value === undefined ? '?' : '';
      const isTold = type === undefined && value !== undefined;
      return isTyped(syntax) ? `${name}${mark}${isTold ? '' : `: ${type ?? 'unknown'}`}${given}` : `${name}${given}`;
    }
    case 'python': {
      const usual = value ?? (followsOptional ? 'None' : undefined);
      if (type !== undefined) return `${name}: ${type}${usual === undefined ? '' : ` = ${usual}`}`;
      return usual === undefined ? name : `${name}=${usual}`;
    }
    case 'rust':
    case 'swift':
      return `${name}: ${type ?? (syntax.family === 'rust' ? '&str' : 'Any')}`;
    case 'go':
      return `${name} ${type ?? 'any'}`;
    case 'c':
      return `${type ?? 'int'} ${name}`;
    case 'java':
      if (syntax.language === 'php') return `$${name}${given}`;
      return syntax.language === 'kotlin' || syntax.language === 'scala'
        ? `${name}: ${type ?? 'Any'}${given}`
        : `${type ?? 'Object'} ${name}`;
    case 'other':
      return `${name}${given}`;
  }
}
