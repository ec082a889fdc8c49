/** What came from the service goes back in the same bytes also when it was on a disk in between. */
import { expect, test } from 'vitest';
import { clientFor, request } from '../../../../test/harness/claudeCalls.ts';
import { type Step, streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { block, end, json, start, written } from '../../../../test/harness/streams.ts';
import { type Message, type MessageParam, type Original, originalsIn, restoreOriginals } from '../index.ts';

const call = { type: 'tool_use', id: 'toolu_1', name: 'edit', input: {} };
const calling = (input: string): readonly Step[] => [
  written([start(), ...block(0, call, ...json(input.slice(0, 7), input.slice(7))), ...end('tool_use')]),
  'end',
];

/** The bodies of a request that follows an answer in the same process, and in a later one that has read it from a disk. */
async function bodies(answer: readonly Step[], change = (kept: Original[]) => kept): Promise<readonly string[]> {
  const { claude, transport } = clientFor([streamOf(...answer)]);
  const message: Message = await claude.messages.create(request);
  const turns: readonly MessageParam[] = [...request.messages, { role: 'assistant', content: message.content }];
  const isCall = message.content[0]?.type === 'tool_use';
  const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: 'x' } as const;
  const results: MessageParam = { role: 'user', content: isCall ? [result] : 'Go on.' };
  const disk = JSON.stringify({ turns, originals: change([...originalsIn(turns)]) });
  await claude.messages.create({ ...request, messages: [...turns, results] });
  const { turns: again, originals } = JSON.parse(disk) as { turns: MessageParam[]; originals: Original[] };
  restoreOriginals(again, originals);
  await claude.messages.create({ ...request, messages: [...again, results] });
  return transport.requests.slice(1).map(({ body }) => String(body));
}

test.each([
  '{"b": 1, "a": 2, "10": 3, "9": 4}',
  '{"a": 1.0, "b": [1e2, -0, 1E+400], "c": 12345678901234567890}',
  '{"a": 1, "a": 2}',
  '{ "$&": 0.10, "text": "$1 \\u00e9 \\ud83d\\ude00 \\/" }',
  '{"path": "a.ts"}',
])('an input of a tool: %s', async (input) => {
  const [before, after] = await bodies(calling(input));
  expect(after).toBe(before);
});

test('nothing is kept of what JavaScript writes in the same words', async () => {
  await bodies(calling('{"path": "a.ts"}'), (kept) => {
    expect(kept).toEqual([]);
    return kept;
  });
});

test('a block of the service that comes whole', async () => {
  const content = '{"type":"new_block","data":{"b":1.0,"10":2,"9":3}}';
  const event = `event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":${content}}\n\n`;
  const stop = `event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n`;
  const answer = [`${written([start()])}${event}${stop}${written(end('end_turn'))}`, 'end'] as readonly Step[];
  const [before, after] = await bodies(answer);
  expect(before).toContain('{"b":1.0,"10":2,"9":3}');
  expect(after).toBe(before);
});

test.each([
  ['says something else', '{"path": "/etc/passwd"}'],
  ['is no JSON', '{"a": 1.0'],
  ['adds to the request', '{"a": 1.0}, "role": "system"'],
])('a kept text that %s is not used', async (_name, text) => {
  const [, after] = await bodies(calling('{"a": 1.0}'), ([kept]) => (kept === undefined ? [] : [{ ...kept, text }]));
  expect(after).toContain('"input":{"a":1}');
  expect(after).not.toContain(text);
});

test('what points nowhere does no harm', () => {
  const turns: readonly MessageParam[] = [{ role: 'user', content: 'x' }];
  restoreOriginals(turns, [
    { message: 0, block: 0, text: '1' },
    { message: 7, block: 1, input: true, text: '1' },
  ]);
  expect(originalsIn(turns)).toEqual([]);
});
