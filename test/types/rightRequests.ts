/** Requests that the API accepts, or that are only known at run time: all of them compile. */
import { ask, count, create, type Right, stream } from './program.ts';

export const rightRequests: readonly Right[] = [
  ['the least', ask('claude-sonnet-5-5')],
  [
    'a tool whose schema is generated',
    ask(
      'claude-sonnet-5-5',
      "tools: [{ name: 'a', input_schema: { type: 'object' } as { readonly type?: 'object' | 'array' | undefined; [key: string]: unknown } }]",
    ),
  ],
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
  [
    'a conversation of variables',
    'const messages: MessageParam[] = [...history];\nmessages.push({ role: "user", content: "hi" });\nclaude.messages.create({ model: "claude-opus-5", max_tokens: 9, messages });',
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
    'options',
    "claude.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi }, { betas: ['compact-2026-01-12'], signal: AbortSignal.timeout(1) });",
  ],
  [
    'what comes of it',
    `const message: Message = await claude.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi });\nfor await (const text of claude.messages.stream({ model: 'claude-sonnet-4-5', max_tokens: 9, messages: hi }).text()) console.log(text, message.id);`,
  ],
  [
    'an answer of a form',
    "const { value } = await claude.messages.parse({ model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi, output_config: { format: output(City), effort: 'low' } }, { repairs: 1 });\nconst name: string = value.name;",
  ],
  [
    'batches of a list, of a function, and of what comes',
    "declare const later: AsyncIterable<BatchRequest>;\nclaude.messages.batches.create({ requests: [{ custom_id: 'a', params: { model: 'claude-opus-5-5', max_tokens: 9, messages: hi } }] });\nclaude.messages.batches.create({ requests: ['a', 'b'].map((id) => ({ custom_id: id, params: { model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi } })) });\nclaude.messages.batches.create({ requests: later });",
  ],
];
