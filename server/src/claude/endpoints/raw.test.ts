/** Requests to what this client does not know: what is sent, what comes back, and where they cannot go. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, problem } from '../../../../test/harness/claudeCalls.ts';
import { demoClient } from '../../../../test/harness/demoClient.ts';
import type { RawRequest } from './raw.ts';

const json = { 'content-type': 'application/json' };

test('a request goes out as it is given, with all that others have', async () => {
  const { claude, transport } = clientFor([{ headers: json, steps: ['{"a":[1,{"b":null}]}', 'end'] }]);
  const request: RawRequest = {
    method: 'PATCH',
    path: '/v1/new%20things/x',
    query: { q: 'ä b', ids: ['1', '2'] },
    body: { deep: { value: 1 } },
    headers: { 'X-Own': 'a', 'x-both': 'request' },
    betas: ['new-things-2026-12-01'],
  };
  const options = { headers: { 'x-both': 'options' }, betas: ['other'], extra: { more: true } };
  const { data, response } = await claude.request(request, options).withResponse();
  expect(data).toEqual({ a: [1, { b: null }] });
  expect(response.status).toBe(200);
  expect(transport.requests[0]).toMatchObject({
    method: 'PATCH',
    path: '/v1/new%20things/x?q=%C3%A4+b&ids%5B%5D=1&ids%5B%5D=2',
    headers: {
      'x-own': 'a',
      'x-both': 'options',
      'anthropic-beta': 'new-things-2026-12-01,other',
      'x-api-key': expect.any(String),
    },
  });
  expect(JSON.parse(String(transport.requests[0]?.body))).toEqual({ deep: { value: 1 }, more: true });
});

test.each<[RawRequest, string]>([
  [{ path: '/v1/a' }, 'GET'],
  [{ path: '/v1/a', body: {} }, 'POST'],
  [{ path: '/v1/a', body: {}, method: 'PUT' }, 'PUT'],
])('%j is a %s', async (request, method) => {
  const { claude, transport } = clientFor([{ headers: json, steps: ['1', 'end'] }]);
  expect(await claude.request(request)).toBe(1);
  expect(transport.requests[0]?.method).toBe(method);
});

test('every success counts, and errors are as everywhere', async () => {
  const { claude } = clientFor([{ status: 202, headers: json, steps: ['{}', 'end'] }]);
  expect(await claude.request({ path: '/v1/a', body: {} })).toEqual({});
  const failing = clientFor([problem(404, 'not_found_error')]);
  expect(await failureOf(failing.claude.request({ path: '/v1/a' }))).toMatchObject({ kind: 'not_found', status: 404 });
});

test.each([
  ['HTML', { 'content-type': 'text/html' }, '<p>'],
  ['cut JSON', json, '{"a":'],
  ['nothing', json, ''],
  ['depth', json, `${'['.repeat(100)}${']'.repeat(100)}`],
])('S35: %s is no answer', async (_name, headers, body) => {
  const { claude } = clientFor([{ headers, steps: [body, 'end'] }]);
  expect(await failureOf(claude.request({ path: '/v1/a' }))).toMatchObject({ kind: 'bad_response' });
});

test('an answer can be had as bytes, and a body can be anything', async () => {
  const { claude, demo } = await demoClient();
  const body = Buffer.from(
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n',
  );
  const upload = { contentType: 'multipart/form-data; boundary=x', body };
  const answer = await claude.requestBytes({ path: '/v1/files', upload });
  expect(JSON.parse(Buffer.from(await answer.bytes()).toString())).toMatchObject({ filename: 'a.txt', size_bytes: 5 });
  expect(demo.requests[0]).toMatchObject({ method: 'POST', body: [{ name: 'file', size: 5 }] });
});

describe('S6: a path stays where it belongs', () => {
  test.each([
    '',
    'v1/models',
    'https://evil.example/v1/models',
    '//evil.example/v1/models',
    '/\\evil.example/v1',
    '/v1\\..\\x',
    '/v1/../../admin',
    '/v1/%2e%2e/admin',
    '/v1/.%2E/admin',
    '/v1/..%2fadmin',
    '/v1/%2e%2e%5cadmin',
    '/v1/./models',
    '/v1/models?x=1',
    '/v1/models#x',
    '/v1/models x',
    '/v1/models HTTP/1.1\r\nhost: evil.example',
    '/v1/models\r\n\r\nGET /other',
    '/v1/models\u0000',
    '/v1/modèles',
    // Programs without types send whatever they have.
    undefined as unknown as string,
    7 as unknown as string,
  ])('%j', async (path) => {
    const { claude, transport } = clientFor([{ headers: json, steps: ['{}', 'end'] }], {
      baseURL: 'https://gate.example/claude',
    });
    expect(await failureOf(claude.request({ path }))).toMatchObject({ kind: 'invalid_request', field: 'path' });
    expect(await failureOf(claude.requestBytes({ path }))).toMatchObject({ kind: 'invalid_request', field: 'path' });
    expect(transport.requests).toEqual([]);
  });

  test('a method and headers stay what they are', async () => {
    const { claude, transport } = clientFor([{ headers: json, steps: ['{}', 'end'] }]);
    const method = 'GET /x HTTP/1.1\r\n' as 'GET';
    expect(await failureOf(claude.request({ path: '/v1/a', method }))).toMatchObject({ field: 'method' });
    const headers = { 'x-a': 'b\r\nx-c: d' };
    expect(await failureOf(claude.request({ path: '/v1/a', headers }))).toMatchObject({ kind: 'configuration' });
    expect(transport.requests).toEqual([]);
  });
});
