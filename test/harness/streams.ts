/** Streams as the service sends them, one of each kind: the corpus for everything that is done to streams. */

type Event = Readonly<Record<string, unknown>> & { readonly type: string };

const usage = { input_tokens: 25, cache_creation_input_tokens: 0, cache_read_input_tokens: 100, output_tokens: 1 };

/** The first event of a stream. */
export function start(fields: Readonly<Record<string, unknown>> = {}): Event {
  const message = {
    id: 'msg_01',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return { type: 'message_start', message: { ...message, ...fields } };
}

/** A whole block: its start, its deltas, its stop. */
export function block(
  index: number,
  content: Readonly<Record<string, unknown>>,
  ...deltas: readonly object[]
): readonly Event[] {
  return [
    { type: 'content_block_start', index, content_block: content },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

export function text(...pieces: readonly string[]): readonly object[] {
  return pieces.map((piece) => ({ type: 'text_delta', text: piece }));
}

export function json(...pieces: readonly string[]): readonly object[] {
  return pieces.map((piece) => ({ type: 'input_json_delta', partial_json: piece }));
}

/** The last events of a stream. @param others Fields beside the delta. */
export function end(
  stopReason = 'end_turn',
  fields: Readonly<Record<string, unknown>> = {},
  others: Readonly<Record<string, unknown>> = {},
): readonly Event[] {
  return [
    {
      type: 'message_delta',
      delta: { stop_reason: stopReason, stop_sequence: null, ...fields },
      usage: { output_tokens: 42, cache_read_input_tokens: null },
      ...others,
    },
    { type: 'message_stop' },
  ];
}

const ping: Event = { type: 'ping' };
const tool = { type: 'tool_use', id: 'toolu_1', name: 'read_document', input: {} };
const thinking = { type: 'thinking', thinking: '', signature: '' };
const citation = { type: 'char_location', cited_text: 'x', document_index: 0, start_char_index: 0, end_char_index: 1 };

/** The events of each stream, by what is in it. */
export const streams: Readonly<Record<string, readonly Event[]>> = {
  text: [start(), ...block(0, { type: 'text', text: '' }, ...text('The ', 'sum ', 'of "a" and\n', 'b\\c.')), ...end()],
  'other scripts': [
    start(),
    ...block(0, { type: 'text', text: '' }, ...text('Grüße, ', '世界', '! 👩‍👩‍👧‍👦 ', '\u{1F600}', 'é\u2028')),
    ...end(),
  ],
  pings: [start(), ping, ...block(0, { type: 'text', text: '' }, ...text('a')), ping, ping, ...end()],
  'a tool': [
    start(),
    ...block(0, { type: 'text', text: '' }, ...text('Let me see.')),
    ...block(1, tool, ...json('', '{"uri": "file:', '///a.ts", "li', 'nes": [1, 2]}')),
    ...end('tool_use'),
  ],
  'a tool without input': [start(), ...block(0, tool), ...end('tool_use')],
  'bad tool input': [
    start(),
    ...block(0, tool, ...json('{"uri": "\\x"', ', oops')),
    ...block(1, { type: 'text', text: '' }, ...text('after')),
    ...end('tool_use'),
  ],
  thinking: [
    start(),
    ...block(
      0,
      thinking,
      { type: 'thinking_delta', thinking: 'Hm, ' },
      { type: 'thinking_delta', thinking: 'so.' },
      { type: 'signature_delta', signature: 'EqQB' },
    ),
    ...block(1, { type: 'text', text: '' }, ...text('So.')),
    ...end(),
  ],
  'hidden thinking': [
    start(),
    ...block(0, thinking, { type: 'signature_delta', signature: 'EqQB' }),
    ...block(1, { type: 'redacted_thinking', data: 'abc' }),
    ...block(2, { type: 'text', text: '' }, ...text('Done.')),
    ...end(),
  ],
  citations: [
    start(),
    ...block(
      0,
      { type: 'text', text: '', citations: null },
      ...text('See '),
      { type: 'citations_delta', citation },
      { type: 'citations_delta', citation },
    ),
    ...end(),
  ],
  'a tool of the service': [
    start(),
    ...block(0, { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }, ...json('{"query":"x"}')),
    ...block(1, {
      type: 'web_search_tool_result',
      tool_use_id: 'srvtoolu_1',
      content: [{ type: 'web_search_result', url: 'https://example.org', encrypted_content: 'E' }],
    }),
    ...block(2, { type: 'text', text: '' }, ...text('Found.')),
    ...end(),
  ],
  'a refusal': [
    start(),
    ...block(0, { type: 'text', text: '' }, ...text('I ')),
    ...end('refusal', { stop_details: { category: 'cyber', explanation: 'No.' } }),
  ],
  'a tool of an MCP server': [
    start(),
    ...block(
      0,
      { type: 'mcp_tool_use', id: 'mcptoolu_1', name: 'list', server_name: 'files', input: {} },
      ...json('{"path": "', '/"}'),
    ),
    ...block(1, {
      type: 'mcp_tool_result',
      tool_use_id: 'mcptoolu_1',
      is_error: false,
      content: [{ type: 'text', text: 'a' }],
    }),
    ...block(2, { type: 'text', text: '' }, ...text('One file.')),
    ...end(),
  ],
  'members of a toolset': [
    start(),
    ...block(
      0,
      { ...tool, name: 'left_click', toolset_name: 'computer', caller: { type: 'direct' } },
      ...json('{"coordinate": [10, 20]}'),
    ),
    ...block(1, { ...tool, id: 'toolu_2', name: 'screenshot', toolset_name: 'computer' }, ...json('{}')),
    ...end('tool_use'),
  ],
  'a pause': [
    start(),
    ...block(0, { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_fetch', input: {} }, ...json('{"url":"x"}')),
    ...end('pause_turn', { container: { id: 'container_1', expires_at: '2026-12-01T00:00:00Z', skills: null } }),
  ],
  'a compaction': [
    start({ input_transformations: [{ type: 'thinking_dropped', path: 'messages.0', reason: 'prefix_mismatch' }] }),
    ...block(
      0,
      { type: 'compaction', content: null },
      { type: 'compaction_delta', content: 'They added numbers.', encrypted_content: 'EpAB' },
    ),
    ...block(1, { type: 'text', text: '' }, ...text('On we go.')),
    ...end('end_turn', {}, { context_management: { applied_edits: [{ type: 'compact_20260112' }] } }),
  ],
  'a compaction that failed': [
    start(),
    ...block(0, { type: 'compaction', content: null }, { type: 'compaction_delta', content: null }),
    ...end('compaction'),
  ],
  'another model': [
    start(),
    ...block(0, { type: 'text', text: '' }, ...text('I ')),
    ...block(1, { type: 'fallback', from: { model: 'claude-sonnet-5-5' }, to: { model: 'claude-opus-4-8' } }),
    ...block(2, { type: 'text', text: '' }, ...text('Sure.')),
    ...end(),
  ],
  'several ends': [
    start(),
    ...block(0, { type: 'text', text: '' }, ...text('a')),
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 7, input_tokens: 30, server_tool_use: { web_search_requests: 1 } },
      input_transformations: [],
    },
    ...end(
      'stop_sequence',
      { stop_sequence: 'END', stop_details: null },
      { context_management: { applied_edits: [] } },
    ),
  ],
  'things to come': [
    start({ novelty: { deep: [1] } }),
    { type: 'weather_report', sky: 'blue' },
    ...block(0, { type: 'hologram', data: [1, 2] }, { type: 'hologram_delta', data: 3 }),
    ...block(
      1,
      { type: 'compaction', content: null },
      { type: 'compaction_delta', content: null, encrypted_content: 'E' },
    ),
    ...end('new_reason', { container: { id: 'c', expires_at: 'x' } }),
  ],
};

/** How events become bytes. */
export interface Writing {
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  readonly beforeEach?: string;
  /** Blanks in the JSON, as some printers put them. */
  readonly spaced?: boolean;
}

/** The bytes of events, as one piece. */
export function written(
  events: readonly Event[],
  { lineEnd = '\n', beforeEach = '', spaced = false }: Writing = {},
): Buffer {
  const blocks = events.map((event) => {
    const data = spaced ? spacedJson(event) : JSON.stringify(event);
    return `${beforeEach}event: ${event.type}${lineEnd}data: ${data}${lineEnd}${lineEnd}`;
  });
  return Buffer.from(blocks.join(''));
}

/** JSON on one line with blanks after colons and commas. Line breaks inside strings are escaped, so that these are all between tokens. */
function spacedJson(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/([{[])\n\s*/g, '$1')
    .replace(/\n\s*([}\]])/g, '$1')
    .replace(/,\n\s*/g, ', ');
}
