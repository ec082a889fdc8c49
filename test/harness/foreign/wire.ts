/** How the foreign service's answers look on the wire (API reference, "Streaming"). */
import type { Reply } from './script.ts';

export type Split = 'events' | 'bytes' | 'odd';

type Block = Record<string, unknown>;

/** The blocks of an answer, as they are when they are whole. */
export function contentOf(reply: Reply, message: number): readonly Block[] {
  const thinking =
    reply.thinking === undefined
      ? []
      : [{ type: 'thinking', thinking: reply.thinking, signature: `signed-${message}` }];
  const text = reply.text === undefined ? [] : [{ type: 'text', text: reply.text }];
  const calls = (reply.calls ?? []).map(({ name, input, json, id }, at) => ({
    type: 'tool_use',
    id: id ?? `toolu_foreign_${message}_${at}`,
    name,
    input: input ?? (json === undefined ? {} : lenient(json)),
    ...(json === undefined ? {} : { [raw]: json }),
  }));
  return [...thinking, ...text, ...(reply.blocks ?? []), ...calls];
}

/** What is streamed of a call whose text is not its input's. */
const raw = Symbol('raw');

function lenient(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}

interface Said {
  readonly id: string;
  readonly model: unknown;
  readonly content: readonly Block[];
  readonly usage: object;
}

/** An answer in one piece, and as its events. */
export function eventsOf(
  { id, model, content, usage }: Said,
  reply: Reply,
): { readonly whole: object; readonly events: readonly object[] } {
  const calls = content.some(({ type }) => type === 'tool_use');
  const stop = reply.stop ?? (calls ? 'tool_use' : 'end_turn');
  const output = reply.outputTokens ?? Math.ceil(JSON.stringify(content).length / 4);
  const head = { id, type: 'message', role: 'assistant', model };
  const end = { stop_reason: stop, stop_sequence: null, stop_details: reply.stopDetails ?? null };
  const events = [
    {
      type: 'message_start',
      message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage: { ...usage, output_tokens: 1 } },
    },
    { type: 'ping' },
    ...content.flatMap(blockEvents),
    { type: 'message_delta', delta: end, usage: { output_tokens: output } },
    { type: 'message_stop' },
  ];
  return { whole: { ...head, content, ...end, usage: { ...usage, output_tokens: output } }, events };
}

function blockEvents(block: Block, index: number): readonly object[] {
  const delta = (given: object) => ({ type: 'content_block_delta', index, delta: given });
  const around = (started: Block, deltas: readonly object[]) => [
    { type: 'content_block_start', index, content_block: started },
    ...deltas,
    { type: 'content_block_stop', index },
  ];
  switch (block['type']) {
    case 'text':
      return around(
        { ...block, text: '' },
        pieces(String(block['text'])).map((text) => delta({ type: 'text_delta', text })),
      );
    case 'thinking':
      return around({ ...block, thinking: '', signature: '' }, [
        ...pieces(String(block['thinking'])).map((thinking) => delta({ type: 'thinking_delta', thinking })),
        delta({ type: 'signature_delta', signature: block['signature'] }),
      ]);
    case 'tool_use':
    case 'server_tool_use':
      return around(
        { ...block, input: {} },
        pieces(inputText(block)).map((text) => delta({ type: 'input_json_delta', partial_json: text })),
      );
    case 'compaction':
      return around({ ...block, content: null }, [delta({ type: 'compaction_delta', content: block['content'] })]);
    default:
      return around(block, []);
  }
}

function inputText(block: Block & { readonly [raw]?: string }): string {
  return block[raw] ?? JSON.stringify(block['input'] ?? {});
}

const sizes = [1, 9, 2, 31, 5, 17, 3, 64];

/** In pieces of many sizes, never within a character. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  const characters = [...text];
  for (let at = 0, turn = 0; at < characters.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    found.push(characters.slice(at, at + size).join(''));
    at += size;
  }
  return found;
}

/** An event as the pieces that are written. Odd ones end anywhere, have Windows' line ends and comments between them. */
export function* bytesOf(event: object, split: Split, at: number): Generator<Uint8Array> {
  const type = 'type' in event ? event.type : '';
  const lineEnd = split === 'odd' && at % 2 === 1 ? '\r\n' : '\n';
  const comment = split === 'odd' && at % 3 === 0 ? `: alive${lineEnd}` : '';
  const bytes = Buffer.from(`${comment}event: ${type}${lineEnd}data: ${JSON.stringify(event)}${lineEnd}${lineEnd}`);
  if (split === 'events') return yield bytes;
  for (let from = 0, turn = at; from < bytes.length; turn += 1) {
    const size = split === 'bytes' ? 1 : (sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(from, from + size);
    from += size;
  }
}
