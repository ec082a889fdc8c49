/** What the model may use: the entries of `tools`, and the choice among them (API reference, "Tool use"). */
import type { Cacheable } from './requestCache.ts';
import type { CustomTool, KnownClientTool } from './requestClientTools.ts';
import type { KnownServerTool, McpToolset } from './requestServerTools.ts';
import type { BrowserToolset20260801, ComputerToolset20260801 } from './requestToolsets.ts';

/** Dates after the newest type that this client knows. */
type NewerDate = `2026${'09' | '10' | '11' | '12'}${number}` | `20${'27' | '28' | '29'}${number}` | `203${number}`;

/**
 * A tool that the service defines and that is newer than this client: its dated type is later than August 2026. Its
 * options are not checked. Tools without such a date go in `RequestOptions.extra`.
 */
export interface UnknownServiceTool extends Cacheable {
  readonly type: `${string}_${NewerDate}`;
  readonly name?: string;
  readonly [option: string]: unknown;
}

/** Tools that are defined by the service and known to this client, by their dated types. */
export type ServiceTool =
  | KnownClientTool
  | KnownServerTool
  | ComputerToolset20260801
  | BrowserToolset20260801
  | McpToolset;

/** An entry of `tools`. */
export type Tool = CustomTool | ServiceTool | UnknownServiceTool;

/**
 * Whether and which tools are used: as the model likes (`auto`, the default with tools), some tool (`any`), this one
 * (`tool`), or none. `any` and `tool` are refused by some models and while thinking is manual.
 */
export type ToolChoice =
  /** With `disable_parallel_tool_use`: at most one call in an answer. */
  | { readonly type: 'auto'; readonly disable_parallel_tool_use?: boolean }
  /** With `disable_parallel_tool_use`: exactly one call in an answer. */
  | { readonly type: 'any'; readonly disable_parallel_tool_use?: boolean }
  | { readonly type: 'tool'; readonly name: string; readonly disable_parallel_tool_use?: boolean }
  | { readonly type: 'none' };
