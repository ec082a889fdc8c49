/** The client against answers of every kind, without sockets: errors, retries, deadlines, settings. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type FakeClock, fakeClock } from '../../../test/harness/fakeClock.ts';
import { type Answer, scriptedTransport, streamOf } from '../../../test/harness/scriptedTransport.ts';
import { block, start, streams, text, written } from '../../../test/harness/streams.ts';
import { adviceFor, Claude, ClaudeError, type ClaudeOptions, type RequestOptions } from './index.ts';

const key = 'sk-ant-canary-0123456789';
const request = { model: 'claude-sonnet-5-5', max_tokens: 1_000, messages: [{ role: 'user', content: 'hi' }] } as const;
const good = streamOf(written(streams['text'] ?? []), 'end');

function clientFor(answers: readonly Answer[], options: Partial<ClaudeOptions> = {}) {
  const clock = fakeClock();
  const transport = scriptedTransport(clock, answers);
  const claude = new Claude({ apiKey: key, clock, transport, retries: { random: () => 0.5 }, ...options });
  return { claude, clock, transport };
}

async function failureOf(promise: Promise<unknown>): Promise<ClaudeError> {
  const error = await promise.then(
    (value) => value,
    (reason: unknown) => reason,
  );
  if (error instanceof ClaudeError) return error;
  throw new Error(`not a ClaudeError: ${inspect(error)}`);
}

/** What a call comes to while the clock runs for so long. */
async function outcome<Value>(
  clock: FakeClock,
  promise: Promise<Value>,
  milliseconds: number,
): Promise<Value | ClaudeError | 'still running'> {
  let result: Value | ClaudeError | 'still running' = 'still running';
  promise.then(
    (value) => {
      result = value;
    },
    (error: unknown) => {
      if (error instanceof ClaudeError) result = error;
    },
  );
  await clock.pass(milliseconds);
  return result;
}

const oneAttempt: RequestOptions = { retries: { attempts: 1 } };

function problem(status: number, type: string, more: object = {}, headers: Record<string, string> = {}): Answer {
  const body = { type: 'error', error: { type, message: 'The reason.', ...more }, request_id: 'req_body' };
  return { status, headers: { 'content-type': 'application/json', ...headers }, steps: [JSON.stringify(body), 'end'] };
}

describe('a failed request', () => {
  test.each<[number, string, string]>([
    [400, 'invalid_request_error', 'invalid_request'],
    [401, 'authentication_error', 'authentication'],
    [402, 'billing_error', 'billing'],
    [403, 'permission_error', 'permission'],
    [404, 'not_found_error', 'not_found'],
    [408, 'timeout_error', 'timeout'],
    [409, 'conflict_error', 'conflict'],
    [413, 'request_too_large', 'too_large'],
    [422, 'new_error', 'invalid_request'],
    [429, 'rate_limit_error', 'rate_limit'],
    [500, 'api_error', 'server'],
    [502, 'api_error', 'unavailable'],
    [503, 'api_error', 'unavailable'],
    [504, 'timeout_error', 'timeout'],
    [529, 'overloaded_error', 'overloaded'],
  ])('with status %i (%s) is of kind %s, and says what to do', async (status, type, kind) => {
    const { claude } = clientFor([problem(status, type, {}, { 'request-id': 'req_header' })]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error).toMatchObject({
      kind,
      status,
      errorType: type,
      requestId: 'req_header',
      host: 'api.anthropic.com',
      stage: 'headers',
    });
    expect(error.message).toBe(`api.anthropic.com answered ${status} (${type}: The reason.). ${adviceFor[error.kind]}`);
  });

  test.each([
    ['enforced_spend_limit_reached', 429, 'spend_limit'],
    ['contract_spend_limit_reached', 429, 'spend_limit'],
    ['organization_on_hold', 400, 'permission'],
  ])('with the code %s and status %i is of kind %s, whatever else it says', async (code, status, kind) => {
    const { claude, transport } = clientFor([
      problem(status, 'rate_limit_error', { details: { error_code: code } }, { 'x-should-retry': 'true' }),
    ]);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({
      kind,
      errorCode: code,
      requestId: 'req_body',
    });
    expect(transport.requests).toHaveLength(1);
  });

  test('carries the limits that its headers name', async () => {
    const headers = {
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2026-11-22T00:00:30Z',
      'anthropic-ratelimit-tokens-limit': 'many',
    };
    const { claude } = clientFor([problem(429, 'rate_limit_error', {}, headers)]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error.rateLimits).toEqual({
      requests: { limit: 50, remaining: 0, resetsAt: Date.UTC(2026, 10, 22, 0, 0, 30) },
    });
  });

  test('that echoes the key does not show it anywhere', async () => {
    const forms = [key, Buffer.from(key).toString('base64'), encodeURIComponent(key)];
    for (const form of forms) {
      const { claude } = clientFor([
        problem(
          401,
          `type ${form}`,
          { message: `bad key ${form}`, details: { error_code: 'x' } },
          { 'request-id': 'r' },
        ),
      ]);
      const error = await failureOf(claude.messages.create(request, oneAttempt));
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(form);
      expect(error.message).toContain('[key]');
      expect(inspect(claude, { depth: 9, showHidden: true })).not.toContain(key);
    }
  });
});

