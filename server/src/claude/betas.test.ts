/** The names in `anthropic-beta`, as they are sent. */
import { describe, expect, test } from 'vitest';
import { clientFor, counted, good, request } from '../../../test/harness/claudeCalls.ts';
import { assistant, hello, text, tool, user } from '../../../test/harness/refusals.ts';
import { betasFor } from './betas.ts';
import type { ClaudeOptions, ClientWarning, RequestOptions } from './index.ts';

/** The header of a request with these fields. */
async function sent(fields: object, options: RequestOptions = {}, more: Partial<ClaudeOptions> = {}) {
  const { claude, transport } = clientFor([good], more);
  await claude.messages.create({ ...request, ...fields }, options);
  return transport.requests[0]?.headers['anthropic-beta'];
}

const server = { type: 'url', url: 'https://mcp.example', name: 'files' };
const toolset = { type: 'mcp_toolset', mcp_server_name: 'files' };
const system = (more: object) => ({ messages: [...hello, { role: 'system', content: [text()], ...more }] });
const added = (tool: object) => system({ content: [{ type: 'tool_addition', tool }] });
const past = (...blocks: readonly object[]) => ({ messages: [...hello, assistant(...blocks, text()), ...hello] });
const edits = (...types: readonly string[]) => ({ context_management: { edits: types.map((type) => ({ type })) } });
const display = { type: 'computer_20251124', name: 'computer', display_width_px: 1, display_height_px: 1 };

describe('the fields of a request bring the names that they need', () => {
  test.each<[string | undefined, object]>([
    [undefined, {}],
    [
      undefined,
      { tools: [tool], thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'low' } },
    ],
    [undefined, { tools: [{ type: 'computer_toolset_20260801' }], cache_control: { type: 'ephemeral' } }],
    [undefined, { context_management: null, thread: null, speed: null, fallbacks: null, compaction: null }],
    ['context-management-2025-06-27', edits('clear_tool_uses_20250919')],
    ['context-management-2025-06-27', edits('clear_thinking_20251015')],
    ['compact-2026-01-12', edits('compact_20260112')],
    ['context-management-2025-06-27,compact-2026-01-12', edits('clear_thinking_20251015', 'compact_20260112')],
    ['compact-2026-09-04', { compaction: { type: 'summarize' } }],
    ['compact-2026-01-12', past({ type: 'compaction', content: 'so far' })],
    ['compact-2026-09-04', past({ type: 'compaction', content: 'so far', signature: 's' })],
    ['message-threads-2026-08-12', { thread: { type: 'create' } }],
    ['fast-mode-2026-02-01', { model: 'claude-opus-5', speed: 'fast' }],
    ['mid-conversation-tool-changes-2026-07-01', added({ type: 'tool_reference', name: 'run' })],
    [
      'mid-conversation-tool-changes-2026-07-01',
      system({ content: [{ type: 'tool_removal', tool: { type: 'tool_reference', name: 'run' } }] }),
    ],
    [
      'mid-conversation-tool-changes-2026-07-01,inline-tools-2026-09-15',
      added({ type: 'tool_definition', definition: tool }),
    ],
    [
      'mid-conversation-tool-changes-2026-07-01,inline-tools-2026-09-15,mcp-client-2026-09-15',
      { ...added({ type: 'tool_definition', definition: toolset }), mcp_servers: [server] },
    ],
    ['mid-conversation-output-config-2026-07-01', system({ output_config: { effort: 'low' } })],
    ['mid-conversation-system-clear-at-2026-08-21', system({ clear_at: 'next_user_message' })],
    [
      'thinking-binding-controls-2026-08-01',
      { thinking: { type: 'adaptive', block_binding: { prefix_mismatch_behavior: 'drop_block' } } },
    ],
    ['thinking-display-updates-2026-08-18', { thinking: { type: 'adaptive', display: 'updates' } }],
    ['task-budgets-2026-03-13', { output_config: { task_budget: { type: 'tokens', total: 50_000 } } }],
    ['server-side-fallback-2026-07-01', { fallbacks: 'default' }],
    ['server-side-fallback-2026-07-01', past({ type: 'fallback', from: { model: 'a' }, to: { model: 'b' } })],
    [
      'fast-mode-2026-02-01,server-side-fallback-2026-07-01',
      { fallbacks: [{ model: 'claude-opus-5', speed: 'fast' }] },
    ],
    [
      'task-budgets-2026-03-13,server-side-fallback-2026-07-01',
      { fallbacks: [{ model: 'b', output_config: { task_budget: { type: 'tokens', total: 1 } } }] },
    ],
    ['fallback-credit-2026-07-01', { fallback_credit_token: 't' }],
    ['mcp-client-2025-11-20', { mcp_servers: [server], tools: [toolset] }],
    ['mcp-client-2026-09-15', { mcp_servers: [server], tools: [{ ...toolset, tools: [] }] }],
    [
      'mcp-client-2025-11-20',
      past({ type: 'mcp_tool_use', id: 'm', name: 'read', input: {} }, { type: 'mcp_tool_result', tool_use_id: 'm' }),
    ],
    ['mcp-client-2026-09-15', past({ type: 'mcp_tool_listing' })],
    ['advisor-tool-2026-03-01', { tools: [{ type: 'advisor_20260301', name: 'advisor', model: 'claude-opus-5-5' }] }],
    ['advisor-tool-2026-03-01', past({ type: 'advisor_tool_result', tool_use_id: 's' })],
    ['computer-use-2025-11-24', { tools: [display] }],
    ['computer-use-2025-01-24', { tools: [{ ...display, type: 'computer_20250124' }] }],
  ])('%s: %j', async (names, fields) => {
    expect(await sent({ model: 'made-up-9', ...fields })).toBe(names);
  });

  test('also where tokens are counted, and where the fields are newer than this client', async () => {
    const { claude, transport } = clientFor([
      { headers: { 'content-type': 'application/json' }, steps: ['{"input_tokens":1}', 'end'] },
    ]);
    await claude.messages.countTokens({ ...counted, context_management: { edits: [{ type: 'compact_20260112' }] } });
    expect(transport.requests[0]?.headers['anthropic-beta']).toBe('compact-2026-01-12');
    expect(await sent({}, { extra: { thread: { type: 'create' } } })).toBe('message-threads-2026-08-12');
  });

  test('a long answer in a batch has a name of its own', () => {
    const long = { max_tokens: 200_000 };
    expect(betasFor(long, 'batch')).toEqual(['output-300k-2026-03-24']);
    expect(betasFor(long, 'create')).toEqual([]);
  });

  test('results of tools and such are not looked into', async () => {
    const messages = [user(text({ clear_at: 1 }), { type: 'search_result', source: '', title: '', content: [text()] })];
    expect(await sent({ messages })).toBeUndefined();
  });
});

