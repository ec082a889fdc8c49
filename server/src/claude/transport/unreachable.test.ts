/** Services that cannot be reached: the error names the stage and the host (R17, R18). */
import { describe, expect, test } from 'vitest';
import { outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import { ca, clientOf, secureServer, started } from '../../../../test/harness/claudeSockets.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { faultServer, type Script } from '../../../../test/harness/faultServer.ts';
import { proxyServer } from '../../../../test/harness/proxyServer.ts';
import { ClaudeError, type ClaudeOptions, type Stage } from '../index.ts';

/** How a service is to be reached, and where that ends. */
interface Way {
  readonly baseURL: string;
  readonly options?: Partial<ClaudeOptions>;
  readonly stage: Stage;
  readonly host: string;
  /** Does nothing, so that only time ends the call. */
  readonly waits?: () => Promise<void>;
}

async function nobody(): Promise<string> {
  const server = await faultServer();
  await server.close();
  return `127.0.0.1:${server.port}`;
}

async function speaking(script: Script): Promise<string> {
  return `127.0.0.1:${(await started(script)).port}`;
}

async function certified(name: string): Promise<Way> {
  const host = `localhost:${(await secureServer(name)).port}`;
  return { baseURL: `https://${host}`, options: { ca }, stage: 'tls', host };
}

function through(host: string): Way {
  return { baseURL: 'https://other.example', options: { proxy: `http://${host}` }, stage: 'proxy', host };
}

const ways: Readonly<Record<string, () => Promise<Way>>> = {
  'a name that nobody knows': async () => ({
    baseURL: 'https://name.invalid',
    stage: 'dns',
    host: 'name.invalid',
  }),
  'a port where nobody listens': async () => {
    const host = await nobody();
    return { baseURL: `http://${host}`, stage: 'connect', host };
  },
  'the same with encryption': async () => {
    const host = await nobody();
    return { baseURL: `https://${host}`, stage: 'connect', host };
  },
  'a certificate that signed itself': () => certified('self'),
  'a certificate of an unknown authority': () => certified('unknown'),
  'a certificate that has expired': () => certified('expired'),
  'a certificate for another host': () => certified('host'),
  'a service that does not encrypt': async () => {
    const host = await speaking(['HTTP/1.1 400 Bad Request\r\n\r\n']);
    return { baseURL: `https://${host}`, stage: 'tls', host };
  },
  'a service that closes while encryption is set up': async () => {
    const host = await speaking(['fin']);
    return { baseURL: `https://${host}`, stage: 'tls', host };
  },
  'a service that says nothing while encryption is set up': async () => {
    const server = await started(['hold']);
    const host = `127.0.0.1:${server.port}`;
    return { baseURL: `https://${host}`, stage: 'tls', host, waits: () => server.done(1) };
  },
  'a proxy that nobody knows': async () => through('proxy.invalid'),
  'a proxy where nobody listens': async () => through(await nobody()),
  'a proxy that wants a password': async () => through((await proxyServer(1, 407)).host),
  'a proxy that cannot reach the service': async () => through((await proxyServer(1, 502)).host),
  'a proxy that speaks something else': async () => through(await speaking(['read', 'SSH-2.0-OpenSSH\r\n'])),
  'a proxy that says nothing': async () => {
    const server = await started(['head', 'hold']);
    return { ...through(`127.0.0.1:${server.port}`), waits: () => server.done(1) };
  },
};

describe('R18: what cannot be reached', () => {
  test.each(Object.entries(ways))('%s is named with its stage', async (_what, make) => {
    const { baseURL, options, stage, host, waits } = await make();
    const clock = fakeClock();
    const claude = clientOf(baseURL, { ...options, ...(waits !== undefined && { clock }), retries: { attempts: 1 } });
    const call = outcomeOf(claude.messages.create(request));
    await waits?.();
    if (waits !== undefined) await clock.pass(11_000);
    const error = await call;
    expect(error).toBeInstanceOf(ClaudeError);
    expect(error).toMatchObject({ kind: waits === undefined ? 'connection' : 'timeout', stage });
    // A deadline tells of the call; what failed tells of the host that it failed at.
    if (waits === undefined) expect(error).toMatchObject({ host, message: expect.stringContaining(host) });
    expect(clock.pending).toBe(0);
  });

  test('that makes 16', () => expect(Object.keys(ways)).toHaveLength(16));
});