const html = '<!doctype html><title>Sign in</title>';
const json = { 'content-type': 'application/json' };

describe('R9: an answer that is none of the API', () => {
  test.each<[string, Answer, RegExp]>([
    [
      'HTML with 200',
      { headers: { 'content-type': 'text/html; charset=utf-8' }, steps: [html, 'end'] },
      /HTTP 200, text\/html/,
    ],
    ['nothing with 200', { headers: {}, steps: ['end'] }, /HTTP 200, no content type\) is empty/],
    ['204', { status: 204, steps: ['end'] }, /HTTP 204, no content type/],
    ['206', { status: 206, headers: json, steps: ['{}', 'end'] }, /HTTP 206, application\/json/],
    [
      'a JSON error with 200',
      { headers: json, steps: ['{"type":"error","error":{"type":"api_error","message":"m"}}', 'end'] },
      /HTTP 200, application\/json/,
    ],
    [
      'a message in place of a stream',
      { headers: json, steps: ['{"type":"message"}', 'end'] },
      /not a stream of events/,
    ],
    ['an empty stream', { headers: { 'content-type': 'text/event-stream' }, steps: ['end'] }, /HTTP 200, event stream/],
    [
      'a truncated stream of JSON',
      { headers: { 'content-type': 'text/event-stream' }, steps: ['event: message_start\ndata: {"type":"mess', 'end'] },
      /cannot be read|broke off/,
    ],
    [
      'a compressed stream',
      {
        headers: { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' },
        steps: [Buffer.of(31, 139, 8), 'end'],
      },
      /compressed \(gzip\)/,
    ],
    [
      'UTF-16',
      { headers: { 'content-type': 'text/plain' }, steps: [Buffer.from(html, 'utf16le'), 'end'] },
      /HTTP 200, text\/plain/,
    ],
    [
      'endless HTML',
      { headers: { 'content-type': 'text/html' }, steps: Array<Buffer>(40).fill(Buffer.alloc(1_048_576, 'x')) },
      /HTTP 200, text\/html/,
    ],
    [
      'a page that sends elsewhere',
      {
        headers: { 'content-type': 'text/html' },
        steps: ['<meta http-equiv="refresh" content="0;url=https://evil.example">', 'end'],
      },
      /HTTP 200, text\/html/,
    ],
  ])('to a streamed call is typed and names status and content type: %s', async (_name, answer, says) => {
    const { claude } = clientFor([answer]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(['bad_response', 'truncated']).toContain(error.kind);
    expect(error.message).toMatch(says);
    expect(error.status ?? 200).toBe(answer.status ?? 200);
  });

  test.each<[string, Answer, RegExp]>([
    [
      'HTML with 200',
      { headers: { 'content-type': 'text/html' }, steps: [html, 'end'] },
      /HTTP 200, text\/html\) is not JSON/,
    ],
    ['nothing with 200', { headers: json, steps: ['end'] }, /is not what was asked for/],
    ['204', { status: 204, steps: ['end'] }, /HTTP 204/],
    ['truncated JSON', { headers: json, steps: ['{"input_to', 'end'] }, /is not what was asked for/],
    ['a stream', good, /text\/event-stream\) is not JSON/],
    ['an error with 200', { headers: json, steps: ['{"type":"error"}', 'end'] }, /input_tokens/],
    ['a number as text', { headers: json, steps: ['{"input_tokens":"5"}', 'end'] }, /input_tokens/],
    ['too much', { headers: json, steps: Array<Buffer>(40).fill(Buffer.alloc(1_048_576, ' ')) }, /longer than 32 MB/],
  ])('to a plain call is typed, too: %s', async (_name, answer, says) => {
    const { claude } = clientFor([answer]);
    const error = await failureOf(claude.messages.countTokens(request, oneAttempt));
    expect(error.kind).toBe('bad_response');
    expect(error.message).toMatch(says);
  });

  test('an HTML page with an error status counts by its status', async () => {
    const { claude } = clientFor([{ status: 502, headers: { 'content-type': 'text/html' }, steps: [html, 'end'] }]);
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error.message).toContain('api.anthropic.com answered 502 without saying why (text/html)');
  });
});

