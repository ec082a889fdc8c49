/** Conversations that the API accepts: all of them compile. */
import { type Right, say } from './program.ts';

const user = "{ role: 'user', content: 'hi' }";
const called = "{ role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'run', input: {} }] }";

export const rightMessages: readonly Right[] = [
  [
    'a system message with betas',
    say(
      `${user}, { role: 'system', content: [{ type: 'text', text: 'x' }, { type: 'tool_addition', tool: { type: 'tool_definition', definition: run } }], clear_at: 'next_user_message', output_config: { effort: 'low' } }, { role: 'assistant', content: 'ok' }, ${user}`,
    ),
  ],
  ['a system message without content', say(`${user}, { role: 'system', output_config: { effort: 'low' } }`)],
  ['what was said before, and more', say("...history, { role: 'user', content: 'and now?' }")],
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
    'a list that a function makes',
    say("...['a', 'b'].map((content) => ({ role: 'user' as const, content })), { role: 'user', content: 'c' }"),
  ],
];
