/** How long a token is used, when another is asked for, and what a refused one leads to. */
import { describe, expect, test } from 'vitest';
import { failureOf, good, oneAttempt, problem, request, within } from '../../../../test/harness/claudeCalls.ts';
import { askingWith, type ScriptedSource, scriptedSource, unauthorized } from '../../../../test/harness/credentials.ts';
import { ClaudeError, type Token } from '../index.ts';

const minute = 60_000;

/** Tokens t1, t2, …, good for so long. */
function tokens(life: number | null = 60 * minute): ScriptedSource {
  return scriptedSource((time, { clock }) => ({
    value: `t${time}`,
    expiresAt: life === null ? null : clock.wall() + life,
  }));
}

/** Calls one after the other, with waits between them; the tokens that they sent. */
async function sentAfter(waits: readonly number[], source: ScriptedSource): Promise<readonly (string | undefined)[]> {
  const { claude, clock, sent } = askingWith({ credentials: source });
  for (const wait of waits) {
    await clock.pass(wait);
    await claude.messages.create(request);
  }
  await clock.pass(0);
  return sent().map((header) => header?.replace('Bearer ', ''));
}

describe('a token', () => {
  test.each<[string, number | null, readonly number[], string, number]>([
    ['that never ends is kept', null, [0, 1e12], 't1 t1', 1],
    ['with more than 120 s left is used', 60 * minute, [0, 57.9 * minute], 't1 t1', 1],
    ['with 120 s left is used while another is fetched', 60 * minute, [0, 58 * minute, 0], 't1 t1 t2', 2],
    ['with 30 s left is used while another is fetched', 60 * minute, [0, 59.5 * minute, 0], 't1 t1 t2', 2],
    ['with less than 30 s left is not used', 60 * minute, [0, 59.5 * minute + 1], 't1 t2', 2],
    ['that has ended is not used', 60 * minute, [0, 61 * minute], 't1 t2', 2],
    ['that ends at once is good for one call', -1, [0, 0, 0], 't1 t2 t3', 3],
  ])('%s', async (_name, life, waits, sent, asked) => {
    const source = tokens(life);
    expect((await sentAfter(waits, source)).join(' ')).toBe(sent);
    expect(source.asked).toHaveLength(asked);
    expect(source.mostOpen).toBe(1);
  });

  test('is asked for once by calls that wait for it', async () => {
    const { claude, sent } = askingWith({ credentials: tokens() });
    await Promise.all(Array.from({ length: 50 }, () => claude.messages.create(request)));
    expect(new Set(sent())).toEqual(new Set(['Bearer t1']));
    expect(sent()).toHaveLength(50);
  });

  test('is renewed once by calls that come while that is under way', async () => {
    const source = scriptedSource(async (time, { clock }) => {
      if (time > 1) await new Promise<void>((resolve) => void clock.after(5_000, resolve, true));
      return { value: `t${time}`, expiresAt: clock.wall() + 2 * minute };
    });
    const { claude, clock, sent } = askingWith({ credentials: source });
    for (let at = 0; at < 9; at++) {
      await claude.messages.create(request);
      await clock.pass(500);
    }
    expect(source.asked).toHaveLength(2);
    expect(new Set(sent())).toEqual(new Set(['Bearer t1']));
  });

  test('whose renewal in the background fails is used on, and that is not tried again for 5 s', async () => {
    const source = scriptedSource((time, { clock }) => {
      if (time > 1) throw new Error('no');
      return { value: 't1', expiresAt: clock.wall() + 2 * minute };
    });
    const logged: string[] = [];
    const log = { debug: (message: string) => logged.push(message) };
    const { claude, clock } = askingWith({ credentials: source, log, logLevel: 'debug' });
    const times = [0, 0, 4_900, 0, 99, 1, 4_999, 1];
    const asked: number[] = [];
    for (const wait of times) {
      await clock.pass(wait);
      await claude.messages.create(request);
      await clock.pass(0);
      asked.push(source.asked.length);
    }
    expect(asked).toEqual([1, 2, 2, 2, 2, 3, 3, 4]);
    expect(logged.filter((line) => line.startsWith('The token was not renewed'))).toHaveLength(3);
  });

  test('that is needed and cannot be had fails the calls that wait, and the next call asks again', async () => {
    const source = scriptedSource((time) => {
      if (time === 1) throw new Error('the vault is sealed.');
      return { value: 't2' };
    });
    const { claude, sent } = askingWith({ credentials: source });
    const errors = await Promise.all([1, 2, 3].map(() => failureOf(claude.messages.create(request))));
    expect(errors.map(({ kind, stage }) => `${kind} ${stage}`)).toEqual(Array(3).fill('authentication credentials'));
    expect(errors[0]?.message).toMatch(/^The source of credentials failed: the vault is sealed\. /);
    expect(errors[0]?.cause).toMatchObject({ message: 'the vault is sealed.' });
    await claude.messages.create(request);
    expect(sent()).toEqual(['Bearer t2']);
  });

  test.each<[string, unknown, string, RegExp]>([
    ['nothing', undefined, 'authentication', /is empty/],
    ['an empty one', { value: '' }, 'authentication', /is empty/],
    ['a blank one', { value: '  ' }, 'authentication', /is empty/],
    ['a number', { value: 5 }, 'authentication', /is empty/],
    ['one with a line break', { value: 'sk-canary\n' }, 'authentication', /line break/],
    ['one with other characters', { value: 'sk-canary\u0000' }, 'authentication', /characters that no key has/],
    ['one that ends at no time', { value: 'sk-canary', expiresAt: Number.NaN }, 'configuration', /milliseconds/],
    ['one whose end is in seconds', { value: 'sk-canary', expiresAt: 1_900_000_000 }, 'configuration', /milliseconds/],
    [
      'one for a workspace with a line break',
      { value: 'sk-canary', workspaceId: 'a\nb' },
      'configuration',
      /line breaks/,
    ],
  ])('that is %s is an error', async (_name, token, kind, says) => {
    // What JavaScript callers may do.
    const { claude, transport } = askingWith({ credentials: scriptedSource(() => token as Token) });
    const error = await failureOf(claude.messages.create(request));
    expect(error).toMatchObject({ kind });
    expect(error.message).toMatch(says);
    expect(error.message).not.toMatch(/canary/);
    expect(transport.requests).toHaveLength(0);
  });
});

