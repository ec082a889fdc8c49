/** Streams that are cut, break off, or say what is not expected. */
import { describe, expect, test } from 'vitest';
import { failureOf, request, streamed, textOf } from '../../../../test/harness/claudeCalls.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { scaled } from '../../../../test/harness/scale.ts';
import { scriptedTransport, streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { block, end, json, start, streams, text, written } from '../../../../test/harness/streams.ts';
import { Claude, toolInputOf } from '../index.ts';

const corpus = Object.entries(streams).map(([name, events]) => ({ name, events, bytes: written(events) }));

describe('R4: a stream that is cut', () => {
  test.each(corpus)('at any byte is a typed error that keeps what had come: $name', async ({ bytes }) => {
    const whole = await streamed(bytes, 'end').finalMessage();
    // The end of the message is told by its last event, blank line or not.
    const last = bytes.lastIndexOf('"message_stop"}') + '"message_stop"}'.length;
    const step = Math.max(1, Math.floor(last / scaled(last)));
    for (let place = 0; place < last; place += step) {
      const stream = streamed(bytes.subarray(0, place), 'end');
      const error = await failureOf(stream.finalMessage());
      expect(error.kind).toBe('truncated');
      expect(textOf(whole).startsWith(textOf(error.partial))).toBe(true);
      for (const part of error.partial?.content ?? []) expect(toolInputOf(part)?.state).not.toBe('open');
    }
  });

  test('inside a tool call leaves a call that must not run', async () => {
    const events = [start(), ...block(0, { type: 'tool_use', id: 't', name: 'run', input: {} }, ...json('{"a": 1}'))];
    const bytes = written(events.slice(0, -1));
    const error = await failureOf(streamed(bytes, 'end').finalMessage());
    const [call] = error.partial?.content ?? [];
    expect(call).toMatchObject({ type: 'tool_use', input: {} });
    expect(call && toolInputOf(call)).toMatchObject({ state: 'cut', text: '{"a": 1}' });
  });

  test('by the connection names it and keeps the text', async () => {
    const bytes = written([start(), ...block(0, { type: 'text', text: '' }, ...text('Half'))]);
    const error = await failureOf(streamed(bytes, { breaks: 'ECONNRESET' }).finalMessage());
    expect(error).toMatchObject({ kind: 'truncated', stage: 'body', requestId: 'req_1', retryable: true });
    expect(error.message).toContain('ECONNRESET');
    expect(textOf(error.partial)).toBe('Half');
  });
});

const errorEvent = (type: string): string =>
  `event: error\ndata: {"type":"error","error":{"type":"${type}","message":"Overloaded"},"request_id":"req_9"}\n\n`;
const overloaded = errorEvent('overloaded_error');
const kinds = { overloaded_error: 'overloaded', api_error: 'server', invalid_request_error: 'invalid_request' };

describe('R5: an error event', () => {
  test.each(corpus)('after any event keeps what had come, and is not text: $name', async ({ events }) => {
    for (const [errorType, kind] of Object.entries(kinds))
      for (let at = 0; at < events.length; at++) {
        const stream = streamed(written(events.slice(0, at)), errorEvent(errorType), 'end');
        const error = await failureOf(stream.finalMessage());
        expect(error).toMatchObject({ kind, errorType, requestId: 'req_9' });
        expect(textOf(error.partial)).not.toContain('verloaded');
        expect(error.partial === undefined).toBe(at === 0);
      }
  });

  test.each([
    ['none', ''],
    ['null', ',"message":null'],
  ])('counts by its type when its message is %s', async (_what, message) => {
    const event = `event: error\ndata: {"type":"error","error":{"type":"overloaded_error"${message}}}\n\n`;
    const error = await failureOf(streamed(event, 'end').finalMessage());
    expect(error).toMatchObject({ kind: 'overloaded', retryable: true });
    expect(error.message).toContain('broke off the answer (overloaded_error).');
  });

  test('before any content leads to another attempt, which the reader does not notice', async () => {
    const clock = fakeClock();
    const good = written(streams['text'] ?? []);
    const transport = scriptedTransport(clock, [
      streamOf(written([start()]), overloaded, 'end'),
      streamOf(good, 'end'),
    ]);
    const notices: string[] = [];
    const claude = new Claude({ apiKey: 'sk-test', clock, transport });
    const message = claude.messages.create(request, { onRetry: ({ error }) => notices.push(error.kind) });
    await clock.pass(10_000);
    expect(textOf(await message)).toBe('The sum of "a" and\nb\\c.');
    expect(notices).toEqual(['overloaded']);
    expect(transport.requests).toHaveLength(2);
  });

  test('after content does not', async () => {
    const clock = fakeClock();
    const part = written([start(), ...block(0, { type: 'text', text: '' }, ...text('x'))]);
    const transport = scriptedTransport(clock, [streamOf(part, overloaded, 'end')]);
    const error = await failureOf(new Claude({ apiKey: 'sk-test', clock, transport }).messages.create(request));
    expect(error.kind).toBe('overloaded');
    expect(transport.requests).toHaveLength(1);
  });
});

describe('R12: what is not expected', () => {
  const content = block(0, { type: 'text', text: '' }, ...text('ok'));
  test.each<[string, Parameters<typeof written>[0]]>([
    [
      'a delta before the message',
      [...block(0, { type: 'text', text: '' }, ...text('early')), start(), ...content, ...end()],
    ],
    [
      'a delta for a block that never began',
      [start(), { type: 'content_block_delta', index: 7, delta: text('lost')[0] }, ...content, ...end()],
    ],
    [
      'a delta of another kind of block',
      [start(), ...block(0, { type: 'text', text: '' }, ...text('ok'), ...json('{}')), ...end()],
    ],
    ['a stop that was never begun', [start(), { type: 'content_block_stop', index: 3 }, ...content, ...end()]],
    [
      'a delta after the block ended',
      [start(), ...content, { type: 'content_block_delta', index: 0, delta: text('late')[0] }, ...end()],
    ],
    ['events after the end', [start(), ...content, ...end(), ...content]],
  ])('is passed over: %s', async (_name, events) => {
    expect(textOf(await streamed(written(events), 'end').finalMessage())).toBe('ok');
  });

  test.each<[string, string | Buffer]>([
    ['a second beginning', written([start(), start()])],
    ['a block out of turn', written([start(), ...block(5, { type: 'text', text: '' })])],
    ['a block twice', written([start(), ...content, ...content])],
    ['a message without its fields', 'event: message_start\ndata: {"type":"message_start","message":{"id":1}}\n\n'],
    [
      'a delta without text',
      written([start(), ...block(0, { type: 'text', text: '' }, { type: 'text_delta' }), ...end()]),
    ],
    ['an index that is none', written([start(), { type: 'content_block_delta', index: -1, delta: text('x')[0] }])],
    ['an event that is not JSON', 'event: content_block_delta\ndata: {"type":\n\n'],
    ['an end without a beginning', written(end())],
    [
      'nesting without end',
      `event: message_start\ndata: {"type":"message_start","message":${'['.repeat(10_000)}${']'.repeat(10_000)}}\n\n`,
    ],
  ])('is a typed error: %s', async (_name, bytes) => {
    expect(await failureOf(streamed(bytes, 'end').finalMessage())).toMatchObject({ kind: 'bad_response' });
  });

  test('what gateways add is ignored', async () => {
    const bytes = Buffer.concat([
      Buffer.from('data: hello\n\n: x\n\n'),
      written([start(), ...content, ...end()]),
      Buffer.from('data: [DONE]\n\n'),
    ]);
    expect(textOf(await streamed(bytes, 'end').finalMessage())).toBe('ok');
  });
});

describe('R13: a tool call', () => {
  const input = '{"path": "a\\\\b", "n": [1, 2.5e3, -0], "s": "\\u00e9\\n", "o": {"x": null, "y": true}}';
  test('is complete only with its last byte of JSON', async () => {
    for (let length = 0; length <= input.length; length++) {
      const events = [
        start(),
        ...block(0, { type: 'tool_use', id: 't', name: 'run', input: {} }, ...json(input.slice(0, length))),
        ...end('tool_use'),
      ];
      const [call] = (await streamed(written(events), 'end').finalMessage()).content;
      const state = call && toolInputOf(call);
      expect(state?.text).toBe(input.slice(0, length));
      expect(state?.state).toBe(length === 0 || length === input.length ? 'complete' : 'invalid');
      expect(call).toMatchObject({ input: length === input.length ? JSON.parse(input) : {} });
    }
  });

  test.each(['[1]', '"text"', '5', 'null', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`])(
    'is not complete with %s',
    async (bad) => {
      const events = [
        start(),
        ...block(0, { type: 'tool_use', id: 't', name: 'run', input: {} }, ...json(bad)),
        ...end('tool_use'),
      ];
      const [call] = (await streamed(written(events), 'end').finalMessage()).content;
      expect(call && toolInputOf(call)?.state).toBe('invalid');
      expect(call).toMatchObject({ input: {} });
    },
  );
});
