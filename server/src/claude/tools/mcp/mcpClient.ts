/** What is used of an MCP client: the shape of the official SDK's `Client`, without depending on it. */
import type { JsonSchema } from '../../schema/standard.ts';

/** A tool as its server describes it. All of it is the server's word: what it says of safety counts for nothing. */
export interface McpTool {
  /** The server's name for it. */
  readonly name: string;
  /** What it does, as the server says: not to be trusted. */
  readonly description?: string | undefined;
  /** What it takes. */
  readonly inputSchema: JsonSchema;
}

/** One page of a server's tools. */
export interface McpToolPage {
  /** The tools on it. */
  readonly tools: readonly McpTool[];
  /** Where the next page begins; absent on the last one. */
  readonly nextCursor?: string | undefined;
}

/** What a call of a server's tool may have of its own. */
export interface McpCallOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal;
  /** Told how far the tool is. */
  readonly onprogress?: (progress: McpProgress) => void;
}

/** How far a tool is. */
export interface McpProgress {
  /** Grows from call to call. */
  readonly progress: number;
  /** What `progress` grows up to, if that is known. */
  readonly total?: number | undefined;
  /** What the tool is doing, in words. */
  readonly message?: string | undefined;
}

/** Anything with these methods of the official client; it must be connected. */
export interface McpClient {
  /** One page of the server's tools. */
  listTools(params?: { readonly cursor?: string }): Promise<McpToolPage>;
  /** @param schema Always undefined: results are looked at here. */
  callTool(
    params: { readonly name: string; readonly arguments?: Record<string, unknown> },
    schema?: undefined,
    options?: McpCallOptions,
  ): Promise<object>;
}
