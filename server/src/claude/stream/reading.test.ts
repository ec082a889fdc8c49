/** Streams from bytes to message, through the whole client but without sockets. */
import { describe, expect, test } from 'vitest';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';
import { type Step, scriptedTransport, streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { block, end, json, start, streams, text, written } from '../../../../test/harness/streams.ts';
import { Claude, ClaudeError, type Message, type StreamEvent, toolInputOf } from '../index.ts';

const request = { model: 'claude-sonnet-5-5', max_tokens: 1_000, messages: [{ role: 'user', content: 'hi' }] } as const;

/** A stream whose bytes come in these steps; one attempt, no waiting. */
function streamed(...steps: readonly Step[]) {
  const clock = fakeClock();
  const transport = scriptedTransport(clock, [streamOf(...steps)]);
  const claude = new Claude({ apiKey: 'sk-test', clock, transport, retries: { attempts: 1 } });
  return claude.messages.stream(request);
}

async function failureOf(promise: Promise<unknown>): Promise<ClaudeError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ClaudeError) return error;
  throw new Error(`not a ClaudeError: ${String(error)}`);
}

function textOf(message: Message | undefined): string {
  return (message?.content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
}

const corpus = Object.entries(streams).map(([name, events]) => ({ name, events, bytes: written(events) }));

describe('a stream is read', () => {
  test.each(corpus)('to the same message by each reader: $name', async ({ bytes, events }) => {
    const message = await streamed(bytes, 'end').finalMessage();
    const byEvents = streamed(bytes, 'end');
    const seen: StreamEvent[] = [];
    for await (const event of byEvents) seen.push(event);
    expect(await byEvents.finalMessage()).toEqual(message);
    expect(seen).toEqual(events.filter(({ type }) => type !== 'ping'));
    let said = '';
    for await (const piece of streamed(bytes, 'end').text()) said += piece;
    expect(said).toBe(textOf(message));
  });

  test.each(corpus)('to what the events add up to: $name', async ({ bytes }) => {
    expect(await streamed(bytes, 'end').finalMessage()).toMatchSnapshot();
  });

  test.each(corpus)(
    'R1: to the same message byte by byte, with other blanks and line ends: $name',
    async ({ bytes, events }) => {
      const message = await streamed(bytes, 'end').finalMessage();
      const slow = Array.from(bytes, (byte) => Buffer.of(byte));
      expect(await streamed(...slow, 'end').finalMessage()).toEqual(message);
      for (const writing of [{ spaced: true }, { lineEnd: '\r\n' }, { beforeEach: ': hello\n' }] as const)
        expect(await streamed(written(events, writing), 'end').finalMessage()).toEqual(message);
    },
  );
});

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

const overloaded =
  'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}\n\n';

describe('R5: an error event', () => {
  test.each(corpus)('after any event keeps what had come, and is not text: $name', async ({ events }) => {
    for (let at = 0; at < events.length; at++) {
      const stream = streamed(written(events.slice(0, at)), overloaded, 'end');
      const error = await failureOf(stream.finalMessage());
      expect(error).toMatchObject({ kind: 'overloaded', errorType: 'overloaded_error', requestId: 'req_9' });
      expect(textOf(error.partial)).not.toContain('verloaded');
      expect(error.partial === undefined).toBe(at === 0);
    }
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

describe('S35: hostile streams', () => {
  test('cannot reach any prototype', async () => {
    const events = [
      start({ ['__proto__']: { polluted: 1 } }),
      ...block(0, JSON.parse('{"type":"text","text":"","__proto__":{"polluted":1}}'), ...text('x')),
      JSON.parse(
        '{"type":"message_delta","delta":{"stop_reason":"end_turn","__proto__":{"polluted":1}},"usage":{"output_tokens":1,"__proto__":{"polluted":1}},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      ),
      { type: 'message_stop' },
    ];
    const message = await streamed(written(events), 'end').finalMessage();
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(message.usage)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(message.stop_reason).toBe('end_turn');
  });

  test('end as a message or as a typed error, whatever is changed in them', async () => {
    const next = random();
    for (let round = 0; round < scaled(10_000); round++) {
      const { bytes, name } = corpus[Math.floor(next() * corpus.length)] ?? { bytes: Buffer.alloc(0), name: '' };
      const mutated = mutate(bytes, next);
      const outcome = await streamed(mutated, 'end')
        .finalMessage()
        .then(
          () => 'message',
          (error: unknown) => (error instanceof ClaudeError ? 'typed' : String(error)),
        );
      expect(['message', 'typed'], `${name}, seed ${seed()}: ${mutated.toString()}`).toContain(outcome);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  const words = [
    '"__proto__"',
    '"constructor"',
    'null',
    '[]',
    '{}',
    '-1',
    '1e999',
    '""',
    '\n\n',
    'data: ',
    '"tool_use"',
    '999999999',
    '\u0000',
  ];

  function mutate(bytes: Buffer, next: () => number): Buffer {
    let result = Buffer.from(bytes);
    for (let change = 0; change <= next() * 4; change++) {
      const at = Math.floor(next() * result.length);
      const to = Math.min(result.length, at + Math.floor(next() * 20));
      const word = Buffer.from(words[Math.floor(next() * words.length)] ?? '');
      const kinds = [
        () => Buffer.concat([result.subarray(0, at), word, result.subarray(at)]),
        () => Buffer.concat([result.subarray(0, at), word, result.subarray(to)]),
        () => Buffer.concat([result.subarray(0, to), result.subarray(at)]),
        () => Buffer.concat([result.subarray(0, at), Buffer.of(Math.floor(next() * 256)), result.subarray(at + 1)]),
      ];
      result = kinds[Math.floor(next() * kinds.length)]?.() ?? result;
    }
    return result;
  }
});

describe('the reader of a stream', () => {
  const bytes = written(streams['text'] ?? []);

  test('sees in the snapshot what it has read', async () => {
    const stream = streamed(bytes, 'end');
    expect(stream.snapshot).toBeUndefined();
    let said = '';
    for await (const piece of stream.text()) {
      said += piece;
      expect(textOf(stream.snapshot)).toBe(said);
    }
    expect(stream.requestId).toBe('req_1');
  });

  test('is one at a time', async () => {
    const stream = streamed(bytes, 'end');
    stream[Symbol.asyncIterator]();
    expect(() => stream[Symbol.asyncIterator]()).toThrow('one reader');
  });

  test('may ask for the message while it reads', async () => {
    const stream = streamed(bytes, 'end');
    const message = stream.finalMessage.bind(stream);
    const reading = (async () => {
      for await (const _event of stream);
    })();
    expect(textOf(await message())).toBe('The sum of "a" and\nb\\c.');
    await reading;
  });

  test('ends the call by breaking off', async () => {
    const stream = streamed(bytes, 'end');
    for await (const _event of stream) break;
    expect(await failureOf(stream.finalMessage())).toMatchObject({ kind: 'aborted' });
  });

  test('may ask for several events at once, and gets them in order', async () => {
    const reader = streamed(...cut(bytes, 40), 'end')[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 12 }, () => reader.next()));
    expect(results.map(({ value }) => value?.type).filter((type) => type !== undefined)).toEqual(
      (streams['text'] ?? []).map(({ type }) => type),
    );
  });

  test('gets nothing of a stream that was aborted before it began, and nothing is sent', async () => {
    const clock = fakeClock();
    const transport = scriptedTransport(clock, [streamOf(bytes, 'end')]);
    const stream = new Claude({ apiKey: 'sk-test', clock, transport }).messages.stream(request);
    stream.abort(new Error('why'));
    expect(await failureOf(stream.finalMessage())).toMatchObject({ kind: 'aborted', cause: new Error('why') });
    expect(transport.requests).toEqual([]);
  });

  test('reads nothing more of a stream that ended', async () => {
    const stream = streamed(bytes, 'end');
    await stream.finalMessage();
    expect(await stream[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });
});

function cut(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}
