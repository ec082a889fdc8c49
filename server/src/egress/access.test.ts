/** S1: which endpoint is used, and that a key goes only to the origin that it was meant for. */
import { expect, test } from 'vitest';
import type { Connection } from '#shared/connection.ts';
import { accessFor, type Environment, environmentKey } from './access.ts';

const official = 'https://api.anthropic.com';

/** Where the request goes and with which key, in a line. */
function access(connection: Partial<Connection>, environment: Environment = {}): string {
  const whole: Connection = {
    baseUrl: official,
    environmentKeyAllowed: false,
    headers: {},
    trusted: true,
    ...connection,
  };
  const { baseUrl, credential } = accessFor(whole, environment);
  return `${baseUrl} ${credential === undefined ? 'no key' : `${credential.value} from ${credential.source}`}`;
}

const stored = { credential: { kind: 'apiKey', value: 'stored' } } as const;

test.each([
  ['the stored key wins over the environment', stored, { apiKey: 'env' }, `${official} stored from editor`],
  ['the environment serves its own origin', {}, { apiKey: 'env' }, `${official} env from ANTHROPIC_API_KEY`],
  ['an API key wins over a token', {}, { apiKey: 'env', authToken: 'token' }, `${official} env from ANTHROPIC_API_KEY`],
  ['a token alone serves', {}, { authToken: 'token' }, `${official} token from ANTHROPIC_AUTH_TOKEN`],
  [
    "the environment's key stays with the environment's host",
    {},
    { apiKey: 'env', baseUrl: 'https://gateway.example' },
    `${official} no key`,
  ],
  [
    'the official key does not go to a gateway',
    { baseUrl: 'https://gateway.example' },
    { apiKey: 'env' },
    'https://gateway.example no key',
  ],
  [
    'the person may send it there',
    { baseUrl: 'https://gateway.example', environmentKeyAllowed: true },
    { apiKey: 'env' },
    'https://gateway.example env from ANTHROPIC_API_KEY',
  ],
  ['another port is another origin', { baseUrl: `${official}:8443` }, { apiKey: 'env' }, `${official}:8443 no key`],
  [
    'a path below the origin is the same origin',
    { baseUrl: `${official}/v9/` },
    { apiKey: 'env' },
    `${official}/v9 env from ANTHROPIC_API_KEY`,
  ],
  ['a broken ANTHROPIC_BASE_URL keeps its key', {}, { apiKey: 'env', baseUrl: 'not a url' }, `${official} no key`],
  [
    'plain http is fine on this machine',
    { baseUrl: 'http://127.0.0.1:8080', ...stored },
    {},
    'http://127.0.0.1:8080 stored from editor',
  ],
  ['and by name', { baseUrl: 'http://localhost:8080', ...stored }, {}, 'http://localhost:8080 stored from editor'],
  ['and over IPv6', { baseUrl: 'http://[::1]:8080', ...stored }, {}, 'http://[::1]:8080 stored from editor'],
] as const)('S1: %s', (_name, connection, environment, expected) => {
  expect(access(connection, environment)).toBe(expected);
});

test.each([
  ['plain http elsewhere', 'http://api.anthropic.com'],
  ['a look-alike of loopback', 'http://127.0.0.1.evil.example'],
  ['another look-alike', 'http://localhost.evil.example'],
  ['a private address', 'http://10.0.0.1'],
  ['a name and password in the URL', 'https://me:secret@gateway.example'],
  ['a query', 'https://gateway.example/?key=1'],
  ['another scheme', 'ftp://gateway.example'],
  ['a file', 'file:///etc/passwd'],
  ['a script', 'javascript:alert(1)'],
  ['no URL', 'gateway'],
  ['nothing', ''],
])('S1: %s is refused as an endpoint', (_name, baseUrl) => {
  expect(() => access({ baseUrl, ...stored })).toThrow(/endpoint in the settings/);
});

test('S1: what the editor is told of the environment holds no key', () => {
  expect(environmentKey({ apiKey: 'env', baseUrl: 'https://gateway.example/v1' })).toEqual({
    origin: 'https://gateway.example',
    baseUrl: 'https://gateway.example/v1',
    kind: 'apiKey',
  });
  expect(environmentKey({ authToken: 'token' })).toEqual({ origin: official, baseUrl: official, kind: 'authToken' });
  expect(environmentKey({})).toBeUndefined();
});
