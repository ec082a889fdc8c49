/** Requests that the API accepts, or that are only known at run time: all of them compile. */
import { ask, count, create, type Right, say, stream } from './program.ts';

const user = "{ role: 'user', content: 'hi' }";
const called = "{ role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'run', input: {} }] }";

export const rightRequests: readonly Right[] = [
  ['the least', ask('claude-sonnet-5-5')],
  ['a stream', stream("model: 'claude-opus-5-5', max_tokens: 128_000, messages: hi")],
  ['a count', count("model: 'claude-haiku-5-5', messages: hi, system: 'Be brief.', speed: null")],
  ['all that a model answers with', create("model: 'claude-haiku-4-5', max_tokens: 64000, messages: hi")],
  [
    'nothing, to fill the cache',
    create("model: 'claude-opus-5', max_tokens: 0, messages: hi, thinking: { type: 'adaptive' }"),
  ],
  ['adaptive thinking, shown', ask('claude-opus-5-5', "thinking: { type: 'adaptive', display: 'summarized' }")],
  [
    'adaptive thinking with a beta',
    ask(
      'claude-fable-5-1',
      "thinking: { type: 'adaptive', display: 'updates', block_binding: { prefix_mismatch_behavior: 'drop_block' } }",
    ),
  ],
  [
    'thinking off where it can be',
    ask('claude-haiku-5-5', "thinking: { type: 'disabled' }, output_config: { effort: 'high' }"),
  ],
  [
    'thinking between tools',
    ask('claude-sonnet-5-5', "thinking: { type: 'between_tools' }, output_config: { effort: 'high' }"),
  ],
  [
    'thinking off with any effort',
    ask('claude-sonnet-5', "thinking: { type: 'disabled' }, output_config: { effort: 'max' }"),
  ],
  [
    'manual thinking on an older model',
    ask('claude-opus-4-6', "thinking: { type: 'enabled', budget_tokens: 1999 }, output_config: { effort: 'max' }"),
  ],
  [
    'a budget that is only known at run time',
    `declare const budget: number;\n${ask('claude-opus-4-5', "thinking: { type: 'enabled', budget_tokens: budget }")}`,
  ],
  [
    'tokens that are only known at run time',
    'declare const max_tokens: number;\nclaude.messages.create({ model: "claude-haiku-4-5", max_tokens, messages: hi });',
  ],
  [
    'the beginning of an answer on an old model',
    create(
      "model: 'claude-opus-4-5', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', content: '{' }], thinking: { type: 'disabled' }",
    ),
  ],
  [
    'to go on after a pause',
    create(
      "model: 'claude-sonnet-5-5', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', content: answer.content }]",
    ),
  ],
  [
    'to go on with a tool of the service at work',
    create(
      "model: 'claude-sonnet-5-5', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', content: [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, { type: 'text', text: 'x' }] }]",
    ),
  ],
  [
    'to go on after a refusal, with its token',
    ask('claude-opus-5-5', "fallback_credit_token: 'token'").replace(
      'messages: hi',
      "messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', content: 'So' }]",
    ),
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
  ['fast mode', ask('claude-opus-5-5', "speed: 'fast'")],
  ['fast mode where it is ignored', ask('claude-opus-4-6', "speed: 'fast'")],
  ['a region', ask('claude-opus-4-6', "inference_geo: 'us'")],
  [
    'a system message',
    create(
      "model: 'claude-opus-5-5', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }, { role: 'system', content: 'Be brief.' }]",
    ),
  ],
  [
    'a system message where it is not known whether it may',
    create(
      "model: 'claude-sonnet-5-5', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }, { role: 'system', content: 'Be brief.' }]",
    ),
  ],
  [
    'a system message with betas',
    say(
      `${user}, { role: 'system', content: [{ type: 'text', text: 'x' }, { type: 'tool_addition', tool: { type: 'tool_definition', definition: run } }], clear_at: 'next_user_message', output_config: { effort: 'low' } }, { role: 'assistant', content: 'ok' }, ${user}`,
    ),
  ],
  ['a system message without content', say(`${user}, { role: 'system', output_config: { effort: 'low' } }`)],
  ['a deprecated model', ask('claude-sonnet-4-5')],
  [
    'a model of tomorrow',
    ask('claude-opus-7', "thinking: { type: 'between_tools' }, output_config: { effort: 'max' }, speed: 'fast'"),
  ],
  [
    'a model that is only known at run time',
    'claude.messages.create({ model: some, max_tokens: 9, messages: hi, thinking: { type: "disabled" } });',
  ],
  [
    'a request that is only known at run time',
    'claude.messages.create(wide);\nclaude.messages.stream(wide, {});\nclaude.messages.countTokens(wide);',
  ],
  ['a request with its model put in', "claude.messages.create({ ...wide, model: 'claude-opus-5-5', max_tokens: 9 });"],
  [
    'thinking that is only known at run time',
    `declare const thinking: Thinking;\n${ask('claude-opus-5-5', 'thinking')}`,
  ],
  [
    'effort that is only known at run time',
    `declare const effort: Effort;\n${ask('claude-opus-4-6', 'output_config: { effort }')}`,
  ],
  [
    'thinking or none',
    `declare const deep: boolean;\n${ask('claude-opus-5-5', "...(deep ? { thinking: { type: 'adaptive' } } : {})")}`,
  ],
  [
    'thinking of one of two types, both fine',
    `declare const deep: boolean;\n${ask('claude-haiku-5-5', "thinking: { type: deep ? 'adaptive' : 'disabled' }")}`,
  ],
  ['what was said before, and more', say("...history, { role: 'user', content: 'and now?' }")],
  [
    'a conversation of variables',
    'const messages: MessageParam[] = [...history];\nmessages.push({ role: "user", content: "hi" });\nclaude.messages.create({ model: "claude-opus-5", max_tokens: 9, messages });',
  ],
  ['an answer, sent back', say(`${user}, { role: 'assistant', content: answer.content }, ${user}`)],
  [
    'a call and its answer',
    say(
      `${user}, ${called}, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'ok' }, { type: 'image', source: { type: 'url', url: some } }, { type: 'tool_reference', tool_name: 'run' }], is_error: false }, { type: 'text', text: 'go on' }] }`,
      'tools: [run]',
    ),
  ],
  [
    'answers of tools that are made by a function',
    `declare const results: { type: 'tool_result'; tool_use_id: string; content: string }[];\n${say(`${user}, ${called}, { role: 'user', content: results }`, 'tools: [run]')}`,
  ],
  [
    'a member of a toolset and its answer',
    say(
      `${user}, { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'navigate', input: {}, toolset_name: 'browser', caller: { type: 'direct' } }] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', toolset_name: 'browser', content: [{ type: 'browser_state', tabs: [{ tab_id: '1', title: 't', url: 'u', active: true }], state_changes: [{ type: 'tab_opened', tab_id: '1' }] }] }] }`,
      "tools: [{ type: 'browser_toolset_20260801', configs: { javascript_exec: { enabled: true } }, allowed_callers: ['direct'] }]",
    ),
  ],
  [
    'pictures and documents',
    say(
      "{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' }, transformations: { oversized_image: 'error' } }, { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' }, title: 'T', context: null, citations: { enabled: true } }, { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'x' }] } }, { type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'x' }], citations: { enabled: true } }, { type: 'container_upload', file_id: 'f' }] }",
    ),
  ],
  [
    'text with empty citations',
    say(
      "{ role: 'user', content: [{ type: 'text', text: 'x', citations: [] }, { type: 'text', text: 'y', citations: null }] }",
    ),
  ],
  [
    'text with citations in an answer',
    say(
      `${user}, { role: 'assistant', content: [{ type: 'text', text: 'x', citations: [{ type: 'web_search_result_location', cited_text: 'x', url: 'u', title: null, encrypted_index: 'e' }] }] }, ${user}`,
    ),
  ],
  [
    'thinking that goes back',
    say(
      `${user}, { role: 'assistant', content: [{ type: 'thinking', thinking: '', signature: 's' }, { type: 'redacted_thinking', data: 'd' }, { type: 'text', text: 'x' }] }, ${user}`,
    ),
  ],
  [
    'a summary in front',
    say(`{ role: 'assistant', content: [{ type: 'compaction', content: 'x', encrypted_content: 'e' }] }, ${user}`),
  ],
  [
    'four marks of the cache',
    create(
      "model: 'claude-sonnet-5-5', max_tokens: 100, cache_control: { type: 'ephemeral' }, system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }], tools: [{ ...run, cache_control: { type: 'ephemeral', ttl: '1h' } }], messages: [{ role: 'user', content: [{ type: 'text', text: 'b', cache_control: { type: 'ephemeral' } }, { type: 'text', text: 'c', cache_control: null }] }]",
    ),
  ],
  [
    'a format',
    ask(
      'claude-sonnet-5-5',
      "output_config: { format: { type: 'json_schema', schema: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false } }, effort: 'low' }",
    ),
  ],
  [
    'a format with parts of its own',
    `const parsed = { type: 'json_schema', schema, parse: (text: string) => text } as const;\n${ask('claude-sonnet-5-5', 'output_config: { format: parsed }')}`,
  ],
  [
    'every client tool',
    ask(
      'claude-opus-5',
      "tools: [run, { ...run, type: 'custom', name: 'walk', strict: true, eager_input_streaming: null, input_examples: [{ a: 1 }], allowed_callers: ['code_execution_20260521'], defer_loading: true }, { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool', max_characters: 10_000, strict: true, input_examples: [{ command: 'view' }] }, { type: 'bash_20250124', name: 'bash' }, { type: 'memory_20250818', name: 'memory' }, { type: 'computer_20251124', name: 'computer', display_width_px: 1, display_height_px: 1, enable_zoom: true }]",
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
      "mcp_servers: [{ type: 'url', url: 'https://a.org', name: 'a', authorization_token: some }], tools: [{ type: 'mcp_toolset', mcp_server_name: 'a', default_config: { enabled: false, defer_loading: true }, configs: { find: { enabled: true } }, tools: [{ name: 'find', input_schema: {} }] }]",
    ),
  ],
  [
    'context management',
    ask(
      'claude-sonnet-5-5',
      "context_management: { edits: [{ type: 'clear_thinking_20251015', keep: { type: 'thinking_turns', value: 2 } }, { type: 'clear_tool_uses_20250919', trigger: { type: 'tool_uses', value: 30 }, keep: { type: 'tool_uses', value: 3 }, clear_at_least: { type: 'input_tokens', value: 5000 }, exclude_tools: ['run'], clear_tool_inputs: true }, { type: 'compact_20260112', trigger: { type: 'input_tokens', value: 50_000 }, pause_after_compaction: true, instructions: 'Keep names.' }] }",
    ),
  ],
  ['a summary asked for', ask('claude-sonnet-5-5', "compaction: { type: 'summarize', instructions: null }")],
  ['a thread', ask('claude-sonnet-5-5', "thread: { type: 'continue', previous_message_id: 'msg_1' }")],
  [
    'models to fall back on',
    ask(
      'claude-fable-5-1',
      "fallbacks: [{ model: 'claude-opus-5-5', max_tokens: 100, output_config: { effort: 'high', format: null } }, { model: 'claude-haiku-5-5', thinking: { type: 'disabled' }, speed: null }]",
    ),
  ],
  [
    'the other fields',
    ask(
      'claude-sonnet-5-5',
      "metadata: { user_id: 'u' }, service_tier: 'standard_only', container: { id: null, skills: [{ type: 'anthropic', skill_id: 'pdf', version: 'latest' }] }, diagnostics: { previous_message_id: null }, stop_sequences: ['END'], output_config: { task_budget: { type: 'tokens', total: 100_000, remaining: null } }, billing_policy: { type: 'billing_policy' }",
    ),
  ],
  ['a batch', "batched({ model: 'claude-opus-5-5', max_tokens: 100, messages: hi, service_tier: 'auto' });"],
  [
    'a request that was made before',
    `const request = { model: 'claude-opus-5-5', max_tokens: 100, messages: hi, thinking: { type: 'adaptive' } } as const;\nclaude.messages.create(request);\nclaude.messages.stream({ ...request, max_tokens: 200 });`,
  ],
  [
    'a request of a function',
    `function request(text: string) {\n  return { model: 'claude-opus-5-5', max_tokens: 100, messages: [{ role: 'user', content: text }] } satisfies MessageRequest;\n}\nclaude.messages.create(request('hi'));`,
  ],
  [
    'one of two requests',
    `declare const deep: boolean;\nclaude.messages.create(deep ? { model: 'claude-opus-5-5', max_tokens: 9, messages: hi, thinking: { type: 'adaptive' } } : { model: 'claude-haiku-5-5', max_tokens: 9, messages: hi, thinking: { type: 'disabled' } });`,
  ],
  [
    'a long conversation',
    say(
      Array.from({ length: 150 }, (_, at) =>
        at % 2 === 0 ? user : "{ role: 'assistant', content: [{ type: 'text', text: 'x' }] }",
      )
        .concat([user])
        .join(', '),
    ),
  ],
  [
    'options',
    "claude.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi }, { betas: ['compact-2026-01-12'], signal: AbortSignal.timeout(1) });",
  ],
  [
    'what comes of it',
    `const message: Message = await claude.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi });\nfor await (const text of claude.messages.stream({ model: 'claude-sonnet-4-5', max_tokens: 9, messages: hi }).text()) console.log(text, message.id);`,
  ],
];
