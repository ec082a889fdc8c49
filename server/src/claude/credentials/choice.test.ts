/** What a client is given to ask with, how it is sent, and where it may go. */
import { describe, expect, test } from 'vitest';
import { failureOf, good, request } from '../../../../test/harness/claudeCalls.ts';
import { askingWith, scriptedSource, unauthorized } from '../../../../test/harness/credentials.ts';
import { Claude, type ClaudeOptions, type CredentialSource, type KeyScheme } from '../index.ts';

const source = (): CredentialSource => scriptedSource(() => ({ value: 'tok' }));

describe('credentials', () => {
  test.each<[string, object, string, RegExp]>([
    ['none', {}, 'apiKey', /There is no key. Give apiKey, authToken or credentials/],
    ['a key and a source', { apiKey: 'sk-canary', credentials: source() }, 'apiKey', /Both apiKey and credentials/],
    ['a token and a source', { authToken: 'a', credentials: source() }, 'authToken', /Both authToken and credentials/],
    ['a function and a token', { apiKey: () => 'a', authToken: 'b' }, 'apiKey', /Both apiKey and authToken/],
    ['all', { apiKey: 'a', authToken: 'b', credentials: source() }, 'apiKey', /All of apiKey, authToken, credentials/],
    ['a number', { apiKey: 5 }, 'apiKey', /not text/],
    ['a source that is none', { credentials: {} }, 'credentials', /no function "token"/],
    ['a scheme that is none', { apiKey: 'sk-canary', keyScheme: 'basic' }, 'keyScheme', /neither "x-api-key" nor/],
    ['a scheme for a token', { authToken: 'sk-canary', keyScheme: 'x-api-key' }, 'keyScheme', /always sent as bearer/],
    ['no time for a token', { apiKey: () => 'a', tokenDeadline: 0 }, 'tokenDeadline', /milliseconds above 0/],
    ['no number of a source', { credentials: { ...source(), deadline: Number.NaN } }, 'tokenDeadline', /above 0/],
    ['an audience that is none', { credentials: { ...source(), audience: 'canary' } }, 'credentials', /not a URL/],
  ])('are refused by their names, never shown: %s', (_name, options, field, says) => {
    // What JavaScript callers may do.
    const make = () => new Claude(options as ClaudeOptions);
    expect(make).toThrow(says);
    expect(make).toThrow(expect.objectContaining({ kind: 'configuration', field }));
    expect(make).not.toThrow(/canary/);
  });

  const withToken = (header?: KeyScheme, betas?: readonly string[]): Partial<ClaudeOptions> => ({
    credentials: scriptedSource(() => ({ value: 'k', ...(header && { header }), ...(betas && { betas }) })),
  });

  test.each<[string, Partial<ClaudeOptions>, Record<string, string>]>([
    ['a key', { apiKey: 'k' }, { 'x-api-key': 'k' }],
    ['a key for a gateway', { apiKey: 'k', keyScheme: 'bearer' }, { authorization: 'Bearer k' }],
    ['a function', { apiKey: () => 'k' }, { 'x-api-key': 'k' }],
    ['a function for a gateway', { apiKey: async () => 'k', keyScheme: 'bearer' }, { authorization: 'Bearer k' }],
    ['a token', { authToken: 'k' }, { authorization: 'Bearer k' }],
    ['a source', withToken(), { authorization: 'Bearer k', 'anthropic-beta': 'oauth-2025-04-20' }],
    ['a source of keys', withToken('x-api-key'), { 'x-api-key': 'k' }],
    ['a source with the client’s scheme', { ...withToken(), keyScheme: 'x-api-key' }, { 'x-api-key': 'k' }],
    ['a source that needs no beta', withToken('bearer', []), { authorization: 'Bearer k' }],
    ['a source with its own', withToken('bearer', ['a', 'b']), { authorization: 'Bearer k', 'anthropic-beta': 'a,b' }],
  ])('are sent as they should be: %s', async (_name, options, expected) => {
    const { claude, transport } = askingWith(options);
    await claude.messages.create(request);
    const names = ['x-api-key', 'authorization', 'anthropic-beta'];
    const sent = Object.entries(transport.requests[0]?.headers ?? {}).filter(([name]) => names.includes(name));
    expect(Object.fromEntries(sent)).toEqual(expected);
  });

  test('add their beta names to those of the call, each once and without blanks', async () => {
    const { claude, transport } = askingWith(withToken('bearer', ['oauth-2025-04-20', 'b']));
    await claude.messages.create(request, { betas: ['a', 'b'] });
    await claude.messages.create(request, { headers: { 'Anthropic-Beta': 'c, oauth-2025-04-20' } });
    expect(transport.requests.map(({ headers }) => headers['anthropic-beta'])).toEqual([
      'a,b,oauth-2025-04-20',
      'c,oauth-2025-04-20,b',
    ]);
  });

  test('a workspace goes with a token that names one', async () => {
    const { claude, transport } = askingWith({
      credentials: scriptedSource(() => ({ value: 'k', workspaceId: 'wrkspc_1' })),
    });
    await claude.messages.create(request);
    expect(transport.requests[0]?.headers).toMatchObject({ 'anthropic-workspace-id': 'wrkspc_1' });
  });

  test('headers of the person win', async () => {
    const { claude, sent } = askingWith({ credentials: source(), headers: { Authorization: 'Gateway own' } });
    await claude.messages.create(request);
    expect(sent()).toEqual(['Gateway own']);
  });
});

