/** Another model, after a refusal. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, problem, request } from '../../../../test/harness/claudeCalls.ts';
import { streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { written } from '../../../../test/harness/streams.ts';
import { answersOf, eventsOf, type Turn } from '../../../../test/harness/turns.ts';
import { type ClaudeOptions, type Fallback, type MessageRequest, refusalsBefore } from '../index.ts';

const refusal: Turn = { stop: 'refusal', ends: { stop_details: { category: 'cyber' } } };
const lateRefusal: Turn = { ...refusal, says: ['I '] };
const answer: Turn = { says: ['Sure.'], begins: { id: 'msg_02', model: 'other' } };
const fallbackModels = ['claude-opus-5-5', 'claude-haiku-5-5'];

function asking(turns: readonly Turn[], options: Partial<ClaudeOptions> = {}) {
  const { claude, transport, clock } = clientFor(answersOf(...turns), options);
  return {
    claude,
    clock,
    transport,
    models: () => transport.requests.map(({ body }) => JSON.parse(String(body)).model),
  };
}

describe('create', () => {
  test('asks the next model when one refuses, and says so', async () => {
    const { claude, models } = asking([refusal, lateRefusal, answer]);
    const message = await claude.messages.create(request, { fallbackModels });
    expect(message).toMatchObject({ id: 'msg_02', model: 'other', stop_reason: 'end_turn' });
    expect(models()).toEqual([request.model, ...fallbackModels]);
    expect(refusalsBefore(message).map(({ stop_reason: reason }) => reason)).toEqual(['refusal', 'refusal']);
    expect(JSON.stringify(message)).not.toContain('cyber');
  });

  test('gives the last refusal when no model is left', async () => {
    const { claude, models } = asking([refusal]);
    const message = await claude.messages.create(request, { fallbackModels });
    expect(message.stop_reason).toBe('refusal');
    expect(refusalsBefore(message)).toHaveLength(2);
    expect(models()).toHaveLength(3);
  });

  test('asks nobody else unless that was wished', async () => {
    const { claude, models } = asking([refusal, answer]);
    const message = await claude.messages.create(request);
    expect([message.stop_reason, refusalsBefore(message), models()]).toEqual(['refusal', [], [request.model]]);
  });

  test('fails as the other model fails', async () => {
    const { claude } = clientFor([...answersOf(refusal), problem(404, 'not_found_error')]);
    expect(await failureOf(claude.messages.create(request, { fallbackModels }))).toMatchObject({ kind: 'not_found' });
    const badSettings = { model: 'claude-opus-5-5', thinking: { type: 'disabled' } } as const;
    const { claude: other, models } = asking([refusal]);
    const failure = failureOf(other.messages.create(request, { fallbackModels: [badSettings] }));
    expect(await failure).toMatchObject({ kind: 'invalid_request', field: 'thinking.type' });
    expect(models()).toEqual([request.model]);
  });
});

test.each<[string, string | Fallback, Partial<MessageRequest>, object]>([
  ['a name', 'claude-opus-5-5', {}, {}],
  [
    'a name, without settings that it refuses',
    'claude-opus-5-5',
    { thinking: { type: 'between_tools' }, output_config: { effort: 'high' } },
    { output_config: { effort: 'high' } },
  ],
  [
    'a name, with settings that it takes',
    'claude-opus-5-5',
    { thinking: { type: 'adaptive' } },
    { thinking: { type: 'adaptive' } },
  ],
  [
    'settings of its own',
    { model: 'm', max_tokens: 7, thinking: { type: 'adaptive' } },
    { output_config: { effort: 'low' } },
    { max_tokens: 7, thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
  ],
  [
    'null for its defaults',
    { model: 'm', thinking: null, output_config: { effort: null } },
    { thinking: { type: 'between_tools' }, output_config: { effort: 'low' } },
    {},
  ],
])('another model is asked with %s', async (_name, fallback, own, expected) => {
  const { claude, transport } = asking([refusal, answer]);
  await claude.messages.create({ ...request, ...own }, { fallbackModels: [fallback] });
  const model = typeof fallback === 'string' ? fallback : fallback.model;
  expect(JSON.parse(String(transport.requests[1]?.body))).toEqual({ ...request, model, stream: true, ...expected });
});

test('another model is not sent what the first one thought', async () => {
  const thought = { type: 'thinking', thinking: 'Hm.', signature: 's' } as const;
  const messages: MessageRequest['messages'] = [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: [thought, { type: 'redacted_thinking', data: 'x' }, { type: 'text', text: 'b' }] },
    { role: 'user', content: 'c' },
    { role: 'assistant', content: [thought] },
    { role: 'user', content: 'd' },
  ];
  const { claude, transport } = asking([refusal, answer]);
  await claude.messages.create({ ...request, messages }, { fallbackModels });
  expect(JSON.parse(String(transport.requests[0]?.body)).messages).toEqual(messages);
  expect(JSON.parse(String(transport.requests[1]?.body)).messages).toEqual([
    messages[0],
    { role: 'assistant', content: [{ type: 'text', text: 'b' }] },
    messages[2],
    messages[4],
  ]);
});

describe('a stream', () => {
  test('shows the events of the model that answers, and nothing of those that refused before any content', async () => {
    const { claude, models, clock } = asking([refusal, refusal, answer]);
    const stream = claude.messages.stream(request, { fallbackModels });
    const ids: string[] = [];
    const types: string[] = [];
    for await (const event of stream) {
      types.push(String(event.type));
      if (event.type === 'message_start') ids.push(event.message.id);
    }
    expect(ids).toEqual(['msg_02']);
    expect(types).toEqual(eventsOf(answer).map(({ type }) => type));
    expect(models()).toHaveLength(3);
    expect(refusalsBefore(await stream.finalMessage())).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  test('shows a refusal whole when nobody else is left', async () => {
    const { claude } = asking([refusal]);
    const types: string[] = [];
    for await (const { type } of claude.messages.stream(request, { fallbackModels })) types.push(String(type));
    expect(types).toEqual(['message_start', 'message_delta', 'message_stop']);
  });

  test('never turns to another model once a reader has seen content', async () => {
    const { claude, models } = asking([lateRefusal, answer]);
    const stream = claude.messages.stream(request, { fallbackModels });
    for await (const event of stream) expect(event.type).not.toBe('error');
    expect((await stream.finalMessage()).stop_reason).toBe('refusal');
    expect(models()).toEqual([request.model]);
    const other = asking([lateRefusal, answer]);
    const texts: string[] = [];
    for await (const text of other.claude.messages.stream(request, { fallbackModels }).text()) texts.push(text);
    expect([texts, other.models()]).toEqual([['I '], [request.model]]);
  });

  test('tries the same model again when it breaks off before any content', async () => {
    const [refused = good, answered = good] = answersOf(refusal, answer);
    const broken = streamOf(written(eventsOf(answer).slice(0, 1)), { breaks: 'ECONNRESET' });
    const { claude, clock, transport } = clientFor([broken, refused, broken, answered]);
    const ids: string[] = [];
    const reading = (async () => {
      for await (const event of claude.messages.stream(request, { fallbackModels }))
        if (event.type === 'message_start') ids.push(event.message.id);
    })();
    await clock.pass(5_000);
    await reading;
    expect(ids).toEqual(['msg_02']);
    expect(transport.requests).toHaveLength(4);
  });

  test('ends at once when it is aborted while another model is asked', async () => {
    const [refused = good] = answersOf(refusal);
    const { claude, clock, transport } = clientFor([refused, streamOf()]);
    const stream = claude.messages.stream(request, { fallbackModels });
    const failure = failureOf(stream.finalMessage());
    await clock.pass(1);
    stream.abort('enough');
    expect(await failure).toMatchObject({ kind: 'aborted', cause: 'enough' });
    expect([clock.pending, transport.destroyed]).toEqual([0, 1]);
  });
});

const good = streamOf('end');

test('models for the service to turn to go out as they are', async () => {
  const { claude, transport } = asking([answer]);
  const fallbacks = [{ model: 'claude-opus-5-5', max_tokens: 500 }];
  await claude.messages.create({ ...request, fallbacks }, { betas: ['server-side-fallback-2026-07-01'] });
  expect(JSON.parse(String(transport.requests[0]?.body)).fallbacks).toEqual(fallbacks);
});
