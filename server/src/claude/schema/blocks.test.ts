/** Blocks of answers: what this client works with must be whole; what it only carries passes in any shape. */
import { expect, test } from 'vitest';
import { ContentBlock } from './blocks.ts';

const fits = (block: unknown): boolean => ContentBlock.safeParse(block).success;

test.each([
  { type: 'text' },
  { type: 'text', text: 1 },
  { type: 'thinking' },
  { type: 'redacted_thinking' },
  { type: 'tool_use', name: 'run', input: {} },
  { type: 'server_tool_use', id: 'srvtoolu_1', input: {} },
  { type: 'mcp_tool_use', id: 'mcptoolu_1', input: {} },
  { type: 'compaction', content: 1 },
  { with: 'no type' },
  'text',
  null,
])('a block that is not whole is refused: %j', (block) => {
  expect(fits(block)).toBe(false);
});

test.each([
  {
    type: 'web_search_tool_result',
    tool_use_id: 's',
    content: [{ type: 'web_search_result', url: 'https://example.org' }],
  },
  {
    type: 'web_search_tool_result',
    tool_use_id: 's',
    content: { type: 'web_search_tool_result_error', error_code: 'unavailable' },
  },
  { type: 'web_search_tool_result', tool_use_id: 's', content: 'of another shape' },
  { type: 'code_execution_tool_result', content: {} },
  { type: 'container_upload' },
  { type: 'fallback', from: { model: 'a' } },
  { type: 'thinking', thinking: '' },
  { type: 'thinking', thinking: '', signature: null },
  { type: 'block_of_tomorrow', with: 'anything' },
])('what is not finished, a result of the service, or what is newer, passes as it came: %j', (block) => {
  expect(fits(block)).toBe(true);
});
