/** What came from the service goes back to it in the same words (API reference, "Messages", "Extended thinking"). */
import { describe, expect, test } from 'vitest';
import { clientFor, request } from '../../../../test/harness/claudeCalls.ts';
import { tokensOf } from '../../../../test/harness/jsonTexts.ts';
import { type Step, streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { block, end, json, start, streams, written } from '../../../../test/harness/streams.ts';
import type { ContentBlock, Message } from '../index.ts';

/** The body of a request that is sent after an answer, made of that answer. */
async function bodyAfter(answer: readonly Step[], more: (message: Message) => object): Promise<string> {
  const { claude, transport } = clientFor([streamOf(...answer)]);
  const message = await claude.messages.create(request);
  await claude.messages.create({ ...request, ...more(message) });
  return String(transport.requests[1]?.body);
}

function sentBack(answer: readonly Step[], change = (content: ContentBlock[]): readonly ContentBlock[] => content) {
  return bodyAfter(answer, (message) => {
    const content = change(message.content);
    return { messages: [...request.messages, { role: 'assistant', content }, ...nextAfter(content)] };
  });
}

/** What must follow such an answer: results of its calls; nothing while the service is still at work; a question. */
function nextAfter(content: readonly ContentBlock[]): readonly object[] {
  const results = content.flatMap((part) =>
    part.type === 'tool_use' ? [{ type: 'tool_result', tool_use_id: part.id, ...toolsetOf(part) }] : [],
  );
  if (results.length > 0) return [{ role: 'user', content: results }];
  return content.at(-1)?.type === 'server_tool_use' ? [] : request.messages;
}

function toolsetOf(part: ContentBlock): object {
  return 'toolset_name' in part ? { toolset_name: part['toolset_name'] } : {};
}

const call = { type: 'tool_use', id: 'toolu_1', name: 'edit', input: {} };

/** An answer with one call whose input is this text. */
function calling(input: string): readonly Step[] {
  return [written([start(), ...block(0, call, ...json(input.slice(0, 7), input.slice(7))), ...end('tool_use')]), 'end'];
}

/** Inputs that JavaScript would write otherwise. */
const inexact = [
  '{"b": 1, "a": 2, "10": 3, "9": 4}',
  '{"a": 1.0, "b": [1e2, -0, 1E+400], "c": 12345678901234567890}',
  '{"a": 1, "a": 2}',
  '{ "$&": 0.10, "text": "$1 \\u00e9 \\ud83d\\ude00 \\/" }',
];

describe('an input of a tool goes back', () => {
  test.each(inexact)('in the words of the model: %s', async (input) => {
    expect(await sentBack(calling(input))).toContain(`"name":"edit","input":${input}}`);
  });

  test.each(['{}', '{"1": true, "a": "é\\n", "b": [1, 2.5, null]}'])(
    'as JavaScript writes it, if that is the same: %s',
    async (input) => {
      const body = await sentBack(calling(input));
      const expected = JSON.stringify(JSON.parse(input));
      expect(tokensOf(body).join('')).toContain(`"name":"edit","input":${expected}`);
    },
  );

  test.each(inexact)('in a copy of the block, too, and beside others: %s', async (input) => {
    const body = await sentBack(calling(input), (content) => [
      ...content.map((part) => ({ ...part, id: 'toolu_copy', cache_control: { type: 'ephemeral' } })),
      ...content,
    ]);
    expect(body.split(input)).toHaveLength(3);
    expect(body).toContain('"cache_control":{"type":"ephemeral"}');
  });

  test('as the caller made it, once it was changed or replaced', async () => {
    const change = (edit: (part: { input: unknown }) => void) =>
      sentBack(calling('{"a": 1.0, "b": {"c": 2.0}}'), (content) => {
        for (const part of content) if (part.type === 'tool_use') edit(part);
        return content;
      });
    expect(await change((part) => Object.assign(part, { input: { mine: 1 } }))).toContain('"input":{"mine":1}');
    expect(await change((part) => Object.assign(part.input as object, { a: 3 }))).toContain(
      '"input":{"a":3,"b":{"c":2}}',
    );
    expect(await change((part) => Reflect.deleteProperty(part.input as object, 'a'))).toContain(
      '"input":{"b":{"c":2}}',
    );
  });

  test('as an empty one, if it was no JSON', async () => {
    expect(await sentBack(calling('{"a": 1.0, oops'))).toContain('"name":"edit","input":{}}');
  });

  test('with halves of pairs as escapes, which alone keep them', async () => {
    const body = await sentBack(calling('{"a": 1.0, "b": "\ud83d"}'));
    expect(body).toContain('"input":{"a": 1.0, "b": "\\ud83d"}');
  });

  test('from each of several calls, and within a batch of requests', async () => {
    const answer = [
      written([start(), ...inexact.flatMap((input, at) => block(at, call, ...json(input))), ...end('tool_use')]),
      'end',
    ] as const;
    const body = await bodyAfter(answer, ({ content }) => ({
      requests: [{ custom_id: 'a', params: { messages: [{ role: 'assistant', content }] } }, { params: null }],
    }));
    for (const input of inexact) expect(body).toContain(`"input":${input}}`);
    expect(Object.keys(JSON.parse(body))).toContain('requests');
  });
});

describe('a block goes back byte for byte', () => {
  test.each(Object.entries(streams).filter(([name]) => name !== 'bad tool input'))(
    'as it came: %s',
    async (_name, events) => {
      const { claude } = clientFor([streamOf(written(events), 'end')]);
      const { content } = await claude.messages.create(request);
      expect(await sentBack([written(events), 'end'])).toContain(`"content":${JSON.stringify(content)}`);
    },
  );

  const whole = [
    '{"type": "redacted_thinking", "data": "Eo8BCkgIDBABGAIiQAz+/w=="}',
    '{"type":"thinking","thinking":"","signature":"EqQBCkYIDBgCKkAz+/w=="}',
    '{"type":"compaction","content":null,"encrypted_content":"EpAB+/=="}',
    '{"type":"hologram","z":1,"a":{"b":null},"text":"é\\u0000"}',
    '{"type": "hologram", "score": 1.0, "10": -0, "9": [1e2, {"x": 1, "x": 2}]}',
    '{"type":"web_search_tool_result","tool_use_id":"t","content":[{"encrypted_content":"E/+=","score":0.50}]}',
  ];

  function holding(text: string): readonly Step[] {
    const data = `{"type": "content_block_start", "index": 0, "content_block": ${text}}`;
    const bytes = [
      written([start()]),
      Buffer.from(`event: content_block_start\ndata: ${data}\n\n`),
      written([{ type: 'content_block_stop', index: 0 }, ...end()]),
    ];
    return [Buffer.concat(bytes), 'end'];
  }

  test.each(whole)('when it came whole: %s', async (text) => {
    const body = await sentBack(holding(text));
    expect(tokensOf(body).join('')).toContain(tokensOf(text).join(''));
  });

  test('but not where something else follows it in its event, or where it was changed', async () => {
    const text = '{"type": "hologram", "score": 1.0}';
    const odd = '{"type": "hologram", "content_block": {"score": 1.0}}, "later": {"x": 1.0}';
    expect(await sentBack(holding(odd))).toContain('{"type":"hologram","content_block":{"score":1}}');
    const changed = await sentBack(holding(text), (content) =>
      content.map((part) => Object.assign(part, { score: 2 })),
    );
    expect(changed).toContain('{"type":"hologram","score":2}');
  });
});