describe('R19: a clock that jumps', () => {
  test.each<[string, number, number, string]>([
    ['an hour back: the token is used as long as it would have been', -60 * minute, 57 * minute, 't1'],
    ['an hour back: the token is not used for an hour more', -60 * minute, 59.9 * minute, 't2'],
    ['an hour forward: another token is asked for', 60 * minute, 0, 't2'],
    ['30 days forward: another token is asked for', 30 * 24 * 60 * minute, 0, 't2'],
  ])('%s', async (_name, jump, wait, expected) => {
    const source = tokens();
    const { claude, clock, sent } = askingWith({ credentials: source });
    await claude.messages.create(request);
    clock.shiftWall(jump);
    await clock.pass(wait);
    for (let call = 0; call < 5; call++) await claude.messages.create(request);
    expect(sent().slice(1)).toEqual(Array(5).fill(`Bearer ${expected}`));
    expect(source.asked.length).toBeLessThanOrEqual(2);
  });

  test('and makes every token seem to have ended leads to one question for each call, and to an answer', async () => {
    const end = Date.UTC(2026, 10, 22);
    const source = scriptedSource((time) => ({ value: `t${time}`, expiresAt: end - time }));
    const { claude, sent } = askingWith({ credentials: source });
    for (let call = 0; call < 5; call++) await claude.messages.create(request);
    expect(sent().at(-1)).toBe('Bearer t5');
    expect(source.asked).toHaveLength(5);
  });
});

