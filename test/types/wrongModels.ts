/** Requests that the model would refuse: none of them compiles. */
import { ask, count, create, stream, type Wrong } from './program.ts';

const budget = "thinking: { type: 'enabled', budget_tokens: 1024 }";

export const wrongModels: readonly Wrong[] = [
  [
    'thinking off on a model that always thinks',
    ask('claude-opus-5-5', "thinking: { type: 'disabled' }"),
    '"claude-opus-5-5 does not accept thinking of type disabled: use adaptive"',
  ],
  [
    'manual thinking on a new model',
    ask('claude-sonnet-5', budget),
    '"claude-sonnet-5 does not accept thinking of type enabled: use adaptive or disabled"',
  ],
  [
    'adaptive thinking on an old model',
    ask('claude-haiku-4-5', "thinking: { type: 'adaptive' }"),
    '"claude-haiku-4-5 does not accept thinking of type adaptive: use enabled or disabled"',
  ],
  [
    'thinking between tools on a model without it',
    ask('claude-opus-5', "thinking: { type: 'between_tools' }"),
    '"claude-opus-5 does not accept thinking of type between_tools: use adaptive or disabled"',
  ],
  [
    'thinking of one of two types, one of which is refused',
    `declare const quick: boolean;\n${ask('claude-opus-5-5', "thinking: { type: quick ? 'disabled' : 'adaptive' }")}`,
    'claude-opus-5-5 does not accept thinking of type disabled: use adaptive',
  ],
  [
    'one of two models refuses',
    `declare const model: 'claude-haiku-5-5' | 'claude-fable-5-1';\n${create("model, max_tokens: 100, messages: hi, thinking: { type: 'disabled' }")}`,
    '"claude-fable-5-1 does not accept thinking of type disabled: use adaptive"',
  ],
  [
    'an effort that the model does not have',
    ask('claude-opus-4-6', "output_config: { effort: 'xhigh' }"),
    '"claude-opus-4-6 does not accept effort xhigh: use low, medium, high or max"',
  ],
  [
    'an effort above what an older model has',
    ask('claude-opus-4-5-20251101', "output_config: { effort: 'max' }"),
    '"claude-opus-4-5-20251101 does not accept effort max: use low, medium or high"',
  ],
  [
    'effort on a model that does not know it',
    ask('claude-haiku-4-5', "output_config: { effort: 'low' }"),
    '"claude-haiku-4-5 does not know effort: leave it out"',
  ],
  [
    'high effort without thinking',
    ask('claude-opus-5', "thinking: { type: 'disabled' }, output_config: { effort: 'max' }"),
    '"claude-opus-5 accepts at most effort high while thinking is disabled: lower effort or use adaptive thinking"',
  ],
  [
    'high effort with thinking between tools only',
    ask('claude-sonnet-5-5', "output_config: { effort: 'xhigh' }, thinking: { type: 'between_tools' }"),
    '"claude-sonnet-5-5 accepts at most effort high while thinking is between_tools: lower effort or use adaptive thinking"',
  ],
  [
    'more tokens than the model answers with',
    create("model: 'claude-sonnet-5-5', max_tokens: 128001, messages: hi"),
    '"claude-sonnet-5-5 answers with at most 128000 tokens: lower max_tokens"',
  ],
  [
    'more tokens than an older model answers with',
    stream("model: 'claude-haiku-4-5', max_tokens: 64_001, messages: hi"),
    '"claude-haiku-4-5 answers with at most 64000 tokens: lower max_tokens"',
  ],
  [
    'far more tokens',
    create("model: 'claude-opus-5', max_tokens: 1e21, messages: hi"),
    '"claude-opus-5 answers with at most 128000 tokens: lower max_tokens"',
  ],
  [
    'the beginning of an answer on a new model',
    create("model: 'claude-sonnet-4-6', max_tokens: 100, messages: [...hi, { role: 'assistant', content: '{' }]"),
    '"the last message is the beginning of an answer, which claude-sonnet-4-6 does not accept: end with a user message"',
  ],
  [
    'the beginning of an answer as blocks, after what was said before',
    create(
      "model: 'claude-opus-5-5', max_tokens: 100, messages: [...history, { role: 'assistant', content: [{ type: 'text', text: 'So' }] }]",
    ),
    'the last message is the beginning of an answer, which claude-opus-5-5 does not accept: end with a user message',
  ],
  [
    'the beginning of an answer while thinking',
    create(
      `model: 'claude-opus-4-5', max_tokens: 2000, messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', content: 'So' }], ${budget}`,
    ),
    '"the last message is the beginning of an answer, which claude-opus-4-5 does not accept while thinking: end with a user message"',
  ],
  [
    'the beginning of an answer together with a format',
    create(
      "model: 'claude-sonnet-4-5', max_tokens: 2000, messages: [{ role: 'user', content: 'hi' }, { role: 'assistant', content: '{' }], output_config: { format }",
    ),
    '"an output format cannot be combined with the beginning of an answer: end with a user message"',
  ],
  [
    'a forced tool',
    ask('claude-sonnet-5-5', "tools: [run], tool_choice: { type: 'tool', name: 'run' }"),
    '"claude-sonnet-5-5 cannot be forced to use a tool: use auto, and ask for the tool in words"',
  ],
  [
    'some forced tool',
    ask('claude-mythos-preview', "tools: [run], tool_choice: { type: 'any' }"),
    '"claude-mythos-preview cannot be forced to use a tool: use auto, and ask for the tool in words"',
  ],
  ['fast mode', ask('claude-opus-4-7', "speed: 'fast'"), '"claude-opus-4-7 has no fast mode: leave speed out"'],
  [
    'a region on an older model',
    ask('claude-opus-4-5', "inference_geo: 'us'"),
    '"claude-opus-4-5 does not accept inference_geo: leave it out"',
  ],
  [
    'a system message inside messages',
    create(
      "model: 'claude-sonnet-5', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }, { role: 'system', content: 'Be brief.' }]",
    ),
    '"claude-sonnet-5 does not accept system messages inside messages: use system at the top"',
  ],
  [
    'a retired model',
    ask('claude-3-5-sonnet-20241022'),
    '"claude-3-5-sonnet-20241022 was retired on 2025-10-28: use claude-sonnet-5-5"',
  ],
  [
    'a retired model by its alias',
    stream("model: 'claude-opus-4-0', max_tokens: 100, messages: hi"),
    '"claude-opus-4-0 was retired on 2026-06-15: use claude-opus-5-5"',
  ],
  [
    'a model that refuses, while counting',
    count("model: 'claude-opus-5-5', messages: hi, thinking: { type: 'disabled' }"),
    '"claude-opus-5-5 does not accept thinking of type disabled: use adaptive"',
  ],
  [
    'another model to fall back on that refuses',
    ask('claude-fable-5-1', "fallbacks: [{ model: 'claude-opus-5-5', thinking: { type: 'disabled' } }]"),
    '"claude-opus-5-5 does not accept thinking of type disabled: use adaptive"',
  ],
  [
    'a retired model to fall back on',
    ask('claude-fable-5-1', "fallbacks: [{ model: 'claude-3-opus-20240229' }]"),
    '"claude-3-opus-20240229 was retired on 2026-01-05: use claude-opus-5-5"',
  ],
];
