/** Tools and choices that the API accepts: all of them compile. */
import { ask, create, type Right } from './program.ts';

export const rightTools: readonly Right[] = [
  [
    'thinking between tools',
    ask('claude-sonnet-5-5', "thinking: { type: 'between_tools' }, output_config: { effort: 'high' }"),
  ],
  [
    'a forced tool where it can be',
    ask(
      'claude-haiku-5-5',
      "tools: [run], tool_choice: { type: 'tool', name: 'run', disable_parallel_tool_use: true }",
    ),
  ],
  [
    'tools as one likes',
    ask('claude-sonnet-5-5', "tools: [run], tool_choice: { type: 'auto', disable_parallel_tool_use: true }"),
  ],
  ['no tools, and none of them', ask('claude-sonnet-5-5', "tool_choice: { type: 'none' }")],
  [
    'four marks of the cache',
    create(
      "model: 'claude-sonnet-5-5', max_tokens: 100, cache_control: { type: 'ephemeral' }, system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }], tools: [{ ...run, cache_control: { type: 'ephemeral', ttl: '1h' } }], messages: [{ role: 'user', content: [{ type: 'text', text: 'b', cache_control: { type: 'ephemeral' } }, { type: 'text', text: 'c', cache_control: null }] }]",
    ),
  ],
  [
    'every client tool',
    ask(
      'claude-opus-5',
      "tools: [run, { ...run, type: 'custom', name: 'walk', strict: true, input_schema: { type: 'object', additionalProperties: false }, eager_input_streaming: null, input_examples: [{}], allowed_callers: ['code_execution_20260521'], defer_loading: true }, { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool', max_characters: 10_000, strict: true, input_examples: [{ command: 'view' }] }, { type: 'bash_20250124', name: 'bash' }, { type: 'memory_20250818', name: 'memory' }, { type: 'computer_20251124', name: 'computer', display_width_px: 1, display_height_px: 1, enable_zoom: true }]",
    ),
  ],
  [
    'the old text editors',
    ask(
      'claude-opus-5',
      "tools: [{ type: 'text_editor_20250124', name: 'str_replace_editor' }, { type: 'text_editor_20250429', name: 'str_replace_based_edit_tool' }]",
    ),
  ],
  [
    'every tool of the service',
    ask(
      'claude-opus-5',
      "tools: [{ type: 'web_search_20260318', name: 'web_search', max_uses: 3, allowed_domains: ['a.org'], user_location: { type: 'approximate', city: 'Bern', country: 'CH' }, response_inclusion: 'excluded', allowed_callers: ['direct'] }, { type: 'web_fetch_20260318', name: 'web_fetch', citations: { enabled: true }, max_content_tokens: 9, use_cache: false, url_sources: { user_input: { type: 'all' }, client_tool_results: { type: 'only', tools: [{ type: 'tool_reference', name: 'run' }] } } }, { type: 'code_execution_20260521', name: 'code_execution' }, { type: 'tool_search_tool_regex_20251119', name: 'tool_search_tool_regex' }, { type: 'tool_search_tool_bm25', name: 'tool_search_tool_bm25' }, { type: 'advisor_20260301', name: 'advisor', model: 'claude-opus-5-5', max_uses: 1, max_tokens: 900, caching: { type: 'ephemeral' } }]",
    ),
  ],
  [
    'toolsets',
    ask(
      'claude-opus-5',
      "tools: [{ type: 'computer_toolset_20260801', configs: { zoom: { enabled: false, defer_loading: true } }, cache_control: { type: 'ephemeral' } }]",
    ),
  ],
  [
    'a tool newer than this client',
    ask(
      'claude-opus-5',
      "tools: [{ type: 'dream_20261205', name: 'dream', depth: 3 }, { type: 'web_search_20270101', name: 'web_search' }].slice(0, 1) as Tool[]",
    ),
  ],
  [
    'a tool newer than this client, literally',
    ask('claude-opus-5', "tools: [{ type: 'dream_20261205', name: 'dream', depth: 3 }]"),
  ],
  [
    'tools that are only known at run time',
    `declare const tools: CustomTool[];\n${ask('claude-opus-5', "tools, tool_choice: { type: 'tool', name: 'any_of_them' }")}`,
  ],
  [
    'a tool with functions of its own',
    `const own = { ...run, run: (input: unknown) => String(input) };\n${ask('claude-opus-5', 'tools: [own]')}`,
  ],
  [
    'an MCP server',
    ask(
      'claude-sonnet-5-5',
      "mcp_servers: [{ type: 'url', url: 'https://a.org', name: 'a', authorization_token: some }], tools: [{ type: 'mcp_toolset', mcp_server_name: 'a', default_config: { enabled: false }, configs: { find: { enabled: true } }, tools: [{ name: 'find', input_schema: {} }] }]",
    ),
  ],
  [
    'a tool that can be run',
    "const weather = tool({ name: 'weather', description: 'The weather.', input: z.object({ place: z.string() }), run: ({ place }) => place });\nclaude.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi, tools: [weather, { ...weather, name: 'rain', cache_control: { type: 'ephemeral' } }, textEditor], tool_choice: { type: 'auto' } });",
  ],
  [
    'a function that takes tools and messages',
    "function asked(tools: readonly Tool[], messages: MessageParam[]) {\n  return claude.messages.create({ model: 'claude-opus-5-5', max_tokens: 9, tools, messages, tool_choice: { type: 'auto' } });\n}\nasked([run], [{ role: 'user', content: 'hi' }]);",
  ],
];
