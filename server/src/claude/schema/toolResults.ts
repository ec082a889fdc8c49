/** What the service's own tools answered, as blocks of an answer (API reference, "Server tools"). Sent back as they came. */
import * as z from 'zod';

const Text = z.string().nullish();
const Count = z.number().nullish();

/** Why a tool of the service failed: `max_uses_exceeded`, `unavailable`, … The request itself went well. */
export const ServerToolError = z.looseObject({ type: z.string(), error_code: z.string() });
export type ServerToolError = z.infer<typeof ServerToolError>;

/** The fields of each result: which call it answers. */
const Result = { tool_use_id: z.string() };

export const WebSearchResult = z.looseObject({
  type: z.literal('web_search_result'),
  url: z.string(),
  title: Text,
  page_age: Text,
  /** For the service, when the block goes back. */
  encrypted_content: Text,
});
export type WebSearchResult = z.infer<typeof WebSearchResult>;

export const WebSearchToolResultBlock = z.looseObject({
  type: z.literal('web_search_tool_result'),
  ...Result,
  content: z.union([z.array(WebSearchResult), ServerToolError]),
});
export type WebSearchToolResultBlock = z.infer<typeof WebSearchToolResultBlock>;

/** A page or PDF. Its `content` is a `document` block. */
export const WebFetchResult = z.looseObject({
  type: z.literal('web_fetch_result'),
  url: z.string(),
  content: z.looseObject({ type: z.string() }),
  retrieved_at: Text,
});
export type WebFetchResult = z.infer<typeof WebFetchResult>;

export const WebFetchToolResultBlock = z.looseObject({
  type: z.literal('web_fetch_tool_result'),
  ...Result,
  content: z.union([WebFetchResult, ServerToolError]),
});
export type WebFetchToolResultBlock = z.infer<typeof WebFetchToolResultBlock>;

/** What code printed, and the files it made. `encrypted_stdout` takes the place of `stdout` where that is withheld. */
export const CodeExecutionResult = z.looseObject({
  type: z.string(),
  stdout: Text,
  encrypted_stdout: Text,
  stderr: Text,
  return_code: z.number(),
  content: z.array(z.looseObject({ type: z.string(), file_id: z.string() })).nullish(),
});
export type CodeExecutionResult = z.infer<typeof CodeExecutionResult>;

export const CodeExecutionToolResultBlock = z.looseObject({
  type: z.enum(['code_execution_tool_result', 'bash_code_execution_tool_result']),
  ...Result,
  content: z.union([CodeExecutionResult, ServerToolError]),
});
export type CodeExecutionToolResultBlock = z.infer<typeof CodeExecutionToolResultBlock>;

/** What was shown, made or replaced in the container, by `type`. */
export const TextEditorCodeExecutionResult = z.looseObject({
  type: z.string(),
  /** The text of a file that was shown. */
  content: Text,
  file_type: Text,
  num_lines: Count,
  start_line: Count,
  total_lines: Count,
  is_file_update: z.boolean().nullish(),
  lines: z.array(z.string()).nullish(),
});
export type TextEditorCodeExecutionResult = z.infer<typeof TextEditorCodeExecutionResult>;

export const TextEditorCodeExecutionToolResultBlock = z.looseObject({
  type: z.literal('text_editor_code_execution_tool_result'),
  ...Result,
  content: z.union([ServerToolError, TextEditorCodeExecutionResult]),
});
export type TextEditorCodeExecutionToolResultBlock = z.infer<typeof TextEditorCodeExecutionToolResultBlock>;

/** The tools with `defer_loading` that were found. */
export const ToolSearchResult = z.looseObject({
  type: z.literal('tool_search_tool_search_result'),
  tool_references: z.array(z.looseObject({ type: z.string(), tool_name: z.string() })),
});
export type ToolSearchResult = z.infer<typeof ToolSearchResult>;

export const ToolSearchToolResultBlock = z.looseObject({
  type: z.literal('tool_search_tool_result'),
  ...Result,
  content: z.union([ToolSearchResult, ServerToolError]),
});
export type ToolSearchToolResultBlock = z.infer<typeof ToolSearchToolResultBlock>;

/** What a tool of an MCP server answered (beta). */
export const McpToolResultBlock = z.looseObject({
  type: z.literal('mcp_tool_result'),
  ...Result,
  is_error: z.boolean().nullish(),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).nullish(),
});
export type McpToolResultBlock = z.infer<typeof McpToolResultBlock>;

/** Advice of another model (beta): its `text`, or `encrypted_content` that only the service can read. */
export const AdvisorResult = z.looseObject({
  type: z.string(),
  text: Text,
  encrypted_content: Text,
  stop_reason: Text,
});
export type AdvisorResult = z.infer<typeof AdvisorResult>;

export const AdvisorToolResultBlock = z.looseObject({
  type: z.literal('advisor_tool_result'),
  ...Result,
  content: z.union([ServerToolError, AdvisorResult]),
});
export type AdvisorToolResultBlock = z.infer<typeof AdvisorToolResultBlock>;

/** The tools of an MCP server as they were when it was asked (beta). */
export const McpToolListingBlock = z.looseObject({
  type: z.literal('mcp_tool_listing'),
  mcp_server_name: z.string(),
  tools: z.array(z.looseObject({ name: z.string() })),
});
export type McpToolListingBlock = z.infer<typeof McpToolListingBlock>;

/** A file that code made. */
export const ContainerUploadBlock = z.looseObject({ type: z.literal('container_upload'), file_id: z.string() });
export type ContainerUploadBlock = z.infer<typeof ContainerUploadBlock>;

const Model = z.looseObject({ model: z.string() });

/** From here on another model answers, since the first one refused (beta). */
export const FallbackBlock = z.looseObject({ type: z.literal('fallback'), from: Model, to: Model });
export type FallbackBlock = z.infer<typeof FallbackBlock>;

/** Blocks around the service's own tools, by their types. */
export const serverBlocks = {
  web_search_tool_result: WebSearchToolResultBlock,
  web_fetch_tool_result: WebFetchToolResultBlock,
  code_execution_tool_result: CodeExecutionToolResultBlock,
  bash_code_execution_tool_result: CodeExecutionToolResultBlock,
  text_editor_code_execution_tool_result: TextEditorCodeExecutionToolResultBlock,
  tool_search_tool_result: ToolSearchToolResultBlock,
  mcp_tool_result: McpToolResultBlock,
  advisor_tool_result: AdvisorToolResultBlock,
  mcp_tool_listing: McpToolListingBlock,
  container_upload: ContainerUploadBlock,
  fallback: FallbackBlock,
};

/** What a tool of the service answered. */
export type ServerToolResultBlock =
  | WebSearchToolResultBlock
  | WebFetchToolResultBlock
  | CodeExecutionToolResultBlock
  | TextEditorCodeExecutionToolResultBlock
  | ToolSearchToolResultBlock
  | McpToolResultBlock
  | AdvisorToolResultBlock;
