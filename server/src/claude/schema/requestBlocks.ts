/** The parts of what is said to the model (API reference, "Messages", content blocks). */
import type { ContentBlock, UnknownBlock } from './blocks.ts';
import type { Cacheable } from './requestCache.ts';

/** Text. Empty text cannot be cached. */
export interface TextParam extends Cacheable {
  readonly type: 'text';
  readonly text: string;
}

/** Where a piece of an answer's text comes from, as the service gave it. */
export type CitationParam =
  | (CitedDocument & {
      readonly type: 'char_location';
      readonly start_char_index: number;
      readonly end_char_index: number;
    })
  | (CitedDocument & {
      readonly type: 'page_location';
      readonly start_page_number: number;
      readonly end_page_number: number;
    })
  | (CitedDocument & {
      readonly type: 'content_block_location';
      readonly start_block_index: number;
      readonly end_block_index: number;
    })
  | {
      readonly type: 'search_result_location';
      readonly cited_text: string;
      readonly source: string;
      readonly title: string | null;
      readonly search_result_index: number;
      readonly start_block_index: number;
      readonly end_block_index: number;
    }
  | {
      readonly type: 'web_search_result_location';
      readonly cited_text: string;
      readonly url: string;
      readonly title: string | null;
      readonly encrypted_index: string;
    };

interface CitedDocument {
  readonly cited_text: string;
  readonly document_index: number;
  readonly document_title: string | null;
}

/** Text of an answer with its sources. Refused in user messages: leave `citations` out when text moves there. */
export interface CitedTextParam extends TextParam {
  readonly citations?: readonly CitationParam[] | null;
}

/** Whether the model names its sources. Not together with an output format. */
export interface CitationsConfig {
  readonly enabled?: boolean;
}

/** A picture: its bytes, an address that the service fetches, or an uploaded file. */
export type ImageSource =
  | {
      readonly type: 'base64';
      readonly media_type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
      readonly data: string;
    }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'file'; readonly file_id: string };

/** At most 10 MB as base64 and 8000 pixels a side; about 2000 pixels where there are more than 20. */
export interface ImageParam extends Cacheable {
  readonly type: 'image';
  readonly source: ImageSource;
  /** What becomes of a picture that is too large: made smaller (the default), or refused. */
  readonly transformations?: { readonly oversized_image?: 'downsize' | 'error' } | null;
}

/** A PDF, plain text, blocks, an address that the service fetches, or an uploaded file. */
export type DocumentSource =
  | { readonly type: 'base64'; readonly media_type: 'application/pdf'; readonly data: string }
  | { readonly type: 'text'; readonly media_type: 'text/plain'; readonly data: string }
  | { readonly type: 'content'; readonly content: string | readonly (TextParam | ImageParam)[] }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'file'; readonly file_id: string };

/** Something to read, at most 600 pages in a request. Refused in assistant messages. */
export interface DocumentParam extends Cacheable {
  readonly type: 'document';
  readonly source: DocumentSource;
  readonly title?: string | null;
  /** About the document; not cited from. */
  readonly context?: string | null;
  readonly citations?: CitationsConfig | null;
}

/** Something found by a search of the caller's own, to be cited. */
export interface SearchResultParam extends Cacheable {
  readonly type: 'search_result';
  /** Where it was found: an address or a name. */
  readonly source: string;
  readonly title: string;
  readonly content: readonly TextParam[];
  readonly citations?: CitationsConfig;
}

/** A tool with `defer_loading` that a search of the caller's own has found. */
export interface ToolReferenceParam extends Cacheable {
  readonly type: 'tool_reference';
  readonly tool_name: string;
}

/** What the tabs of the browser show, after a call of the browser toolset. */
export interface BrowserStateParam extends Cacheable {
  readonly type: 'browser_state';
  readonly tabs: readonly {
    readonly tab_id: string;
    readonly title: string;
    readonly url: string;
    readonly active?: boolean;
  }[];
  readonly state_changes?: readonly BrowserStateChange[] | null;
}

export type BrowserStateChange =
  | { readonly type: 'tab_opened'; readonly tab_id: string }
  | { readonly type: 'download_started'; readonly download_id: string; readonly url: string }
  | {
      readonly type: 'download_completed';
      readonly download_id: string;
      readonly url: string;
      readonly path?: string | null;
      readonly size_bytes?: number | null;
    }
  | {
      readonly type: 'download_failed';
      readonly download_id: string;
      readonly url: string;
      readonly error?: string | null;
    };

/** A part of what a tool answered. Members of toolsets answer with text and images, and at most one browser state. */
export type ToolResultBlock =
  | TextParam
  | ImageParam
  | DocumentParam
  | SearchResultParam
  | ToolReferenceParam
  | BrowserStateParam;

/** What a tool answered. Each call needs one in the very next user message, before any text there. */
export interface ToolResultParam extends Cacheable {
  readonly type: 'tool_result';
  /** The `id` of the call. */
  readonly tool_use_id: string;
  readonly content?: string | readonly ToolResultBlock[];
  /** The call failed: the content says why, and the model tries something else. */
  readonly is_error?: boolean;
  /** That of the call, for members of toolsets. */
  readonly toolset_name?: string | null;
}

/** A file for the container in which code runs. */
export interface ContainerUploadParam extends Cacheable {
  readonly type: 'container_upload';
  readonly file_id: string;
}

/** Thinking of an earlier answer: goes back exactly as it came, also when it is empty. */
export interface ThinkingParam {
  readonly type: 'thinking';
  readonly thinking: string;
  readonly signature: string;
}

/** Thinking of an earlier answer that only the service can read. */
export interface RedactedThinkingParam {
  readonly type: 'redacted_thinking';
  readonly data: string;
}

/** Who called a tool: the model, or code in the code execution call `tool_id`. */
export type CallerParam =
  | { readonly type: 'direct' }
  | { readonly type: `code_execution_${number}`; readonly tool_id: string };

/** A call of a tool, from an earlier answer. */
export interface ToolUseParam extends Cacheable {
  readonly type: 'tool_use';
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly caller?: CallerParam;
  readonly toolset_name?: string | null;
}

/** A block of a user message. Blocks that are newer than this client go as they are. */
export type UserBlock =
  | TextParam
  | ImageParam
  | DocumentParam
  | SearchResultParam
  | ToolResultParam
  | ContainerUploadParam
  | UnknownBlock;

/** A block of an assistant message. What the service sent goes back as it came. */
export type AssistantBlock = CitedTextParam | ThinkingParam | RedactedThinkingParam | ToolUseParam | ContentBlock;
