/** Servers that misbehave on their sockets: one typed outcome each, and no connection left. */
import { describe, expect, test } from 'vitest';
import { oneAttempt, outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import {
  clientOf,
  events,
  goodScript,
  head,
  openHead,
  started,
  whole,
} from '../../../../test/harness/claudeSockets.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { chunk, faultServer, type Script } from '../../../../test/harness/faultServer.ts';
import { written } from '../../../../test/harness/streams.ts';
import { ClaudeError } from '../index.ts';

/** What has been sent when the fault comes, as chunks. */
const positions: Readonly<Record<string, readonly (string | Uint8Array)[]>> = {
  'before the headers': [],
  'after the headers': [head],
  'in an event': [head, chunk(whole.subarray(0, 300))],
  'between events': [head, chunk(written(events.slice(0, 3)))],
  'before the last event': [head, chunk(written(events.slice(0, -1)))],
};

const breaks: Readonly<Record<string, (sent: readonly (string | Uint8Array)[]) => Script>> = {
  'the connection is ended': (sent) => ['read', ...sent, 'fin'],
  'the connection is reset': (sent) => ['read', ...sent, 'rst'],
  'it is ended in a chunk': (sent) => ['read', ...sent, 'ff\r\nevent: pi', 'fin'],
  'a chunk has no length': (sent) => ['read', ...sent, 'xyz\r\nevent: ping\r\n'],
  'a chunk has an enormous length': (sent) => ['read', ...sent, 'fffffffffffffffffff\r\n'],
  'what comes is not HTTP': (sent) => ['read', ...sent, '\u0000\u0001garbage\r\n\r\n'],
};

describe.each(Object.entries(breaks))('R8: when %s', (_fault, script) => {
  test.each(Object.entries(positions))(
    '%s, there is one typed outcome and no connection left',
    async (_position, sent) => {
      const server = await started(script(sent));
      const result = await outcomeOf(clientOf(server.origin).messages.create(request, oneAttempt));
      expect(result).toBeInstanceOf(ClaudeError);
      expect(result).toMatchObject({
        kind: expect.stringMatching(/^(connection|truncated|bad_response)$/),
        host: `127.0.0.1:${server.port}`,
      });
      if (sent.length > 2 && result instanceof ClaudeError)
        expect(result.partial?.role ?? 'none').toMatch(/assistant|none/);
      await server.idle();
    },
  );
});

describe.each(['hold', 'deaf'] as const)('R8: when the other side does nothing (%s)', (step) => {
  test.each(Object.entries(positions))('%s, a deadline ends it', async (_position, sent) => {
    const server = await started(step === 'deaf' && sent.length === 0 ? ['deaf'] : ['read', ...sent, step]);
    const clock = fakeClock();
    const call = outcomeOf(clientOf(server.origin, { clock }).messages.create(request, oneAttempt));
    await server.done(1);
    // The bytes that are on their way arrive in the turns that the clock lets pass.
    await clock.pass(1_000);
    await clock.pass(400_000);
    expect(await call).toMatchObject({ kind: expect.stringMatching(/^(timeout|stalled)$/) });
    // A server that no longer reads cannot see that the connection was closed.
    if (step !== 'deaf') await server.idle();
  });
});

describe('R8: what is odd, and right', () => {
  test.each<[string, Script]>([
    ['headers that come byte by byte', ['read', { slowly: head }, { chunk: whole }, '0\r\n\r\n']],
    [
      'a body that comes byte by byte',
      ['read', head, ...Array.from(whole, (byte) => ({ chunk: Buffer.of(byte) })), '0\r\n\r\n'],
    ],
    [
      '1xx before the answer',
      ['read', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', head, { chunk: whole }, '0\r\n\r\n'],
    ],
    ['garbage after the answer', ['read', head, { chunk: whole }, '0\r\n\r\n', 'garbage']],
    ['two answers in one', ['read', head, { chunk: whole }, '0\r\n\r\n', head, { chunk: whole }, '0\r\n\r\n']],
    ['a body that ends with the connection', ['read', `${openHead}connection: close\r\n\r\n`, whole, 'fin']],
    ['a length instead of chunks', ['read', `${openHead}content-length: ${whole.length}\r\n\r\n`, whole]],
    ['no end of the body after the last event', ['read', head, { chunk: whole }, 'hold']],
    ['a reset after the last event', ['read', head, { chunk: whole }, 'rst']],
  ])('%s gives the message', async (_name, script) => {
    const server = await started(script);
    const claude = clientOf(server.origin);
    expect(await outcomeOf(claude.messages.create(request, oneAttempt))).toMatchObject({
      stop_reason: 'end_turn',
      content: [{ text: 'Hello there.' }],
    });
    await claude.close();
    await server.idle();
  });
});

describe('R8: what is odd, and wrong', () => {
  test.each<[string, Script, string]>([
    ['accepted and closed', ['fin'], 'connection'],
    ['headers too large', ['read', `${openHead}x-a: ${'x'.repeat(100_000)}\r\n\r\n`], 'bad_response'],
    [
      'a length that is too long',
      ['read', `${openHead}content-length: ${whole.length + 10}\r\n\r\n`, whole.subarray(0, 200), 'fin'],
      'truncated',
    ],
    ['a length that is too short', ['read', `${openHead}content-length: 200\r\n\r\n`, whole], 'truncated'],
    [
      'the wrong content type',
      ['read', 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\nhtml'],
      'bad_response',
    ],
    ['an empty answer', ['read', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'], 'bad_response'],
    [
      'a switch of protocols',
      ['read', 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
      'connection',
    ],
    ['HTTP/2 without being asked', ['read', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], 'connection'],
  ])('%s is an error of the kind that fits', async (_name, script, kind) => {
    const server = await started(script);
    const claude = clientOf(server.origin);
    expect(await outcomeOf(claude.messages.create(request, oneAttempt))).toMatchObject({ kind });
    await claude.close();
    await server.idle();
  });

  test('nobody listens: the stage and the host are named', async () => {
    const server = await faultServer();
    await server.close();
    const error = await outcomeOf(clientOf(server.origin).messages.create(request, oneAttempt));
    expect(error).toMatchObject({
      kind: 'connection',
      stage: 'connect',
      host: `127.0.0.1:${server.port}`,
      retryable: true,
    });
    expect(error).toHaveProperty('message', expect.stringContaining('ECONNREFUSED'));
  });

  test('a name that nobody knows: so is the lookup', async () => {
    const error = await outcomeOf(clientOf('https://name.invalid').messages.create(request, oneAttempt));
    expect(error).toMatchObject({ kind: 'connection', stage: 'dns', host: 'name.invalid' });
  });

  test('a connection that the server has closed is replaced for the next call', async () => {
    const server = await started([...goodScript, 'fin'], goodScript);
    const claude = clientOf(server.origin);
    await claude.messages.create(request, oneAttempt);
    await server.idle();
    expect(await outcomeOf(claude.messages.create(request, oneAttempt))).toMatchObject({ stop_reason: 'end_turn' });
    expect(server.connections).toBe(2);
  });

  test('a connection that breaks is tried again while nothing was seen', async () => {
    const server = await started(['read', 'rst'], ['fin'], ['read', head, 'rst'], goodScript);
    const claude = clientOf(server.origin, { retries: { random: () => 0 } });
    expect(await outcomeOf(claude.messages.create(request))).toMatchObject({ stop_reason: 'end_turn' });
    expect(server.connections).toBe(4);
  });
});
