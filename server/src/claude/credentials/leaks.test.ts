/** S32: no key, token or assertion is seen anywhere, whatever fails and whoever repeats it. */
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { request } from '../../../../test/harness/claudeCalls.ts';
import { type ProfileFolder, person, profileFolder, signIn } from '../../../../test/harness/profiles.ts';
import {
  type Received,
  type Reply,
  sendJson,
  type TokenServer,
  tokenServer,
} from '../../../../test/harness/tokenServer.ts';
import {
  Claude,
  type ClaudeOptions,
  credentialsFromEnvironment,
  keyHelper,
  profile,
  workloadIdentity,
} from '../index.ts';

let server: TokenServer;
let folder: ProfileFolder;
beforeEach(async () => {
  server = await tokenServer();
  folder = await profileFolder();
});
afterEach(async () => {
  await server.close();
  await folder.remove();
});

/** With letters that some encodings write otherwise. */
const secret = 'sk-ant-canary/+="\\0123456789';
const refresh = 'sk-ant-canary-refresh/+="\\0123456789';

/** The six ways in which a secret may be written. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  URL: encodeURIComponent,
  JSON: (text) => JSON.stringify(text).slice(1, -1),
};

/** Everything that a person, a log or a hook may see of a call that fails. */
async function seen(options: ClaudeOptions): Promise<string> {
  const lines: string[] = [];
  const note = (...values: readonly unknown[]) => void lines.push(...values.map((value) => inspect(value, deep)));
  const claude = new Claude({ baseURL: server.origin, log: { debug: note, warn: note }, ...options });
  note(claude, JSON.stringify(claude));
  for (let call = 0; call < 2; call++) {
    try {
      await claude.messages.create(request, { retries: { attempts: 2, firstDelay: 1 }, onRetry: note });
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      note(error, cause, String(error), String(cause), JSON.stringify(error), JSON.stringify(cause));
      if (error instanceof Error) note(error.stack, Object.entries(error));
    }
  }
  note(claude);
  await claude.close();
  return lines.join('\n');
}

const deep = { depth: 12, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity } as const;

/** Which secrets are in a text, and how they are written. */
function leaksIn(text: string): readonly string[] {
  const secrets = [secret, refresh, ...issued()];
  return secrets.flatMap((value) =>
    Object.entries(encodings)
      .filter(([, write]) => text.includes(write(value).replace(/=+$/, '')))
      .map(([name]) => `${name} of ${value}`),
  );
}

const issued = () => [server.accessToken, server.refreshToken];

/** Every source, with a secret that it knows. */
const sources: Readonly<Record<string, () => ClaudeOptions | Promise<ClaudeOptions>>> = {
  'a key': () => ({ apiKey: secret }),
  'a bearer key': () => ({ apiKey: secret, keyScheme: 'bearer' }),
  'a token': () => ({ authToken: secret }),
  'a function': () => ({ apiKey: async () => secret }),
  'a source': () => ({ credentials: { token: async () => ({ value: secret }) } }),
  'a key helper': () => ({ credentials: keyHelper(['/bin/echo', secret]) }),
  'a key of the environment': () => ({
    credentials: credentialsFromEnvironment({ ANTHROPIC_API_KEY: secret, ANTHROPIC_BASE_URL: server.origin }),
  }),
  'a token of the environment': () => ({
    credentials: credentialsFromEnvironment({ ANTHROPIC_AUTH_TOKEN: secret, ANTHROPIC_BASE_URL: server.origin }),
  }),
  'workload identity': () => ({ credentials: identity(secret) }),
  'an identity token from a function': () => ({ credentials: identity(() => secret) }),
  'an identity token in a file': async () => ({
    credentials: identity({ file: await folder.write('identity', secret) }),
  }),
  'a sign-in': () => signedIn(-1),
  'a sign-in that goes on': () => signedIn(3_600),
};

const identity = (assertion: string | (() => string) | { readonly file: string }) =>
  workloadIdentity({ assertion, federationRuleId: 'fdrl_1', organizationId: 'org-1' });

async function signedIn(left: number): Promise<ClaudeOptions> {
  await folder.write('configs/work.json', { ...person, base_url: server.origin });
  await folder.write('credentials/work.json', signIn(secret, refresh, left));
  return { credentials: profile('work', folder.environment) };
}

/** What came in, in every encoding: as a hostile service may repeat it. */
function repeated({ headers, body }: Received): string {
  const token = (headers['authorization'] ?? headers['x-api-key'] ?? '').replace('Bearer ', '');
  const texts = [token, body, secret, refresh, ...issued()].filter((text) => text !== '');
  return texts.flatMap((text) => Object.values(encodings).map((write) => write(text))).join(' ');
}

const oneLine = (received: Received) => repeated(received).replace(/[^\x20-\x7e]/g, ' ');

