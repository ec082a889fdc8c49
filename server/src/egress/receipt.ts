/** The shape of a receipt and of its outcome, as they stand on disk. */
import * as z from 'zod';
import { Usage } from '#shared/usage.ts';

export const Receipt = z.object({
  id: z.string(),
  /** ISO 8601. */
  time: z.string(),
  purpose: z.string(),
  host: z.string(),
  credentialSource: z.string(),
  demo: z.boolean(),
  sources: z.array(z.object({ uri: z.string(), firstLine: z.number(), lastLine: z.number(), part: z.string() })),
  replaced: z.array(z.string()),
  /** Tokens as they were estimated before sending. */
  context: z
    .object({
      tokens: z.number(),
      budget: z.number(),
      parts: z.array(z.object({ part: z.string(), tokens: z.number() })),
    })
    .optional(),
  /** Exactly what was sent as the body, without the messages where `said` names them. Never a header, so never the key. */
  request: z.looseObject({ model: z.string() }),
  /** The messages are those of a conversation: a copy with each request would grow with its square. */
  said: z
    .object({
      conversation: z.string(),
      entry: z.string(),
      model: z.string(),
      /** Of the messages as they were sent: proves that what is shown is that. */
      digest: z.string(),
    })
    .optional(),
});
export type Receipt = z.infer<typeof Receipt>;

export const Outcome = z.object({
  /** 'answered', that Gloss had enough, or the kind of error. */
  result: z.string(),
  requestId: z.string().optional(),
  usage: Usage.optional(),
});
export type Outcome = z.infer<typeof Outcome>;