describe('R16: after 429', () => {
  const wall = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 0, 0, 1 + seconds)).toUTCString();
  test.each<[Record<string, string>, number | 'fails']>([
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': ' 3 ' }, 3_000],
    [{ 'retry-after': '60' }, 60_000],
    [{ 'retry-after': '61' }, 'fails'],
    [{ 'retry-after': '999999999999' }, 'fails'],
    [{ 'retry-after': '-5' }, 250],
    [{ 'retry-after': 'soon' }, 250],
    [{ 'retry-after': '' }, 250],
    [{ 'retry-after': 'NaN' }, 250],
    [{ 'retry-after': '1e3' }, 250],
    [{ 'retry-after': wall(5) }, 5_000],
    [{ 'retry-after': wall(-60) }, 0],
    [{ 'retry-after': wall(7_200) }, 'fails'],
    [{ 'retry-after': wall(65), date: wall(60) }, 5_000],
    [{ 'retry-after-ms': '700', 'retry-after': '9' }, 700],
    [{}, 250],
  ])('with %j the next attempt comes after %s', async (headers, expected) => {
    const { claude, clock, transport } = clientFor([problem(429, 'rate_limit_error', {}, headers), good]);
    const delays: number[] = [];
    const result = await outcome(
      clock,
      claude.messages.create(request, { onRetry: ({ delay }) => delays.push(delay) }),
      90_000,
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
    expect(await outcome(clock, claude.messages.create(request), 90_000)).toMatchObject({ kind: 'spend_limit' });
    expect(transport.requests).toHaveLength(1);
  });

  test.each([
    ['false', 500, 1],
    ['true', 400, 4],
  ])('x-should-retry: %s decides for status %i', async (header, status, attempts) => {
    const { claude, clock, transport } = clientFor([problem(status, 'api_error', {}, { 'x-should-retry': header })]);
    await outcome(clock, claude.messages.create(request), 90_000);
    expect(transport.requests).toHaveLength(attempts);
  });

  test('waits grow, stay within their bounds, and end with the attempts', async () => {
    const { claude, clock } = clientFor([problem(500, 'api_error')], { retries: { attempts: 8, random: () => 0.999 } });
    const delays: number[] = [];
    const result = await outcome(
      clock,
      claude.messages.create(request, { onRetry: ({ delay }) => delays.push(Math.round(delay)) }),
      90_000,
    );
    expect(delays).toEqual([500, 999, 1998, 3996, 7992, 7992, 7992]);
    expect(result).toMatchObject({ kind: 'server' });
  });

  test('the budget ends them earlier', async () => {
    const { claude, clock, transport } = clientFor([problem(429, 'rate_limit_error', {}, { 'retry-after': '50' })]);
    await outcome(clock, claude.messages.create(request), 400_000);
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
    await outcome(clock, claude.messages.create(request), 90_000);
    expect(transport.requests).toHaveLength(1);
  });
});

const begun = written([start(), ...block(0, { type: 'text', text: '' }, ...text('so far')).slice(0, 2)]);
const delta = written([{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '.' } }]);
const ping = 'event: ping\ndata: {"type": "ping"}\n\n';
const second = 1_000;
const minute = 60 * second;

