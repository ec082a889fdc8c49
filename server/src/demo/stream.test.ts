/** The demo's streams: their order, and every fault that a scenario can ask for. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, collected, eventsOf, textOf, type WireEvent } from '../../../test/harness/rawClient.ts';
import type { Scenario } from './scenario.ts';
import { type Demo, startDemo } from './server.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

async function streamed(scenario: Scenario | undefined, body: object = {}) {
  demo.use(scenario);
  return collected(await ask(demo, { stream: true, ...body }));
}

/** Types in the order of the API (API reference, "Streaming"), deltas in a row as one. */
function orderOf(events: readonly WireEvent[]): string {
  return events
    .map(({ type }) => type)
    .filter((type, index, all) => type !== 'ping' && type !== all[index - 1])
    .join(' ');
}

const block = 'content_block_start content_block_delta content_block_stop';

test.each<[string, Scenario | undefined, string]>([
  ['an answer from the rules', undefined, `message_start ${block} message_delta message_stop`],
  ['a fixed text', { text: 'one two' }, `message_start ${block} message_delta message_stop`],
  ['an empty text', { text: '' }, 'message_start message_delta message_stop'],
  [
    'text and a tool call',
    { text: 'a', toolUse: { name: 't', input: { b: 'c'.repeat(50) } } },
    `message_start ${block} ${block} message_delta message_stop`,
  ],
  ['a tool call alone', { toolUse: { name: 't', input: {} } }, `message_start ${block} message_delta message_stop`],
])('the events of %s come in order', async (_name, scenario, order) => {
  const { events, broke } = await streamed(scenario);
  expect([orderOf(events), broke]).toEqual([order, false]);
  expect(events.every(({ event, type }) => event === type)).toBe(true);
  const indexes = events.filter(({ type }) => type === 'content_block_start').map(({ index }) => index);
  expect(indexes).toEqual(indexes.map((_, place) => place));
  expect(events[0]).toMatchObject({ message: { content: [], stop_reason: null, usage: { output_tokens: 1 } } });
});

test('the pieces of a fixed answer are the deltas', async () => {
  const text = ['# A', ' 😀', '\n\n', 'b'];
  const { events } = await streamed({ text });
  expect(events.filter(({ type }) => type === 'content_block_delta').map(({ delta }) => delta)).toEqual(
    text.map((piece) => ({ type: 'text_delta', text: piece })),
  );
});

test('a tool call arrives as cut JSON that adds up', async () => {
  const input = { path: 'a/b.ts', text: 'x'.repeat(100) };
  const { events } = await streamed({ toolUse: { name: 'edit', input } });
  const parts = events.flatMap(({ delta }) => (delta as { partial_json?: string } | undefined)?.partial_json ?? []);
  expect(parts.length).toBeGreaterThan(1);
  expect(JSON.parse(parts.join(''))).toEqual(input);
  expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
});

const jsonOf = (events: readonly WireEvent[], block: number) =>
  events.flatMap(({ index, delta }) =>
    index === block ? ((delta as { partial_json?: string } | undefined)?.partial_json ?? []) : [],
  );

describe('scripted calls', () => {
  const scenario: Scenario = {
    text: 'a',
    toolUse: { name: 'one', input: { a: 1 } },
    toolUses: [
      { name: 'two', input: { b: 'é😀' } },
      { name: 'three', json: '{"c": "broken\\' },
      { name: 'four', json: '{ "d" : 2 }' },
      { name: 'five' },
    ],
    pieceSize: 3,
  };

  test('come in their order, raw as they are written, in pieces of the size that is told', async () => {
    const { events } = await streamed(scenario);
    const starts = events.flatMap(({ content_block: block }) => (block as { name?: string } | undefined)?.name ?? []);
    expect(starts).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect([1, 2, 3, 4, 5].map((block) => jsonOf(events, block).join(''))).toEqual([
      '{"a":1}',
      '{"b":"é😀"}',
      '{"c": "broken\\',
      '{ "d" : 2 }',
      '{}',
    ]);
    expect(jsonOf(events, 1)).toEqual(['{"a', '":1', '}']);
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
  });

  test('whole answers have the value that the text means, or an empty one', async () => {
    demo.use(scenario);
    const { content } = (await (await ask(demo)).json()) as { content: readonly { input?: unknown }[] };
    expect(content.map(({ input }) => input)).toEqual([undefined, { a: 1 }, { b: 'é😀' }, {}, { d: 2 }, {}]);
  });

  test('pieces of inputs wait as pieces of text do', async () => {
    const started = performance.now();
    const { events } = await streamed({ toolUses: [{ name: 'a', json: 'x'.repeat(40) }], pieceSize: 4, delay: 20 });
    expect(jsonOf(events, 0)).toHaveLength(10);
    // Nine waits between ten pieces; timers may fire a little early.
    expect(performance.now() - started).toBeGreaterThan(9 * 18);
  });

  test('20 characters unless told; what comes afterwards is as before', async () => {
    const { events } = await streamed({ toolUses: [{ name: 'a', json: 'x'.repeat(50) }], afterwards: { text: 'b' } });
    expect(jsonOf(events, 0).map(({ length }) => length)).toEqual([20, 20, 10]);
    expect(textOf((await collected(await ask(demo, { stream: true }))).events)).toBe('b');
  });
});

