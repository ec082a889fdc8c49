/** Simplifies code: guard clauses instead of nesting, no `else` behind what leaves, no comparison with `true`. */
import { booleanRewrites } from './booleans.ts';
import { tidied } from './changes.ts';
import { conditionalsIn } from './conditionals.ts';
import { guardRewrite } from './guards.ts';
import type { Job, Outcome } from './job.ts';
import type { Rewrite } from './rewrite.ts';

export function simplify({ source, from, to }: Job): Outcome {
  const booleans = booleanRewrites(source, from, to);
  const conditionals = conditionalsIn(source, from, to);
  const guards = conditionals.flatMap((conditional) => guardRewrite(source, conditional) ?? []);
  // What is outermost goes first: what is inside of it moves along.
  const rewrites = [
    ...booleans.filter(({ kind }) => kind === 'boolean'),
    ...guards,
    ...booleans.filter(({ kind }) => kind === 'comparison'),
  ];
  const changes = tidied(source.lines, rewrites, Number.POSITIVE_INFINITY);
  if (changes.length === 0) return { text: 'The rules find nothing to simplify here.' };
  return { text: `${sentences(kept(rewrites))}.`, changes: rewrites };
}

/** Those that do not overlap an earlier one. */
function kept(rewrites: readonly Rewrite[]): readonly Rewrite[] {
  return rewrites.filter(
    (rewrite, index) => !rewrites.slice(0, index).some((other) => other.from < rewrite.to && rewrite.from < other.to),
  );
}

function sentences(rewrites: readonly Rewrite[]): string {
  const words: Readonly<Record<Rewrite['kind'], string>> = {
    guard: 'guard clauses instead of nested code',
    else: 'no `else` behind what leaves anyway',
    boolean: 'the condition itself instead of two returns',
    comparison: 'no comparison with a truth value',
  };
  const kinds = [...new Set(rewrites.map(({ kind }) => words[kind]))];
  return `Simpler: ${kinds.join('; ')}`;
}
