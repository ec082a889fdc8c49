/** What the log holds at each level. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, good, problem, request, within } from '../../../../test/harness/claudeCalls.ts';
import type { Answer } from '../../../../test/harness/scriptedTransport.ts';
import type { ClaudeOptions, ClientLog, LogLevel } from '../index.ts';

/** The lines of a log, each with its level. */
async function logged(answers: readonly Answer[], options: Partial<ClaudeOptions>): Promise<readonly string[]> {
  const lines: string[] = [];
  const log: ClientLog = {
    debug: (line) => lines.push(`debug ${line}`),
    info: (line) => lines.push(`info ${line}`),
    warn: (line) => lines.push(`warn ${line}`),
    error: (line) => lines.push(`error ${line}`),
  };
  const { claude, clock } = clientFor(answers, { log, ...options });
  await within(clock, 60_000, claude.messages.create(request));
  return lines;
}

const refused = problem(429, 'rate_limit_error', {}, { 'retry-after': '2', 'set-cookie': 'a', 'x-y': 'b' });
const all = [
  'debug #1 messages.create: POST /v1/messages to api.anthropic.com, attempt 1, 105 bytes {"anthropic-version":"2026-10-21","content-type":"application/json","accept":"application/json","user-agent":"claude-client"}',
  'debug #1 messages.create: 429 after 0 ms, request - {"content-type":"application/json","retry-after":"2"}',
  'warn #1 messages.create: attempt 1 failed, the next one follows in 2250 ms. api.anthropic.com answered 429 (rate_limit_error: The reason.). Wait a moment, then try again.',
  'debug #1 messages.create: waits its turn for 375 ms at least (rate_limit, 0 others wait)',
  'debug #1 messages.create: POST /v1/messages to api.anthropic.com, attempt 2, 105 bytes {"anthropic-version":"2026-10-21","content-type":"application/json","accept":"application/json","user-agent":"claude-client"}',
  'debug #1 messages.create: 200 after 2625 ms, request req_1 {"content-type":"text/event-stream","request-id":"req_1"}',
  'debug #1 messages.create: first event after 2625 ms',
  'info #1 messages.create claude-sonnet-5-5: end_turn (25 tokens in, 100 from the cache, 0 into it, 42 out, $0.000490, 2625 ms, req_1)',
];
const least: Readonly<Record<LogLevel, RegExp>> = {
  debug: /./,
  info: /^(info|warn|error)/,
  warn: /^(warn|error)/,
  error: /^error/,
  off: /^$/,
};

describe('the log', () => {
  test.each(Object.entries(least))('at level %s tells what belongs there', async (level, lines) => {
    // The names of the table are the levels.
    const logLevel = level as LogLevel;
    expect(await logged([refused, good], { logLevel })).toEqual(all.filter((line) => lines.test(line)));
  });

  test('tells warnings and errors unless it is asked for more', async () => {
    expect(await logged([refused, good], {})).toEqual(all.filter((line) => least.warn.test(line)));
  });

  test('says how a call failed, and how it was stopped', async () => {
    expect(await logged([problem(400, 'invalid_request_error')], {})).toEqual([
      expect.stringMatching(/^warn #1 messages.create claude-sonnet-5-5: failed. api.anthropic.com answered 400 /),
    ]);
    const lines: string[] = [];
    const { claude } = clientFor([good], { logLevel: 'info', log: { info: (line) => lines.push(line) } });
    await failureOf(claude.messages.create(request, { signal: AbortSignal.abort() }));
    expect(lines).toEqual(['#1 messages.create claude-sonnet-5-5: stopped (0 ms, -)']);
  });

  test('holds what was said only where that was asked for', async () => {
    const quiet = await logged([good], { logLevel: 'debug' });
    expect(quiet.join('\n')).not.toMatch(/"hi"|The sum/);
    const lines = await logged([good], { logLevel: 'debug', logBodies: true });
    expect(lines.filter((line) => line.includes(' request: '))).toEqual([
      `debug #1 messages.create request: ${JSON.stringify({ ...request, stream: true })}`,
    ]);
    expect(lines.filter((line) => line.includes(' answer: '))[0]).toContain('The sum of \\"a\\"');
    expect(await logged([good], { logLevel: 'info', logBodies: true })).toHaveLength(1);
  });

  test('cuts what is too long', async () => {
    const lines: string[] = [];
    const { claude } = clientFor([good], {
      logLevel: 'debug',
      logBodies: true,
      log: { debug: (line) => lines.push(line) },
    });
    await claude.messages.create({ ...request, system: 'x'.repeat(1_000_000) });
    expect(lines.map(({ length }) => length).filter((length) => length > 2_001)).toEqual([20_001]);
  });

  test('may be the console, and may be broken', async () => {
    const { claude } = clientFor([good], { log: console, logLevel: 'off' });
    await claude.messages.create(request);
    const broken = () => {
      throw new Error('full disk');
    };
    const answers = [refused, good];
    const log = { debug: broken, info: broken, warn: broken, error: broken };
    const made = clientFor(answers, { log, logLevel: 'debug' });
    expect(await within(made.clock, 60_000, made.claude.messages.create(request))).toMatchObject({ id: 'msg_01' });
  });

  test('has no other levels', () => {
    // What a program without types may give.
    const logLevel = 'trace' as LogLevel;
    expect(() => clientFor([good], { logLevel })).toThrow('Use one of debug, info, warn, error, off.');
  });
});
