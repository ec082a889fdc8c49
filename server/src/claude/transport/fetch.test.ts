/** Requests over `fetch`. */
import { describe, expect, test } from 'vitest';
import { oneAttempt, outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, goodScript, head, openHead, started, whole } from '../../../../test/harness/claudeSockets.ts';
import { compressed } from '../../../../test/harness/compressed.ts';
import { chunk, faultServer, type Script } from '../../../../test/harness/faultServer.ts';
import { countedBody, uploadTo } from '../../../../test/harness/rawCalls.ts';
import { fetchTransport } from '../index.ts';

const over = () => ({ transport: fetchTransport(fetch) });

describe('over fetch', () => {
  test('a stream is read to its end', async () => {
    const server = await started(goodScript);
    expect(await outcomeOf(clientOf(server.origin, over()).messages.create(request))).toMatchObject({
      stop_reason: 'end_turn',
      content: [{ text: 'Hello there.' }],
    });
    expect(server.received[0]).toMatch(/^POST \/v1\/messages HTTP\/1\.1\r\n(.*\r\n)*x-api-key: sk-canary\r\n/);
  });

  test('a stream that came compressed is read, too', async () => {
    const bytes = await compressed('gzip', whole);
    const server = await started([
      'read',
      `${openHead}content-encoding: gzip\r\ncontent-length: ${bytes.length}\r\n\r\n`,
      bytes,
    ]);
    expect(await outcomeOf(clientOf(server.origin, over()).messages.create(request))).toMatchObject({
      stop_reason: 'end_turn',
    });
  });

  test.each<[string, Script, string]>([
    ['a reset', ['read', 'rst'], 'connection'],
    ['a stream that breaks off', ['read', head, chunk(whole.subarray(0, 300)), 'rst'], 'truncated'],
    ['a redirect', ['read', 'HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n'], 'redirect'],
    ['an overload', ['read', 'HTTP/1.1 529 No\r\ncontent-length: 0\r\n\r\n'], 'overloaded'],
  ])('%s is the same error', async (_what, script, kind) => {
    const server = await started(script);
    const claude = clientOf(server.origin, over());
    expect(await outcomeOf(claude.messages.create(request, oneAttempt))).toMatchObject({ kind });
    expect(server.connections).toBe(1);
  });

  test('a server that is not there is named by its code', async () => {
    const server = await faultServer();
    await server.close();
    const error = await outcomeOf(clientOf(server.origin, over()).messages.create(request, oneAttempt));
    expect(error).toMatchObject({ kind: 'connection' });
    expect(error).toHaveProperty('message', expect.stringContaining('ECONNREFUSED'));
  });

  test('a reader that breaks off closes the connection', async () => {
    const server = await started(['read', head, { chunk: whole.subarray(0, whole.length - 100) }, 'hold']);
    for await (const _piece of clientOf(server.origin, over()).messages.stream(request).text()) break;
    await server.idle();
  });

  test('a body from a source is sent', async () => {
    const body = '{"input_tokens":7}';
    const server = await started([
      'read',
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    ]);
    const source = countedBody(['one ', 'two']);
    expect(await uploadTo(server.origin, source, over()).result).toEqual({ input_tokens: 7 });
    expect(source.counts).toEqual({ opened: 1, closed: 1 });
    expect(server.received[0]).toContain('\r\n4\r\none ');
  });
});
