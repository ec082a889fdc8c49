/** S12, S24: every text of a request is cleaned, the model's own turns are left as they came. */
import { expect, test } from 'vitest';
import type { MessageRequest } from '../claude/index.ts';
import { createRequestFilter } from './filter.ts';

const filterRequest = createRequestFilter(
  (text) => text,
  () => 0,
);
const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const ask = (
  content: MessageRequest['messages'][number]['content'],
  more: Partial<MessageRequest> = {},
): MessageRequest =>
  // Whatever stands in a user's turn: the table below has one of each kind.
  ({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content } as MessageRequest['messages'][number]], ...more });

test.each<[string, MessageRequest]>([
  ['a turn that is a string', ask(`a ${token}`)],
  ['a text block', ask([{ type: 'text', text: token }])],
  ['the system text', ask('a', { system: token })],
  ['system blocks', ask('a', { system: [{ type: 'text', text: token }] })],
  ['a tool result', ask([{ type: 'tool_result', tool_use_id: 'x', content: token }])],
  [
    'blocks of a tool result',
    ask([{ type: 'tool_result', tool_use_id: 'x', content: [{ type: 'text', text: token }] }]),
  ],
  [
    'a document of plain text',
    ask([{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: token }, title: token }]),
  ],
])('S12: a secret in %s does not leave', (_name, request) => {
  const { request: cleaned, replaced } = filterRequest(request);
  expect(JSON.stringify(cleaned)).not.toContain(token);
  expect(replaced.join()).toMatch(/secret/);
});

test('an image goes as it is, and so does a turn of the model', () => {
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGVsbG8=' } } as const;
  const request = {
    ...ask([image]),
    messages: [...ask([image]).messages, { role: 'assistant', content: `x ${token}\u202e` }],
  } as MessageRequest;
  expect(filterRequest(request)).toEqual({ request, replaced: [] });
});

test('S24: hidden characters are counted in one line', () => {
  expect(filterRequest(ask('a\u202eb\u2066c')).replaced).toEqual(['2 invisible or text-reordering characters']);
});

test.each(['\u200b', '\u2060', '\u202e', '\u{e0041}'])('S12: %j inside a secret does not hide it', (hidden) => {
  const { request, replaced } = filterRequest(ask(`const t = "${token.slice(0, 20)}${hidden}${token.slice(20)}";`));
  expect(JSON.stringify(request)).not.toContain(token.slice(20));
  expect(replaced.join()).toMatch(/secret/);
});

test('a turn that was cleaned stays the same object until another key is known', () => {
  let keys: readonly string[] = [];
  const hide = (text: string) => keys.reduce((all, key) => all.replaceAll(key, '[key]'), text);
  const filter = createRequestFilter(hide, () => keys.length);
  const turn = { role: 'user', content: 'my-own-word and AKIAIOSFODNN7EXAMPLE' } as const;
  const request = { model: 'm', max_tokens: 1, messages: [turn] };
  const first = filter(request);
  const second = filter({
    ...request,
    messages: [turn, { role: 'assistant', content: 'a' }, { role: 'user', content: 'b' }],
  });
  expect(second.request.messages[0]).toBe(first.request.messages[0]);
  expect(second.replaced).toEqual(first.replaced);
  expect(first.replaced).toHaveLength(1);
  keys = ['my-own-word'];
  expect(JSON.stringify(filter(request).request)).not.toContain('my-own-word');
});
