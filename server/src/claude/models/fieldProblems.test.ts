/** Fields of a request that are refused, and such that pass: a table, for a model that is known only at run time. */
import { describe, expect, test } from 'vitest';
import {
  assistant,
  call,
  hello,
  madeUpWith,
  refusals,
  refusalsOf,
  result,
  text,
  tool,
  user,
} from '../../../../test/harness/refusals.ts';

const manual = { type: 'enabled', budget_tokens: 1_024 };
const schema = { type: 'object', additionalProperties: false };
const format = { format: { type: 'json_schema', schema } };

describe('a request is refused for', () => {
  test.each<[string, object]>([
    ['model', { model: '' }],
    ['model', { model: undefined }],
    ['model', { model: 7 }],
    ['temperature', { temperature: 1 }],
    ['top_p', { top_p: 0.9 }],
    ['top_k', { top_k: 5 }],
    ['max_tokens', { max_tokens: undefined }],
    ['max_tokens', { max_tokens: -1 }],
    ['max_tokens', { max_tokens: 1.5 }],
    ['max_tokens', { max_tokens: Number.NaN }],
    ['max_tokens', { max_tokens: '1000' }],
    ['max_tokens', { max_tokens: 64_001 }],
    ['max_tokens', { max_tokens: 0, stream: true }],
    ['max_tokens', { max_tokens: 0, thinking: manual }],
    ['max_tokens', { max_tokens: 0, output_config: format }],
    ['max_tokens', { max_tokens: 0, tools: [tool], tool_choice: { type: 'any' } }],
    ['max_tokens', { max_tokens: 0, tools: [tool], tool_choice: { type: 'tool', name: 'run' } }],
    ['betas', { betas: ['mine-2026'] }],
    ['output_format', { output_format: { type: 'json_schema', schema } }],
    ['stream', { stream: 'yes' }],
    ['stop_sequences', { stop_sequences: 'END' }],
    ['stop_sequences.1', { stop_sequences: ['END', 5] }],
    ['system', { system: 5 }],
    ['system.0', { system: ['x'] }],
    ['system.1.type', { system: [text(), { type: 'block_of_tomorrow' }] }],
    ['system.0.citations', { system: [text({ citations: [{ type: 'char_location' }] })] }],
    ['metadata', { metadata: 'me' }],
    ['metadata.user_id', { metadata: { user_id: 5 } }],
    ['service_tier', { service_tier: 'priority' }],
    ['speed', { speed: 'faster' }],
    ['inference_geo', { inference_geo: 5 }],
    ['container', { container: 5 }],
    ['container.skills.0.skill_id', { container: { skills: [{ type: 'custom' }] } }],
    ['container.skills.0.type', { container: { skills: [{ skill_id: 's', type: 'mine' }] } }],
    ['diagnostics.previous_message_id', { diagnostics: { previous_message_id: 5 } }],
    ['billing_policy.bill_to', { billing_policy: { type: 'billing_policy', bill_to: 'them' } }],
    ['output_config', { output_config: 'high' }],
    ['output_config.effort', { output_config: { effort: 'enormous' } }],
    ['output_config.task_budget.total', { output_config: { task_budget: { type: 'tokens' } } }],
    ['output_config.format.type', { output_config: { format: { type: 'xml', schema } } }],
    ['output_config.format.schema', { output_config: { format: { type: 'json_schema' } } }],
    ['tool_choice', { tools: [tool], tool_choice: [] }],
    ['tool_choice.type', { tools: [tool], tool_choice: { type: 'required' } }],
    ['tool_choice.name', { tools: [tool], tool_choice: { type: 'tool', name: 'walk' } }],
    ['tool_choice', { tool_choice: { type: 'auto' } }],
    [
      'tool_choice.disable_parallel_tool_use',
      { tools: [tool], tool_choice: { type: 'none', disable_parallel_tool_use: true } },
    ],
    [
      'tool_choice.disable_parallel_tool_use',
      { tools: [tool], tool_choice: { type: 'any', disable_parallel_tool_use: 1 } },
    ],
    [
      'tool_choice.name',
      { tools: [{ type: 'computer_toolset_20260801' }], tool_choice: { type: 'tool', name: 'key' } },
    ],
  ])('%s: %j', (field, fields) => {
    expect(refusals(fields)).toEqual([field]);
  });

  test.each<[string, object]>([
    ['thinking', { thinking: null }],
    ['thinking.type', { thinking: { type: 'deep' } }],
    ['thinking.display', { thinking: { type: 'adaptive', display: 'full' } }],
    [
      'thinking.block_binding.prefix_mismatch_behavior',
      {
        thinking: { type: 'adaptive', block_binding: { prefix_mismatch_behavior: 'ignore' } },
      },
    ],
    ['thinking.budget_tokens', { thinking: { type: 'adaptive', budget_tokens: 2_000 } }],
    ['thinking.budget_tokens', { thinking: { type: 'enabled' } }],
    ['thinking.budget_tokens', { thinking: { type: 'enabled', budget_tokens: 1_023 } }],
    ['thinking.budget_tokens', { thinking: { type: 'enabled', budget_tokens: 2_000 } }],
    ['thinking.display', { thinking: { type: 'disabled', display: 'omitted' } }],
    ['thinking.display', { thinking: { type: 'between_tools', display: 'omitted' } }],
    ['tool_choice', { thinking: manual, tools: [tool], tool_choice: { type: 'any' } }],
    ['output_config.effort', { thinking: { type: 'disabled' }, output_config: { effort: 'max' } }],
    ['output_config.effort', { thinking: { type: 'between_tools' }, output_config: { effort: 'xhigh' } }],
  ])('%s: %j', (field, fields) => {
    expect(refusals(fields)).toEqual([field]);
  });

  test.each<[string, object]>([
    ['stream', { stream: true }],
    ['speed', { speed: 'fast' }],
    ['max_tokens', { max_tokens: 0 }],
    ['thread', { thread: { type: 'create' } }],
    ['billing_policy', { billing_policy: { type: 'billing_policy', bill_to: 'user_profile' } }],
  ])('%s in a batch: %j', (field, fields) => {
    expect(refusals(fields, { use: 'batch', rules: madeUpWith({}) })).toEqual([field]);
  });

  test('all that is wrong with it, at once', () => {
    expect(
      refusals({ model: '', max_tokens: -1, top_k: 1, messages: [{ role: 'tool', content: 'x' }], speed: 'slow' }),
    ).toEqual(['model', 'top_k', 'speed', 'max_tokens', 'messages.0.role']);
  });

  test.each([[null], [undefined], ['hi'], [5], [true], [[]]])('being %j', (request) => {
    expect(refusalsOf(request, {})).toEqual(['']);
  });
});