describe('faults', () => {
  test.each<[string, Scenario['error'] & object]>([
    ['401', { status: 401, type: 'authentication_error' }],
    ['403', { status: 403, type: 'permission_error' }],
    ['404', { status: 404, type: 'not_found_error' }],
    ['413', { status: 413, type: 'request_too_large' }],
    ['429 with a time to wait', { status: 429, type: 'rate_limit_error', headers: { 'retry-after': '7' } }],
    [
      '429 at a spend cap',
      { status: 429, type: 'rate_limit_error', details: { error_code: 'enforced_spend_limit_reached' } },
    ],
    ['500', { status: 500, type: 'api_error', message: 'own words' }],
    ['529', { status: 529, type: 'overloaded_error' }],
  ])('%s', async (_name, error) => {
    demo.use({ error });
    const response = await ask(demo, { stream: true });
    expect(response.status).toBe(error.status);
    expect(response.headers.get('retry-after')).toBe(error.headers?.['retry-after'] ?? null);
    const body = (await response.json()) as { error: { message: string; details?: unknown } };
    expect(body).toMatchObject({ type: 'error', error: { type: error.type }, request_id: expect.any(String) });
    expect(body.error.details).toEqual(error.details);
    if (error.message !== undefined) expect(body.error.message).toBe(error.message);
  });

  test('HTML with status 200', async () => {
    demo.use({ html: '<h1>Sign in</h1>' });
    const response = await ask(demo, { stream: true });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/html',
      '<h1>Sign in</h1>',
    ]);
  });

  test.each([1, 3, 5])('the socket is cut after %i events', async (cutAfter) => {
    const { events, broke } = await streamed({ text: ['a', 'b', 'c'], cutAfter });
    expect([events.length, broke]).toEqual([cutAfter, true]);
  });

  test('the socket is cut before anything is answered', async () => {
    demo.use({ cutAfter: 0 });
    await expect(ask(demo, { stream: true })).rejects.toThrow();
  });

  test('an error event in mid-stream ends the stream', async () => {
    const { events, broke } = await streamed({
      text: ['a', 'b'],
      errorAfter: 4,
      errorType: 'api_error',
      errorMessage: 'm',
    });
    expect(broke).toBe(false);
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { type: 'api_error', message: 'm' } });
    expect(events.length).toBe(5);
  });

  test('a stall leaves the socket open and silent until the client goes', async () => {
    demo.use({ text: ['a', 'b'], stallAfter: 4 });
    const controller = new AbortController();
    const response = await ask(demo, { stream: true }, { signal: controller.signal });
    const events = eventsOf(response);
    for (let count = 0; count < 4; count++) await events.next();
    expect(demo.openSockets()).toBe(1);
    controller.abort();
    await expect(events.next()).rejects.toThrow();
    await expect.poll(() => demo.openSockets()).toBe(0);
    expect(demo.requests[0]?.aborted).toBe(true);
  });

  test.each([
    ['refusal', { stopReason: 'refusal', stopDetails: { category: 'cyber', explanation: 'no' } }],
    ['max_tokens', { stopReason: 'max_tokens' }],
  ])('stop reason %s', async (stopReason, scenario) => {
    const { events } = await streamed({ text: 'a', ...scenario });
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: stopReason, stop_details: 'stopDetails' in scenario ? scenario.stopDetails : null },
    });
  });

  test('an answer of the rules ends at max_tokens', async () => {
    const { events } = await streamed(undefined, { max_tokens: 3 });
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: 'max_tokens' },
      usage: { output_tokens: expect.any(Number) },
    });
    expect(textOf(events).length).toBeLessThanOrEqual(12);
  });

  test('one scenario follows another: the first request fails, the second works', async () => {
    demo.use({ error: { status: 529, type: 'overloaded_error' }, afterwards: { text: 'well' } });
    const statuses = [await ask(demo), await ask(demo), await ask(demo)].map(({ status }) => status);
    expect(statuses).toEqual([529, 200, 200]);
  });

  test('a held answer waits for its release after the first piece', async () => {
    const { promise: hold, resolve } = Promise.withResolvers<void>();
    demo.use({ text: ['a', 'b', 'c'], hold });
    const events = eventsOf(await ask(demo, { stream: true }));
    const seen: string[] = [];
    for await (const event of events) {
      seen.push(event.type);
      if (event.type === 'content_block_delta' && seen.filter((type) => type === event.type).length === 1) resolve();
    }
    expect(seen.at(-1)).toBe('message_stop');
  });

  test('a huge answer arrives whole, read slowly or not', async () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `${index} ${'x'.repeat(500)}\n`);
    const { events } = await streamed({ text });
    expect(textOf(events)).toBe(text.join(''));
  });
});

test('close cuts what is running, at once', async () => {
  demo.use({ text: ['a', 'b'], hold: new Promise(() => {}) });
  const response = await ask(demo, { stream: true });
  const done = collected(response);
  await demo.close();
  expect((await done).broke).toBe(true);
});

test('two hundred streams at once are kept apart', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const code = `function own${index}() {}`;
      const { events } = await collected(
        await ask(demo, { stream: true, messages: [{ role: 'user', content: code }] }),
      );
      return textOf(events);
    }),
  );
  expect(answers.every((answer, index) => answer.includes(`\`own${index}\``))).toBe(true);
});
