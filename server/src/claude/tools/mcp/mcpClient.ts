/** What is used of an MCP client: the shape of the official SDK's `Client`, without depending on it. */
import type { JsonSchema } from '../../schema/standard.ts';

/** A tool as its server describes it. All of it is the server's word: what it says of safety counts for nothing. */
export interface McpTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: JsonSchema;
}

export interface McpToolPage {
  readonly tools: readonly McpTool[];
  readonly nextCursor?: string | undefined;
}

export interface McpCallOptions {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: McpProgress) => void;
}

export interface McpProgress {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: string | undefined;
}

/** Anything with these methods of the official client; it must be connected. */
export interface McpClient {
  listTools(params?: { readonly cursor?: string }): Promise<McpToolPage>;
  /** @param schema Always undefined: results are looked at here. */
  callTool(
    params: { readonly name: string; readonly arguments?: Record<string, unknown> },
    schema?: undefined,
    options?: McpCallOptions,
  ): Promise<object>;
}
