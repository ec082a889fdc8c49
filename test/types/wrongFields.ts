/** Requests with fields, numbers or combinations that the API refuses whatever the model: none of them compiles. */
import { ask, count, create, stream, type Wrong } from './program.ts';

const sonnet = "model: 'claude-sonnet-5-5', messages: hi";

export const wrongFields: readonly Wrong[] = [
  ['no tokens', create(sonnet), "Property 'max_tokens' is missing"],
  ['tokens as text', create(`${sonnet}, max_tokens: '100'`), "Type 'string' is not assignable to type 'number'"],
  [
    'a negative number of tokens',
    create(`${sonnet}, max_tokens: -1`),
    '"max_tokens is -1: it must be a whole number, 0 or more"',
  ],
  ['half a token', create(`${sonnet}, max_tokens: 1.5`), '"max_tokens is 1.5: it must be a whole number, 0 or more"'],
  [
    'no tokens in a stream',
    stream(`${sonnet}, max_tokens: 0`),
    '"max_tokens 0 only fills the cache and cannot be streamed: use create, or allow some"',
  ],
  [
    'no tokens and a format',
    create(`${sonnet}, max_tokens: 0, output_config: { format }`),
    '"max_tokens 0 cannot be combined with an output format: leave format out"',
  ],
  [
    'no tokens and manual thinking',
    create("model: 'claude-opus-4-5', max_tokens: 0, messages: hi, thinking: { type: 'enabled', budget_tokens: 1024 }"),
    'max_tokens 0 cannot be combined with manual thinking: leave thinking out',
  ],
  [
    'no tokens and a forced tool',
    create("model: 'claude-opus-5', max_tokens: 0, messages: hi, tools: [run], tool_choice: { type: 'any' }"),
    '"max_tokens 0 cannot be combined with a forced tool: use auto"',
  ],
  [
    'a budget that is too small',
    ask('claude-opus-4-5', "thinking: { type: 'enabled', budget_tokens: 1023 }"),
    '"budget_tokens must be a whole number of at least 1024"',
  ],
  [
    'a budget of the whole answer',
    ask('claude-opus-4-5', "thinking: { type: 'enabled', budget_tokens: 2000 }"),
    '"budget_tokens must be less than max_tokens: raise max_tokens or lower budget_tokens"',
  ],
  [
    'a budget of more than the answer',
    ask('claude-sonnet-4-6', "thinking: { type: 'enabled', budget_tokens: 16_000 }"),
    '"budget_tokens must be less than max_tokens: raise max_tokens or lower budget_tokens"',
  ],
  [
    'a forced tool while thinking',
    ask(
      'claude-opus-4-5',
      "thinking: { type: 'enabled', budget_tokens: 1024 }, tools: [run], tool_choice: { type: 'any' }",
    ),
    '"a tool cannot be forced while thinking is manual: use auto"',
  ],
  [
    'a display of no thinking',
    ask('claude-haiku-5-5', "thinking: { type: 'disabled', display: 'omitted' }"),
    '"thinking of type disabled takes no other fields: leave display out"',
  ],
  [
    'a display between tools',
    ask('claude-sonnet-5-5', "thinking: { type: 'between_tools', display: 'summarized' }"),
    '"thinking of type between_tools takes no other fields: leave display out"',
  ],
  [
    'a display that does not exist',
    ask('claude-opus-5-5', "thinking: { type: 'adaptive', display: 'summary' }"),
    'Type \'"summary"\' is not assignable to type',
  ],
  [
    'a temperature',
    ask('claude-sonnet-5-5', 'temperature: 1'),
    '"temperature does not exist any more in this version of the API: leave it out"',
  ],
  [
    'top_p',
    ask('claude-haiku-4-5', 'top_p: 0.9'),
    '"top_p does not exist any more in this version of the API: leave it out"',
  ],
  ['top_k', ask(some(), 'top_k: 5'), '"top_k does not exist any more in this version of the API: leave it out"'],
  [
    'a stream asked for by a field',
    ask('claude-sonnet-5-5', 'stream: true'),
    '"stream is not a field of the request: call stream for a stream, create for the whole answer"',
  ],
  [
    'betas in the body',
    ask('claude-sonnet-5-5', "betas: ['compact-2026-01-12']"),
    '"betas is not a field of the request: give betas in the options, after the request"',
  ],
  [
    'the old place of the format',
    ask('claude-sonnet-5-5', 'output_format: format'),
    '"output_format does not exist any more: use output_config.format"',
  ],
  [
    'a misspelt field',
    ask('claude-sonnet-5-5', "stop_sequence: ['x']"),
    '"stop_sequence is not a field of the request: did you mean stop_sequences?"',
  ],
  [
    'a field in the case of JavaScript',
    ask('claude-sonnet-5-5', "toolChoice: { type: 'auto' }"),
    '"toolChoice is not a field of the request: did you mean tool_choice?"',
  ],
  [
    'a field that does not exist, in a request that was made before',
    `const request = { model: 'claude-sonnet-5-5', max_tokens: 100, messages: hi, seed: 1 } as const;\nclaude.messages.create(request);`,
    '"seed is not a field of the request: leave it out"',
  ],
  [
    'a misspelt field of thinking',
    ask('claude-sonnet-5-5', "thinking: { type: 'adaptive', budget: 5000 }"),
    '"budget is not a field of thinking of type adaptive: leave it out"',
  ],
  [
    'a misspelt field of output_config',
    ask('claude-sonnet-5-5', "output_config: { efort: 'low' }"),
    "'efort' does not exist in type",
  ],
  [
    'a misspelt field beside a known one',
    ask('claude-sonnet-5-5', "output_config: { effort: 'low', formats: format }"),
    '"formats is not a field of output_config: did you mean format?"',
  ],
  [
    'a misspelt field of tool_choice',
    ask('claude-sonnet-5-5', "tools: [run], tool_choice: { type: 'auto', disable_parallel: true }"),
    '"disable_parallel is not a field of tool_choice of type auto: did you mean disable_parallel_tool_use?"',
  ],
  [
    'a misspelt field of cache_control',
    ask('claude-sonnet-5-5', "cache_control: { type: 'ephemeral', tll: '1h' }"),
    '"tll is not a field of cache_control of type ephemeral: leave it out"',
  ],
  [
    'a time to live that does not exist',
    ask('claude-sonnet-5-5', "cache_control: { type: 'ephemeral', ttl: '10m' }"),
    'Type \'"10m"\' is not assignable to type \'"1h" | "5m"',
  ],
  [
    'a misspelt kind of effort',
    ask('claude-sonnet-5-5', "output_config: { effort: 'hihg' }"),
    "Type '\"hihg\"' is not assignable to type 'Effort",
  ],
  [
    'five marks of the cache',
    create(
      "model: 'claude-sonnet-5-5', max_tokens: 100, cache_control: { type: 'ephemeral' }, system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }], tools: [{ ...run, cache_control: { type: 'ephemeral' } }], messages: [{ role: 'user', content: [{ type: 'text', text: 'b', cache_control: { type: 'ephemeral' } }, { type: 'text', text: 'c', cache_control: { type: 'ephemeral' } }] }]",
    ),
    '"cache_control is set in 4 places and here: at most 4 are possible"',
  ],
  [
    'an hour after five minutes',
    create(
      "model: 'claude-sonnet-5-5', max_tokens: 100, messages: hi, tools: [{ ...run, cache_control: { type: 'ephemeral' } }], system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }]",
    ),
    '"parts that are cached for 1h must come before those for 5m"',
  ],
  [
    'an hour for all after five minutes for a part',
    create(
      "model: 'claude-sonnet-5-5', max_tokens: 100, cache_control: { type: 'ephemeral', ttl: '1h' }, messages: [{ role: 'user', content: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '5m' } }] }]",
    ),
    '"parts that are cached for 1h must come before those for 5m"',
  ],
  [
    'five marks of the cache, all of them in messages',
    create(
      `model: 'claude-sonnet-5-5', max_tokens: 100, messages: [{ role: 'user', content: [${Array(5).fill("{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }").join(', ')}] }]`,
    ),
    '"cache_control is set in 5 places: at most 4 are possible"',
  ],
  [
    'a format together with citations',
    ask('claude-sonnet-5-5', 'output_config: { format }').replace(
      'messages: hi',
      "messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'url', url: some }, citations: { enabled: true } }] }]",
    ),
    '"an output format cannot be combined with citations: leave one of them out"',
  ],
  [
    'a format that lets any field in',
    ask('claude-sonnet-5-5', "output_config: { format: { type: 'json_schema', schema: { type: 'object' } } }"),
    '"the schema of an output format needs additionalProperties: false"',
  ],
  [
    'a format that says so',
    ask(
      'claude-sonnet-5-5',
      "output_config: { format: { type: 'json_schema', schema: { type: 'object', additionalProperties: true } } }",
    ),
    '"the schema of an output format needs additionalProperties: false"',
  ],
  [
    'an answer to be parsed without a form',
    "claude.messages.parse({ model: 'claude-sonnet-5-5', max_tokens: 9, messages: hi });",
    "Property 'output_config' is missing",
  ],
  [
    'an answer to be parsed that the model refuses',
    "claude.messages.parse({ model: 'claude-opus-5-5', max_tokens: 9, messages: hi, thinking: { type: 'disabled' }, output_config: { format: output(City) } });",
    '"claude-opus-5-5 does not accept thinking of type disabled: use adaptive"',
  ],
  [
    'a field that is not counted',
    count("model: 'claude-sonnet-5-5', messages: hi, max_tokens: 100"),
    '"max_tokens is not counted: leave it out of countTokens"',
  ],
  [
    'metadata while counting',
    count("model: 'claude-sonnet-5-5', messages: hi, metadata: { user_id: 'u' }"),
    '"metadata is not counted: leave it out of countTokens"',
  ],
  [
    'fast mode in a batch',
    "batched({ model: 'claude-opus-5-5', max_tokens: 100, messages: hi, speed: 'fast' });",
    '"speed is not possible in a batch: leave it out"',
  ],
  [
    'a stream in a batch',
    "batched({ model: 'claude-opus-5-5', max_tokens: 100, messages: hi, stream: true });",
    '"stream is not a field of the request',
  ],
  [
    'fast mode in one of the requests of a batch',
    "claude.messages.batches.create({ requests: [{ custom_id: 'a', params: { model: 'claude-opus-5-5', max_tokens: 9, messages: hi } }, { custom_id: 'b', params: { model: 'claude-opus-5-5', max_tokens: 9, messages: hi, speed: 'fast' } }] });",
    '"speed is not possible in a batch: leave it out"',
  ],
  [
    'thinking that the model refuses in a batch',
    "claude.messages.batches.create({ requests: [{ custom_id: 'a', params: { model: 'claude-opus-5-5', max_tokens: 9, messages: hi, thinking: { type: 'disabled' } } }] });",
    '"claude-opus-5-5 does not accept thinking of type disabled: use adaptive"',
  ],
  [
    'no tokens in a batch',
    "batched({ model: 'claude-opus-5-5', max_tokens: 0, messages: hi });",
    '"max_tokens 0 is not possible in a batch: allow some"',
  ],
  [
    'a thread together with fallbacks',
    ask('claude-fable-5-1', "thread: { type: 'create' }, fallbacks: 'default'"),
    '"a thread cannot be combined with fallbacks: leave one of them out"',
  ],
  [
    'both ways to compact',
    ask('claude-sonnet-5-5', "compaction: { type: 'summarize' }, context_management: { edits: [] }"),
    '"compaction cannot be combined with context_management: leave one of them out"',
  ],
  [
    'thinking that is not cleared first',
    ask(
      'claude-sonnet-5-5',
      "context_management: { edits: [{ type: 'clear_tool_uses_20250919' }, { type: 'clear_thinking_20251015', keep: 'all' }] }",
    ),
    '"clear_thinking_20251015 must be the first of the edits"',
  ],
  [
    'a summary that comes too early',
    ask(
      'claude-sonnet-5-5',
      "context_management: { edits: [{ type: 'compact_20260112', trigger: { type: 'input_tokens', value: 10_000 } }] }",
    ),
    '"compact_20260112 begins at 50000 tokens or later"',
  ],
  [
    'an edit that does not exist',
    ask('claude-sonnet-5-5', "context_management: { edits: [{ type: 'compact' }] }"),
    'Type \'"compact"\' is not assignable to type',
  ],
  [
    'a beta field of the wrong shape',
    ask('claude-sonnet-5-5', "output_config: { task_budget: { type: 'tokens' } }"),
    "Property 'total' is missing",
  ],
  [
    'a thread that goes on from nowhere',
    ask('claude-sonnet-5-5', "thread: { type: 'continue' }"),
    "Property 'previous_message_id' is missing",
  ],
  [
    'a skill of an unknown kind',
    ask('claude-sonnet-5-5', "container: { skills: [{ type: 'own', skill_id: 's' }] }"),
    'Type \'"own"\' is not assignable to type \'"anthropic" | "custom"\'',
  ],
  [
    'a misspelt option',
    `${ask('claude-sonnet-5-5').replace(/\);$/, ', { signl: undefined });')}`,
    "'signl' does not exist in type",
  ],
];

function some(): string {
  return 'a-model-of-tomorrow';
}
