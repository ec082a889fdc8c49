/** Long conversations: what is cleared, summarised or held by the service, all of it beta (API reference, "Context management"). */

/** A number of tokens of the prompt. */
export interface InputTokens {
  readonly type: 'input_tokens';
  readonly value: number;
}

/** A number of calls of tools. */
export interface ToolUses {
  readonly type: 'tool_uses';
  readonly value: number;
}

/** Drops the results of old tool calls (beta `context-management-2025-06-27`). */
export interface ClearToolUses20250919 {
  readonly type: 'clear_tool_uses_20250919';
  /** When it happens; from 100,000 tokens on when absent. */
  readonly trigger?: InputTokens | ToolUses;
  /** How many of the latest calls stay; 3 when absent. */
  readonly keep?: ToolUses;
  /** Nothing is dropped unless at least so much can be: each time costs the cache. */
  readonly clear_at_least?: InputTokens | null;
  /** Tools whose calls all stay. */
  readonly exclude_tools?: readonly string[] | null;
  /** Whether the inputs of the calls are dropped as well; a list names the tools. */
  readonly clear_tool_inputs?: boolean | readonly string[] | null;
}

/** Drops thinking of old answers (beta `context-management-2025-06-27`). Must stand first among the edits. */
export interface ClearThinking20251015 {
  readonly type: 'clear_thinking_20251015';
  /** How many answers keep theirs; the default depends on the model. */
  readonly keep?: { readonly type: 'thinking_turns'; readonly value: number } | { readonly type: 'all' } | 'all';
}

/** Puts a summary in place of old messages (beta `compact-2026-01-12`). Models from 4.6 on. */
export interface Compact20260112 {
  readonly type: 'compact_20260112';
  /** When it happens: 50,000 tokens or more; 150,000 when absent. */
  readonly trigger?: InputTokens | null;
  /** True: the answer ends with the summary, and the caller goes on with another request. */
  readonly pause_after_compaction?: boolean;
  /** In place of the service's own words on how to summarise. */
  readonly instructions?: string | null;
}

/** A change that the service makes to the conversation before the model sees it. */
export type ContextEdit = ClearThinking20251015 | ClearToolUses20250919 | Compact20260112;

/** Changes that the service makes before the model sees the conversation. What it did: `context_management` of the answer. */
export interface ContextManagement {
  readonly edits?: readonly ContextEdit[];
}

/**
 * Makes the request one for a summary (beta `compact-2026-09-04`): the answer holds a `compaction` block alone, which
 * later requests send in place of the messages it stands for. Not together with `context_management`.
 */
export interface Compaction {
  readonly type: 'summarize';
  /** In place of the service's own words on how to summarise; blank is as good as absent. */
  readonly instructions?: string | null;
}

/**
 * A conversation that the service holds (beta `message-threads-2026-08-12`): `create` begins one under the id of the
 * answer, `continue` adds the new messages alone. Not together with `cache_control`, `context_management`, `fallbacks`.
 */
export type Thread = { readonly type: 'create' } | { readonly type: 'continue'; readonly previous_message_id: string };
