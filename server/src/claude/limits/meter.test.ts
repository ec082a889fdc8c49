/** What was used and what it cost, by hand. */
import { describe, expect, test } from 'vitest';
import { clientFor, counted, failureOf, good, problem, request, within } from '../../../../test/harness/claudeCalls.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { block, start, text, written } from '../../../../test/harness/streams.ts';
import type { Usage } from '../schema/usage.ts';
import { createSpendMeter, hitRatio } from './meter.ts';

const million = 1_000_000;
const usage: Usage = { input_tokens: 0, output_tokens: 0 };

describe('a meter', () => {
  test('adds up by kind and by model', () => {
    const meter = createSpendMeter();
    meter.add('claude-sonnet-5-5', {
      ...usage,
      input_tokens: million,
      output_tokens: 2 * million,
      cache_read_input_tokens: 3 * million,
      cache_creation_input_tokens: 4 * million,
      cache_creation: { ephemeral_1h_input_tokens: million },
      server_tool_use: { web_search_requests: 5 },
    });
    meter.add('claude-sonnet-5-5', { ...usage, input_tokens: million });
    meter.add('claude-of-tomorrow', { ...usage, input_tokens: 7, cache_read_input_tokens: 10 });
    const sonnet = {
      calls: 2,
      unpricedCalls: 0,
      inputTokens: 2 * million,
      outputTokens: 2 * million,
      cacheReadTokens: 3 * million,
      cacheWriteTokens5m: 3 * million,
      cacheWriteTokens1h: million,
      effectiveInputTokens: 8_050_000,
      searches: 5,
      dollars: 2 * 2 + 2 * 10 + 3 * 0.2 + 3 * 2.5 + 4 + 0.05,
    };
    expect(meter.models.get('claude-sonnet-5-5')).toEqual(sonnet);
    expect(meter.models.get('claude-of-tomorrow')).toMatchObject({ unpricedCalls: 1, effectiveInputTokens: 8 });
    expect(meter.total).toMatchObject({ calls: 3, unpricedCalls: 1, dollars: sonnet.dollars });
    expect(hitRatio(sonnet)).toBe(3 / 9);
    expect(hitRatio(createSpendMeter().total)).toBe(0);
  });

  test.each([
    ['claude-fable-5-1', 0.025],
    ['claude-opus-5-5', 0.05],
    ['claude-opus-5', 0.1],
    ['claude-of-tomorrow', 0.1],
  ])('a token of %s from the cache counts as %d of one', (model, share) => {
    const meter = createSpendMeter();
    meter.add(model, { ...usage, cache_read_input_tokens: 1_000 });
    expect(meter.total.effectiveInputTokens).toBeCloseTo(1_000 * share, 9);
  });

  test('counts what each step was billed for', () => {
    const meter = createSpendMeter();
    const step = { type: 'message', input_tokens: million, output_tokens: 100_000 };
    meter.add('claude-sonnet-5-5', { ...usage, input_tokens: 5, iterations: [step, { ...step, type: 'compaction' }] });
    expect(meter.total).toMatchObject({ calls: 1, inputTokens: 2 * million, outputTokens: 200_000, dollars: 6 });
  });

  test('knows what was spent lately', async () => {
    const clock = fakeClock();
    const meter = createSpendMeter({ clock });
    const day = 86_400_000;
    expect(meter.dollarsWithin(day)).toBe(0);
    const spent: number[] = [];
    for (let hours = 0; hours < 36; hours += 12) {
      meter.add('claude-sonnet-5-5', { ...usage, input_tokens: million });
      spent.push(meter.dollarsWithin(day));
      await clock.pass(day / 2);
    }
    expect(spent).toEqual([2, 4, 6]);
    expect(meter.dollarsWithin(day)).toBe(4);
    await clock.pass(day * 1.02);
    expect([meter.dollarsWithin(day), meter.total.dollars]).toEqual([0, 6]);
  });

  test('is not filled by names', () => {
    const meter = createSpendMeter();
    for (let name = 0; name < 1_000; name++) meter.add(`model-${name}`, usage);
    expect([meter.models.size, meter.models.get('other')?.calls]).toEqual([101, 900]);
  });

  test('takes other prices', () => {
    const price = { input: 100, output: 1, read: 1, write5m: 1, write1h: 1 };
    const meter = createSpendMeter({ prices: { date: '2027-01-01', search: 0, models: { mine: price } } });
    meter.add('mine', { ...usage, input_tokens: million });
    expect(meter.total.dollars).toBe(100);
  });
});

