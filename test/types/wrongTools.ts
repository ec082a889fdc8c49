/** Tools and choices that the API refuses: none of them compiles. */
import { ask, type Wrong } from './program.ts';

const tools = (list: string, more = '') => ask('claude-opus-5', `tools: [${list}], ${more}`);

export const wrongTools: readonly Wrong[] = [
  [
    'a choice that is not among the tools',
    tools('run', "tool_choice: { type: 'tool', name: 'walk' }"),
    '"tool_choice names walk, which is not among the tools: add it, or choose another"',
  ],
  [
    'a choice without tools',
    ask('claude-opus-5', "tool_choice: { type: 'auto' }"),
    '"tool_choice is given without tools: add tools, or leave it out"',
  ],
  [
    'a choice among no tools',
    tools('', "tool_choice: { type: 'any' }"),
    '"tool_choice is given without tools: add tools, or leave it out"',
  ],
  ['a choice without a name', tools('run', "tool_choice: { type: 'tool' }"), "Property 'name' is missing"],
  [
    'a name with a blank',
    tools("{ name: 'run it', input_schema: { type: 'object' } }"),
    '"the name of a tool may not hold \\" \\": 1 to 64 letters, digits, _ or - are possible"',
  ],
  [
    'a name with a dot',
    tools("{ name: 'files.read', input_schema: { type: 'object' } }"),
    'the name of a tool may not hold \\".\\": 1 to 64 letters',
  ],
  [
    'an empty name',
    tools("{ name: '', input_schema: { type: 'object' } }"),
    '"the name of a tool is empty: 1 to 64 letters, digits, _ or - are possible"',
  ],
  [
    'a name that is too long',
    tools(`{ name: '${'x'.repeat(65)}', input_schema: { type: 'object' } }`),
    '"the name of a tool is longer than 64 characters: 1 to 64 letters, digits, _ or - are possible"',
  ],
  ['two tools of one name', tools('run, run'), 'two tools have the name run: give each its own'],
  [
    'two tools of one name, one of the service',
    tools("{ ...run, name: 'bash' }, { type: 'bash_20250124', name: 'bash' }"),
    '"two tools have the name bash: give each its own"',
  ],
  [
    'an input that is not an object',
    tools("{ name: 'run', input_schema: { type: 'string' } }"),
    '"the input of a tool is an object: its schema must be of type object"',
  ],
  ['a tool without a schema', tools("{ name: 'run' }"), '"the tool run has no input_schema: say what its input is"'],
  [
    'a schema in the case of JavaScript',
    tools("{ name: 'run', inputSchema: { type: 'object' } }"),
    'the tool run has no input_schema: say what its input is',
  ],
  ['a misspelt field of a tool', tools('{ ...run, strct: true }'), '"strct is not a field of tools: leave it out"'],
  [
    'a misspelt field of a tool of the service',
    tools("{ type: 'web_search_20260318', name: 'web_search', max_use: 3 }"),
    '"max_use is not a field of tools of type web_search_20260318: did you mean max_uses?"',
  ],
  ['a wrong name of a tool of the service', tools("{ type: 'web_search_20260318', name: 'search' }"), '"search"'],
  [
    'the old name of the text editor',
    tools("{ type: 'text_editor_20250728', name: 'str_replace_editor' }"),
    '"str_replace_editor"',
  ],
  [
    'a type that does not exist',
    tools("{ type: 'bash_20251013', name: 'bash' }"),
    'Type \'"bash_20251013"\' is not assignable to type',
  ],
  [
    'an option of a later version',
    tools("{ type: 'web_fetch_20260209', name: 'web_fetch', use_cache: false }"),
    '"use_cache is not a field of tools of type web_fetch_20260209: leave it out"',
  ],
  [
    'a longest text for an editor that has none',
    tools("{ type: 'text_editor_20250429', name: 'str_replace_based_edit_tool', max_characters: 9 }"),
    '"max_characters is not a field of tools of type text_editor_20250429: leave it out"',
  ],
  [
    'examples for a tool that the service runs',
    tools("{ type: 'code_execution_20260521', name: 'code_execution', input_examples: [{}] }"),
    '"input_examples is not a field of tools of type code_execution_20260521: leave it out"',
  ],
  [
    'a strict toolset',
    tools("{ type: 'computer_toolset_20260801', strict: true }"),
    '"strict is not a field of tools of type computer_toolset_20260801: leave it out"',
  ],
  [
    'a toolset with a name',
    tools("{ type: 'browser_toolset_20260801', name: 'browser' }"),
    '"name is not a field of tools of type browser_toolset_20260801: leave it out"',
  ],
  [
    'a member that a toolset does not have',
    tools("{ type: 'computer_toolset_20260801', configs: { zoom: { enabled: true }, navigate: { enabled: true } } }"),
    '"navigate is not a field of configs: leave it out"',
  ],
  [
    'a toolset that code may call',
    tools("{ type: 'computer_toolset_20260801', allowed_callers: ['code_execution_20260521'] }"),
    '"code_execution_20260521"',
  ],
  [
    'input as it comes, of a tool of the service',
    tools("{ type: 'bash_20250124', name: 'bash', eager_input_streaming: true }"),
    '"eager_input_streaming is not a field of tools of type bash_20250124: leave it out"',
  ],
  [
    'only these hosts and not those',
    tools(
      "{ type: 'web_search_20260318', name: 'web_search', allowed_domains: ['a.org'], blocked_domains: ['b.org'] }",
    ),
    '"allowed_domains and blocked_domains cannot be combined: leave one of them out"',
  ],
  [
    'tools that are all found later',
    tools('{ ...run, defer_loading: true }'),
    '"every tool has defer_loading: at least one must be loaded from the start"',
  ],
  [
    'an MCP server without its tools',
    tools('run', "mcp_servers: [{ type: 'url', url: 'https://a.org', name: 'a' }]"),
    'the MCP server a has no toolset',
  ],
  [
    'an MCP server with its tools twice',
    tools(
      "{ type: 'mcp_toolset', mcp_server_name: 'a' }, { type: 'mcp_toolset', mcp_server_name: 'a' }",
      "mcp_servers: [{ type: 'url', url: 'https://a.org', name: 'a' }]",
    ),
    '"the MCP server a has several toolsets: keep one"',
  ],
  [
    'tools of an MCP server that is not there',
    tools("{ type: 'mcp_toolset', mcp_server_name: 'b' }"),
    '"there is no MCP server b: add it to mcp_servers"',
  ],
  [
    'an MCP server without encryption',
    tools(
      "{ type: 'mcp_toolset', mcp_server_name: 'a' }",
      "mcp_servers: [{ type: 'url', url: 'http://a.org', name: 'a' }]",
    ),
    '"MCP servers are reached over https: only"',
  ],
  [
    'a forced member of a toolset',
    tools("{ type: 'computer_toolset_20260801' }, run", "tool_choice: { type: 'tool', name: 'left_click' }"),
    '"tool_choice names left_click, which is not among the tools: add it, or choose another"',
  ],
  [
    'a strict tool that lets any field in',
    tools('{ ...run, strict: true }'),
    'the schema of a strict tool needs additionalProperties: false',
  ],
];
