/** The words of an explanation: what the editor asks for, the text that streams back, and the whole answer. */
import * as z from 'zod';
import { Range, Uri } from './place.ts';
import { request } from './request.ts';
import { Usage } from './usage.ts';

/** How much to say: one sentence, a few short paragraphs, or everything worth knowing. */
export const Level = z.enum(['line', 'normal', 'deep']);
export type Level = z.infer<typeof Level>;

/** The one argument of the `gloss.explain` command, for any LSP client. */
export const ExplainTarget = z.strictObject({
  uri: Uri,
  /** What to explain; an empty range means the function or class around it. */
  range: Range,
  level: Level.default('normal'),
});
export type ExplainTarget = z.infer<typeof ExplainTarget>;

export const ExplainParams = z.strictObject({
  ...ExplainTarget.shape,
  /** The document's version that the person saw; another one is refused as moved on. */
  version: z.int().optional(),
  /** A follow-up: the explanation it belongs to, and what the person asks. */
  followUp: z.strictObject({ id: z.string().max(64), question: z.string().trim().min(1).max(20_000) }).optional(),
  partialResultToken: z.union([z.string(), z.int()]).optional(),
  workDoneToken: z.union([z.string(), z.int()]).optional(),
});
export type ExplainParams = z.infer<typeof ExplainParams>;

/** A piece of the answer. `seq` counts from 0; a gap means that a piece was lost, and the final result has all. */
export const ExplainChunk = z.strictObject({ seq: z.int().min(0), text: z.string() });
export type ExplainChunk = z.infer<typeof ExplainChunk>;

export const Explanation = z.strictObject({
  /** Names this explanation in follow-ups. */
  id: z.string(),
  /** Complete and authoritative: it replaces what streamed. Images, links and HTML of the model are already inert. */
  markdown: z.string(),
  /** What was explained in the end: the selection, or the symbol around it. */
  range: Range,
  /** The symbol around the range, where there is one. */
  symbol: z.string().optional(),
  model: z.string(),
  usage: Usage,
  /** The receipt of the request: a document that the editor can open. */
  receipt: z.string().optional(),
  /** Answered by the demo backend: no model was running. */
  demo: z.boolean(),
  /** Something to say beside the text: cut at the length limit, secrets replaced, code shortened. */
  notices: z.array(z.string()),
});
export type Explanation = z.infer<typeof Explanation>;

export const explainRequest = request({
  method: 'gloss/explain',
  from: 'client',
  summary:
    'Explains code. Text streams as progress on `partialResultToken`; the result is complete. (A deviation from LSP partial results: the result repeats the text.)',
  params: ExplainParams,
  result: Explanation,
  chunk: ExplainChunk,
});