const begun = written([
  start({ usage: { input_tokens: million, output_tokens: 1 } }),
  ...block(0, { type: 'text', text: '' }, ...text('so far')).slice(0, 2),
]);

describe('a client counts', () => {
  test('what whole answers used', async () => {
    const { claude } = clientFor([good]);
    await claude.messages.create(request);
    await claude.messages.stream(request).finalMessage();
    expect(claude.meter.total).toMatchObject({ calls: 2, inputTokens: 50, cacheReadTokens: 200, outputTokens: 84 });
  });

  test('what an answer without tokens used', async () => {
    const message = { ...(start()['message'] as object), stop_reason: 'max_tokens' };
    const { claude } = clientFor([
      { headers: { 'content-type': 'application/json' }, steps: [JSON.stringify(message), 'end'] },
    ]);
    await claude.messages.create({ ...request, max_tokens: 0 });
    expect(claude.meter.total).toMatchObject({ calls: 1, inputTokens: 25 });
  });

  test.each<[string, (claude: ReturnType<typeof clientFor>) => Promise<unknown>]>([
    [
      'that break off',
      ({ claude }) => failureOf(claude.messages.create(request, { deadlines: { idle: 10 }, retries: { attempts: 1 } })),
    ],
    [
      'that are stopped',
      async ({ claude, clock }) => {
        const stream = claude.messages.stream(request);
        for await (const _event of stream) break;
        await clock.pass(1);
      },
    ],
  ])('what had been used by answers %s', async (_name, call) => {
    const made = clientFor([streamOf(begun)]);
    const outcome = call(made);
    await made.clock.pass(1_000);
    await outcome;
    expect(made.claude.meter.total).toMatchObject({
      calls: 1,
      inputTokens: million,
      outputTokens: 1,
      dollars: 2.00001,
    });
  });

  test('every attempt that was begun to be answered, and each once', async () => {
    const first = written([start({ usage: { input_tokens: million, output_tokens: 0 } })]);
    const { claude, clock } = clientFor([streamOf(first, { breaks: 'ECONNRESET' }), good]);
    expect(await within(clock, 10_000, claude.messages.create(request))).toMatchObject({ stop_reason: 'end_turn' });
    expect(claude.meter.total).toMatchObject({ calls: 2, inputTokens: million + 25 });
    const stopped = clientFor([streamOf(first, { breaks: 'ECONNRESET' })]);
    const controller = new AbortController();
    const call = failureOf(stopped.claude.messages.create(request, { signal: controller.signal }));
    await stopped.clock.pass(10);
    controller.abort();
    expect(await call).toMatchObject({ kind: 'aborted' });
    expect(stopped.claude.meter.total).toMatchObject({ calls: 1, inputTokens: million });
  });

  test('nothing for calls that were refused or cost nothing', async () => {
    const { claude } = clientFor([
      problem(400, 'invalid_request_error'),
      { headers: { 'content-type': 'application/json' }, steps: ['{"input_tokens":7}', 'end'] },
    ]);
    await failureOf(claude.messages.create(request));
    await claude.messages.countTokens(counted);
    expect(claude.meter.total.calls).toBe(0);
  });

  test('together with others that have the same meter', async () => {
    const meter = createSpendMeter();
    const [one, other] = [clientFor([good], { meter }), clientFor([good], { meter })];
    await one.claude.messages.create(request);
    await other.claude.messages.create(request);
    expect(one.claude.meter).toBe(meter);
    expect(meter.total.calls).toBe(2);
  });
});
