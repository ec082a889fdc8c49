/** When calls of one limit may go, answer by answer. */
import { describe, expect, test } from 'vitest';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import type { Usage } from '../schema/usage.ts';
import { Bucket, type Claim } from './bucket.ts';

const second = 1_000;

/** Headers of an answer: what remains of a limit that is full again after so many seconds. */
function limits(kind: string, limit: number, remaining: number, seconds: number): Record<string, string> {
  const prefix = `anthropic-ratelimit-${kind}`;
  const at = Date.UTC(2030, 0, 1);
  return {
    date: new Date(at).toUTCString(),
    [`${prefix}-limit`]: String(limit),
    [`${prefix}-remaining`]: String(remaining),
    [`${prefix}-reset`]: new Date(at + seconds * second).toISOString(),
  };
}

function bucketFor({ random = 0.5, follows = true } = {}) {
  const clock = fakeClock();
  const bucket = new Bucket(clock, () => random, follows);
  const enter = (tokens = 0) => bucket.enter(tokens, clock.now());
  return {
    clock,
    bucket,
    enter,
    /** Seconds until a call may go. */
    wait: (tokens = 0) => Math.max(0, (bucket.readyAt(tokens, clock.now()) - clock.now()) / second),
    /** A call goes and is answered. */
    call: (status: number, headers: Record<string, string>, tokens = 0) =>
      bucket.answered(enter(tokens), status, headers),
    pass: (seconds: number) => clock.pass(seconds * second),
  };
}

test('nothing known, nothing held back', () => {
  const { enter, wait } = bucketFor();
  for (let call = 0; call < 1_000; call++) {
    expect(wait(1e9)).toBe(0);
    enter(1e9);
  }
});

describe('what answers say', () => {
  test('requests that are used up come back one by one', async () => {
    const { call, enter, wait, pass } = bucketFor();
    call(200, limits('requests', 60, 1, 59));
    expect(wait()).toBe(0);
    enter();
    expect(wait()).toBeCloseTo(1);
    await pass(1);
    expect(wait()).toBe(0);
    enter();
    expect(wait()).toBeCloseTo(1);
  });

  test('input tokens hold back the large call, not the small one', () => {
    const { call, wait } = bucketFor();
    call(200, limits('input-tokens', 60_000, 10_000, 50));
    expect([wait(10_000), wait(20_000)]).toEqual([0, 10]);
  });

  test('what is on its way counts, until its answer says better', () => {
    const { bucket, enter, call, wait } = bucketFor();
    const first = enter(40_000);
    call(200, limits('input-tokens', 60_000, 50_000, 10));
    expect(wait(30_000)).toBe(20);
    bucket.answered(first, 200, limits('input-tokens', 60_000, 50_000, 10));
    expect(wait(30_000)).toBe(0);
  });

  test('the most restrictive limit stands in where input tokens are not named', () => {
    const { call, wait } = bucketFor();
    call(200, limits('tokens', 60_000, 0, 60));
    expect(wait(1_000)).toBeCloseTo(1);
  });

  test('output that is used up stops calls until some comes back', () => {
    const { call, wait } = bucketFor();
    call(200, limits('output-tokens', 60, 0, 60));
    expect(wait()).toBeCloseTo(1);
  });

  test('is forgotten after a minute', async () => {
    const { call, wait, pass } = bucketFor();
    call(200, limits('requests', 60, 60, 0));
    await pass(60);
    expect(wait()).toBe(0);
  });

  test('where it is old and would still hold calls back, one goes to find out', async () => {
    const { bucket, call, enter, wait, pass } = bucketFor();
    call(200, limits('requests', 2, 0, 60));
    for (let sent = 0; sent < 5; sent++) enter();
    await pass(60);
    expect(wait()).toBe(0);
    const probe = enter();
    expect(wait()).toBe(Infinity);
    bucket.answered(probe, 200, {});
    expect(wait()).toBe(0);
  });

  test('is ignored where that is wanted', () => {
    const { call, wait } = bucketFor({ follows: false });
    call(429, { ...limits('requests', 60, 0, 60), 'retry-after': '30' });
    expect(wait()).toBe(0);
  });

  test.each(['', 'NaN', '-1', '1e9', '999999999999999999', '0x10', '1,5'])('a limit of %j is none', (value) => {
    const { call, wait } = bucketFor();
    call(200, { 'anthropic-ratelimit-requests-limit': value, 'anthropic-ratelimit-requests-remaining': value });
    expect(wait()).toBe(0);
  });
});

