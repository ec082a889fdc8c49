/** The bytes of a streamed answer, as a service sends them: one HTTP chunk for each event. */

/** What an answer holds: text, or the input of a tool. */
export type Kind = 'text' | 'tool';

const words = 'The function adds the two numbers and returns their sum, which callers round later on. '.split(/(?<= )/);

/** Characters of a tool's input in one event. */
const pieceLength = 20;

const edit = {
  line: 0,
  old_text:
    'function total(items: readonly Item[]): number {\n\treturn items.reduce((sum, item) => sum + item.price, 0);\n}',
  new_text:
    'const total = (items: readonly Item[]): number =>\n\titems.reduce((sum, { price }) => sum + price, 0); // "net"',
  whole_words: true,
};

/** The input of a tool that edits code, in about so many pieces. */
function toolInput(pieces: number): readonly string[] {
  const count = Math.ceil((pieces * pieceLength) / JSON.stringify(edit).length);
  const edits = Array.from({ length: count }, (_, at) => ({ ...edit, line: at * 7 }));
  const json = JSON.stringify({ path: 'src/report/total.ts', edits });
  return Array.from({ length: Math.ceil(json.length / pieceLength) }, (_, at) =>
    json.slice(at * pieceLength, (at + 1) * pieceLength),
  );
}

interface Content {
  readonly block: object;
  readonly deltas: readonly object[];
}

const contentOf: Readonly<Record<Kind, (deltas: number) => Content>> = {
  text: (deltas) => ({
    block: { type: 'text', text: '' },
    deltas: Array.from({ length: deltas }, (_, at) => ({ type: 'text_delta', text: words[at % words.length] })),
  }),
  tool: (deltas) => ({
    block: { type: 'tool_use', id: 'toolu_01', name: 'edit', input: {} },
    deltas: toolInput(deltas).map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
  }),
};

function events(kind: Kind, count: number): readonly Event[] {
  const { block, deltas } = contentOf[kind](count);
  return [
    ...headEvents(block),
    ...deltas.map((delta) => ({ type: 'content_block_delta', index: 0, delta })),
    ...tailEvents(count),
  ];
}

/** An event of the API's stream. */
export interface Event {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What stands before the deltas. */
export function headEvents(block: object = { type: 'text', text: '' }): readonly Event[] {
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
  return [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: block },
  ];
}

/** What stands behind them. */
export function tailEvents(tokens: number): readonly Event[] {
  const delta = { stop_reason: 'end_turn', stop_sequence: null };
  return [
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta, usage: { output_tokens: tokens } },
    { type: 'message_stop' },
  ];
}

/** The whole response, headers included. */
export function answer(kind: Kind, deltas: number): Buffer {
  const chunks = events(kind, deltas).map((event) => {
    const data = `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    return `${Buffer.byteLength(data).toString(16)}\r\n${data}\r\n`;
  });
  const head =
    'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nrequest-id: req_1\r\ntransfer-encoding: chunked\r\n\r\n';
  return Buffer.from(`${head}${chunks.join('')}0\r\n\r\n`);
}
