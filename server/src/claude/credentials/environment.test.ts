/** Which credentials and options the environment names, and in which order. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, request } from '../../../../test/harness/claudeCalls.ts';
import { askingWith } from '../../../../test/harness/credentials.ts';
import { type ProfileFolder, person, profileFolder, signIn } from '../../../../test/harness/profiles.ts';
import { type TokenServer, tokenServer } from '../../../../test/harness/tokenServer.ts';
import {
  Claude,
  type ClaudeOptions,
  type ClientWarning,
  credentialsFromEnvironment,
  optionsFromEnvironment,
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

const federation = {
  ANTHROPIC_FEDERATION_RULE_ID: 'fdrl_1',
  ANTHROPIC_ORGANIZATION_ID: 'org-1',
  ANTHROPIC_IDENTITY_TOKEN: 'jwt-1',
};

/** What a call sends to prove who asks. */
async function sentWith(environment: Record<string, string>, options: ClaudeOptions = {}): Promise<string | undefined> {
  const all = { ...folder.environment, ANTHROPIC_BASE_URL: server.origin, ...environment };
  const claude = new Claude(optionsFromEnvironment(all, options));
  try {
    await claude.messages.create(request);
  } finally {
    await claude.close();
  }
  const headers = server.calls.at(-1)?.headers;
  const key = headers?.['x-api-key'];
  return key === undefined ? headers?.['authorization'] : `key ${key}`;
}

describe('credentials of the environment', () => {
  beforeEach(async () => {
    for (const name of ['named', 'default', 'active']) {
      await folder.write(`configs/${name}.json`, person);
      await folder.write(`credentials/${name}.json`, signIn(`tok-${name}`, 'ref'));
    }
  });

  const key = { ANTHROPIC_API_KEY: ' k \n' };
  const token = { ANTHROPIC_AUTH_TOKEN: 't' };
  const named = { ANTHROPIC_PROFILE: 'named' };

  test.each<[string, Record<string, string>, string]>([
    ['the key first', { ...key, ...token, ...named, ...federation }, 'key k'],
    ['then the token', { ...token, ...named, ...federation }, 'Bearer t'],
    ['then the named profile', { ...named, ...federation }, 'Bearer tok-named'],
    ['then workload identity', federation, 'Bearer sk-ant-oat-canary-access-1'],
    ['then the default profile', {}, 'Bearer tok-default'],
    ['blank ones are unset', { ANTHROPIC_API_KEY: ' ', ANTHROPIC_AUTH_TOKEN: '', ...named }, 'Bearer tok-named'],
    ['without identity token the profile', { ...federation, ANTHROPIC_IDENTITY_TOKEN: '' }, 'Bearer tok-default'],
  ])('%s', async (_name, environment, expected) => {
    expect(await sentWith(environment)).toBe(expected);
  });

  test('the active profile is the one that is named as such', async () => {
    await folder.write('active_config', 'active\n');
    expect(await sentWith({})).toBe('Bearer tok-active');
  });

  test('the key is sent as bearer token when the client says so', async () => {
    expect(await sentWith(key, { keyScheme: 'bearer' })).toBe('Bearer k');
  });

  test('a credential given in code leaves them out', async () => {
    expect(await sentWith({ ...key, ...token }, { apiKey: 'mine' })).toBe('key mine');
    expect(await sentWith({ ...key, ...token }, { authToken: 'mine' })).toBe('Bearer mine');
    const credentials = { token: async () => ({ value: 'mine' }) };
    expect(await sentWith({ ...key, ...token }, { credentials })).toBe('Bearer mine');
  });

  test('a key beside a token is told once', async () => {
    const warnings: ClientWarning[] = [];
    const { claude } = askingWith({
      credentials: credentialsFromEnvironment({ ...key, ...token }),
      log: { warn: (_message, warning) => warning && warnings.push(warning) },
    });
    for (let call = 0; call < 3; call++) await claude.messages.create(request);
    expect(warnings).toEqual([{ kind: 'two_credentials' }]);
  });

  test('a key that is refused is not sent twice', async () => {
    server.refuse('k');
    await expect(sentWith(key)).rejects.toMatchObject({ kind: 'authentication', status: 401 });
    expect(server.calls).toHaveLength(1);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['a profile that is not there', { ANTHROPIC_PROFILE: 'none', ...federation }, /no profile "none"/],
    ['a key with a line break', { ANTHROPIC_API_KEY: 'canary\n1' }, /line break/],
    ['an address that is none', { ...key, ANTHROPIC_BASE_URL: 'canary' }, /ANTHROPIC_BASE_URL is not a URL/],
  ])('%s is an error on every call', async (_name, environment, says) => {
    const all = { ...folder.environment, ANTHROPIC_BASE_URL: server.origin, ...environment };
    const claude = new Claude({ credentials: credentialsFromEnvironment(all), baseURL: server.origin });
    for (let call = 0; call < 3; call++) {
      const error = await failureOf(claude.messages.create(request));
      expect(error).toMatchObject({ kind: expect.stringMatching(/configuration|authentication/) });
      expect(error.message).toMatch(says);
      expect(error.message).not.toMatch(/canary/);
    }
    expect(server.calls).toHaveLength(0);
  });

  test('that are mended count from the next call on', async () => {
    const all = { ...folder.environment, ANTHROPIC_BASE_URL: server.origin, ANTHROPIC_PROFILE: 'late' };
    const claude = new Claude({ credentials: credentialsFromEnvironment(all), baseURL: server.origin });
    const failures = await Promise.all([1, 2].map(() => failureOf(claude.messages.create(request))));
    expect(failures.map(({ kind }) => kind)).toEqual(['configuration', 'configuration']);
    await folder.write('configs/late.json', person);
    await folder.write('credentials/late.json', signIn('tok-late', 'ref'));
    await claude.messages.create(request);
    await claude.close();
    expect(server.calls).toHaveLength(1);
  });
});

