/** What is asked: the body of a messages request (API reference, "Messages", request). Sampling parameters do not exist in this API version. */
import type { ModelName } from '../models/table.ts';
import type { TextParam } from './requestBlocks.ts';
import type { CacheControl } from './requestCache.ts';
import type { Compaction, ContextManagement, Thread } from './requestContext.ts';
import type { MessageParam } from './requestMessages.ts';
import type { BillingPolicy, Container, Fallback, FallbackCreditToken, McpServer } from './requestRouting.ts';
import type { OutputConfig, Thinking } from './requestThinking.ts';
import type { Tool, ToolChoice } from './requestTools.ts';

export type * from './requestBlocks.ts';
export type * from './requestCache.ts';
export type * from './requestClientTools.ts';
export type * from './requestContext.ts';
export type * from './requestMessages.ts';
export type * from './requestRouting.ts';
export type * from './requestServerTools.ts';
export type * from './requestThinking.ts';
export type * from './requestTools.ts';
export type * from './requestToolsets.ts';

/** What is asked, in every kind of request. `Said` and `Usable` are what messages and tools may be. */
interface PromptFields<Said, Usable> {
  readonly model: ModelName;
  /** At most 100,000; the last one is what is answered. */
  readonly messages: readonly Said[];
  /** Instructions from the caller. */
  readonly system?: string | readonly TextParam[];
  readonly thinking?: Thinking;
  readonly output_config?: OutputConfig;
  readonly tools?: readonly Usable[];
  readonly tool_choice?: ToolChoice;
  /** Keeps the prompt up to its last block that can be kept. Counts as one of four breakpoints. */
  readonly cache_control?: CacheControl | null;
  /** Beta. */
  readonly context_management?: ContextManagement | null;
  /** Beta `compact-2026-09-04`. Counting ignores it. */
  readonly compaction?: Compaction | null;
  readonly mcp_servers?: readonly McpServer[];
  /** Beta. */
  readonly billing_policy?: BillingPolicy | null;
}

interface Speed {
  /** `fast` costs more, on some Opus models; it has rate limits of its own. Not in batches. */
  readonly speed?: 'standard' | 'fast' | null;
}

/** The fields of requests in batches. */
export interface BatchFields<Said, Usable> extends PromptFields<Said, Usable> {
  /**
   * Most tokens of the answer, thinking included; the model's own maximum is in `modelRules`. 0 only fills the cache:
   * it cannot be streamed or batched, nor combined with manual thinking, an output format or forced tools.
   */
  readonly max_tokens: number;
  /** The answer ends before any of these. */
  readonly stop_sequences?: readonly string[];
  /** An opaque id of the person, nothing personal. */
  readonly metadata?: { readonly user_id?: string | null };
  /** `standard_only`: not on reserved capacity. */
  readonly service_tier?: 'auto' | 'standard_only';
  /** Where the model runs (`us`, `global`); the workspace's default when absent. Models from 4.6 on. */
  readonly inference_geo?: string;
  /** The container in which code runs, or its id. */
  readonly container?: string | Container | null;
  /** Asks why less of the prompt was kept than after that message; null on the first turn. */
  readonly diagnostics?: { readonly previous_message_id?: string | null } | null;
  /** Models that answer, in this order, when the one before refuses (beta `server-side-fallback-2026-07-01`). */
  readonly fallbacks?: 'default' | readonly Fallback[] | null;
  readonly fallback_credit_token?: FallbackCreditToken | null;
}

/** The fields of requests for an answer. */
export interface RequestFields<Said, Usable> extends BatchFields<Said, Usable>, Speed {
  /** Beta `message-threads-2026-08-12`. */
  readonly thread?: Thread | null;
}

/** The fields of requests to count. */
export interface CountedFields<Said, Usable> extends PromptFields<Said, Usable>, Speed {}

/**
 * A request for an answer, for any model. What a model does not accept is refused before it is sent: see `modelRules`.
 * Given literally to `create`, `stream` or `countTokens`, such a request does not even compile.
 */
export interface MessageRequest extends RequestFields<MessageParam, Tool> {}

/** A request to count, as it would be sent (API reference, "Count tokens"). */
export interface CountTokensRequest extends CountedFields<MessageParam, Tool> {}

/** The `params` of one request of a batch (API reference, "Batches"). `max_tokens` is 1 or more there. */
export interface BatchMessageRequest extends BatchFields<MessageParam, Tool> {}
