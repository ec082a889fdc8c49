/** The chain of filters between a chat model's answer and ghost text, in their order. Pure. */
import { brackets } from './brackets.ts';
import type { Asked, Filter } from './filter.ts';
import { ends, indentation, scope } from './place.ts';
import { chatter } from './prose.ts';
import { loops, repeatedEnd, repeatedStart } from './repeats.ts';
import { hiddenCharacters, minimum, placeholders, secrets } from './worth.ts';
import { diffs, fences, lineEnds, marks, tags } from './wrapping.ts';

export type { Asked } from './filter.ts';

export interface Filtered {
  /** Undefined where nothing is to be shown; then the last of `by` is the reason. */
  readonly text: string | undefined;
  /** Names of the filters that changed something, in their order. */
  readonly by: readonly string[];
}

export function createFilters(isSecret: (text: string) => boolean): (answer: string, asked: Asked) => Filtered {
  const chain: readonly Filter[] = [
    ...[lineEnds, hiddenCharacters, tags, fences, marks, diffs, chatter, loops, repeatedStart, ends],
    ...[indentation, repeatedEnd, scope, minimum, brackets, placeholders, secrets(isSecret)],
  ];
  return (answer, asked) => {
    const by: string[] = [];
    let text = answer;
    for (const { name, apply } of chain) {
      const next = apply(text, asked);
      if (next !== text) by.push(name);
      if (next === undefined) return { text: undefined, by };
      text = next;
    }
    return { text, by };
  };
}
