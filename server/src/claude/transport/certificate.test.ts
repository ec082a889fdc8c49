/** Clients that show a certificate. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { oneAttempt, outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import { ca, clientOf, identity, otherKey, pkcs12, secureServer } from '../../../../test/harness/claudeSockets.ts';
import { proxyServer } from '../../../../test/harness/proxyServer.ts';
import { Claude, ClaudeError, type ClientCertificate } from '../index.ts';

const passphrase = 'canary-pw';

describe('a client certificate', () => {
  test.each<[string, ClientCertificate]>([
    ['as PEM', identity('client')],
    ['as PEM with a locked key', { ...identity('clientLocked'), passphrase }],
    ['as PKCS #12', { pfx: pkcs12, passphrase }],
  ])('%s is shown to the service', async (_form, clientCertificate) => {
    const server = await secureServer('good', true);
    const claude = clientOf(`https://localhost:${server.port}`, { ca, clientCertificate });
    expect(await outcomeOf(claude.messages.create(request, oneAttempt))).toMatchObject({ stop_reason: 'end_turn' });
    expect(server.clients).toEqual(['Test client']);
  });

  test('is shown through a proxy, and not to the proxy', async () => {
    const server = await secureServer('host', true);
    const proxy = await proxyServer(server.port);
    const front = await secureServer('good', true);
    const clientCertificate = identity('client');
    const through = clientOf('https://other.example', { ca, clientCertificate, proxy: `http://${proxy.host}` });
    expect(await outcomeOf(through.messages.create(request, oneAttempt))).toMatchObject({ stop_reason: 'end_turn' });
    expect(server.clients).toEqual(['Test client']);
    const asked = clientOf('https://other.example', {
      ca,
      clientCertificate,
      proxy: `https://localhost:${front.port}`,
    });
    expect(await outcomeOf(asked.messages.create(request, oneAttempt))).toMatchObject({ stage: 'proxy' });
    expect(front.clients).toEqual([]);
  });

  test.each<[string, ClientCertificate | undefined]>([
    ['none', undefined],
    ['one that the service does not trust', identity('stranger')],
  ])('%s: the call fails, and says at which host', async (_what, clientCertificate) => {
    const server = await secureServer('good', true);
    const claude = clientOf(`https://localhost:${server.port}`, {
      ca,
      ...(clientCertificate !== undefined && { clientCertificate }),
    });
    expect(await outcomeOf(claude.messages.create(request, oneAttempt))).toMatchObject({
      kind: 'connection',
      host: `localhost:${server.port}`,
    });
    expect(server.received()).toBe(0);
  });

  const { cert, key } = identity('client');
  test.each<[string, ClientCertificate, RegExp]>([
    ['with the key of another', { cert, key: otherKey }, /belongs to another certificate/],
    ['that is none', { cert: 'canary', key }, /cannot be read/],
    ['without a key', { cert, key: '' }, /is empty/],
    ['whose key is none', { cert, key: 'canary' }, /cannot be read/],
    ['and key in each other’s place', { cert: key, key: cert }, /cannot be read/],
    [
      'with a wrong passphrase',
      { ...identity('clientLocked'), passphrase: 'canary' },
      /passphrase is missing or wrong/,
    ],
    ['with a locked key', identity('clientLocked'), /passphrase is missing or wrong/],
    ['as PKCS #12 with a wrong passphrase', { pfx: pkcs12, passphrase: 'canary' }, /passphrase is missing or wrong/],
    ['as PKCS #12 that is none', { pfx: Buffer.from('canary') }, /cannot be read/],
  ])('%s is refused when the client is made, and not shown', (_what, clientCertificate, says) => {
    const made = () => new Claude({ apiKey: 'a', clientCertificate });
    expect(made).toThrow(ClaudeError);
    expect(made).toThrow(says);
    expect(made).toThrow(expect.objectContaining({ kind: 'configuration', field: 'clientCertificate' }));
    expect(made).not.toThrow(/canary|-----BEGIN (EC|PRIVATE)/);
  });

  test('cannot be used to switch checks off, and stays out of sight', async () => {
    const server = await secureServer('self');
    const more = { rejectUnauthorized: false, checkServerIdentity: () => undefined, ca: 'x' };
    const clientCertificate = { ...identity('clientLocked'), passphrase, ...more };
    const claude = clientOf(`https://localhost:${server.port}`, { clientCertificate });
    const error = await outcomeOf(claude.messages.create(request, oneAttempt));
    expect(error).toMatchObject({ kind: 'connection', stage: 'tls' });
    expect(server.received()).toBe(0);
    expect(inspect([error, claude], { showHidden: true, depth: 9 })).not.toMatch(/canary-pw|BEGIN/);
  });
});
