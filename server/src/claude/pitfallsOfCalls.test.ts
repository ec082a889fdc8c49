/** Mistakes that clients of streaming APIs are known to make, in how they call and let go: none of them is made here. */
import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  clientFor,
  failureOf,
  good,
  key,
  outcomeOf,
  problem,
  request,
  within,
} from '../../../test/harness/claudeCalls.ts';
import { clientOf, events, head, started } from '../../../test/harness/claudeSockets.ts';
import { type Answer, streamOf } from '../../../test/harness/scriptedTransport.ts';
import { streams, written } from '../../../test/harness/streams.ts';
import { doing, runOf } from '../../../test/harness/toolRuns.ts';
import type { ClientLog } from './index.ts';

const second = 1_000;

describe('pitfall: a signal that lives long collects listeners', () => {
  test('whatever becomes of a call, it leaves none', async () => {
    const { signal } = new AbortController();
    const answers = [good, streamOf('data: broken\n\n', 'end'), problem(400, 'invalid_request_error'), good];
    const { claude, clock } = clientFor(answers, { retries: { attempts: 1 } });
    const call = outcomeOf(claude.messages.create(request, { signal }));
    await setImmediate();
    expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1);
    await call;
    for (let more = 0; more < 3; more++) await outcomeOf(claude.messages.create(request, { signal }));
    for await (const _event of claude.messages.stream(request, { signal })) break;
    const stream = claude.messages.stream(request, { signal });
    await stream.start();
    stream.abort();
    const run = claude.messages.runTools(request, { signal });
    await run.end();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('pitfall: a stream that is dropped keeps its socket', () => {
  const half = ['read', head, { chunk: written(events.slice(0, 3)) }, 'hold'] as const;
  test.each(['breaks off', 'disposes it', 'aborts it unread', 'fails itself'])('a reader that %s', async (how) => {
    const server = await started(half);
    const stream = clientOf(server.origin).messages.stream(request);
    await stream.start();
    expect(server.open).toBe(1);
    if (how === 'breaks off') for await (const _event of stream) break;
    else if (how === 'disposes it') await stream[Symbol.asyncDispose]();
    else if (how === 'aborts it unread') stream.abort();
    else
      await expect(
        (async () => {
          for await (const _event of stream) throw new Error('the reader’s own');
        })(),
      ).rejects.toThrow('the reader’s own');
    await server.idle();
  });

  test('an error answer whose body nobody wants does not keep one either', async () => {
    const server = await started(['read', 'HTTP/1.1 301 Moved\r\nlocation: /x\r\ncontent-length: 99\r\n\r\n', 'hold']);
    expect(await outcomeOf(clientOf(server.origin).messages.create(request))).toMatchObject({ kind: 'redirect' });
    await server.idle();
  });
});

describe('pitfall: the wait for another attempt cannot be cut, and believes any number', () => {
  test('an abort ends it at once', async () => {
    const { claude, clock, transport } = clientFor([problem(529, 'overloaded_error', {}, { 'retry-after': '40' })]);
    const controller = new AbortController();
    const call = failureOf(claude.messages.create(request, { signal: controller.signal }));
    await clock.pass(second);
    expect(clock.pending).toBeGreaterThan(0);
    controller.abort('no longer wanted');
    expect(await call).toMatchObject({ kind: 'aborted', cause: 'no longer wanted' });
    expect([clock.pending, transport.requests.length]).toEqual([0, 1]);
  });

  test.each(['-1', '1e9', 'Infinity', '0x10', '99999999999999999999', '3600', 'soon', 'Wed, 21 Oct 2099 07:28:00 GMT'])(
    'retry-after: %s never makes a call wait longer than a minute',
    async (value) => {
      const answers = [problem(503, 'api_error', {}, { 'retry-after': value }), good];
      const patient = { retries: { budget: 1e12 }, deadlines: { total: 1e12 } };
      const { claude, clock } = clientFor(answers, patient);
      const delays: number[] = [];
      const onRetry = ({ delay }: { readonly delay: number }) => delays.push(delay);
      const result = await within(clock, 61 * second, claude.messages.create(request, { onRetry }));
      expect(result).not.toBe('still running');
      for (const delay of delays) expect(delay >= 0 && delay <= 60_000).toBe(true);
    },
  );
});

describe('pitfall: a body that was read is sent again, empty', () => {
  test('a stream that was taken is not tried again', async () => {
    const busy = 'HTTP/1.1 529 Overloaded\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
    const server = await started(['read', busy, 'fin'], ['read', busy, 'fin']);
    const claude = clientOf(server.origin, { retries: { firstDelay: 0, longestDelay: 0 } });
    const error = await failureOf(claude.files.upload(Readable.from(['only once']), { filename: 'a.txt' }));
    expect(error).toMatchObject({ status: 529, retryable: false });
    expect(server.received.map((bytes) => bytes.includes('only once'))).toEqual([true]);
  });
});

describe('pitfall: the check of long requests ignores the deadlines of a call', () => {
  test('128,000 tokens are asked for without a stream of one’s own, and the deadlines of the call count', async () => {
    const asked = { ...request, max_tokens: 128_000 };
    const whole = clientFor([good]);
    expect(await whole.claude.messages.create(asked)).toMatchObject({ stop_reason: 'end_turn' });
    expect(JSON.parse(String(whole.transport.requests[0]?.body))).toMatchObject({ max_tokens: 128_000, stream: true });
    const { claude, clock } = clientFor([{ before: [{ after: 3_600 * second }], steps: [] }]);
    const call = claude.messages.create(asked, { deadlines: { total: 7 * second } });
    expect(await within(clock, 6 * second, call)).toBe('still running');
    expect(await within(clock, 2 * second, call)).toMatchObject({ kind: 'timeout' });
  });
});

describe('pitfall: a run of tools stops at a pause, and loses its container', () => {
  test('it goes on after pause_turn, in the container that the answer named', async () => {
    const working = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'code_execution', input: {} };
    const container = { id: 'container_1', expires_at: '2026-12-01T00:00:00Z' };
    const { run, bodies } = runOf(
      [{ says: [working], stop: 'pause_turn', ends: { container } }, { says: [{ call: 'do' }] }, { says: ['Done.'] }],
      { params: { tools: [doing('do')] } },
    );
    expect(await run.end()).toMatchObject({ reason: 'finished', message: { content: [{ text: 'Done.' }] } });
    expect(bodies().map((body) => body.container)).toEqual([undefined, 'container_1', 'container_1']);
    expect(bodies()[1]?.messages.at(-1)).toEqual({ role: 'assistant', content: [working] });
  });
});

describe('pitfall: names in anthropic-beta are joined with blanks', () => {
  test('wherever they come from, there is none, and each stands there once', async () => {
    const { claude, transport } = clientFor([good], {
      headers: { 'anthropic-beta': 'one-2026-01-01, two-2026-01-01' },
    });
    await claude.messages.create(request, { betas: ['three-2026-01-01', ' one-2026-01-01 '] });
    const header = transport.requests[0]?.headers['anthropic-beta'] ?? '';
    expect(header).not.toMatch(/\s/);
    expect(header.split(',').sort()).toEqual(['one-2026-01-01', 'three-2026-01-01', 'two-2026-01-01']);
  });
});

describe('pitfall: a list ends at an empty page', () => {
  const page = (data: readonly string[], next: string | null): Answer => ({
    headers: { 'content-type': 'application/json' },
    steps: [JSON.stringify({ data: data.map((id) => ({ id, filename: id })), next_page: next }), 'end'],
  });
  test.each(['files', 'skills'] as const)('%s are listed as long as there is a next page', async (list) => {
    const { claude } = clientFor([page([], 'p1'), page(['a'], 'p2'), page([], 'p3'), page(['b'], null)]);
    const ids: string[] = [];
    for await (const { id } of claude[list].list()) ids.push(id);
    expect(ids).toEqual(['a', 'b']);
  });
});

describe('pitfall: secrets in the log', () => {
  test('headers are shown only when they are known to be harmless', async () => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const log: ClientLog = { debug: write, info: write, warn: write, error: write };
    const names = ['authorization', 'x-api-key', 'cookie', 'api-key', 'x-amz-security-token', 'x-new-secret'];
    const secret = 'canary-0123456789-canary';
    const own = Object.fromEntries(names.map((name) => [name, secret]));
    const refused = problem(529, 'overloaded_error', {}, { 'set-cookie': secret, 'x-new-secret': secret });
    const { claude, clock } = clientFor([refused, good], { log, logLevel: 'debug', headers: own });
    await within(clock, 60 * second, claude.messages.create(request));
    const plain = clientFor([refused, good], { log, logLevel: 'debug' });
    await within(plain.clock, 60 * second, plain.claude.messages.create(request));
    expect(lines.filter((line) => line.includes('POST /v1/messages'))).toHaveLength(4);
    expect(lines.join('\n')).not.toContain(secret);
    expect(lines.join('\n')).not.toContain(key);
  });
});

describe('pitfall: a new major version sends other headers', () => {
  test('the version of the API is said, and a key and a token go where each belongs', async () => {
    const withKey = clientFor([good]);
    await withKey.claude.messages.create(request);
    const headers = withKey.transport.requests[0]?.headers;
    expect(headers).toMatchObject({ 'anthropic-version': '2026-10-21', 'x-api-key': key });
    expect(headers).not.toHaveProperty('authorization');
    const withToken = clientFor([good], {}, { authToken: 'token-1' });
    await withToken.claude.messages.create(request);
    const others = withToken.transport.requests[0]?.headers;
    expect(others).toMatchObject({ 'anthropic-version': '2026-10-21', authorization: 'Bearer token-1' });
    expect(others).not.toHaveProperty('x-api-key');
    const gateway = clientFor([good], {}, { apiKey: key, keyScheme: 'bearer' });
    await gateway.claude.messages.create(request);
    expect(gateway.transport.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${key}` });
    expect(gateway.transport.requests[0]?.headers).not.toHaveProperty('x-api-key');
  });

  test('a caller may say another version', async () => {
    const { claude, transport } = clientFor([streamOf(written(streams['text'] ?? []), 'end')]);
    await claude.messages.create(request, { headers: { 'Anthropic-Version': '2023-06-01' } });
    expect(transport.requests[0]?.headers['anthropic-version']).toBe('2023-06-01');
  });
});