describe('a request passes with', () => {
  test.each<[object]>([
    [{}],
    [{ a_field_of_tomorrow: 1 }],
    [{ max_tokens: 0 }],
    [{ max_tokens: 64_000, output_config: { effort: 'max' } }],
    [{ thinking: { type: 'adaptive', display: 'summarized' } }],
    [{ thinking: { type: 'adaptive', display: null, block_binding: { prefix_mismatch_behavior: 'drop_block' } } }],
    [{ thinking: { type: 'between_tools' }, output_config: { effort: 'high' } }],
    [{ thinking: { type: 'enabled', budget_tokens: 1_999, display: 'omitted' } }],
    [{ output_config: { effort: null, format: null, task_budget: { type: 'tokens', total: 5 } } }],
    [
      {
        service_tier: 'auto',
        speed: null,
        inference_geo: null,
        diagnostics: null,
        container: null,
        metadata: { user_id: null },
      },
    ],
    [{ container: 'container_1', diagnostics: { previous_message_id: null } }],
    [{ container: { id: null, skills: [{ skill_id: 's', type: 'custom', version: 'latest' }] } }],
    [{ tools: [tool], tool_choice: { type: 'any', disable_parallel_tool_use: true } }],
    [{ tool_choice: { type: 'none' } }],
    [
      {
        context_management: {
          edits: [
            { type: 'clear_thinking_20251015', keep: 'all' },
            { type: 'clear_tool_uses_20250919', clear_tool_inputs: ['run'] },
          ],
        },
      },
    ],
    [
      {
        context_management: { edits: [{ type: 'compact_20260112', trigger: { type: 'input_tokens', value: 50_000 } }] },
      },
    ],
    [
      {
        context_management: {
          edits: [{ type: 'clear_thinking_20251015', keep: { type: 'thinking_turns', value: 1 } }],
        },
      },
    ],
    [{ compaction: { type: 'summarize', instructions: null } }],
    [{ thread: { type: 'continue', previous_message_id: 'msg_1' }, messages: [user(result('held_by_the_service'))] }],
    [{ fallbacks: 'default' }],
    [
      {
        fallbacks: [
          {
            model: 'claude-opus-5',
            max_tokens: 128_000,
            thinking: { type: 'adaptive' },
            speed: 'fast',
            output_config: null,
          },
        ],
      },
    ],
    [{ fallback_credit_token: 't', messages: [...hello, assistant(text())] }],
    [
      {
        mcp_servers: [{ type: 'url', url: 'https://mcp.example', name: 'files', authorization_token: 't' }],
        tools: [{ type: 'mcp_toolset', mcp_server_name: 'files' }],
        tool_choice: { type: 'tool', name: 'files_read' },
      },
    ],
    [{ messages: [...hello, assistant(call()), user(result())], tools: [tool] }],
    [
      {
        thread: null,
        fallbacks: null,
        compaction: null,
        context_management: null,
        cache_control: null,
        billing_policy: null,
      },
    ],
  ])('%j', (fields) => {
    expect(refusals(fields)).toEqual([]);
  });

  test('no max_tokens, or any, where tokens are counted', () => {
    const counting = { use: 'count', rules: madeUpWith({}) } as const;
    for (const max_tokens of [undefined, 0, 1_000_000]) expect(refusals({ max_tokens }, counting)).toEqual([]);
  });

  test('a budget above max_tokens where thinking is interleaved by name', () => {
    const betas = ['interleaved-thinking-2025-05-14'];
    const thinking = { type: 'enabled', budget_tokens: 10_000 };
    expect(refusals({ thinking }, { betas, rules: madeUpWith({}) })).toEqual([]);
    expect(refusals({ thinking })).toEqual(['thinking.budget_tokens']);
  });
});