describe('R16: after a refusal', () => {
  test('all wait as long as the service asks for, and a little more by chance', () => {
    const { call, wait } = bucketFor({ random: 0.25 });
    call(429, { 'retry-after': '30' });
    expect(wait()).toBe(30.4375);
  });

  test('one call goes at a time, then twice as many with each round, then one more with each', async () => {
    const { bucket, call, enter, wait, pass } = bucketFor();
    call(429, { 'retry-after': '1' });
    await pass(2);
    for (const most of [1, 2, 4, 8, 8, 9, 10]) {
      const claims: Claim[] = [];
      while (wait() === 0) claims.push(enter());
      expect([claims.length, wait()]).toEqual([most, Infinity]);
      for (const claim of claims) bucket.answered(claim, 200, {});
    }
  });

  test('a minute later it is soon forgotten', async () => {
    const { bucket, call, enter, wait, pass } = bucketFor();
    call(429, { 'retry-after': '1' });
    await pass(60);
    for (const most of [1, 2, 4, 8, 16, 32]) {
      const claims: Claim[] = [];
      while (wait() === 0) claims.push(enter());
      expect(claims.length).toBe(most);
      for (const claim of claims) bucket.answered(claim, 200, {});
    }
    for (let sent = 0; sent < 1_000; sent++) expect([wait(), enter().tokens]).toEqual([0, 0]);
  });

  test('a service that says nothing of its limits is measured', async () => {
    const { bucket, call, enter, wait, pass } = bucketFor();
    call(429, { 'retry-after': '1' });
    await pass(2);
    for (const status of [200, 200, 200, 200, 429]) call(status, status === 429 ? { 'retry-after': '1' } : {});
    await pass(2);
    for (let sent = 0; sent < 2; sent++) bucket.answered(enter(), 200, {});
    // Four calls in two seconds, a tenth more is tried, and more with each answer.
    expect(wait()).toBeCloseTo((3 - 1.825) / (2.2 * 1.05 ** 2), 2);
    await pass(15);
    expect(wait()).toBe(0);
  });

  test('a probe that fails for another reason makes room for the next one, and no more', async () => {
    const { bucket, call, enter, wait, pass } = bucketFor();
    call(429, { 'retry-after': '1' });
    await pass(2);
    bucket.gone(enter());
    expect(wait()).toBe(0);
    call(500, {});
    enter();
    expect(wait()).toBe(Infinity);
  });

  test('a probe that is refused begins the wait anew', async () => {
    const { call, wait, pass } = bucketFor();
    call(429, { 'retry-after': '1' });
    await pass(2);
    call(429, { 'retry-after': '4' });
    expect(wait()).toBe(4.625);
  });

  test('refusals without a time wait longer and longer, and start over after a success', async () => {
    const { call, wait, pass } = bucketFor({ random: 0 });
    const waits: number[] = [];
    for (let refusal = 0; refusal < 7; refusal++) {
      call(429, {});
      waits.push(wait());
      await pass(60);
    }
    expect(waits).toEqual([1.25, 2.25, 4.25, 8.25, 16.25, 32.25, 32.25]);
    call(200, {});
    call(429, {});
    expect(wait()).toBe(1.25);
  });

  test('answers to what was sent before it do not end the wait', async () => {
    const { bucket, call, enter, wait, pass } = bucketFor();
    const earlier = [enter(), enter(), enter()] as const;
    call(429, { 'retry-after': '10' });
    bucket.answered(earlier[0], 200, {});
    expect(wait()).toBe(10.625);
    await pass(2);
    bucket.answered(earlier[1], 429, { 'retry-after': '10' });
    expect(wait()).toBe(10.625);
    await pass(11);
    const probe = enter();
    bucket.answered(earlier[2], 200, {});
    expect(wait()).toBe(Infinity);
    bucket.answered(probe, 200, {});
    expect(wait()).toBe(0);
  });

  test('no pause lasts longer than five minutes', () => {
    const { call, wait } = bucketFor();
    call(429, { 'retry-after': '999999999999' });
    expect(wait()).toBe(300.625);
  });
});

test('what is read from the cache is soon no longer reckoned with', () => {
  const { bucket } = bucketFor();
  const usage: Usage = { input_tokens: 100, cache_read_input_tokens: 99_900, output_tokens: 1 };
  expect(bucket.tokensIn(400_000)).toBe(100_000);
  for (let call = 0; call < 10; call++) bucket.used(400_000, usage);
  expect(bucket.tokensIn(400_000)).toBeLessThan(4_000);
});
