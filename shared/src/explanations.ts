/** The words about explanations that stay: which there are, where their code is now, and the notes beside lines. */
import * as z from 'zod';
import { Citation } from './citations.ts';
import { Explanation, ExplanationKind, Level } from './explain.ts';
import { Range, Uri } from './place.ts';
import { notification, request } from './request.ts';
import { Usage } from './usage.ts';

const Id = z.string().min(1).max(64);

/**
 * `current`: the code reads as it was explained; `changed`: it does not; `gone`: it cannot be found in its document, or
 * that is not there any more.
 */
export const ExplanationState = z.enum(['current', 'changed', 'gone']);
export type ExplanationState = z.infer<typeof ExplanationState>;

/** An explanation in a list. */
export const ExplanationSummary = z.strictObject({
  id: Id,
  uri: Uri,
  kind: ExplanationKind.or(z.literal('notes')),
  level: Level,
  /** Where its code is now; where it was, while the document is not open. */
  range: Range,
  symbol: z.string().max(1000).optional(),
  /** Plain text: the beginning of what was said. */
  title: z.string().max(300),
  state: ExplanationState,
  /** When it was answered last. ISO 8601. */
  at: z.iso.datetime(),
  /** Of all its turns, as they are now. */
  citations: z.array(Citation),
});
export type ExplanationSummary = z.infer<typeof ExplanationSummary>;

export const explanationsNotification = notification({
  method: 'gloss/explanations',
  from: 'server',
  summary:
    'All explanations of one open document: when it is opened, and whenever one comes, goes, moves or its code changes. An empty list: there are none any more.',
  params: z.strictObject({ uri: Uri, version: z.int(), explanations: z.array(ExplanationSummary).max(1_000) }),
});

export const listExplanationsRequest = request({
  method: 'gloss/listExplanations',
  from: 'client',
  summary: 'All explanations of the workspace that were not dismissed, also those that another window has added.',
  params: z.strictObject({}),
  result: z.array(ExplanationSummary).max(20_000),
});

/** A turn of an explanation: the first has no question. */
export const ExplanationTurn = z.strictObject({ question: z.string().optional(), answer: Explanation });
export type ExplanationTurn = z.infer<typeof ExplanationTurn>;

export const readExplanationRequest = request({
  method: 'gloss/readExplanation',
  from: 'client',
  summary: 'One explanation with all its turns; null where there is none of this id (any more).',
  params: z.strictObject({ id: Id }),
  result: z.strictObject({ summary: ExplanationSummary, turns: z.array(ExplanationTurn) }).nullable(),
});

/** What the `gloss.showExplanation` command answers. */
export interface ShownExplanation {
  readonly summary: ExplanationSummary;
  /** All turns, with citations drawn: safe to show as it is. */
  readonly markdown: string;
}

export const dismissExplanationsRequest = request({
  method: 'gloss/dismissExplanations',
  from: 'client',
  summary:
    'Takes explanations and line notes away. The store keeps their answers, so that asking for the same again costs nothing.',
  params: z.strictObject({ ids: z.array(Id).max(20_000) }),
  result: z.strictObject({ dismissed: z.int().min(0) }),
});

export const exportExplanationsRequest = request({
  method: 'gloss/exportExplanations',
  from: 'client',
  summary: 'All explanations of the workspace, or of one document, as one Markdown text.',
  params: z.strictObject({ uri: Uri.optional() }),
  result: z.strictObject({ markdown: z.string(), count: z.int().min(0) }),
});

/** The one argument of the `gloss.annotate` command, for any LSP client. */
export const AnnotateTarget = z.strictObject({
  uri: Uri,
  /** What to annotate; an empty range means the function or class around it. */
  range: Range,
});
export type AnnotateTarget = z.infer<typeof AnnotateTarget>;

export const annotateRequest = request({
  method: 'gloss/annotate',
  from: 'client',
  summary:
    'Puts short notes beside the lines that matter; they come as inlay hints. Replaces earlier notes of the same code.',
  params: z.strictObject({
    ...AnnotateTarget.shape,
    /** The document's version that the person saw. */
    version: z.int().optional(),
    /** Ask the model even where the store has an answer. */
    fresh: z.boolean().optional(),
    workDoneToken: z.union([z.string(), z.int()]).optional(),
  }),
  result: z.strictObject({
    /** For `gloss/dismissExplanations`. */
    id: Id.optional(),
    /** How many notes there are now. */
    notes: z.int().min(0),
    /** How many were dropped, because the line that they quoted is not there. */
    dropped: z.int().min(0),
    model: z.string(),
    usage: Usage,
    receipt: z.string().optional(),
    demo: z.boolean(),
    stored: z.iso.datetime().optional(),
    notices: z.array(z.string()),
  }),
});
export type AnnotateParams = z.infer<typeof annotateRequest.params>;
export type Annotated = z.infer<typeof annotateRequest.result>;