describe('an environment without credentials', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['nothing', {}, /There are no credentials\. Set ANTHROPIC_API_KEY or/],
    ['no identity token', { ...federation, ANTHROPIC_IDENTITY_TOKEN: ' ' }, /Set ANTHROPIC_IDENTITY_TOKEN_FILE/],
  ])('says what to set: %s', async (_name, environment, says) => {
    for (const folderOrNone of [folder.environment, {}]) {
      const { claude } = askingWith({ credentials: credentialsFromEnvironment({ ...folderOrNone, ...environment }) });
      expect((await failureOf(claude.messages.create(request))).message).toMatch(says);
    }
  });
});

describe('S1: credentials of the environment', () => {
  const secrets = [{ ANTHROPIC_API_KEY: 'k' }, { ANTHROPIC_AUTH_TOKEN: 't' }, federation];

  test.each(secrets)('%j go to the address of the environment only', async (environment) => {
    for (const [address, baseURL] of [
      ['', server.origin],
      ['https://one.example', server.origin],
      [server.origin, 'https://one.example'],
    ] as const) {
      const all = { ...environment, ANTHROPIC_BASE_URL: address };
      const claude = new Claude({ credentials: credentialsFromEnvironment(all), baseURL });
      expect(await failureOf(claude.messages.create(request))).toMatchObject({
        kind: 'configuration',
        field: 'baseURL',
      });
      await claude.close();
    }
    expect([...server.calls, ...server.exchanges]).toEqual([]);
  });

  test.each(secrets)('%j go where the caller says', async (environment) => {
    const credentials = credentialsFromEnvironment(environment, { audience: server.origin });
    const claude = new Claude({ credentials, baseURL: server.origin });
    await claude.messages.create(request);
    await claude.close();
    expect(server.calls).toHaveLength(1);
  });
});

describe('options of the environment', () => {
  test.each([
    ['debug', 'debug'],
    [' INFO ', 'info'],
    ['warn', 'warn'],
    ['error', 'error'],
    ['off', 'off'],
    ['', undefined],
  ])('ANTHROPIC_LOG=%s sets the level of the log to %s', (ANTHROPIC_LOG, level) => {
    expect(optionsFromEnvironment({ ANTHROPIC_LOG }).logLevel).toBe(level);
    expect(optionsFromEnvironment({ ANTHROPIC_LOG }, { logLevel: 'info' }).logLevel).toBe('info');
  });

  test('custom headers are sent, and those given in code win', async () => {
    const ANTHROPIC_CUSTOM_HEADERS = 'X-One: a:b \r\n\n  x-two : c\nX-Three: d';
    await sentWith({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_CUSTOM_HEADERS }, { headers: { 'X-THREE': 'mine' } });
    expect(server.calls[0]?.headers).toMatchObject({ 'x-one': 'a:b', 'x-two': 'c', 'x-three': 'mine' });
  });

  test('the address is taken, and one given in code wins', async () => {
    await sentWith({ ANTHROPIC_BASE_URL: `${server.origin}/gateway`, ANTHROPIC_API_KEY: 'k' });
    await sentWith({ ANTHROPIC_BASE_URL: 'https://one.example' }, { baseURL: server.origin, apiKey: 'k' });
    expect(server.calls.map(({ path }) => path)).toEqual(['/gateway/v1/messages', '/v1/messages']);
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ ANTHROPIC_LOG: 'canary' }, /ANTHROPIC_LOG is none of/],
    [{ ANTHROPIC_CUSTOM_HEADERS: 'x-a: b\ncanary' }, /Line 2 of ANTHROPIC_CUSTOM_HEADERS has no ":"/],
  ])('%j is refused without being shown', (environment, says) => {
    const make = () => optionsFromEnvironment(environment, { log: {} });
    expect(make).toThrow(says);
    expect(make).not.toThrow(/canary/);
  });

  test('the environment is left as it is', () => {
    const environment = Object.freeze({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_LOG: 'debug' });
    optionsFromEnvironment(environment, Object.freeze({ log: {} }));
    expect(environment).toEqual({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_LOG: 'debug' });
  });
});
