/** Says in English what a function or a type was seen to be and to do. */
import type { Facts, Part } from './facts.ts';
import { code, counted, joined, listed, place, unique, withLines } from './wording.ts';

/** "a function that takes `a` and `b`", "a class with 3 methods: `c`, `d` and `e`". */
export function shapeOf(part: Part, { parts }: Facts): string {
  const takes = part.parameters.length === 0 ? '' : ` that takes ${listed(part.parameters.map(code), 8)}`;
  const inner = parts.filter(
    (other) => other.depth === part.depth + 1 && other.firstLine >= part.firstLine && other.lastLine <= part.lastLine,
  );
  const holds =
    inner.length === 0
      ? ''
      : ` with ${inner.length === 1 ? 'one declaration' : counted(inner.length, 'declaration')} inside: ${listed(
          inner.map(({ name }) => code(name)),
          8,
        )}`;
  return `${withArticle(part.noun)}${takes}${holds}`;
}

/** "loops over `items` (line 3)", "returns `sum` (line 9)": one phrase for each kind of thing seen, at most `most` of each named. */
export function deedsOf({ seen }: Part, most: number): readonly string[] {
  const named = seen.throw.map(({ what, line }) => ({ what: what === '' ? 'an error' : what, line }));
  const values = seen.return.filter(({ what }) => what !== '');
  const early = seen.return.length - values.length;
  return [
    ...phrase(seen.loop, (loops) => `loops over ${withLines(loops, most)}`),
    ...phrase(seen.branch, (branches) => `branches on ${withLines(branches, most)}`),
    ...phrase(named, (errors) => `raises ${withLines(errors, most)}`),
    ...phrase(
      seen.catch,
      (errors) => `catches errors ${joined(errors.map(({ line }) => place(`(line ${line})`, line)))}`,
    ),
    ...phrase(seen.wait, (waits) => `waits for ${withLines(waits, most)}`),
    ...phrase(values, (returns) => `returns ${withLines(returns, most)}`),
    ...(early > 0 && values.length === 0 ? ['returns without a value'] : []),
    ...phrase(seen.call, (calls) => `calls ${listed(unique(calls).map(code), most * 2)}`),
  ];
}

function phrase<Item>(items: readonly Item[], say: (items: readonly Item[]) => string): readonly string[] {
  return items.length === 0 ? [] : [say(items)];
}

/** One sentence with all of it. */
export function sentenceOf(part: Part, subject: string): string {
  const takes = part.parameters.length === 0 ? [] : [`takes ${listed(part.parameters.map(code), 8)}`];
  const deeds = [...takes, ...deedsOf(part, 2)];
  if (deeds.length > 0) return `${subject} ${joined(deeds)}.`;
  return part.name === ''
    ? `${subject} holds nothing that the rules know.`
    : `${subject} is ${withArticle(part.noun)}.`;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
