/** The words of an explanation: what the editor asks for, the text that streams back, and the whole answer. */
import * as z from 'zod';
import { Citation } from './citations.ts';
import { Range, Uri } from './place.ts';
import { Problem } from './problem.ts';
import { request } from './request.ts';
import { Usage } from './usage.ts';

/** How much to say: one sentence, a few short paragraphs, or everything worth knowing. */
export const Level = z.enum(['line', 'normal', 'deep']);
export type Level = z.infer<typeof Level>;

/** Stands for the terminal's selection where a document's URI is asked for: there is no document. */
export const terminalUri = 'terminal:/selection';

/** UTF-16 code units: an earlier version of a file, a terminal's selection. */
const longestBefore = 10_000_000;
const longestTerminal = 200_000;

/** What about the place is explained, where it is not simply the code. */
export const Subject = z.discriminatedUnion('kind', [
  /** A problem that the editor shows in the range. */
  z.strictObject({ kind: z.literal('problem'), problem: Problem }),
  /** How the range came to be: `before` is the whole document as it was. */
  z.strictObject({ kind: z.literal('change'), before: z.string().max(longestBefore) }),
  /** The whole document; the range does not count. */
  z.strictObject({ kind: z.literal('file') }),
  /** Text of a terminal; `uri` is `terminalUri`, and the range does not count. */
  z.strictObject({ kind: z.literal('terminal'), text: z.string().min(1).max(longestTerminal) }),
]);
export type Subject = z.infer<typeof Subject>;

/** What code lenses and code actions ask to explain. */
export const ExplainTarget = z.strictObject({
  uri: Uri,
  /** What to explain; an empty range means the function or class around it. */
  range: Range,
  level: Level.default('normal'),
  subject: Subject.optional(),
});
export type ExplainTarget = z.infer<typeof ExplainTarget>;

export const ExplainParams = z.strictObject({
  ...ExplainTarget.shape,
  /** The document's version that the person saw; another one is refused as moved on. */
  version: z.int().optional(),
  /** Ask the model even where the store has an answer (Refresh). */
  fresh: z.boolean().optional(),
  /** A follow-up: the explanation it belongs to, and what the person asks. */
  followUp: z.strictObject({ id: z.string().max(64), question: z.string().trim().min(1).max(20_000) }).optional(),
  partialResultToken: z.union([z.string(), z.int()]).optional(),
  workDoneToken: z.union([z.string(), z.int()]).optional(),
});
export type ExplainParams = z.infer<typeof ExplainParams>;

/** The one argument of the `gloss.explain` command, for any LSP client: also a follow-up, or Refresh. */
export const ExplainCommand = ExplainParams.omit({ partialResultToken: true, workDoneToken: true });
export type ExplainCommand = z.infer<typeof ExplainCommand>;

/** A piece of the answer. `seq` counts from 0; a gap means that a piece was lost, and the final result has all. */
export const ExplainChunk = z.strictObject({
  seq: z.int().min(0),
  /** May hold marks of citations (`citations.ts`). */
  text: z.string(),
  /** Those whose marks are in this piece. */
  citations: z.array(Citation).optional(),
});
export type ExplainChunk = z.infer<typeof ExplainChunk>;

/** What an explanation speaks of: the code, or a `Subject`. */
export const ExplanationKind = z.enum(['code', 'problem', 'change', 'file', 'terminal']);
export type ExplanationKind = z.infer<typeof ExplanationKind>;

export const Explanation = z.strictObject({
  /** Names this explanation in follow-ups. */
  id: z.string(),
  /**
   * Complete and authoritative: it replaces what streamed. Images, links and HTML of the model are already inert; marks
   * of citations are in it, for the Markdown builder to draw.
   */
  markdown: z.string(),
  /** What the marks stand for. */
  citations: z.array(Citation),
  kind: ExplanationKind,
  level: Level,
  /** What was explained in the end: the selection, or the symbol around it. */
  range: Range,
  /** The symbol around the range, where there is one. */
  symbol: z.string().optional(),
  model: z.string(),
  /** All zero where the answer is from the store. */
  usage: Usage,
  /** The receipt of the request: a document that the editor can open. */
  receipt: z.string().optional(),
  /** Answered by the demo backend: no model was running. */
  demo: z.boolean(),
  /** From the store, at no cost: when it was answered. ISO 8601. */
  stored: z.iso.datetime().optional(),
  /** Tokens of the code and what was sent around it, as counted before sending (an estimate), and the most there may be. */
  context: z.strictObject({ tokens: z.int().min(0), budget: z.int().min(0) }),
  /** Something to say beside the text: cut at the length limit, secrets replaced, code shortened. */
  notices: z.array(z.string()),
});
export type Explanation = z.infer<typeof Explanation>;

export const explainRequest = request({
  method: 'gloss/explain',
  from: 'client',
  summary:
    "Explains code, a problem, a change, a file or a terminal's text. Text streams as progress on `partialResultToken`; the result is complete. (A deviation from LSP partial results: the result repeats the text.)",
  params: ExplainParams,
  result: Explanation,
  chunk: ExplainChunk,
});
