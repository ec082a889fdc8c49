/** When a question has to pause: requests, money, and the room that the model has. Pure. */
import type { Settings } from '#shared/settings.ts';
import { type Message, modelRules } from '../claude/index.ts';
import type { Entry } from '../ports.ts';

/** What has been used, in US dollars; undefined where a price is not known. */
export interface Spent {
  readonly requests: number;
  readonly question: number | undefined;
  readonly conversation: number | undefined;
  readonly day: number | undefined;
}

/** What was allowed on top of the settings, since the person said to go on. */
export interface Extra {
  readonly requests: number;
  readonly question: number;
  readonly conversation: number;
  readonly day: number;
}

export const noExtra: Extra = { requests: 0, question: 0, conversation: 0, day: 0 };

/** Another helping of what has run out, and the question to the person. */
export interface Reached {
  readonly text: string;
  readonly next: Extra;
}

/** The limit that the next request would go over; the first one that fits. Undefined while there is room. */
export function limitReached(spent: Spent, { chat }: Pick<Settings, 'chat'>, extra: Extra): Reached | undefined {
  if (spent.requests >= chat.maxRequests + extra.requests)
    return {
      text: `This question has taken ${spent.requests} requests. Go on?`,
      next: { ...extra, requests: extra.requests + chat.maxRequests },
    };
  const money = [
    ['question', chat.limitPerQuestion, 'This question has'],
    ['conversation', chat.limitPerConversation, 'This conversation has'],
    ['day', chat.limitPerDay, "Today's chats have"],
  ] as const;
  for (const [name, limit, who] of money) {
    const used = spent[name];
    if (name === 'question' && spent.requests === 0) continue;
    if (used === undefined || used < limit + extra[name]) continue;
    // At least a cent: a limit of nothing would ask for ever without a step.
    const more = Math.max(limit, 0.01);
    const steps = Math.floor((used - limit - extra[name]) / more) + 1;
    return {
      text: `${who} cost $${used.toFixed(2)}, and the limit is $${(limit + extra[name]).toFixed(2)}. Go on?`,
      next: { ...extra, [name]: extra[name] + steps * more },
    };
  }
  return undefined;
}

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

/** Of prices: with one that is not known the sum is not known. */
export function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}
