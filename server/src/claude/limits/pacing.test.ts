/** Calls of a client against a service that keeps to its limits. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, good, key, problem, request, within } from '../../../../test/harness/claudeCalls.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { type LimitedOptions, limitedService } from '../../../../test/harness/limitedService.ts';
import { random, seed } from '../../../../test/harness/scale.ts';
import { Claude, type ClaudeOptions, type WaitNotice } from '../index.ts';

const usual: LimitedOptions = { limit: 10, perSecond: 10, tells: false, latency: 300 };

/** Runs so many calls of so many clients at once, and says how they went. */
async function storm(calls: number, service: LimitedOptions, options: Partial<ClaudeOptions> = {}, clients = 1) {
  const clock = fakeClock();
  const transport = limitedService(clock, service);
  const chance = random(seed());
  const made = Array.from(
    { length: clients },
    () => new Claude({ apiKey: key, clock, transport, retries: { random: chance }, ...options }),
  );
  const startedAt = clock.now();
  let lastAt = 0;
  const outcomes = Array.from({ length: calls }, (_, index) =>
    made[index % clients]?.messages.create(request).then(
      () => {
        lastAt = clock.now() - startedAt;
        return true;
      },
      () => false,
    ),
  );
  await clock.pass(130_000);
  const done = await Promise.all(outcomes);
  return { clock, transport, succeeded: done.filter((ok) => ok).length, seconds: lastAt / 1_000 };
}

describe('R16: 100 calls at once', () => {
  test.each([
    ['that says nothing of its limits', usual, 130],
    ['that names its limits', { ...usual, tells: true }, 100],
    ['that is slow', { ...usual, limit: 5, perSecond: 2 }, 120],
  ])('all succeed against a service %s, with few refusals', async (_name, service, mostRefusals) => {
    const paced = await storm(100, service);
    expect(paced.succeeded).toBe(100);
    expect(paced.transport.refused).toBeLessThanOrEqual(mostRefusals);
    expect(paced.clock.pending).toBe(0);
    const left = await storm(100, service, { pacing: false });
    expect(paced.transport.refused).toBeLessThan(left.transport.refused * 0.7);
  });

  test('one at a time probes after the pause, and the others follow', async () => {
    const { transport } = await storm(100, { ...usual, limit: 1_000, perSecond: 0.000_01 }, {});
    expect(transport.requests.length).toBe(100);
    const clock = fakeClock();
    const refusing = limitedService(clock, { ...usual, limit: 1, perSecond: 0.2, latency: 1_000 });
    const claude = new Claude({ apiKey: key, clock, transport: refusing, retries: { random: () => 0.5 } });
    for (let call = 0; call < 100; call++) claude.messages.create(request).catch(() => {});
    await clock.pass(60_000);
    const after = refusing.requests.filter(({ at }) => at > 1_000).map(({ at }) => at);
    expect(after.length).toBeGreaterThan(5);
    for (const [index, at] of after.entries()) if (index > 1) expect(at - (after[index - 2] ?? 0)).toBeGreaterThan(500);
  });

  test('with the service in sight of its limits there are hardly any refusals at all', async () => {
    const clock = fakeClock();
    const transport = limitedService(clock, { limit: 10, perSecond: 10, tells: true, latency: 300 });
    const claude = new Claude({ apiKey: key, clock, transport });
    const first = claude.messages.create(request);
    await clock.pass(1_000);
    await first;
    const calls = Array.from({ length: 100 }, () => claude.messages.create(request));
    await clock.pass(60_000);
    await Promise.all(calls);
    expect(transport.refused).toBeLessThanOrEqual(2);
  });

  test('two clients with one key share it without a herd', async () => {
    const { transport, succeeded, seconds } = await storm(60, usual, {}, 2);
    expect(succeeded).toBe(60);
    expect(transport.refused).toBeLessThanOrEqual(85);
    expect(seconds).toBeLessThan(30);
  });
});

