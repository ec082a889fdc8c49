/** The demo backend as a server: who may ask, what is answered to what, and that nothing else can reach it. */
import { request } from 'node:http';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, question, send } from '../../../test/harness/rawClient.ts';
import { type Demo, startDemo } from './server.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

describe('who may ask', () => {
  test.each([
    ['the key', () => ({ 'x-api-key': demo.key }), 200],
    ['the key as a bearer token', () => ({ authorization: `Bearer ${demo.key}` }), 200],
    ['another key', () => ({ 'x-api-key': 'gloss-demo-x' }), 401],
    ['no key', () => ({}), 401],
  ])('S26: with %s', async (_name, headers, status) => {
    const response = await fetch(`${demo.url}/v1/models`, { headers: headers() });
    expect(response.status).toBe(status);
    if (status === 401)
      expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'authentication_error' } });
  });

  test.each([
    ['127.0.0.1', 200],
    ['localhost', 200],
    ['[::1]', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example', 403],
  ])('S26: under the host name %j the status is %i', async (host, status) => {
    const { port } = new URL(demo.url);
    const headers = { host: `${host}:${port}`, 'x-api-key': demo.key };
    const answered = await new Promise((resolve, reject) => {
      request(`${demo.url}/v1/models`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(answered).toBe(status);
  });

  test('S26: it listens on loopback only, each time on a port and with a key of its own, and not after it is closed', async () => {
    const other = await startDemo();
    expect(new Set([demo.url, other.url, demo.key, other.key]).size).toBe(4);
    const { hostname, port } = new URL(other.url);
    expect(hostname).toBe('127.0.0.1');
    for (const address of outsideAddresses()) expect(await canConnect(address, Number(port)), address).toBe(false);
    expect(await canConnect('127.0.0.1', Number(port))).toBe(true);
    await other.close();
    await other.close();
    expect(await canConnect('127.0.0.1', Number(port))).toBe(false);
  });
});

describe('what is answered', () => {
  test.each([
    ['GET', '/v1/models', undefined, 200, undefined],
    ['GET', '/v1/models/claude-opus-5-5', undefined, 200, undefined],
    ['GET', '/v1/models?limit=1', undefined, 200, undefined],
    ['GET', '/v1/models/no-such-model', undefined, 404, 'not_found_error'],
    ['GET', '/v1/models/%E0%A4%A', undefined, 404, 'not_found_error'],
    ['POST', '/v1/models', '{}', 405, 'invalid_request_error'],
    ['GET', '/v1/messages', undefined, 405, 'invalid_request_error'],
    ['GET', '/', undefined, 404, 'not_found_error'],
    ['POST', '/v1/complete', '{}', 404, 'not_found_error'],
    ['POST', '/v1/messages', '', 400, 'invalid_request_error'],
    ['POST', '/v1/messages', '{', 400, 'invalid_request_error'],
    ['POST', '/v1/messages', '[]', 400, 'invalid_request_error'],
    ['POST', '/v1/messages', JSON.stringify({ ...question, model: undefined }), 400, 'invalid_request_error'],
    ['POST', '/v1/messages', JSON.stringify({ ...question, max_tokens: undefined }), 400, 'invalid_request_error'],
    ['POST', '/v1/messages', JSON.stringify({ ...question, max_tokens: 1.5 }), 400, 'invalid_request_error'],
    ['POST', '/v1/messages', JSON.stringify({ ...question, messages: [] }), 400, 'invalid_request_error'],
    [
      'POST',
      '/v1/messages',
      JSON.stringify({ ...question, messages: [{ role: 'cat', content: '' }] }),
      400,
      'invalid_request_error',
    ],
    ['POST', '/v1/messages/count_tokens', JSON.stringify({ ...question, max_tokens: undefined }), 200, undefined],
    ['POST', '/v1/messages', JSON.stringify(question), 200, undefined],
    [
      'POST',
      '/v1/messages',
      JSON.stringify({
        ...question,
        system: 'a',
        thinking: { type: 'adaptive' },
        tools: [{ name: 'a', input_schema: {} }],
        output_config: { effort: 'low' },
      }),
      200,
      undefined,
    ],
  ])('%s %s %s is answered with %i', async (method, path, body, status, type) => {
    const response = await send(demo, path, { method, ...(body === undefined ? {} : { body }) });
    const answer = (await response.json()) as { error?: { type: string; message: string }; request_id?: string };
    expect([response.status, answer.error?.type]).toEqual([status, type]);
    expect(response.headers.get('request-id')).toMatch(/^req_/);
    expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toMatch(/^\d+$/);
    if (type !== undefined)
      expect(answer).toMatchObject({ type: 'error', request_id: response.headers.get('request-id') });
  });

  test('a missing field is named', async () => {
    const answer = await (await ask(demo, { messages: undefined })).json();
    expect(answer).toMatchObject({ error: { message: 'messages: Field required' } });
  });

  test('a body over 32 MB is refused, one just below it is not', async () => {
    const filler = (size: number) => ({ messages: [{ role: 'user', content: 'x'.repeat(size) }] });
    expect((await ask(demo, filler(33 * 1024 * 1024))).status).toBe(413);
    expect((await ask(demo, filler(1024 * 1024))).status).toBe(200);
  });

  test('models say what they accept', async () => {
    const { data } = (await (await send(demo, '/v1/models')).json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toContain('claude-sonnet-5-5');
    const model = await (await send(demo, '/v1/models/claude-haiku-5-5')).json();
    expect(model).toMatchObject({
      type: 'model',
      lifecycle: 'active',
      max_tokens: 128_000,
      capabilities: { thinking: { types: { disabled: { supported: true }, enabled: { supported: false } } } },
    });
  });

  test('a message that is not streamed has text, a reason to stop and plausible counts', async () => {
    const answer = await (await ask(demo, { messages: [{ role: 'user', content: 'y'.repeat(4_000) }] })).json();
    expect(answer).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: question.model,
      content: [{ type: 'text', text: expect.stringContaining('no model is running') }],
      stop_reason: 'end_turn',
    });
    const { usage } = answer as { usage: { input_tokens: number; output_tokens: number } };
    expect(usage.input_tokens).toBeGreaterThan(999);
    expect(usage.input_tokens).toBeLessThan(1_100);
    expect(usage.output_tokens).toBeGreaterThan(5);
  });
});

test('it remembers what was asked: method, path, headers in lower case, body', async () => {
  await ask(demo, {}, { headers: { 'X-Own': 'a' } });
  await send(demo, '/v1/models?limit=2');
  expect(demo.requests).toMatchObject([
    { method: 'POST', path: '/v1/messages', headers: { 'x-own': 'a' }, body: question, aborted: false },
    { method: 'GET', path: '/v1/models', aborted: false },
  ]);
});

test('it forgets the oldest requests when they are large', async () => {
  for (let count = 0; count < 5; count++) {
    const body = { ...question, messages: [{ role: 'user', content: 'x'.repeat(20 * 1024 * 1024) }], count };
    await send(demo, '/v1/messages/count_tokens', { method: 'POST', body: JSON.stringify(body) });
  }
  expect(demo.requests.length).toBe(3);
  expect(demo.requests.at(-1)?.body).toMatchObject({ count: 4 });
});

function outsideAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