describe('R6: a call that stalls', () => {
  test('before the headers ends after a minute', async () => {
    const { claude, clock } = clientFor([{ before: [{ after: 10 * minute }], steps: [] }]);
    const call = claude.messages.create(request, oneAttempt);
    expect(await outcome(clock, call, 59 * second)).toBe('still running');
    expect(await outcome(clock, call, 2 * second)).toMatchObject({ kind: 'timeout', stage: 'headers' });
    expect(clock.pending).toBe(1); // the script's own wait
  });

  test('in the middle ends after 90 s, and keeps what had come', async () => {
    const { claude, clock, transport } = clientFor([streamOf(begun)]);
    const call = claude.messages.create(request);
    expect(await outcome(clock, call, 89 * second)).toBe('still running');
    const error = await outcome(clock, call, 2 * second);
    expect(error).toMatchObject({ kind: 'stalled', partial: { content: [{ text: 'so far' }] } });
    expect(transport.destroyed).toBeGreaterThan(0);
    expect(clock.pending).toBe(0);
  });

  test('while its error is explained counts by its status', async () => {
    const { claude, clock } = clientFor([{ status: 500, headers: json, steps: ['{"ty'] }]);
    expect(await outcome(clock, claude.messages.create(request, oneAttempt), 2 * minute)).toMatchObject({
      kind: 'stalled',
    });
  });

  test.each(Array.from({ length: 20 }, (_, at) => at))('R7: but not when pings come, pause %i', async (at) => {
    const pauses = Array.from({ length: 2 + (at % 2) }, () => [{ after: (60 + at) * second }, ping]).flat();
    const { claude, clock } = clientFor([
      streamOf(begun, ...pauses, written((streams['text'] ?? []).slice(-3)), 'end'),
    ]);
    expect(await outcome(clock, claude.messages.create(request), 10 * minute)).toMatchObject({
      stop_reason: 'end_turn',
    });
  });
});

describe('R7: a call that drips', () => {
  test.each([
    ['pings', ping],
    ['comments', ': keep-alive\n\n'],
    ['half an event', 'd'],
  ])('nothing but %s ends after five minutes', async (_name, drop) => {
    const drops = Array.from({ length: 100 }, () => [{ after: 30 * second }, drop]).flat();
    const { claude, clock } = clientFor([streamOf(begun, ...drops)]);
    const call = claude.messages.create(request);
    expect(await outcome(clock, call, 299 * second)).toBe('still running');
    expect(await outcome(clock, call, 2 * second)).toMatchObject({
      kind: 'stalled',
      partial: { content: [{ text: 'so far' }] },
    });
  });

  test('real events, but without end, ends after half an hour', async () => {
    const drops = Array.from({ length: 1_000 }, () => [{ after: 60 * second }, delta]).flat();
    const { claude, clock } = clientFor([streamOf(begun, ...drops)]);
    const call = claude.messages.create(request);
    expect(await outcome(clock, call, 29 * minute)).toBe('still running');
    expect(await outcome(clock, call, 2 * minute)).toMatchObject({ kind: 'timeout', partial: { role: 'assistant' } });
    expect(clock.pending).toBe(0);
  });

  test('deadlines of its own count for one call', async () => {
    const { claude, clock } = clientFor([streamOf(begun)]);
    const call = claude.messages.create(request, { deadlines: { idle: 5 * second } });
    expect(await outcome(clock, call, 6 * second)).toMatchObject({ kind: 'stalled' });
  });

  test('a slow reader is not taken for a slow service', async () => {
    const { claude, clock } = clientFor([good]);
    const reader = claude.messages.stream(request)[Symbol.asyncIterator]();
    expect(await reader.next()).toMatchObject({ done: false });
    await clock.pass(20 * minute);
    expect(await reader.next()).toMatchObject({ done: false });
    await reader.return?.();
  });
});