test('calls that wait say so, and go when the pause is over', async () => {
  const { claude, clock, transport } = clientFor([problem(429, 'rate_limit_error', {}, { 'retry-after': '5' }), good]);
  const first = claude.messages.create(request);
  await clock.pass(1_000);
  const notices: WaitNotice[] = [];
  const second = claude.messages.create(request, { onWait: (notice) => notices.push(notice) });
  await clock.pass(3_000);
  expect(notices).toEqual([{ reason: 'rate_limit', delay: 4_625, waiting: 0 }]);
  expect(transport.requests).toHaveLength(1);
  await clock.pass(10_000);
  expect([(await first).stop_reason, (await second).stop_reason]).toEqual(['end_turn', 'end_turn']);
  expect(clock.pending).toBe(0);
});

test('R16: a pause that is too long to wait for is told at once, without asking the service again', async () => {
  const { claude, clock, transport } = clientFor([problem(429, 'rate_limit_error', {}, { 'retry-after': '90' }), good]);
  expect(await within(clock, 0, claude.messages.create(request))).toMatchObject({ retryAfter: 90_000 });
  const refused = await failureOf(claude.messages.create(request));
  expect(refused).toMatchObject({ kind: 'rate_limit', retryAfter: 90_000, stage: 'queue' });
  expect(refused.message).toBe(
    'api.anthropic.com has asked for a pause of 90 s more: nothing was sent. Wait a moment, then try again.',
  );
  expect(transport.requests).toHaveLength(1);
  await clock.pass(91_000);
  expect(await within(clock, 1_000, claude.messages.create(request))).toMatchObject({ stop_reason: 'end_turn' });
});

test('stopping a call that waits for its turn sends nothing and leaves nothing', async () => {
  const { claude, clock, transport } = clientFor([problem(429, 'rate_limit_error', {}, { 'retry-after': '50' }), good]);
  const controller = new AbortController();
  const first = failureOf(claude.messages.create(request, { signal: controller.signal }));
  await clock.pass(100);
  const others = Array.from({ length: 100 }, () =>
    failureOf(claude.messages.create(request, { signal: controller.signal })),
  );
  await clock.pass(1_000);
  controller.abort();
  for (const failure of [first, ...others]) expect(await failure).toMatchObject({ kind: 'aborted' });
  expect(clock.pending).toBe(0);
  expect(transport.requests).toHaveLength(1);
});

describe('R19: the wall clock', () => {
  const hour = 3_600_000;
  test.each([
    ['an hour back', -hour],
    ['an hour on', hour],
    ['30 days on', 720 * hour],
  ])('%s: limits learned before and after it hold no call up for longer than a minute', async (_name, shift) => {
    const clock = fakeClock();
    const reset = new Date(clock.wall() + 30_000).toISOString();
    const limits = {
      'anthropic-ratelimit-requests-limit': '10',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': reset,
    };
    const answer = { ...good, headers: { ...good.headers, ...limits } };
    const { claude } = clientFor([answer], { clock });
    for (const jump of [0, shift, 0]) {
      clock.shiftWall(jump);
      expect(await within(clock, 60_000, claude.messages.create(request))).toMatchObject({ stop_reason: 'end_turn' });
    }
  });
});

test('maxConcurrent holds for streams as long as they are read', async () => {
  const { claude, clock, transport } = clientFor([good], { maxConcurrent: 2 });
  const streams = [1, 2, 3].map(() => claude.messages.stream(request));
  const started = streams.map((stream) => stream.start());
  await clock.pass(1_000);
  expect(transport.requests).toHaveLength(2);
  await streams[0]?.finalMessage();
  await clock.pass(0);
  expect(transport.requests).toHaveLength(3);
  await Promise.all(started);
  expect(() => clientFor([good], { maxConcurrent: 0 })).toThrow('maxConcurrent must be 1 or more');
});

test('interactive calls go before those of the background', async () => {
  const { claude, clock, transport } = clientFor([good], { maxConcurrent: 1 });
  const held = claude.messages.stream(request);
  await held.start();
  const calls = [
    claude.messages.create({ ...request, max_tokens: 1 }, { priority: 'background' }),
    claude.messages.create({ ...request, max_tokens: 2 }),
  ];
  await held.finalMessage();
  await clock.pass(1_000);
  await Promise.all(calls);
  expect(transport.requests.map(({ body }) => JSON.parse(String(body)).max_tokens)).toEqual([1_000, 2, 1]);
});
