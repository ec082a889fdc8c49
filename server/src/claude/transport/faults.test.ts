/** Servers that are odd on their sockets, besides the 24 faults of `socketFaults.ts`. */
import { describe, expect, test } from 'vitest';
import { oneAttempt, outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, goodScript, head, openHead, started, whole } from '../../../../test/harness/claudeSockets.ts';
import { faultServer, type Script } from '../../../../test/harness/faultServer.ts';

describe('R8: what is odd, and right', () => {
  test.each<[string, Script]>([
    [
      'a body that comes byte by byte',
      ['read', head, ...Array.from(whole, (byte) => ({ chunk: Buffer.of(byte) })), '0\r\n\r\n'],
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
    ['an empty answer', ['read', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'], 'bad_response'],
    [
      'a switch of protocols',
      ['read', 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
      'connection',
    ],
    ['HTTP/2 without being asked', ['read', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], 'bad_response'],
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
