/** Beta fields that are refused, for a model that is known only at run time. */
import { describe, expect, test } from 'vitest';
import { refusals, tool } from '../../../../test/harness/refusals.ts';

const manual = { type: 'enabled', budget_tokens: 1_024 };

describe('a request is refused for', () => {
  test.each<[string, object]>([
    ['context_management.edits', { context_management: { edits: {} } }],
    ['context_management.edits.0.type', { context_management: { edits: [{ type: 'forget' }] } }],
    [
      'context_management.edits.1',
      { context_management: { edits: [{ type: 'clear_tool_uses_20250919' }, { type: 'clear_thinking_20251015' }] } },
    ],
    [
      'context_management.edits.0.trigger.value',
      {
        context_management: { edits: [{ type: 'compact_20260112', trigger: { type: 'input_tokens', value: 49_999 } }] },
      },
    ],
    [
      'context_management.edits.0.trigger.type',
      { context_management: { edits: [{ type: 'compact_20260112', trigger: { type: 'tool_uses', value: 60_000 } }] } },
    ],
    [
      'context_management.edits.0.keep.value',
      { context_management: { edits: [{ type: 'clear_tool_uses_20250919', keep: { type: 'tool_uses', value: -1 } }] } },
    ],
    [
      'context_management.edits.0.exclude_tools.0',
      { context_management: { edits: [{ type: 'clear_tool_uses_20250919', exclude_tools: [5] }] } },
    ],
    ['context_management', { context_management: { edits: [] }, compaction: { type: 'summarize' } }],
    ['compaction.type', { compaction: { type: 'shorten' } }],
    ['compaction.instructions', { compaction: { type: 'summarize', instructions: 5 } }],
    ['thread.type', { thread: { type: 'go on' } }],
    ['thread.previous_message_id', { thread: { type: 'continue' } }],
    ['thread', { thread: { type: 'create' }, cache_control: { type: 'ephemeral' } }],
    ['thread', { thread: { type: 'create' }, context_management: { edits: [] } }],
    ['thread', { thread: { type: 'create' }, fallbacks: 'default' }],
    ['fallbacks', { fallbacks: 'none' }],
    ['fallbacks.0.model', { fallbacks: [{ max_tokens: 5 }] }],
    ['fallbacks.0.system', { fallbacks: [{ model: 'other', system: 'x' }] }],
    ['fallbacks.0.max_tokens', { fallbacks: [{ model: 'other', max_tokens: 0 }] }],
    ['fallbacks.0.max_tokens', { fallbacks: [{ model: 'claude-opus-5', max_tokens: 128_001 }] }],
    ['fallbacks.1.thinking.type', { fallbacks: [{ model: 'x' }, { model: 'claude-opus-5', thinking: manual }] }],
    [
      'fallbacks.0.output_config.effort',
      { fallbacks: [{ model: 'claude-opus-4-6', output_config: { effort: 'xhigh' } }] },
    ],
    ['fallbacks.0.speed', { fallbacks: [{ model: 'claude-sonnet-5', speed: 'fast' }] }],
    ['fallbacks', { fallbacks: 'default', fallback_credit_token: 't' }],
    ['fallback_credit_token.mode', { fallback_credit_token: { token: 't', mode: 'maybe' } }],
  ])('%s: %j', (field, fields) => {
    expect(refusals(fields)).toEqual([field]);
  });

  const server = { type: 'url', url: 'https://mcp.example/sse', name: 'files' };
  const toolset = { type: 'mcp_toolset', mcp_server_name: 'files' };
  test.each<[readonly string[], object]>([
    [['mcp_servers'], { mcp_servers: {} }],
    [['mcp_servers.0.url'], { mcp_servers: [{ ...server, url: 'http://mcp.example' }], tools: [toolset] }],
    [['mcp_servers.0.url'], { mcp_servers: [{ ...server, url: undefined }], tools: [toolset] }],
    [['mcp_servers.0.type'], { mcp_servers: [{ ...server, type: 'stdio' }], tools: [toolset] }],
    [['mcp_servers.0'], { mcp_servers: [server] }],
    [['mcp_servers.0'], { mcp_servers: [server], tools: [tool] }],
    [['tools.0.mcp_server_name'], { tools: [toolset] }],
    [['tools.1.mcp_server_name'], { mcp_servers: [server], tools: [toolset, toolset] }],
    [['mcp_servers.1.name'], { mcp_servers: [server, server], tools: [toolset] }],
    [
      ['mcp_servers.0', 'tools.0.mcp_server_name'].reverse(),
      { mcp_servers: [server], tools: [{ ...toolset, mcp_server_name: 'x' }] },
    ],
  ])('%j: %j', (fields, request) => {
    expect(refusals(request)).toEqual(fields);
  });
});
