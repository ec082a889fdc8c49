/** What the model hears behind the results of its calls: what the person has said meanwhile, with all that went along, and news. */
import type { ComposedTurn } from '../chat.ts';
import type { UserBlock } from '../claude/index.ts';
import type { Source } from '../ports.ts';

export interface Interjected {
  readonly blocks: readonly UserBlock[];
  /** What of it the person has typed. */
  readonly typed: readonly string[];
  /** For the receipt of the request that tells it. */
  readonly sources: readonly Source[];
  readonly replaced: readonly string[];
}

/** Undefined where there is nothing to be told. */
export function interjectedOf(turns: readonly ComposedTurn[], news: string): Interjected | undefined {
  const told = news === '' ? [] : [{ type: 'text', text: news } as const];
  const blocks = [...told, ...turns.flatMap(({ content }) => content)];
  if (blocks.length === 0) return undefined;
  return {
    blocks,
    typed: turns.map(({ text }) => text),
    sources: turns.flatMap(({ sources }) => sources),
    replaced: turns.flatMap(({ replaced }) => replaced),
  };
}