describe('R19: when the clocks jump', () => {
  test.each([-3_600, 3_600, 30 * 86_400])('the wall clock by %i s, nothing happens', async (seconds) => {
    const { claude, clock } = clientFor([
      streamOf(begun, { after: 20 * second }, written((streams['text'] ?? []).slice(-3)), 'end'),
    ]);
    const call = claude.messages.create(request);
    await clock.pass(second);
    clock.shiftWall(seconds * second);
    expect(await outcome(clock, call, minute)).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('the machine sleeps an hour: what came meanwhile is read before anything is given up', async () => {
    const { claude, clock } = clientFor([
      streamOf(begun, { after: 3_601 * second }, written((streams['text'] ?? []).slice(-3)), 'end'),
    ]);
    const call = claude.messages.create(request, { deadlines: { total: 2 * 60 * minute } });
    await clock.pass(second);
    await clock.skip(3_600 * second);
    expect(await outcome(clock, call, 5 * second)).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('and what does not come soon after is given up', async () => {
    const { claude, clock } = clientFor([streamOf(begun)]);
    const call = claude.messages.create(request, { deadlines: { total: 2 * 60 * minute } });
    await clock.pass(second);
    await clock.skip(3_600 * second);
    expect(await outcome(clock, call, 15 * second)).toMatchObject({ kind: 'stalled' });
  });
});

describe('stopping', () => {
  test('before anything is sent sends nothing', async () => {
    const { claude, transport } = clientFor([good]);
    const reason = new Error('no longer wanted');
    expect(await failureOf(claude.messages.create(request, { signal: AbortSignal.abort(reason) }))).toMatchObject({
      kind: 'aborted',
      cause: reason,
      retryable: false,
    });
    expect(transport.requests).toEqual([]);
  });

  test('a stream that nobody reads at the moment closes its connection', async () => {
    const { claude, clock, transport } = clientFor([streamOf(begun)]);
    const controller = new AbortController();
    const stream = claude.messages.stream(request, { signal: controller.signal });
    await stream.start();
    controller.abort();
    expect(transport.destroyed).toBe(1);
    expect(clock.pending).toBe(0);
    expect(await failureOf(stream.finalMessage())).toMatchObject({ kind: 'aborted' });
  });

  test('the client stops all of its calls', async () => {
    const { claude, clock } = clientFor([streamOf(begun)]);
    const calls = [1, 2, 3].map(() => failureOf(claude.messages.create(request)));
    await clock.pass(second);
    await claude.close();
    for (const call of calls) expect(await call).toMatchObject({ kind: 'aborted' });
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'configuration' });
    expect(clock.pending).toBe(0);
  });
});

describe('settings', () => {
  test.each<[string, ClaudeOptions, RegExp]>([
    ['no key', {}, /There is no key/],
    ['two keys', { apiKey: 'a', authToken: 'b' }, /Both apiKey and authToken/],
    ['an empty key', { apiKey: ' ' }, /is empty/],
    ['a key with a line break', { apiKey: 'sk-canary\n' }, /line break/],
    ['a key with a control character', { apiKey: 'sk-canary\u0007' }, /control/],
    ['a key in other letters', { apiKey: 'sk-canaryключ' }, /characters that no key has/],
    ['an address that is none', { apiKey: 'a', baseURL: 'api.anthropic.com' }, /not a URL/],
    ['an address with a password', { apiKey: 'a', baseURL: 'https://u:canary@h' }, /user name or password/],
    ['an address without encryption', { apiKey: 'a', baseURL: 'http://example.org' }, /Use https/],
    ['an address that looks like this machine', { apiKey: 'a', baseURL: 'http://127.0.0.1.example.org' }, /Use https/],
    ['a name that only sounds like this machine', { apiKey: 'a', baseURL: 'http://evil.localhost' }, /Use https/],
    ['an address with a query', { apiKey: 'a', baseURL: 'https://h/?x' }, /"\?" or "#"/],
    ['an address of another kind', { apiKey: 'a', baseURL: 'file:///etc' }, /starts with file:/],
    ['a header with a line break', { apiKey: 'a', headers: { 'x-a': 'b\r\nx-canary: c' } }, /line breaks/],
    ['a header that frames', { apiKey: 'a', headers: { 'Transfer-Encoding': 'chunked' } }, /set by the client/],
    ['a header with a bad name', { apiKey: 'a', headers: { 'x a': 'b' } }, /has a name/],
    ['a proxy that is no URL', { apiKey: 'a', proxy: 'proxy:8080:9' }, /The proxy/],
    ['a proxy of another kind', { apiKey: 'a', proxy: 'socks5://u:canary@h:1' }, /not supported/],
  ])('that cannot work are refused without showing them: %s', (_name, options, says) => {
    const made = () => new Claude(options);
    expect(made).toThrow(ClaudeError);
    expect(made).toThrow(says);
    expect(() => made()).not.toThrow(/canary/);
  });

  test.each<[ClaudeOptions, string, string]>([
    [{ apiKey: 'a' }, 'https://api.anthropic.com', '/v1/messages'],
    [{ apiKey: 'a', baseURL: 'https://gateway.example/claude/' }, 'https://gateway.example', '/claude/v1/messages'],
    [{ apiKey: 'a', baseURL: 'https://gateway.example/v1' }, 'https://gateway.example', '/v1/messages'],
    [{ apiKey: 'a', baseURL: 'http://localhost:8080//' }, 'http://localhost:8080', '/v1/messages'],
    [{ apiKey: 'a', baseURL: 'http://[::1]:80' }, 'http://[::1]', '/v1/messages'],
  ])('%j lead to %s%s', async (options, origin, path) => {
    const { claude, transport } = clientFor([good], options);
    await claude.messages.create(request);
    expect(transport.requests[0]).toMatchObject({ origin, path, method: 'POST' });
  });

  test('headers are those of the API, and the caller may add to them', async () => {
    const { claude, transport } = clientFor([good], { headers: { 'X-Gateway': 'g', 'User-Agent': 'mine' } });
    await claude.messages.create(request, { betas: ['one-2026', 'two-2026'], headers: { 'x-call': 'c' } });
    expect(transport.requests[0]?.headers).toEqual({
      'anthropic-version': '2026-10-21',
      'anthropic-beta': 'one-2026,two-2026',
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'mine',
      'x-api-key': key,
      'x-gateway': 'g',
      'x-call': 'c',
    });
  });

  test('a token goes out as a bearer token', async () => {
    const clock = fakeClock();
    const transport = scriptedTransport(clock, [good]);
    await new Claude({ authToken: 'tok', clock, transport }).messages.create(request);
    expect(transport.requests[0]?.headers).toMatchObject({ authorization: 'Bearer tok' });
    expect(transport.requests[0]?.headers).not.toHaveProperty('x-api-key');
  });
});

describe('the endpoints', () => {
  test('are logged by status and request id alone', async () => {
    const lines: string[] = [];
    const { claude } = clientFor([good], { log: { debug: (line) => lines.push(line) } });
    await claude.messages.create(request);
    expect(lines).toEqual(['POST /v1/messages: 200, request req_1']);
  });

  test('create streams; without tokens it does not', async () => {
    const message = { ...(start()['message'] as object), stop_reason: 'max_tokens' };
    const { claude, transport } = clientFor([good, { headers: json, steps: [JSON.stringify(message), 'end'] }]);
    await claude.messages.create(request);
    expect(await claude.messages.create({ ...request, max_tokens: 0 })).toMatchObject({ id: 'msg_01' });
    expect(transport.requests.map(({ body }) => JSON.parse(String(body)))).toEqual([
      { ...request, stream: true },
      { ...request, max_tokens: 0 },
    ]);
  });

  test('countTokens counts', async () => {
    const { claude, transport } = clientFor([{ headers: json, steps: ['{"input_tokens":7}', 'end'] }]);
    expect(await claude.messages.countTokens(request)).toEqual({ input_tokens: 7 });
    expect(transport.requests[0]?.path).toBe('/v1/messages/count_tokens');
  });

  test('models are listed over all pages, and a page that leads to itself ends', async () => {
    const page = (ids: readonly string[], more: boolean): Answer => ({
      headers: json,
      steps: [
        JSON.stringify({ data: ids.map((id) => ({ id })), has_more: more, first_id: ids[0], last_id: ids.at(-1) }),
        'end',
      ],
    });
    const { claude, transport } = clientFor([page(['a', 'b'], true), page(['c'], true), page(['c'], true)]);
    const ids: string[] = [];
    for await (const { id } of claude.models.list({ limit: 2, lifecycle: ['active', 'deprecated'] })) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'c', 'c']);
    const query = '?limit=2&lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated';
    expect(transport.requests.map(({ path }) => path)).toEqual([
      `/v1/models${query}`,
      '/v1/models?limit=2&after_id=b&lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated',
      '/v1/models?limit=2&after_id=c&lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated',
    ]);
  });

  test('one model is asked for by a name that cannot leave its place', async () => {
    const { claude, transport } = clientFor([{ headers: json, steps: ['{"id":"m"}', 'end'] }]);
    expect(await claude.models.retrieve('../x?y')).toMatchObject({ id: 'm' });
    expect(transport.requests[0]?.path).toBe('/v1/models/..%2Fx%3Fy');
  });

  test('what is too large is not sent', async () => {
    const { claude, transport } = clientFor([good]);
    const messages = [{ role: 'user', content: 'x'.repeat(33 * 1024 * 1024) }] as const;
    expect(await failureOf(claude.messages.create({ ...request, messages }))).toMatchObject({ kind: 'too_large' });
    expect(transport.requests).toEqual([]);
  });

  test('models that end are warned of once', async () => {
    const warnings: [string, string][] = [];
    const { claude } = clientFor([good], { log: { warn: (message, { kind }) => warnings.push([kind, message]) } });
    for (const model of [
      'claude-sonnet-4-5',
      'claude-sonnet-4-5',
      'claude-3-opus-20240229',
      'claude-opus-5-5',
      'unknown',
    ])
      await claude.messages.create({ ...request, model });
    expect(warnings).toEqual([
      [
        'deprecated_model',
        'The model claude-sonnet-4-5 is deprecated and retires on 2026-11-30: use claude-sonnet-5-5 instead.',
      ],
      ['retired_model', 'The model claude-3-opus-20240229 was retired on 2026-01-05: use claude-opus-5-5 instead.'],
    ]);
  });
});
