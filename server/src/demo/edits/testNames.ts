/** Names of tests as functions are named, each once. */
import type { TestCase } from './testCases.ts';
import { inCase, wordsOf } from './words.ts';

export function snake(text: string): string {
  const words = wordsOf(text.replace(/[^\w]+/g, ' '));
  return inCase(words.slice(0, 12), 'snake') || 'case';
}

export function named(cases: readonly TestCase[]): readonly (TestCase & { readonly id: string })[] {
  const seen = new Map<string, number>();
  return cases.map((each) => {
    const id = snake(each.name);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return { ...each, id: count === 1 ? id : `${id}_${count}` };
  });
}