/** What a hostile or broken API answers. */
const answers: Readonly<Record<string, Reply>> = {
  'a refusal': (response, received) =>
    sendJson(
      response,
      401,
      {
        type: 'error',
        error: { type: repeated(received), message: repeated(received), details: { error_code: repeated(received) } },
        request_id: repeated(received),
      },
      { 'request-id': oneLine(received) },
    ),
  'an error': (response, received) =>
    sendJson(response, 400, { type: 'error', error: { type: 'x', message: repeated(received) } }),
  'a fault': (response, received) =>
    sendJson(response, 500, { type: 'error', error: { type: 'api_error', message: repeated(received) } }),
  'a page': (response, received) =>
    response.writeHead(200, { 'content-type': oneLine(received) }).end(repeated(received)),
  'a redirect': (response, received) =>
    response
      .writeHead(307, {
        location: `https://${encodeURIComponent(oneLine(received)).slice(0, 60)}.example/?${encodeURIComponent(oneLine(received))}`,
      })
      .end(),
  'a broken stream': (response, received) =>
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .end(
        `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'api_error', message: repeated(received) } })}\n\n`,
      ),
  nothing: (response) => void response.destroy(),
};

/** What a hostile or broken token endpoint answers. */
const replies: Readonly<Record<string, Reply>> = {
  'a refusal': (response, received) =>
    sendJson(
      response,
      400,
      {
        error: repeated(received),
        error_description: repeated(received),
        error_uri: repeated(received),
        assertion: repeated(received),
        [repeated(received)]: 1,
      },
      { 'request-id': oneLine(received) },
    ),
  'a fault': (response, received) => response.writeHead(500).end(repeated(received)),
  'a page': (response, received) =>
    response.writeHead(200, { 'content-type': oneLine(received) }).end(repeated(received)),
  'no end': (response) => sendJson(response, 200, { access_token: secret, refresh_token: refresh }),
  'no token': (response, received) => sendJson(response, 200, { expires_in: 9, token: repeated(received) }),
  'a token that cannot be sent': (response) => sendJson(response, 200, { access_token: `${secret}\n`, expires_in: 9 }),
  'a redirect': (response, received) =>
    response.writeHead(308, { location: `https://x.example/?${encodeURIComponent(oneLine(received))}` }).end(),
  nothing: (response) => void response.destroy(),
};

describe('S32: nothing is seen of', () => {
  const names = Object.keys(sources);

  test.each(names)('%s, whatever the API answers', async (name) => {
    server.reply = (response) =>
      sendJson(response, 200, { access_token: secret, refresh_token: refresh, expires_in: 9 });
    for (const [kind, answer] of Object.entries(answers)) {
      server.answer = answer;
      const text = await seen((await sources[name]?.()) ?? {});
      expect(text, kind).toMatch(/ClaudeError/);
      expect(leaksIn(text), kind).toEqual([]);
    }
    expect(server.calls.length).toBeGreaterThanOrEqual(2 * Object.keys(answers).length);
  });

  test.each(names.slice(-5))('%s, whatever the token endpoint answers', async (name) => {
    // Those whose token is good are to be renewed, too.
    server.answer = (response) => sendJson(response, 401, {});
    for (const [kind, reply] of Object.entries(replies)) {
      server.reply = reply;
      const text = await seen((await sources[name]?.()) ?? {});
      expect(text, kind).toMatch(/ClaudeError/);
      expect(leaksIn(text), kind).toEqual([]);
    }
    expect(server.exchanges.length).toBeGreaterThanOrEqual(Object.keys(replies).length);
  });

  const throwing = (error: unknown) => () => {
    throw error;
  };
  const written = Object.values(encodings).map((write) => write(secret));
  const errors = written.flatMap((text) => [
    new Error(`bad key: ${text}`),
    Object.assign(new TypeError('x', { cause: text }), { key: text, headers: { authorization: text } }),
    Object.assign(new Error(''), { name: text, code: text }),
    text,
    { text },
  ]);

  test('what a person’s own function throws', async () => {
    for (const error of errors) {
      const own: readonly ClaudeOptions[] = [
        { apiKey: throwing(error) },
        { credentials: { token: throwing(error) } },
        { credentials: identity(throwing(error)) },
      ];
      for (const options of own) expect(leaksIn(await seen(options)), inspect(error)).toEqual([]);
    }
  });

  test('what a key helper complains of', async () => {
    for (const text of written)
      for (const code of [
        `echo "$1" >&2; exit 1`,
        `echo "$1"; echo "$1" >&2; exit 1`,
        `echo "$1 $1"`,
        `printf '\\n'; echo "$1" >&2`,
        `exec "$1"`,
      ])
        expect(leaksIn(await seen({ credentials: keyHelper(['/bin/sh', '-c', code, 'sh', text]) })), code).toEqual([]);
  }, 60_000);

  test.each<[string, unknown, number]>([
    ['cut JSON', JSON.stringify(signIn(secret, refresh)).slice(0, -2), 0o600],
    ['wrong types', { access_token: [secret], refresh_token: { refresh } }, 0o600],
    ['tokens that others can read', signIn(secret, refresh), 0o644],
    ['an access token that cannot be sent', signIn(`${secret}\n`, refresh), 0o600],
  ])('a file of tokens with %s', async (_name, content, mode) => {
    const options = await signedIn(3_600);
    await folder.write('credentials/work.json', content, mode);
    const text = await seen(options);
    expect(text).toMatch(/ClaudeError/);
    expect(leaksIn(text)).toEqual([]);
  });

  test('a key that is tried at another address', () => {
    const credentials = credentialsFromEnvironment({ ANTHROPIC_API_KEY: secret });
    expect(() => new Claude({ credentials, apiKey: secret, baseURL: server.origin })).not.toThrow(secret);
  });
});
