/** Certificates that cannot be trusted. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { oneAttempt, outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import { ca, clientOf, secureServer, started } from '../../../../test/harness/claudeSockets.ts';

describe('S34: encryption', () => {
  test.each([
    ['self-signed', 'self'],
    ['of an unknown authority', 'unknown'],
    ['expired', 'expired'],
    ['not valid yet', 'early'],
    ['for another host', 'host'],
    ['for another purpose', 'purpose'],
    ['with a missing link', 'chain'],
    ['with a weak key', 'weak'],
    ['signed by one that is no authority', 'byleaf'],
  ])('a certificate that is %s is refused before a byte is sent', async (_what, name) => {
    const server = await secureServer(name);
    const error = await outcomeOf(
      clientOf(`https://localhost:${server.port}`, { ca }).messages.create(request, oneAttempt),
    );
    expect(error).toMatchObject({ kind: 'connection', stage: 'tls', host: `localhost:${server.port}` });
    expect(server.received()).toBe(0);
  });

  test('cannot be weakened by the environment', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    onTestFinished(() => {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    });
    const server = await secureServer('self');
    expect(
      await outcomeOf(clientOf(`https://localhost:${server.port}`).messages.create(request, oneAttempt)),
    ).toMatchObject({ stage: 'tls' });
    expect(server.received()).toBe(0);
  });

  test('works with an authority that was added', async () => {
    const server = await secureServer('good');
    expect(
      await outcomeOf(clientOf(`https://localhost:${server.port}`, { ca }).messages.create(request, oneAttempt)),
    ).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('a server that does not speak it is named with the stage', async () => {
    const server = await started(['HTTP/1.1 400 Bad Request\r\n\r\n']);
    expect(
      await outcomeOf(clientOf(`https://localhost:${server.port}`).messages.create(request, oneAttempt)),
    ).toMatchObject({ kind: 'connection', stage: 'tls' });
  });
});
