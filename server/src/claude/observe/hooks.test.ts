/** What hooks are told, in which order, and that they can do no harm. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, good, problem, request, within } from '../../../../test/harness/claudeCalls.ts';
import { streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { start, written } from '../../../../test/harness/streams.ts';
import { ClaudeError, type EndFacts, type Hooks } from '../index.ts';

/** Hooks that write down what they are told. */
function recording() {
  const told: [string, unknown][] = [];
  const record = (name: string) => (facts: unknown) => {
    told.push([name, facts]);
  };
  const hooks: Hooks = {
    onRequest: record('request'),
    onResponse: record('response'),
    onWait: record('wait'),
    onRetry: record('retry'),
    onUsage: record('usage'),
    onEnd: record('end'),
  };
  return { hooks, told, names: () => told.map(([name]) => name) };
}

const limits = {
  'anthropic-ratelimit-requests-limit': '50',
  'anthropic-ratelimit-requests-remaining': '49',
  'x-of-the-gateway': 'not for hooks',
};

describe('hooks', () => {
  test('are told of a call from its request to its end', async () => {
    const { hooks, told } = recording();
    const slow = { ...good, headers: { ...good.headers, ...limits }, before: [{ after: 250 }] };
    const { claude, clock } = clientFor([slow], { hooks });
    await within(clock, 1_000, claude.messages.create(request));
    const call = { id: 1, operation: 'messages.create', model: 'claude-sonnet-5-5' };
    const times = { headers: 250, firstEvent: 250, end: 250 };
    const bytes = Buffer.byteLength(JSON.stringify({ ...request, stream: true }));
    expect(told).toEqual([
      ['request', { call, attempt: 1, method: 'POST', path: '/v1/messages', host: 'api.anthropic.com', bytes }],
      [
        'response',
        {
          call,
          attempt: 1,
          status: 200,
          requestId: 'req_1',
          rateLimits: { requests: { limit: 50, remaining: 49 } },
          after: 250,
        },
      ],
      [
        'usage',
        {
          call,
          model: 'claude-sonnet-5-5',
          spent: expect.objectContaining({ inputTokens: 25, cacheReadTokens: 100, outputTokens: 42, dollars: 0.00049 }),
          last: true,
          attempts: 1,
          times,
        },
      ],
      [
        'end',
        { call, outcome: 'done', error: undefined, stopReason: 'end_turn', requestId: 'req_1', attempts: 1, times },
      ],
    ]);
    await within(clock, 1_000, claude.messages.create(request));
    expect(told.at(-1)).toMatchObject(['end', { call: { id: 2 } }]);
  });

  test('are told of waits, other attempts, and what each of them used', async () => {
    const { hooks, told, names } = recording();
    const broken = streamOf(written([start()]), { breaks: 'ECONNRESET' });
    const refused = problem(429, 'rate_limit_error', {}, { 'retry-after': '1' });
    const { claude, clock } = clientFor([refused, broken, good], { hooks });
    await within(clock, 20_000, claude.messages.create(request));
    expect(names()).toEqual(
      'request response retry wait request response usage retry request response usage end'.split(' '),
    );
    expect(told.filter(([name]) => name === 'usage')).toMatchObject([
      ['usage', { last: false, attempts: 2, spent: { outputTokens: 1 } }],
      ['usage', { last: true, attempts: 3, spent: { outputTokens: 42 } }],
    ]);
  });

  test('are told how a call failed, without what had arrived', async () => {
    const { hooks, told } = recording();
    const { claude, clock } = clientFor([streamOf(written([start()]))], { hooks });
    const failure = failureOf(claude.messages.create(request, { deadlines: { idle: 100 }, retries: { attempts: 1 } }));
    await clock.pass(1_000);
    expect((await failure).partial).toBeDefined();
    const [, end] = told.at(-1) ?? [];
    // The last thing that is told is the end.
    const { error, outcome } = end as EndFacts;
    expect(outcome).toBe('failed');
    expect(error).toBeInstanceOf(ClaudeError);
    expect(error).toMatchObject({ kind: 'stalled', requestId: 'req_1' });
    expect(error).not.toHaveProperty('partial');
  });

  test('are told of calls that were stopped', async () => {
    const { hooks, told } = recording();
    const { claude } = clientFor([good], { hooks });
    await failureOf(claude.messages.create(request, { signal: AbortSignal.abort() }));
    expect(told).toMatchObject([['end', { outcome: 'stopped', attempts: 0 }]]);
  });

  test('that throw, at once or later, harm nothing and are reported once', async () => {
    const bad = () => {
      throw new Error('a hook');
    };
    const later = async () => {
      throw new Error('a late hook');
    };
    const errors: string[] = [];
    const { hooks, names } = recording();
    const refused = problem(429, 'rate_limit_error', {}, { 'retry-after': '1' });
    const { claude, clock } = clientFor([refused, good], {
      hooks: { ...hooks, onRequest: bad, onResponse: later, onRetry: bad, onUsage: bad, onWait: bad },
      log: { error: (line) => errors.push(line) },
    });
    expect(await within(clock, 20_000, claude.messages.create(request, { onRetry: bad, onWait: later }))).toMatchObject(
      { stop_reason: 'end_turn' },
    );
    expect(names()).toEqual(['end']);
    expect(errors.map((line) => /Error: .*? hook/.exec(line)?.[0]).sort()).toEqual([
      'Error: a hook',
      'Error: a late hook',
    ]);
  });

  test('of a single call hear of that call alone', async () => {
    const { claude, clock } = clientFor([problem(500, 'api_error'), good]);
    const attempts: number[] = [];
    await within(clock, 10_000, claude.messages.create(request, { onRetry: ({ attempt }) => attempts.push(attempt) }));
    await within(clock, 10_000, claude.messages.create(request));
    expect(attempts).toEqual([1]);
  });
});
