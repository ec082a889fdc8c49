/** The tools that the service defines, by their dated types (API reference, "Tool use", tools by Anthropic). */

export interface ToolType {
  /** Who runs it; `toolset` and `mcp` stand for several tools and have no name of their own. */
  readonly runs: 'client' | 'service' | 'toolset' | 'mcp';
  /** The only name that it can have. */
  readonly name?: string;
  /** Whether the model's own code calls it unless the request says otherwise. */
  readonly byCode?: true;
}

const client = (name: string): ToolType => ({ runs: 'client', name });
const service = (name: string): ToolType => ({ runs: 'service', name });
const byCode = (name: string): ToolType => ({ runs: 'service', name, byCode: true });

export const toolTypes: ReadonlyMap<unknown, ToolType> = new Map<unknown, ToolType>([
  ['text_editor_20250728', client('str_replace_based_edit_tool')],
  ['text_editor_20250429', client('str_replace_based_edit_tool')],
  ['text_editor_20250124', client('str_replace_editor')],
  ['bash_20250124', client('bash')],
  ['memory_20250818', client('memory')],
  ['computer_20251124', client('computer')],
  ['computer_20250124', client('computer')],
  ['computer_toolset_20260801', { runs: 'toolset' }],
  ['browser_toolset_20260801', { runs: 'toolset' }],
  ['web_search_20260318', byCode('web_search')],
  ['web_search_20260209', byCode('web_search')],
  ['web_search_20250305', service('web_search')],
  ['web_fetch_20260318', byCode('web_fetch')],
  ['web_fetch_20260309', byCode('web_fetch')],
  ['web_fetch_20260209', byCode('web_fetch')],
  ['web_fetch_20250910', service('web_fetch')],
  ['code_execution_20260521', service('code_execution')],
  ['code_execution_20260120', service('code_execution')],
  ['code_execution_20250825', service('code_execution')],
  ['code_execution_20250522', service('code_execution')],
  ['tool_search_tool_regex_20251119', service('tool_search_tool_regex')],
  ['tool_search_tool_regex', service('tool_search_tool_regex')],
  ['tool_search_tool_bm25_20251119', service('tool_search_tool_bm25')],
  ['tool_search_tool_bm25', service('tool_search_tool_bm25')],
  ['advisor_20260301', service('advisor')],
  ['mcp_toolset', { runs: 'mcp' }],
]);

/** Types that do not exist any more, and what to use instead. */
export const deadToolTypes: ReadonlyMap<unknown, string> = new Map([['bash_20241022', 'bash_20250124']]);

export const customTool: ToolType = { runs: 'client' };