describe('a function for the key', () => {
  test('is asked for every call, and once by calls that wait at the same time', async () => {
    let asked = 0;
    const { claude, sent } = askingWith({ apiKey: async () => `k${++asked}` });
    await Promise.all([1, 2, 3].map(() => claude.messages.create(request)));
    await claude.messages.create(request);
    expect(sent()).toEqual(['k1', 'k1', 'k1', 'k2']);
  });

  test('is asked again when its key is refused, and the call sent again only with another', async () => {
    let asked = 0;
    const apiKey = () => (++asked === 1 ? 'old' : 'new');
    const { claude, sent } = askingWith({ apiKey }, [unauthorized, good, unauthorized]);
    await claude.messages.create(request);
    expect(sent()).toEqual(['old', 'new']);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ status: 401 });
    expect(sent()).toEqual(['old', 'new', 'new']);
  });

  test('that gives nothing, throws or takes too long is an error that says so, and the cause', async () => {
    const failing = async (apiKey: () => string | Promise<string>) => {
      const { claude, clock } = askingWith({ apiKey, retries: { attempts: 1 } });
      const failure = failureOf(claude.messages.create(request));
      await clock.pass(30_000);
      return failure;
    };
    expect(await failing(() => '')).toMatchObject({
      kind: 'authentication',
      message: expect.stringMatching(/^What the function for the API key gave is empty\. Give one\./),
    });
    const thrown = await failing(() => {
      throw Object.assign(new TypeError('no keyring'), { code: 'ENOKEYRING', secret: 'canary' });
    });
    expect(thrown).toMatchObject({ kind: 'authentication', cause: { name: 'TypeError', code: 'ENOKEYRING' } });
    expect(thrown.message).toMatch(/^The function for the API key failed: no keyring\. /);
    expect(thrown.cause).not.toHaveProperty('secret');
    expect(await failing(() => Promise.reject('a text'))).toMatchObject({ kind: 'authentication' });
    expect(await failing(() => new Promise(() => {}))).toMatchObject({ kind: 'timeout' });
  });
});

describe('S1: credentials go to one service only', () => {
  const at = (baseURL: string, options: Partial<ClaudeOptions>) => () => askingWith({ ...options, baseURL });

  test.each<[string, Partial<ClaudeOptions>]>([
    ['a source', { credentials: source() }],
    ['a function', { apiKey: () => 'k' }],
  ])('%s that was used for one is not used for another', (_name, options) => {
    expect(at('https://one.example/a', options)).not.toThrow();
    expect(at('https://one.example/b', options)).not.toThrow();
    for (const other of ['https://two.example', 'https://one.example:8443', 'http://127.0.0.1:80'])
      expect(at(other, options)).toThrow(/meant for https:\/\/one\.example, and this client talks to/);
  });

  test('a source that names its services is used for these', () => {
    const credentials = { ...source(), audience: ['https://one.example', 'https://two.example/claude'] };
    expect(at('https://one.example', { credentials })).not.toThrow();
    expect(at('https://two.example', { credentials })).not.toThrow();
    expect(at('https://three.example', { credentials })).toThrow(
      expect.objectContaining({ kind: 'configuration', field: 'baseURL' }),
    );
    expect(at('https://one.example.evil.example', { credentials })).toThrow(/evil\.example/);
  });
});
