/** What some answers cost together. */

/** A price that is not known is no zero: it is counted by itself. */
export interface Spent {
  /** US dollars of the answers whose price is known. */
  readonly dollars: number;
  readonly tokens: number;
  readonly answers: number;
  /** How many of these have no known price. */
  readonly unpriced: number;
}

export const nothingSpent: Spent = { dollars: 0, tokens: 0, answers: 0, unpriced: 0 };

/** With one more answer. */
export function withAnswer(spent: Spent, dollars: number | undefined, tokens: number): Spent {
  return {
    dollars: spent.dollars + (dollars ?? 0),
    tokens: spent.tokens + tokens,
    answers: spent.answers + 1,
    unpriced: spent.unpriced + (dollars === undefined ? 1 : 0),
  };
}