describe('waiting for a token', () => {
  const never = () => scriptedSource(() => new Promise<Token>(() => {}));

  test.each<[string, object, number]>([
    ['30 s', {}, 30_000],
    ['what the client says', { tokenDeadline: 2_000 }, 2_000],
  ])('takes no longer than %s', async (_name, options, deadline) => {
    const source = never();
    const { claude, clock } = askingWith({ credentials: source, ...options });
    const early = within(clock, deadline - 1, claude.messages.create(request, oneAttempt));
    expect(await early).toBe('still running');
    const error = await within(clock, 1, claude.messages.create(request, oneAttempt));
    expect(error).toMatchObject({ kind: 'timeout', stage: 'credentials' });
    expect(source.asked).toHaveLength(1);
    expect(source.signals[0]?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('ends for the one who stops, and goes on for the others', async () => {
    let give: (token: Token) => void = () => {};
    const source = scriptedSource(() => new Promise<Token>((resolve) => (give = resolve)));
    const { claude, clock, sent } = askingWith({ credentials: source });
    const stopping = new AbortController();
    const stopped = failureOf(claude.messages.create(request, { signal: stopping.signal }));
    const other = claude.messages.create(request);
    await clock.pass(10);
    stopping.abort();
    expect(await stopped).toMatchObject({ kind: 'aborted' });
    expect(source.signals[0]?.aborted).toBe(false);
    give({ value: 't1' });
    await other;
    expect(sent()).toEqual(['Bearer t1']);
    expect(clock.pending).toBe(0);
  });

  test('ends when the client closes, and leaves nothing', async () => {
    const source = never();
    const { claude, clock } = askingWith({ credentials: source });
    const call = failureOf(claude.messages.create(request));
    await clock.pass(10);
    await claude.close();
    expect(await call).toMatchObject({ kind: 'aborted' });
    expect(source.signals[0]?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('counts as an attempt that may be tried again when the way to the token failed', async () => {
    const source = scriptedSource((time) => {
      if (time === 1) throw new ClaudeError('connection', 'No way.');
      return { value: 't2' };
    });
    const { claude, clock, sent } = askingWith({ credentials: source });
    expect(await within(clock, 10_000, claude.messages.create(request))).toMatchObject({ role: 'assistant' });
    expect(sent()).toEqual(['Bearer t2']);
  });
});

describe('a token that is refused', () => {
  test('is dropped: the call is sent once more with another, and that is no attempt', async () => {
    const source = tokens();
    const { claude, sent } = askingWith({ credentials: source }, [unauthorized, good]);
    await claude.messages.create(request, oneAttempt);
    expect(sent()).toEqual(['Bearer t1', 'Bearer t2']);
    expect(source.asked).toEqual([undefined, 't1']);
  });

  test('and so is the next one: then the call fails', async () => {
    const { claude, sent } = askingWith({ credentials: tokens() }, [unauthorized]);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'authentication', status: 401 });
    expect(sent()).toEqual(['Bearer t1', 'Bearer t2']);
  });

  test('and given again by its source is not sent again', async () => {
    const source = scriptedSource(() => ({ value: 'same' }));
    const { claude, sent } = askingWith({ credentials: source }, [unauthorized]);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'authentication', status: 401 });
    expect(sent()).toEqual(['Bearer same']);
    expect(source.asked).toEqual([undefined, 'same']);
    await failureOf(claude.messages.create(request));
    expect(source.asked).toEqual([undefined, 'same', 'same']);
  });

  test('while others send it leads to one question for all of them', async () => {
    const source = tokens();
    const many = 20;
    const answers = [...Array.from({ length: many }, () => unauthorized), good];
    const { claude, sent } = askingWith({ credentials: source }, answers);
    await Promise.all(Array.from({ length: many }, () => claude.messages.create(request)));
    expect(source.asked).toEqual([undefined, 't1']);
    expect(sent().filter((token) => token === 'Bearer t2')).toHaveLength(many);
  });

  test('late, when a newer one is there: the newer one stays', async () => {
    const source = tokens();
    const late = { ...unauthorized, before: [{ after: 5_000 }] };
    const { claude, clock, sent } = askingWith({ credentials: source }, [late, unauthorized, good]);
    const calls = Promise.all([claude.messages.create(request), claude.messages.create(request)]);
    await within(clock, 10_000, calls);
    await calls;
    expect(source.asked).toEqual([undefined, 't1']);
    expect(sent()).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2', 'Bearer t2']);
  });

  test('while it is renewed in the background by a source that still gives it: the source is told and asked again', async () => {
    const gives: ((token: Token) => void)[] = [];
    const source = scriptedSource((time, { clock, refused }) =>
      time === 1
        ? { value: 'old', expiresAt: clock.wall() + 2 * minute }
        : time === 2
          ? new Promise((resolve) => gives.push(resolve))
          : { value: refused === 'old' ? 'new' : 'old' },
    );
    const { claude, clock, sent } = askingWith({ credentials: source }, [good, unauthorized, good]);
    await claude.messages.create(request);
    const call = claude.messages.create(request);
    await clock.pass(10);
    gives[0]?.({ value: 'old' });
    await call;
    expect(sent()).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
    expect(source.asked).toEqual([undefined, undefined, 'old']);
    expect(source.mostOpen).toBe(1);
  });

  test('and cannot be replaced fails the call with the reason for that; the next call asks again and says so', async () => {
    const source = scriptedSource((time) => {
      if (time === 2) throw new Error('signed out');
      return { value: `t${time}` };
    });
    const { claude, sent } = askingWith({ credentials: source }, [unauthorized, good]);
    expect((await failureOf(claude.messages.create(request))).message).toMatch(/signed out/);
    await claude.messages.create(request);
    expect(sent()).toEqual(['Bearer t1', 'Bearer t3']);
    expect(source.asked).toEqual([undefined, 't1', 't1']);
  });

  test('for another reason than 401 is kept', async () => {
    const source = tokens();
    const { claude } = askingWith({ credentials: source }, [problem(403, 'permission_error'), good]);
    await failureOf(claude.messages.create(request));
    await claude.messages.create(request);
    expect(source.asked).toHaveLength(1);
  });
});
