/** Blocks of answers: those of the service's tools have their types, broken ones are refused, newer ones kept. */
import { describe, expect, test } from 'vitest';
import { ContentBlock } from './blocks.ts';

const fits = (block: unknown): boolean => ContentBlock.safeParse(block).success;
const failed = (type: string) => ({ type, error_code: 'unavailable' });

const results: readonly (readonly [type: string, content: unknown])[] = [
  [
    'web_search_tool_result',
    [{ type: 'web_search_result', url: 'https://example.org', title: 'T', page_age: null, encrypted_content: 'e' }],
  ],
  ['web_search_tool_result', failed('web_search_tool_result_error')],
  [
    'web_fetch_tool_result',
    {
      type: 'web_fetch_result',
      url: 'https://example.org',
      content: { type: 'document', source: {} },
      retrieved_at: null,
    },
  ],
  ['web_fetch_tool_result', failed('web_fetch_tool_result_error')],
  [
    'code_execution_tool_result',
    { type: 'code_execution_result', stdout: 'x', stderr: '', return_code: 0, content: [] },
  ],
  [
    'code_execution_tool_result',
    { type: 'encrypted_code_execution_result', encrypted_stdout: 'x', stderr: '', return_code: 0, content: [] },
  ],
  [
    'bash_code_execution_tool_result',
    {
      type: 'bash_code_execution_result',
      stdout: 'x',
      stderr: '',
      return_code: 1,
      content: [{ type: 'bash_code_execution_output', file_id: 'file_1' }],
    },
  ],
  ['bash_code_execution_tool_result', failed('bash_code_execution_tool_result_error')],
  [
    'text_editor_code_execution_tool_result',
    { type: 'text_editor_code_execution_view_result', content: 'x', file_type: 'text', num_lines: 1 },
  ],
  ['text_editor_code_execution_tool_result', failed('text_editor_code_execution_tool_result_error')],
  [
    'tool_search_tool_result',
    { type: 'tool_search_tool_search_result', tool_references: [{ type: 'tool_reference', tool_name: 'run' }] },
  ],
  ['mcp_tool_result', [{ type: 'text', text: 'x' }]],
  ['mcp_tool_result', 'x'],
  ['advisor_tool_result', { type: 'advisor_result', text: 'Wait.', stop_reason: null }],
  ['advisor_tool_result', { type: 'advisor_redacted_result', encrypted_content: 'x', stop_reason: null }],
];

describe('the result of a tool of the service', () => {
  test.each(results)('%s has its type: %j', (type, content) => {
    expect(fits({ type, tool_use_id: 'srvtoolu_1', content, a_field_of_tomorrow: 1 })).toBe(true);
  });

  test.each([...new Set(results.map(([type]) => type))])('%s without its call is refused', (type) => {
    expect(fits({ type, content: [] })).toBe(false);
  });

  test.each([
    [{ type: 'web_search_tool_result', tool_use_id: 's', content: 'text' }],
    [{ type: 'code_execution_tool_result', tool_use_id: 's', content: { type: 'code_execution_result' } }],
    [{ type: 'container_upload' }],
    [{ type: 'fallback', from: { model: 'a' } }],
    [{ type: 'mcp_tool_listing', mcp_server_name: 's', tools: [{}] }],
  ])('is refused when it is broken: %j', (block) => {
    expect(fits(block)).toBe(false);
  });
});

test('what is newer than this client is kept', () => {
  expect(fits({ type: 'block_of_tomorrow', with: 'anything' })).toBe(true);
  expect(fits({ with: 'no type' })).toBe(false);
});
