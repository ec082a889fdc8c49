/** How the model thinks, how hard it tries, and in which form it answers (API reference, "Thinking", "Structured outputs"). */

/**
 * How thinking shows in the answer: as a summary, or not at all (an empty text with a signature). `updates` is a beta:
 * short notes on what the model does. Thinking is billed in full either way.
 */
export type ThinkingDisplay = 'summarized' | 'omitted' | 'updates';

/** What happens to thinking blocks of earlier answers whose prefix was changed since (beta). */
export interface BlockBinding {
  /** `error`, the default, refuses the request; `drop_block` leaves out that block and all later thinking. */
  readonly prefix_mismatch_behavior?: 'error' | 'drop_block' | null;
}

interface ShownThinking {
  /** The default depends on the model: `omitted` from 4.7 on, `summarized` before. */
  readonly display?: ThinkingDisplay | null;
  /** Beta `thinking-binding-controls-2026-08-01`. */
  readonly block_binding?: BlockBinding | null;
}

/** The model decides whether and how long to think. */
export interface AdaptiveThinking extends ShownThinking {
  readonly type: 'adaptive';
}

/** Thinking up to a budget. Models before 4.7 only. */
export interface ManualThinking extends ShownThinking {
  readonly type: 'enabled';
  /** Tokens; at least 1024 and fewer than `max_tokens`. */
  readonly budget_tokens: number;
}

/** No thinking. Takes no other fields; models that always think refuse it. */
export interface DisabledThinking {
  readonly type: 'disabled';
}

/** No thinking up front, short updates between tool calls. Takes no other fields. */
export interface BetweenToolsThinking {
  readonly type: 'between_tools';
}

/** How the model thinks. Which types are accepted depends on the model: see `modelRules`. */
export type Thinking = AdaptiveThinking | ManualThinking | DisabledThinking | BetweenToolsThinking;

/** The values of `thinking.type`. */
export type ThinkingType = Thinking['type'];

/** How hard the model tries, from cheapest to most thorough. Which levels are accepted depends on the model. */
export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/**
 * Answers as JSON of this JSON Schema, in a text block. Not together with citations or the beginning of an answer. A
 * refusal or an answer that is cut off need not fit the schema.
 */
export interface JsonFormat {
  readonly type: 'json_schema';
  /** Objects need `additionalProperties: false`; bounds of numbers and lengths of strings are refused. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Tokens that the model is told to make do with, over all the requests of a task (beta `task-budgets-2026-03-13`). */
export interface TaskBudget {
  readonly type: 'tokens';
  readonly total: number;
  /** What is left; all of it when absent. For callers that shorten the conversation themselves. */
  readonly remaining?: number | null;
}

/** What the answer is to be like. */
export interface OutputConfig {
  /** The default depends on the model: see `modelRules`. */
  readonly effort?: Effort;
  readonly format?: JsonFormat;
  readonly task_budget?: TaskBudget | null;
}
