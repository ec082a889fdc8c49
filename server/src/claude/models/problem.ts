/** What the checks of a request say, where, and what they know. */
import type { ModelRules } from './table.ts';
import type { Fields } from './values.ts';

/** Where in a request: names of fields, and positions in lists. */
export type Path = readonly (string | number)[];

/** What is wrong with a request: where, what, and what to do. */
export interface Problem {
  readonly path: Path;
  /** The path as the service writes it: `messages.2.content.0`. */
  readonly field: string;
  /** Whole sentences: what is wrong, then the fix. */
  readonly text: string;
}

/** Says that something is wrong. `text` goes on where the name of the field ends, and says what to do. */
export type Report = (path: Path, text: string) => void;

/** What is known of what a model accepts. What is absent is not known: it is not refused. */
export type KnownRules = Pick<ModelRules, 'id'> & Partial<ModelRules>;

/** What the request is for: whole or streamed answers, counting, or a batch. */
export type Use = 'create' | 'stream' | 'count' | 'batch';

export interface Context {
  readonly use: Use;
  /** Names that the caller gave for `anthropic-beta`. */
  readonly betas: readonly string[];
  /** The rules of the request's model. */
  readonly rules: KnownRules | undefined;
  /** The rules of another model that the request names. */
  readonly rulesFor: (model: string) => KnownRules | undefined;
}

/** Reports all that it finds. Costs no more than a walk over the request. */
export type Rule = (request: Fields, report: Report, context: Context) => void;

/** Reports on what is further down. */
export function below(report: Report, ...place: Path): Report {
  return (path, text) => report([...place, ...path], text);
}

/** @param limit Problems that are kept: what is wrong in a million places need not be said a million times. */
export function collectProblems(limit: number): { readonly problems: readonly Problem[]; readonly report: Report } {
  const problems: Problem[] = [];
  const report: Report = (path, text) => {
    if (problems.length >= limit) return;
    const field = path.join('.');
    problems.push({ path, field, text: `${nameOf(field)} ${text}` });
  };
  return { problems, report };
}

/** Names in schemas can be of any length. */
const longestName = 200;

function nameOf(field: string): string {
  if (field === '') return 'The request';
  return field.length > longestName ? `${field.slice(0, longestName)}…` : field;
}
