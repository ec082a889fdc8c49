/** The bytes of a streamed answer, as a service sends them: one HTTP chunk for each event. */

const words = 'The function adds the two numbers and returns their sum, which callers round later on. '.split(/(?<= )/);

function events(deltas: number): readonly object[] {
  const message = {
    id: 'msg_01',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 25, output_tokens: 1 },
  };
  const text = Array.from({ length: deltas }, (_, at) => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: words[at % words.length] },
  }));
  return [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...text,
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: deltas },
    },
    { type: 'message_stop' },
  ];
}

/** The whole response, headers included, and the number of events in it. */
export function answer(deltas: number): { readonly bytes: Buffer; readonly events: number } {
  const all = events(deltas);
  const chunks = all.map((event) => {
    const type = 'type' in event ? String(event.type) : '';
    const data = `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
    return `${Buffer.byteLength(data).toString(16)}\r\n${data}\r\n`;
  });
  const head =
    'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nrequest-id: req_1\r\ntransfer-encoding: chunked\r\n\r\n';
  return { bytes: Buffer.from(`${head}${chunks.join('')}0\r\n\r\n`), events: all.length };
}
