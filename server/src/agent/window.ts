/** The room that a model has, and how much of it a conversation takes. Pure. */
import { type Message, modelRules } from '../claude/index.ts';
import type { Entry } from '../ports.ts';

/** Tokens of a model that is not known. */
const smallestWindow = 200_000;
/** Of the window; the answer and the next results need the rest. */
const fullAt = 0.8;

export function windowOf(model: string): number {
  return modelRules(model)?.contextWindow ?? smallestWindow;
}

export function isNearlyFull(tokens: number, model: string): boolean {
  return tokens > windowOf(model) * fullAt;
}

/** All that an answer was made of, and itself: what the next request begins with. */
export function tokensIn({ usage }: Message): number {
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
  return usage.input_tokens + cached + usage.output_tokens;
}

/** The same of a conversation that was read from the disk; 0 where it was summarised last. */
export function tokensAtEnd(entries: readonly Entry[]): number {
  const last = entries.findLast(({ content }) => content.kind === 'answered' || content.kind === 'compacted');
  if (last?.content.kind !== 'answered') return 0;
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = last.content.usage;
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
}
