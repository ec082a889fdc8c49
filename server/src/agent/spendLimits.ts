/** When money is to be asked about, and in which words. */
import type { Spent } from '#shared/spent.ts';

export interface SpentSoFar {
  /** For this question, in this conversation since it was begun, and in all chats of the day. */
  readonly question: Spent;
  readonly conversation: Spent;
  readonly day: Spent;
}

/** US dollars, and for a question how many answers without a known price. */
export interface SpendLimits {
  readonly question: number;
  readonly conversation: number;
  readonly day: number;
  readonly unpriced: number;
}

export interface LimitReached {
  readonly limit: keyof SpendLimits;
  /** For the person: what was reached; whether to go on is the question. */
  readonly message: string;
}

/** From the settings. The first answer without a price is asked about: nobody knows what the others will cost. */
export function spendLimitsOf(chat: {
  readonly limitPerQuestion: number;
  readonly limitPerConversation: number;
  readonly limitPerDay: number;
}): SpendLimits {
  const { limitPerQuestion: question, limitPerConversation: conversation, limitPerDay: day } = chat;
  return { question, conversation, day, unpriced: 1 };
}

/**
 * Whether the next request has to wait for the person. Before the first one of a question only the conversation and the
 * day are looked at.
 */
export function limitReached(spent: SpentSoFar, limits: SpendLimits): LimitReached | undefined {
  const { question, conversation, day } = spent;
  const said = (limit: keyof SpendLimits, message: string): LimitReached => ({ limit, message });
  if (day.dollars >= limits.day)
    return said('day', `Chats of today have cost ${spentWords(day)}; the limit for a day is ${money(limits.day)}.`);
  if (conversation.dollars >= limits.conversation)
    return said(
      'conversation',
      `This conversation has cost ${spentWords(conversation)}; its limit is ${money(limits.conversation)}.`,
    );
  if (question.answers === 0) return undefined;
  if (question.dollars >= limits.question)
    return said('question', `This question has cost ${spentWords(question)}; its limit is ${money(limits.question)}.`);
  if (question.unpriced < limits.unpriced) return undefined;
  return said(
    'unpriced',
    `This question has cost ${spentWords(question)}. The price of this model is not known, so no limit of money can be kept.`,
  );
}

/** When the person wants to go on: what was reached may be spent once more from where it stands now. */
export function raised(
  limits: SpendLimits,
  { limit }: LimitReached,
  spent: SpentSoFar,
  first: SpendLimits,
): SpendLimits {
  // An answer without a price tells nothing of the next: who goes on has decided it for the question.
  const most = limit === 'unpriced' ? Number.POSITIVE_INFINITY : spent[limit].dollars + first[limit];
  return { ...limits, [limit]: most };
}

/** "$1.20", "$1.20, without 2 answers of unknown price". */
export function spentWords({ dollars, unpriced, answers }: Spent): string {
  if (unpriced === 0) return money(dollars);
  if (unpriced === answers) return 'an unknown amount';
  return `${money(dollars)}, without ${unpriced} ${unpriced === 1 ? 'answer' : 'answers'} of unknown price`;
}

/** Two digits, or more where two would say nothing. */
function money(dollars: number): string {
  return `$${dollars > 0 && dollars < 0.1 ? Number(dollars.toPrecision(2)) : dollars.toFixed(2)}`;
}
