/** Limits on what calls may cost: the caller's own, and those of the service. */
import { describe, expect, test } from 'vitest';
import { clientFor, counted, failureOf, good, problem, request, within } from '../../../../test/harness/claudeCalls.ts';
import { createSpendMeter, type SpendLimit } from '../index.ts';

/** What one answer costs: 25 tokens, 100 from the cache, 42 out. */
const once = (25 * 2 + 100 * 0.2 + 42 * 10) / 1_000_000;
const count = { headers: { 'content-type': 'application/json' }, steps: ['{"input_tokens":7}', 'end'] } as const;

describe('a limit of one’s own', () => {
  test('stops calls once it is reached, says what was used, and lets free ones through', async () => {
    const { claude, transport } = clientFor([good, good, count], { spendLimit: { dollars: 1.5 * once } });
    await claude.messages.create(request);
    await claude.messages.create(request);
    const refused = await failureOf(claude.messages.create(request));
    expect(refused).toMatchObject({ kind: 'spend_limit', field: 'spendLimit', stage: 'queue', retryable: false });
    expect(refused.message).toBe(
      'The limit of $0.000735 that was set for this program is reached: $0.0010 was used, and nothing more was sent. ' +
        'A spending limit is reached: raise it where it was set, or wait until it is reset. Trying again does not help.',
    );
    expect(transport.requests).toHaveLength(2);
    expect(await claude.messages.countTokens(counted)).toEqual({ input_tokens: 7 });
  });

  test('for a span of time is free again later', async () => {
    const { claude, clock } = clientFor([good], { spendLimit: { dollars: once, per: 3_600_000 } });
    await claude.messages.create(request);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({
      message: expect.stringContaining('in 1 hour that was set'),
    });
    await clock.pass(3_700_000);
    expect(await claude.messages.create(request)).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('of nothing lets nothing through', async () => {
    const { claude, transport } = clientFor([good], { spendLimit: { dollars: 0 } });
    expect(await failureOf(claude.messages.stream(request).finalMessage())).toMatchObject({ kind: 'spend_limit' });
    expect(transport.requests).toEqual([]);
  });

  test('holds for what others spend with the same meter', async () => {
    const meter = createSpendMeter();
    const { claude } = clientFor([good], { meter, spendLimit: { dollars: once } });
    await clientFor([good], { meter }).claude.messages.create(request);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'spend_limit' });
  });

  test('can be that of a group of calls, which count for the client as well', async () => {
    const { claude } = clientFor([good]);
    const spend = { meter: createSpendMeter(), limit: { dollars: once } };
    await claude.messages.create(request, { spend });
    expect(await failureOf(claude.messages.create(request, { spend }))).toMatchObject({ kind: 'spend_limit' });
    await claude.messages.create(request);
    await claude.messages.create(request, { spend: { meter: claude.meter } });
    await claude.messages.create(request, { spend: { meter: claude.meter }, onWait: () => {} });
    expect([spend.meter.total.calls, claude.meter.total.calls]).toEqual([1, 4]);
  });

  test('stops those who wait for their turn', async () => {
    const { claude, clock, transport } = clientFor([good], { maxConcurrent: 1, spendLimit: { dollars: once } });
    const calls = [1, 2, 3].map(() => within(clock, 1_000, claude.messages.create(request)));
    const outcomes = await Promise.all(calls);
    expect(outcomes.map((outcome) => typeof outcome !== 'string' && 'kind' in outcome && outcome.kind)).toEqual([
      false,
      'spend_limit',
      'spend_limit',
    ]);
    expect(transport.requests).toHaveLength(1);
  });

  test.each<SpendLimit>([
    { dollars: -1 },
    { dollars: Number.NaN },
    { dollars: 1, per: 0 },
    { dollars: 1, per: Infinity },
  ])('that is none is refused: %j', (spendLimit) => {
    expect(() => clientFor([good], { spendLimit })).toThrow('The spending limit cannot be used.');
  });
});

describe('R16: a limit of the service', () => {
  const cap = problem(429, 'rate_limit_error', { details: { error_code: 'enforced_spend_limit_reached' } });
  const free = { ...count, steps: ['{"input_tokens":7}', 'end'] } as const;

  test('is told to the calls that follow without asking again, for half a minute', async () => {
    const { claude, clock, transport } = clientFor([cap, good]);
    const first = await failureOf(claude.messages.create(request));
    const next = await failureOf(claude.messages.create(request, { priority: 'background' }));
    expect(next).not.toBe(first);
    expect(next).toMatchObject({
      kind: 'spend_limit',
      errorCode: 'enforced_spend_limit_reached',
      message: first.message,
      status: 429,
      retryable: false,
    });
    await clock.pass(29_000);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'spend_limit' });
    expect(transport.requests).toHaveLength(1);
    await clock.pass(1_000);
    expect(await within(clock, 1_000, claude.messages.create(request))).toMatchObject({ stop_reason: 'end_turn' });
    const calls = [1, 2, 3].map(() => claude.messages.create(request));
    for (const call of calls) expect(await call).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('is looked into by one call at a time', async () => {
    const slow = { ...cap, before: [{ after: 5_000 }] } as const;
    const { claude, clock, transport } = clientFor([cap, slow, slow, good]);
    await failureOf(claude.messages.create(request));
    for (const requests of [2, 3]) {
      await clock.pass(40_000);
      const calls = Array.from({ length: 50 }, () => failureOf(claude.messages.create(request)));
      await clock.pass(6_000);
      for (const call of calls) expect(await call).toMatchObject({ kind: 'spend_limit' });
      expect(transport.requests).toHaveLength(requests);
    }
  });

  test('does not stop what costs nothing, and stops those who wait', async () => {
    const { claude, clock } = clientFor([cap, free], { maxConcurrent: 1 });
    const calls = Array.from({ length: 20 }, () => failureOf(claude.messages.create(request)));
    await clock.pass(1);
    for (const call of calls) expect(await call).toMatchObject({ kind: 'spend_limit' });
    expect(await within(clock, 1, claude.messages.countTokens(counted))).toEqual({ input_tokens: 7 });
  });

  test('ends with a call that goes through; one that is stopped leaves the question open', async () => {
    const silent = { ...good, before: [{ after: 1_000_000 }] };
    const { claude, clock, transport } = clientFor([cap, silent, good]);
    await failureOf(claude.messages.create(request));
    await clock.pass(31_000);
    const controller = new AbortController();
    const probe = failureOf(claude.messages.create(request, { signal: controller.signal }));
    await clock.pass(1_000);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'spend_limit' });
    controller.abort();
    expect(await probe).toMatchObject({ kind: 'aborted' });
    expect(await within(clock, 10_000, claude.messages.create(request))).toMatchObject({ stop_reason: 'end_turn' });
    expect(transport.requests).toHaveLength(3);
  });
});
