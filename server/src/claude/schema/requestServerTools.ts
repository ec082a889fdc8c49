/** Tools that the service runs, by their dated types (API reference, "Server tools"). */
import type { Cacheable, CacheControl } from './requestCache.ts';
import type { ToolOptions } from './requestClientTools.ts';

/** Roughly where the person is, for search results. */
export interface UserLocation {
  readonly type: 'approximate';
  readonly city?: string | null;
  readonly region?: string | null;
  /** Two letters (ISO 3166-1). */
  readonly country?: string | null;
  /** A name of the IANA time zone database. */
  readonly timezone?: string | null;
}

interface WebTool extends ToolOptions {
  /** Most uses in one request. */
  readonly max_uses?: number | null;
  /** Only these hosts. Not together with `blocked_domains`. */
  readonly allowed_domains?: readonly string[] | null;
  /** None of these hosts. Not together with `allowed_domains`. */
  readonly blocked_domains?: readonly string[] | null;
}

/** Whether results that code has read are also part of the answer. */
interface ResponseInclusion {
  readonly response_inclusion?: 'full' | 'excluded';
}

interface WebSearch extends WebTool {
  readonly name: 'web_search';
  readonly user_location?: UserLocation | null;
}

/** Searches the web. Code calls it unless `allowed_callers` is `["direct"]`. Searches are billed apart. */
export interface WebSearchTool20260318 extends WebSearch, ResponseInclusion {
  readonly type: 'web_search_20260318';
}

/** Searches the web. Code calls it unless `allowed_callers` is `["direct"]`. */
export interface WebSearchTool20260209 extends WebSearch {
  readonly type: 'web_search_20260209';
}

/** Searches the web; the model calls it. */
export interface WebSearchTool20250305 extends WebSearch {
  readonly type: 'web_search_20250305';
}

/** Which tools' results may name what is fetched. */
export type UrlSource =
  | { readonly type: 'all' }
  | { readonly type: 'none' }
  | {
      readonly type: 'only' | 'except';
      readonly tools: readonly { readonly type: 'tool_reference'; readonly name: string }[];
    };

/** Where an address must have been seen before it is fetched. */
export interface UrlSources {
  readonly user_input?: { readonly type: 'all' | 'none' };
  readonly client_tool_results?: UrlSource;
  readonly server_tool_results?: UrlSource;
}

interface WebFetch extends WebTool {
  readonly name: 'web_fetch';
  readonly citations?: { readonly enabled?: boolean } | null;
  /** Longer pages are cut. */
  readonly max_content_tokens?: number | null;
  readonly url_sources?: UrlSources | null;
}

/** Fetches pages and PDFs whose address the conversation has named. Code calls it unless `allowed_callers` is `["direct"]`. */
export interface WebFetchTool20260318 extends WebFetch, ResponseInclusion {
  readonly type: 'web_fetch_20260318';
  /** False: always asks the site. */
  readonly use_cache?: boolean;
}

/** As `WebFetchTool20260318`, without `response_inclusion`. */
export interface WebFetchTool20260309 extends WebFetch {
  readonly type: 'web_fetch_20260309';
  /** False: always asks the site. */
  readonly use_cache?: boolean;
}

/** As `WebFetchTool20260309`, without `use_cache`. */
export interface WebFetchTool20260209 extends WebFetch {
  readonly type: 'web_fetch_20260209';
}

/** Fetches pages and PDFs; the model calls it. */
export interface WebFetchTool20250910 extends WebFetch {
  readonly type: 'web_fetch_20250910';
}

/** Runs Python and shell commands in a container of the service, without network. Answers hold the ids of files it made. */
export interface CodeExecutionTool extends ToolOptions {
  readonly type:
    | 'code_execution_20260521'
    | 'code_execution_20260120'
    | 'code_execution_20250825'
    | 'code_execution_20250522';
  readonly name: 'code_execution';
}

/** Finds tools with `defer_loading` by a regular expression over names and descriptions. */
export interface ToolSearchRegexTool extends ToolOptions {
  readonly type: 'tool_search_tool_regex_20251119' | 'tool_search_tool_regex';
  readonly name: 'tool_search_tool_regex';
}

/** Finds tools with `defer_loading` by words. */
export interface ToolSearchBm25Tool extends ToolOptions {
  readonly type: 'tool_search_tool_bm25_20251119' | 'tool_search_tool_bm25';
  readonly name: 'tool_search_tool_bm25';
}

/** Another model that the model may ask for advice (beta `advisor-tool-2026-03-01`). Billed apart. */
export interface AdvisorTool20260301 extends ToolOptions {
  readonly type: 'advisor_20260301';
  readonly name: 'advisor';
  /** The model that advises. */
  readonly model: string;
  readonly max_uses?: number | null;
  /** Most tokens of one piece of advice, thinking included. */
  readonly max_tokens?: number | null;
  /** Keeps the prompt of the adviser for its next call. */
  readonly caching?: CacheControl | null;
}

/** What may be set for a tool of an MCP server. */
export interface McpToolConfig {
  readonly enabled?: boolean;
  readonly defer_loading?: boolean;
}

/** A tool of an MCP server, as the server describes it. */
export interface McpTool {
  readonly name: string;
  readonly description?: string | null;
  readonly input_schema: Readonly<Record<string, unknown>>;
}

/** The tools of one of `mcp_servers`, which needs exactly one such entry (beta `mcp-client-2025-11-20`). */
export interface McpToolset extends Cacheable {
  readonly type: 'mcp_toolset';
  /** Name of the server in `mcp_servers`. */
  readonly mcp_server_name: string;
  /** Goes for all tools of the server. */
  readonly default_config?: McpToolConfig;
  /** Goes for one tool, by its name. */
  readonly configs?: Readonly<Record<string, McpToolConfig>> | null;
  /** The tools, pinned: the server is not asked for its list (beta `mcp-client-2026-09-15`). */
  readonly tools?: readonly McpTool[] | null;
}

/** Tools that the service runs. */
export type KnownServerTool =
  | WebSearchTool20260318
  | WebSearchTool20260209
  | WebSearchTool20250305
  | WebFetchTool20260318
  | WebFetchTool20260309
  | WebFetchTool20260209
  | WebFetchTool20250910
  | CodeExecutionTool
  | ToolSearchRegexTool
  | ToolSearchBm25Tool
  | AdvisorTool20260301;
