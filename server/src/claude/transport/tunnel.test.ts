/** The way through a proxy. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { oneAttempt, outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import { ca, clientOf, goodScript, secureServer, started } from '../../../../test/harness/claudeSockets.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { faultServer, type Script } from '../../../../test/harness/faultServer.ts';
import { proxyServer } from '../../../../test/harness/proxyServer.ts';

describe('a proxy', () => {
  test('is asked to connect, and the certificate behind it is checked', async () => {
    const server = await secureServer('host');
    const proxy = await proxyServer(server.port);
    const claude = clientOf('https://other.example', { ca, proxy: `http://us%40er:p%3Aw@${proxy.host}` });
    expect(await outcomeOf(claude.messages.create(request, oneAttempt))).toMatchObject({ stop_reason: 'end_turn' });
    expect(proxy.asked).toEqual([
      { to: 'other.example:443', authorization: `Basic ${Buffer.from('us@er:p:w').toString('base64')}` },
    ]);
    const wrong = clientOf('https://wrong.example', { ca, proxy: `http://${proxy.host}` });
    expect(await outcomeOf(wrong.messages.create(request, oneAttempt))).toMatchObject({
      kind: 'connection',
      stage: 'tls',
    });
  });

  test('is used for this machine, too, unless it is excepted', async () => {
    const server = await started(goodScript);
    const proxy = await proxyServer(server.port);
    await clientOf(server.origin, { proxy: `http://${proxy.host}` }).messages.create(request, oneAttempt);
    expect(proxy.asked).toHaveLength(1);
    await clientOf(server.origin, { proxy: `http://${proxy.host}`, noProxy: ['127.0.0.1'] }).messages.create(
      request,
      oneAttempt,
    );
    expect(proxy.asked).toHaveLength(1);
  });

  test.each([407, 502, 403])(
    'that answers %i is named with its stage, and its password is not shown',
    async (status) => {
      const proxy = await proxyServer(1, status);
      const claude = clientOf('https://other.example', { proxy: `http://user:canary-pw@${proxy.host}` });
      const error = await outcomeOf(claude.messages.create(request, oneAttempt));
      expect(error).toMatchObject({ kind: 'connection', stage: 'proxy', host: proxy.host });
      expect(error).toHaveProperty('message', expect.stringContaining(`HTTP_${status}`));
      expect(inspect(error, { showHidden: true, depth: 9 })).not.toMatch(/canary-pw|sk-canary/);
    },
  );

  test.each<[string, Script]>([
    ['closes', ['read', 'fin']],
    ['resets', ['read', 'rst']],
    ['closes at once', ['fin']],
    ['speaks something else', ['read', 'SSH-2.0-OpenSSH\r\n']],
  ])('that %s is a typed error', async (_what, script) => {
    const proxy = await started(script);
    const error = await outcomeOf(
      clientOf('https://other.example', { proxy: proxy.origin }).messages.create(request, oneAttempt),
    );
    expect(error).toMatchObject({ stage: 'proxy', host: `127.0.0.1:${proxy.port}` });
    await proxy.idle();
  });

  test('that does nothing is given up after the time for connecting', async () => {
    const proxy = await started(['read', 'hold']);
    const clock = fakeClock();
    const call = outcomeOf(
      clientOf('https://other.example', { proxy: proxy.origin, clock }).messages.create(request, oneAttempt),
    );
    await proxy.done(1);
    await clock.pass(10_001);
    expect(await call).toMatchObject({ kind: 'timeout', stage: 'proxy' });
    await proxy.idle();
  });

  test('where nobody listens is told apart from the service', async () => {
    const server = await faultServer();
    await server.close();
    const error = await outcomeOf(
      clientOf('https://other.example', { proxy: server.origin }).messages.create(request, oneAttempt),
    );
    expect(error).toMatchObject({ kind: 'connection', stage: 'proxy', host: `127.0.0.1:${server.port}` });
  });
});
