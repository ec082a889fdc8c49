/** What a client is made with. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, good, key, request } from '../../../test/harness/claudeCalls.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { scriptedTransport } from '../../../test/harness/scriptedTransport.ts';
import { Claude, ClaudeError, type ClaudeOptions } from './index.ts';

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
    [
      'a deadline that is no number',
      { apiKey: 'a', deadlines: { total: Number('soon') } },
      /deadline total is no time/,
    ],
    ['a deadline in the past', { apiKey: 'a', deadlines: { idle: -1 } }, /deadline idle is no time/],
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

  test('a call says so as well', async () => {
    const { claude, transport } = clientFor([good]);
    const call = claude.messages.create(request, { deadlines: { connect: Number.NaN } });
    await expect(call).rejects.toMatchObject({ kind: 'configuration', field: 'deadlines' });
    await claude.messages.create(request, { deadlines: { connect: 1_000, idle: Infinity } });
    expect(transport.requests).toHaveLength(1);
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

test.each([
  [{ timeout: 600_000 }, 'timeout', 'deadlines.total'],
  [{ maxRetries: 2 }, 'maxRetries', 'retries.attempts'],
  [{ defaultHeaders: {} }, 'defaultHeaders', 'headers'],
  [{ baseUrl: 'https://example.org' }, 'baseUrl', 'baseURL'],
  [{ fetch: globalThis.fetch }, 'fetch', 'fetchTransport'],
  [{ retries: { attempts: Number.NaN } }, 'retries.attempts', 'from 1 on'],
  [{ retries: { budget: -1 } }, 'retries.budget', 'from 0 on'],
])('what would do nothing or harm is refused, with what to use: %j', (options: object, field, fix) => {
  const made = () => new Claude({ apiKey: 'k', ...options });
  expect(made).toThrow(
    expect.objectContaining({ kind: 'configuration', field, message: expect.stringContaining(fix) }),
  );
});

test('programs without types are told what is missing', async () => {
  expect(() => new Claude()).toThrow(/There is no key/);
  const { claude } = clientFor([good]);
  const signal: object = { signal: {} };
  expect(await failureOf(claude.messages.create(request, signal))).toMatchObject({
    kind: 'configuration',
    field: 'signal',
  });
  await claude.close();
});
