/** When a call is tried again, after how long, and when not. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, good, problem, request, within } from '../../../test/harness/claudeCalls.ts';

describe('R16: after 429', () => {
  const wall = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 0, 0, 1 + seconds)).toUTCString();
  test.each<[Record<string, string>, number | 'fails']>([
    [{ 'retry-after': '2' }, 2_250],
    [{ 'retry-after': '0' }, 50],
    [{ 'retry-after': '1.5' }, 1_750],
    [{ 'retry-after': ' 3 ' }, 3_250],
    [{ 'retry-after': '60' }, 60_250],
    [{ 'retry-after': '61' }, 'fails'],
    [{ 'retry-after': '999999999999' }, 'fails'],
    [{ 'retry-after': '-5' }, 250],
    [{ 'retry-after': 'soon' }, 250],
    [{ 'retry-after': '' }, 250],
    [{ 'retry-after': 'NaN' }, 250],
    [{ 'retry-after': '1e3' }, 250],
    [{ 'retry-after': wall(5) }, 5_250],
    [{ 'retry-after': wall(-60) }, 50],
    [{ 'retry-after': wall(7_200) }, 'fails'],
    [{ 'retry-after': wall(65), date: wall(60) }, 5_250],
    [{ 'retry-after-ms': '700', 'retry-after': '9' }, 950],
    [{ 'retry-after-ms': '200' }, 300],
    [{}, 250],
  ])('with %j the next attempt comes after %s', async (headers, expected) => {
    const { claude, clock, transport } = clientFor([problem(429, 'rate_limit_error', {}, headers), good]);
    const delays: number[] = [];
    const result = await within(
      clock,
      90_000,
      claude.messages.create(request, { onRetry: ({ delay }) => delays.push(delay) }),
    );
    if (expected === 'fails') {
      expect(result).toMatchObject({ kind: 'rate_limit', retryAfter: expect.any(Number) });
      expect(transport.requests).toHaveLength(1);
    } else {
      expect(delays).toEqual([expected]);
      expect(result).toMatchObject({ stop_reason: 'end_turn' });
    }
  });

  test('spend caps are never tried again', async () => {
    const cap = problem(
      429,
      'rate_limit_error',
      { details: { error_code: 'enforced_spend_limit_reached' } },
      { 'retry-after': '1' },
    );
    const { claude, clock, transport } = clientFor([cap]);
    expect(await within(clock, 90_000, claude.messages.create(request))).toMatchObject({ kind: 'spend_limit' });
    expect(transport.requests).toHaveLength(1);
  });

  test.each([
    ['false', 500, 1],
    ['true', 400, 4],
  ])('x-should-retry: %s decides for status %i', async (header, status, attempts) => {
    const { claude, clock, transport } = clientFor([problem(status, 'api_error', {}, { 'x-should-retry': header })]);
    await within(clock, 90_000, claude.messages.create(request));
    expect(transport.requests).toHaveLength(attempts);
  });

  test('waits grow, stay within their bounds, and end with the attempts', async () => {
    const { claude, clock } = clientFor([problem(500, 'api_error')], { retries: { attempts: 8, random: () => 0.999 } });
    const delays: number[] = [];
    const result = await within(
      clock,
      90_000,
      claude.messages.create(request, { onRetry: ({ delay }) => delays.push(Math.round(delay)) }),
    );
    expect(delays).toEqual([500, 999, 1998, 3996, 7992, 7992, 7992]);
    expect(result).toMatchObject({ kind: 'server' });
  });

  test('attempts that were turned away with a time to wait do not count, up to a number of them', async () => {
    const away = problem(429, 'rate_limit_error', {}, { 'retry-after': '1' });
    const patient = clientFor([...Array<typeof away>(12).fill(away), good]);
    const answer = patient.claude.messages.create(request, { retries: { attempts: 2 } });
    expect(await within(patient.clock, 90_000, answer)).toMatchObject({ stop_reason: 'end_turn' });
    const never = clientFor([away]);
    const call = never.claude.messages.create(request, { retries: { attempts: 2 } });
    expect(await within(never.clock, 90_000, call)).toMatchObject({ kind: 'rate_limit' });
    expect(never.transport.requests).toHaveLength(20);
    const atOnce = clientFor([problem(429, 'rate_limit_error', {}, { 'retry-after': '0' })]);
    await within(atOnce.clock, 90_000, atOnce.claude.messages.create(request, { retries: { attempts: 2 } }));
    expect(atOnce.transport.requests).toHaveLength(2);
  });

  test('the budget ends them earlier', async () => {
    const { claude, clock, transport } = clientFor([problem(429, 'rate_limit_error', {}, { 'retry-after': '50' })]);
    await within(clock, 400_000, claude.messages.create(request));
    expect(transport.requests).toHaveLength(3);
  });

  test('stopping ends the wait at once and leaves no timer', async () => {
    const { claude, clock, transport } = clientFor([problem(429, 'rate_limit_error', {}, { 'retry-after': '30' })]);
    const controller = new AbortController();
    const call = failureOf(claude.messages.create(request, { signal: controller.signal }));
    await clock.pass(1_000);
    controller.abort('enough');
    expect(await call).toMatchObject({ kind: 'aborted', cause: 'enough' });
    expect(clock.pending).toBe(0);
    expect(transport.requests).toHaveLength(1);
  });

  test.each([401, 403, 404, 409, 413])('status %i is not tried again', async (status) => {
    const { claude, clock, transport } = clientFor([problem(status, 'some_error')]);
    await within(clock, 90_000, claude.messages.create(request));
    expect(transport.requests).toHaveLength(1);
  });
});
