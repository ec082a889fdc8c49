/** What a call used and cost. */
import * as z from 'zod';

const Tokens = z.int().min(0);

export const Usage = z.strictObject({
  /** Tokens in, without those read from or written to the cache. */
  inputTokens: Tokens,
  outputTokens: Tokens,
  cacheReadTokens: Tokens,
  cacheWriteTokens: Tokens,
  /** US dollars by the dated price table; absent when the model has no known price. */
  price: z.number().min(0).optional(),
});
export type Usage = z.infer<typeof Usage>;
