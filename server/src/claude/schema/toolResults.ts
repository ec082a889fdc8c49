/**
 * What the service's own tools answered, as blocks of an answer (API reference, "Server tools"). Sent back as they came.
 *
 * Types only: nothing here depends on these blocks, so none is checked, and one of another shape harms no stream.
 * Every field beside `type` may be missing in an answer of a gateway that does not know it.
 */

/** Newer fields than these are there as they came. */
interface Loose {
  [field: string]: unknown;
}

/** Why a tool of the service failed: `max_uses_exceeded`, `unavailable`, … The request itself went well. */
export interface ServerToolError extends Loose {
  type: string;
  error_code: string;
}

/** Which call a result answers. */
interface Result extends Loose {
  tool_use_id: string;
}

export interface WebSearchResult extends Loose {
  type: 'web_search_result';
  url: string;
  title?: string | null;
  page_age?: string | null;
  /** For the service, when the block goes back. */
  encrypted_content?: string | null;
}

export interface WebSearchToolResultBlock extends Result {
  type: 'web_search_tool_result';
  content: WebSearchResult[] | ServerToolError;
}

/** A page or PDF. Its `content` is a `document` block. */
export interface WebFetchResult extends Loose {
  type: 'web_fetch_result';
  url: string;
  content: Loose;
  retrieved_at?: string | null;
}

export interface WebFetchToolResultBlock extends Result {
  type: 'web_fetch_tool_result';
  content: WebFetchResult | ServerToolError;
}

/** What code printed, and the files it made. `encrypted_stdout` takes the place of `stdout` where that is withheld. */
export interface CodeExecutionResult extends Loose {
  type: string;
  stdout?: string | null;
  encrypted_stdout?: string | null;
  stderr?: string | null;
  return_code: number;
  content?: { type: string; file_id: string; [field: string]: unknown }[] | null;
}

export interface CodeExecutionToolResultBlock extends Result {
  type: 'code_execution_tool_result' | 'bash_code_execution_tool_result';
  content: CodeExecutionResult | ServerToolError;
}

/** What was shown, made or replaced in the container, by `type`. */
export interface TextEditorCodeExecutionResult extends Loose {
  type: string;
  /** The text of a file that was shown. */
  content?: string | null;
  file_type?: string | null;
  num_lines?: number | null;
  start_line?: number | null;
  total_lines?: number | null;
  is_file_update?: boolean | null;
  lines?: string[] | null;
}

export interface TextEditorCodeExecutionToolResultBlock extends Result {
  type: 'text_editor_code_execution_tool_result';
  content: TextEditorCodeExecutionResult | ServerToolError;
}

/** The tools with `defer_loading` that were found. */
export interface ToolSearchResult extends Loose {
  type: 'tool_search_tool_search_result';
  tool_references: { type: string; tool_name: string; [field: string]: unknown }[];
}

export interface ToolSearchToolResultBlock extends Result {
  type: 'tool_search_tool_result';
  content: ToolSearchResult | ServerToolError;
}

/** What a tool of an MCP server answered (beta). */
export interface McpToolResultBlock extends Result {
  type: 'mcp_tool_result';
  is_error?: boolean | null;
  content?: string | Loose[] | null;
}

/** Advice of another model (beta): its `text`, or `encrypted_content` that only the service can read. */
export interface AdvisorResult extends Loose {
  type: string;
  text?: string | null;
  encrypted_content?: string | null;
  stop_reason?: string | null;
}

export interface AdvisorToolResultBlock extends Result {
  type: 'advisor_tool_result';
  content: AdvisorResult | ServerToolError;
}

/** The tools of an MCP server as they were when it was asked (beta). */
export interface McpToolListingBlock extends Loose {
  type: 'mcp_tool_listing';
  mcp_server_name: string;
  tools: { name: string; [field: string]: unknown }[];
}

/** A file that code made. */
export interface ContainerUploadBlock extends Loose {
  type: 'container_upload';
  file_id: string;
}

/** From here on another model answers, since the first one refused (beta). */
export interface FallbackBlock extends Loose {
  type: 'fallback';
  from: { model: string; [field: string]: unknown };
  to: { model: string; [field: string]: unknown };
}

/** What a tool of the service answered. */
export type ServerToolResultBlock =
  | WebSearchToolResultBlock
  | WebFetchToolResultBlock
  | CodeExecutionToolResultBlock
  | TextEditorCodeExecutionToolResultBlock
  | ToolSearchToolResultBlock
  | McpToolResultBlock
  | AdvisorToolResultBlock;