describe('names of the caller', () => {
  const fast = { model: 'claude-opus-5', speed: 'fast' };
  test.each<[string, object, RequestOptions]>([
    ['mine-2026', {}, { betas: ['mine-2026'] }],
    ['mine-2026,fast-mode-2026-02-01', fast, { betas: ['mine-2026'] }],
    ['fast-mode-2026-02-01,mine-2026', fast, { betas: ['fast-mode-2026-02-01', 'mine-2026', 'mine-2026'] }],
    ['one-2026,two-2026', {}, { betas: ['one-2026, two-2026', ' one-2026 '] }],
    ['mcp-client-2026-09-15', { mcp_servers: [server], tools: [toolset] }, { betas: ['mcp-client-2026-09-15'] }],
    ['server-side-fallback-2026-06-01', { fallbacks: 'default' }, { betas: ['server-side-fallback-2026-06-01'] }],
    ['only-this-2026', fast, { betas: ['mine-2026'], headers: { 'Anthropic-Beta': 'only-this-2026' } }],
  ])('come first, once, without blanks: %s', async (names, fields, options) => {
    expect(await sent(fields, options)).toBe(names);
  });

  test('of the client are joined by those of the call and of the fields', async () => {
    const headers = { 'Anthropic-Beta': 'always-2026, other-2026' };
    expect(await sent(fast, { betas: ['mine-2026', 'always-2026'] }, { headers })).toBe(
      'always-2026,other-2026,mine-2026,fast-mode-2026-02-01',
    );
    expect(
      await sent({ fallbacks: 'default' }, {}, { headers: { 'anthropic-beta': 'server-side-fallback-2026-06-01' } }),
    ).toBe('server-side-fallback-2026-06-01');
  });

  test('that are obsolete are sent, and warned of once', async () => {
    const warnings: ClientWarning[] = [];
    const { claude, transport } = clientFor([good], {
      log: { warn: (_sentence, warning) => warning && warnings.push(warning) },
    });
    for (const betas of [['pdfs-2024-09-25', 'files-api-2025-04-14'], ['pdfs-2024-09-25'], ['mine-2026']])
      await claude.messages.create(request, { betas });
    expect(transport.requests.map(({ headers }) => headers['anthropic-beta'])).toEqual([
      'pdfs-2024-09-25,files-api-2025-04-14',
      'pdfs-2024-09-25',
      'mine-2026',
    ]);
    expect(warnings).toEqual([
      { kind: 'obsolete_beta', beta: 'pdfs-2024-09-25', advice: expect.stringContaining('leave it out') },
      { kind: 'obsolete_beta', beta: 'files-api-2025-04-14', advice: expect.stringContaining('older shape') },
    ]);
  });

  test('that could not stand in a header are refused', async () => {
    await expect(sent({}, { betas: ['a\r\nx-evil: 1'] })).rejects.toMatchObject({ kind: 'configuration' });
  });
});
