/** What a conversation has cost that is read from the disk, as far as its answers tell. Pure. */
import { nothingSpent, type Spent, withAnswer } from '#shared/spent.ts';
import type { StoredConversation } from '../ports.ts';

/** Of all branches where every price is known; else of the way to its newest entry. */
export function spentIn({ summary, entries }: StoredConversation): Spent {
  const usages = entries.flatMap(({ content }) =>
    content.kind === 'answered' || content.kind === 'compacted' ? [content.usage] : [],
  );
  const spent = usages.reduce(
    (sum, { price, inputTokens, outputTokens }) => withAnswer(sum, price, inputTokens + outputTokens),
    nothingSpent,
  );
  return summary.usage.price === undefined ? spent : { ...spent, dollars: summary.usage.price };
}
