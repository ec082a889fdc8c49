/** Tokens by workload identity, from a real token endpoint on loopback. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, oneAttempt, request } from '../../../../test/harness/claudeCalls.ts';
import { type Reply, sendJson, type TokenServer, tokenServer } from '../../../../test/harness/tokenServer.ts';
import { Claude, type ClaudeOptions, type WorkloadIdentity, workloadIdentity } from '../index.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnktMSJ9.c2lnbmF0dXJlLWNhbmFyeQ';
const rule = { federationRuleId: 'fdrl_1', organizationId: 'org-1' };

let server: TokenServer;
const clients: Claude[] = [];
beforeEach(async () => {
  server = await tokenServer();
});
afterEach(async () => {
  for (const claude of clients.splice(0)) await claude.close();
  await server.close();
});

function clientWith(identity: Partial<WorkloadIdentity> = {}, options: Partial<ClaudeOptions> = {}): Claude {
  const credentials = workloadIdentity({ assertion: jwt, ...rule, ...identity });
  const claude = new Claude({ credentials, baseURL: server.origin, ...options });
  clients.push(claude);
  return claude;
}

describe('workload identity', () => {
  test('is exchanged for a token that goes with every call', async () => {
    const claude = clientWith({ workspaceId: 'wrkspc_1', serviceAccountId: 'svac_1' }, { userAgent: 'mine/1' });
    await Promise.all([claude.messages.create(request), claude.messages.create(request, { betas: ['own'] })]);
    expect(server.exchanges).toHaveLength(1);
    const [exchange] = server.exchanges;
    expect(exchange).toMatchObject({ method: 'POST', path: '/v1/oauth/token' });
    expect(exchange?.headers).toMatchObject({
      'content-type': 'application/json',
      'anthropic-beta': 'oauth-2025-04-20,oidc-federation-2026-04-01',
      'user-agent': 'mine/1',
    });
    expect(exchange?.headers).not.toHaveProperty('authorization');
    expect(JSON.parse(exchange?.body ?? '')).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: jwt,
      federation_rule_id: 'fdrl_1',
      organization_id: 'org-1',
      workspace_id: 'wrkspc_1',
      service_account_id: 'svac_1',
    });
    expect(server.calls.map(({ headers }) => headers['authorization'])).toEqual(
      Array(2).fill(`Bearer ${server.accessToken}`),
    );
    expect(server.calls.map(({ headers }) => headers['anthropic-beta']).sort()).toEqual([
      'oauth-2025-04-20',
      'own,oauth-2025-04-20',
    ]);
  });

  test('is exchanged under the path of a gateway', async () => {
    const claude = clientWith({}, { baseURL: `${server.origin}/gateway/` });
    await claude.messages.create(request);
    expect(server.exchanges[0]?.path).toBe('/gateway/v1/oauth/token');
  });

  test('is exchanged again when the token was refused, and the call sent once more', async () => {
    const claude = clientWith();
    await claude.messages.create(request);
    const old = server.accessToken;
    server.refuse(old);
    await claude.messages.create(request, oneAttempt);
    expect(server.exchanges).toHaveLength(2);
    expect(server.calls.map(({ headers }) => headers['authorization'])).toEqual(
      [old, old, server.accessToken].map((token) => `Bearer ${token}`),
    );
  });

  test('comes from a function or file that is asked for every exchange', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'identity-'));
    const file = path.join(folder, 'token');
    try {
      await writeFile(file, `${jwt}1\n`);
      let asked = 0;
      for (const assertion of [{ file }, async () => `${jwt}${++asked}`]) {
        const claude = clientWith({ assertion });
        await claude.messages.create(request);
        await writeFile(file, `${jwt}2\n`);
        server.refuse(server.accessToken);
        await claude.messages.create(request);
      }
      const sent = server.exchanges.map(({ body }) => JSON.parse(body).assertion);
      expect(sent).toEqual([`${jwt}1`, `${jwt}2`, `${jwt}1`, `${jwt}2`]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.each<[string, WorkloadIdentity['assertion'], string, RegExp]>([
    ['is empty', () => ' \n', 'configuration', /The identity token is empty/],
    ['is no text', (() => undefined) as never, 'configuration', /The identity token is empty/],
    ['is too long', () => 'x'.repeat(16_385), 'configuration', /17 KiB, and 16 KiB are possible/],
    ['is in no file', { file: '/nowhere/canary/token' }, 'configuration', /\/nowhere\/canary\/token does not exist/],
    ['is a folder', { file: '/' }, 'configuration', /is not a file/],
    [
      'cannot be had',
      () => {
        throw new Error('no metadata service');
      },
      'authentication',
      /failed: no metadata service/,
    ],
  ])('says what is wrong when the identity token %s', async (_name, assertion, kind, says) => {
    const error = await failureOf(clientWith({ assertion }).messages.create(request));
    expect(error).toMatchObject({ kind, stage: 'credentials' });
    expect(error.message).toMatch(says);
    expect(server.exchanges).toHaveLength(0);
  });

  test.each(['assertion', 'federationRuleId', 'organizationId'])('must have its %s', (name) => {
    expect(() => workloadIdentity({ assertion: jwt, ...rule, [name]: '' })).toThrow(
      expect.objectContaining({ kind: 'configuration', field: name }),
    );
  });

  test('takes 16 KiB', async () => {
    await clientWith({ assertion: 'x'.repeat(16_384) }).messages.create(request);
    expect(server.exchanges).toHaveLength(1);
  });
});

const json =
  (status: number, body: unknown, headers = {}): Reply =>
  (response) =>
    sendJson(response, status, body, headers);
const raw =
  (status: number, type: string, body: string): Reply =>
  (response) =>
    response.writeHead(status, { 'content-type': type }).end(body);
const good = { access_token: 'sk-ant-canary-new', expires_in: 60 };

describe('a token endpoint', () => {
  test.each<[string, Reply, string, RegExp]>([
    [
      'refuses',
      json(401, { error: 'invalid_grant', error_description: 'Expired.', extra: 'canary' }),
      'authentication',
      /HTTP 401, invalid_grant: Expired\./,
    ],
    [
      'refuses with what was sent',
      (response, { body }) => sendJson(response, 400, { error_description: body }),
      'authentication',
      /HTTP 400/,
    ],
    [
      'refuses as the API does',
      json(403, { type: 'error', error: { type: 'permission_error', message: 'No.' } }),
      'authentication',
      /permission_error: No\./,
    ],
    ['is not there', json(404, {}), 'authentication', /gave no token \(HTTP 404\)/],
    ['is overloaded', json(529, { error: 'canary-x-1234567890' }, { 'retry-after': '7' }), 'overloaded', /HTTP 529/],
    ['has too many requests', json(429, {}), 'rate_limit', /HTTP 429/],
    ['is down', raw(503, 'text/html', '<h1>canary</h1>'), 'unavailable', /HTTP 503\)/],
    ['answers with a page', raw(200, 'text/html', '<h1>canary</h1>'), 'bad_response', /is not JSON/],
    ['answers with a list', json(200, [good]), 'bad_response', /is not JSON/],
    ['gives no token', json(200, { expires_in: 60, id_token: 'canary' }), 'bad_response', /has no token/],
    ['gives an empty token', json(200, { ...good, access_token: '' }), 'bad_response', /has no token/],
    ['gives another kind of token', json(200, { ...good, token_type: 'mac' }), 'bad_response', /not a bearer token/],
    ['gives a token without end', json(200, { access_token: 'sk-ant-canary' }), 'bad_response', /how long/],
    ['gives a token that has ended', json(200, { ...good, expires_in: 0 }), 'bad_response', /how long/],
    [
      'gives a token with a line break',
      json(200, { ...good, access_token: 'canary\n1' }),
      'authentication',
      /line break/,
    ],
    [
      'says more than 1 MB',
      raw(200, 'application/json', `{"access_token":"canary","x":"${'x'.repeat(1_100_000)}"}`),
      'bad_response',
      /longer than 1 MB/,
    ],
    ['breaks off', (response) => void response.destroy(), 'connection', /127\.0\.0\.1/],
    [
      'breaks off in its answer',
      (response) => void response.writeHead(200, { 'content-length': '9' }).write('{', () => response.destroy()),
      'truncated',
      /broke off/,
    ],
  ])('that %s is an error that says so and shows no secret', async (_name, reply, kind, says) => {
    server.reply = reply;
    const claude = clientWith();
    const error = await failureOf(claude.messages.create(request, oneAttempt));
    expect(error).toMatchObject({ kind });
    expect(error.message).toMatch(says);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/canary|eyJ/);
    expect(server.calls).toHaveLength(0);
    server.reply = undefined;
    await claude.messages.create(request);
    expect(server.calls).toHaveLength(1);
  });

  test('says how to mend what a rule refuses, gives the request’s id and when to ask again', async () => {
    server.reply = json(401, { error: 'invalid_grant' }, { 'request-id': 'req_7' });
    expect(await failureOf(clientWith().messages.create(request))).toMatchObject({
      status: 401,
      requestId: 'req_7',
      message: expect.stringContaining('give the workspace if the rule allows several'),
    });
    server.reply = json(429, {}, { 'retry-after': '90' });
    expect(await failureOf(clientWith().messages.create(request))).toMatchObject({ retryAfter: 90_000 });
  });

  test('is asked again by the call’s own retries when it may pass', async () => {
    server.reply = (response) => {
      server.reply = undefined;
      sendJson(response, 503, {});
    };
    await clientWith({}, { retries: { firstDelay: 1 } }).messages.create(request);
    expect(server.exchanges).toHaveLength(2);
  });

  test('is given up when the client closes', async () => {
    const begun = new Promise<void>((resolve) => {
      server.reply = (response) => {
        response.on('close', resolve);
        void claude.close();
      };
    });
    const claude = clientWith();
    const failure = failureOf(claude.messages.create(request));
    await begun;
    expect(await failure).toMatchObject({ kind: 'aborted' });
  });

  test('S33: that redirects is an error that names the host; nothing goes there', async () => {
    const other = await tokenServer();
    try {
      for (const status of [301, 302, 303, 307, 308]) {
        server.reply = (response) =>
          void response.writeHead(status, { location: `${other.origin}/v1/oauth/token` }).end();
        const error = await failureOf(clientWith().messages.create(request));
        expect(error).toMatchObject({ kind: 'redirect', host: new URL(other.origin).host });
      }
      expect([...other.exchanges, ...other.calls]).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test.each(['http://example.org', 'http://127.0.0.1.example.org', 'ftp://127.0.0.1'])(
    'S33: %s is not asked: the way there can be read',
    (baseURL) => {
      expect(() => clientWith({}, { baseURL })).toThrow(expect.objectContaining({ kind: 'configuration' }));
    },
  );
});
