/** What is asked: the body of a messages request (API reference, "Messages", request). Sampling parameters do not exist in this API version. */
import type { ContentBlock } from './blocks.ts';

/** Marks the end of a part of the prompt that the service keeps for later requests. At most four in a request. */
export interface CacheControl {
  readonly type: 'ephemeral';
  /** How long it is kept; five minutes when absent. */
  readonly ttl?: '5m' | '1h';
}

interface Cacheable {
  readonly cache_control?: CacheControl | null;
}

export interface TextParam extends Cacheable {
  readonly type: 'text';
  readonly text: string;
}

export type ImageSource =
  | {
      readonly type: 'base64';
      readonly media_type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
      readonly data: string;
    }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'file'; readonly file_id: string };

/** At most 10 MB as base64 and 8000 pixels a side. */
export interface ImageParam extends Cacheable {
  readonly type: 'image';
  readonly source: ImageSource;
}

export type DocumentSource =
  | { readonly type: 'base64'; readonly media_type: 'application/pdf'; readonly data: string }
  | { readonly type: 'text'; readonly media_type: 'text/plain'; readonly data: string }
  | { readonly type: 'content'; readonly content: string | readonly (TextParam | ImageParam)[] }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'file'; readonly file_id: string };

export interface DocumentParam extends Cacheable {
  readonly type: 'document';
  readonly source: DocumentSource;
  readonly title?: string | null;
  readonly context?: string | null;
  readonly citations?: { readonly enabled: boolean };
}

/** Something found by a search of the caller's own, to be cited. */
export interface SearchResultParam extends Cacheable {
  readonly type: 'search_result';
  readonly source: string;
  readonly title: string;
  readonly content: readonly TextParam[];
  readonly citations?: { readonly enabled: boolean };
}

/** What a tool answered. Must stand first in the user turn after the call. */
export interface ToolResultParam extends Cacheable {
  readonly type: 'tool_result';
  readonly tool_use_id: string;
  readonly content?: string | readonly (TextParam | ImageParam | DocumentParam | SearchResultParam)[];
  readonly is_error?: boolean;
}

/** A block of a user turn. Blocks that the service sent go back as they came. */
export type UserBlock = TextParam | ImageParam | DocumentParam | SearchResultParam | ToolResultParam | ContentBlock;

export type MessageParam =
  | { readonly role: 'user'; readonly content: string | readonly UserBlock[] }
  | { readonly role: 'assistant'; readonly content: string | readonly (TextParam | ContentBlock)[] }
  /** An instruction in the middle of a conversation; only some models take it. */
  | { readonly role: 'system'; readonly content: string | readonly TextParam[] };

/** How thinking shows in the answer. */
export type ThinkingDisplay = 'summarized' | 'omitted';

export type Thinking =
  /** The model decides how long to think. */
  | { readonly type: 'adaptive'; readonly display?: ThinkingDisplay | null }
  /** Older models only; at least 1024 and fewer than `max_tokens`. */
  | { readonly type: 'enabled'; readonly budget_tokens: number; readonly display?: ThinkingDisplay | null }
  | { readonly type: 'disabled' }
  /** No thinking up front, short updates between tool calls. */
  | { readonly type: 'between_tools' };

export type ThinkingType = Thinking['type'];
export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** Answers as JSON of this JSON Schema, in a text block. */
export interface JsonFormat {
  readonly type: 'json_schema';
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface OutputConfig {
  readonly effort?: Effort;
  readonly format?: JsonFormat;
}

/** A tool that the caller runs. */
export interface CustomTool extends Cacheable {
  readonly type?: 'custom' | null;
  /** Letters, digits, `_` and `-`; at most 64. */
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the input; its root is an object. */
  readonly input_schema: Readonly<Record<string, unknown>>;
  /** Inputs always match the schema. */
  readonly strict?: boolean;
  readonly eager_input_streaming?: boolean | null;
  readonly defer_loading?: boolean;
}

/** A tool that the service defines, by its dated type, such as `text_editor_20250728`. */
export interface ServiceTool extends Cacheable {
  readonly type: `${string}_${string}`;
  readonly name?: string;
  readonly [option: string]: unknown;
}

export type Tool = CustomTool | ServiceTool;

export type ToolChoice =
  | { readonly type: 'auto'; readonly disable_parallel_tool_use?: boolean }
  | { readonly type: 'any'; readonly disable_parallel_tool_use?: boolean }
  | { readonly type: 'tool'; readonly name: string; readonly disable_parallel_tool_use?: boolean }
  | { readonly type: 'none' };

/** A request for an answer. What a model does not accept is refused before it is sent: see `modelRules`. */
export interface MessageRequest {
  readonly model: string;
  /** Most tokens of the answer, thinking included. 0 only fills the cache, and cannot be streamed. */
  readonly max_tokens: number;
  readonly messages: readonly MessageParam[];
  readonly system?: string | readonly TextParam[];
  readonly stop_sequences?: readonly string[];
  readonly thinking?: Thinking;
  readonly output_config?: OutputConfig;
  readonly tools?: readonly Tool[];
  readonly tool_choice?: ToolChoice;
  /** Caches up to the last block that can be. */
  readonly cache_control?: CacheControl | null;
  /** An opaque id of the person, nothing personal. */
  readonly metadata?: { readonly user_id?: string | null };
  readonly service_tier?: 'auto' | 'standard_only';
  readonly speed?: 'standard' | 'fast' | null;
  readonly inference_geo?: string;
  readonly container?: string | { readonly id?: string; readonly [option: string]: unknown };
  readonly diagnostics?: { readonly previous_message_id?: string | null };
}

/** A request to count, as it would be sent (API reference, "Count tokens"). */
export type CountTokensRequest = Pick<
  MessageRequest,
  'model' | 'messages' | 'system' | 'thinking' | 'output_config' | 'tools' | 'tool_choice' | 'cache_control' | 'speed'
>;
