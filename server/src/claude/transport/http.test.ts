/** Requests over real sockets against servers that misbehave. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { chunk, type FaultServer, faultServer, type Script } from '../../../../test/harness/faultServer.ts';
import { scaled } from '../../../../test/harness/scale.ts';
import { block, end, start, text, written } from '../../../../test/harness/streams.ts';
import { Claude, ClaudeError, type ClaudeOptions, type Message } from '../index.ts';

const request = { model: 'claude-sonnet-5-5', max_tokens: 1_000, messages: [{ role: 'user', content: 'hi' }] } as const;
const oneAttempt = { retries: { attempts: 1 } };

async function started(...scripts: readonly Script[]): Promise<FaultServer> {
  const server = await faultServer(...scripts);
  onTestFinished(() => server.close());
  return server;
}

function clientOf(baseURL: string, options: Partial<ClaudeOptions> = {}): Claude {
  const claude = new Claude({ apiKey: 'sk-canary', baseURL, ...options });
  onTestFinished(() => claude.close());
  return claude;
}

type Outcome = Message | ClaudeError;

/** Every call must come to one of these two. */
async function outcomeOf(call: Promise<Message>): Promise<Outcome> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ClaudeError) return error;
    throw error;
  }
}

const events = [start(), ...block(0, { type: 'text', text: '' }, ...text('Hello ', 'there.')), ...end()];
const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';
const plainHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
const whole = written(events);
const good: Script = ['read', head, { chunk: whole }, '0\r\n\r\n'];

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
    ['a body that ends with the connection', ['read', `${plainHead}connection: close\r\n\r\n`, whole, 'fin']],
    ['a length instead of chunks', ['read', `${plainHead}content-length: ${whole.length}\r\n\r\n`, whole]],
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
    ['headers too large', ['read', `${plainHead}x-a: ${'x'.repeat(100_000)}\r\n\r\n`], 'bad_response'],
    [
      'a length that is too long',
      ['read', `${plainHead}content-length: ${whole.length + 10}\r\n\r\n`, whole.subarray(0, 200), 'fin'],
      'truncated',
    ],
    ['a length that is too short', ['read', `${plainHead}content-length: 200\r\n\r\n`, whole], 'truncated'],
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
    const server = await started([...good, 'fin'], good);
    const claude = clientOf(server.origin);
    await claude.messages.create(request, oneAttempt);
    await server.idle();
    expect(await outcomeOf(claude.messages.create(request, oneAttempt))).toMatchObject({ stop_reason: 'end_turn' });
    expect(server.connections).toBe(2);
  });

  test('a connection that breaks is tried again while nothing was seen', async () => {
    const server = await started(['read', 'rst'], ['fin'], ['read', head, 'rst'], good);
    const claude = clientOf(server.origin, { retries: { random: () => 0 } });
    expect(await outcomeOf(claude.messages.create(request))).toMatchObject({ stop_reason: 'end_turn' });
    expect(server.connections).toBe(4);
  });
});

test('one connection serves call after call', async () => {
  const server = http.createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole),
  );
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const claude = clientOf(originOf(server));
  for (let call = 0; call < 5; call++) await claude.messages.create(request);
  expect(connections).toBe(1);
});

function originOf(server: net.Server, protocol = 'http'): string {
  const address = server.address();
  return `${protocol}://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

describe('R14: a reader that stops reading', () => {
  test('stops the sender', async () => {
    const piece = chunk(
      written([{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'x'.repeat(10_000) } }]),
    );
    let sent = 0;
    const server = net.createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => {
        socket.write(head);
        socket.write(chunk(written(events.slice(0, 2))));
        const more = () => {
          while (sent < 100_000_000) {
            sent += piece.length;
            if (!socket.write(piece)) return void socket.once('drain', more);
          }
        };
        more();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const claude = clientOf(originOf(server));
    const reader = claude.messages.stream(request)[Symbol.asyncIterator]();
    await reader.next();
    // The sender is stopped when what it has written no longer grows.
    let before = -1;
    while (before !== sent) {
      before = sent;
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(20_000_000);
    for (let count = 0; count < 2_000; count++) await reader.next();
    expect(sent).toBeGreaterThan(before);
    await reader.return?.();
  });
});

describe('R15: stopping', () => {
  test('at any moment leaves no connection, timer or listener', async () => {
    const server = await started(['read', head, { chunk: written(events.slice(0, 4)) }, 'hold']);
    const clock = fakeClock();
    const claude = clientOf(server.origin, { clock });
    const controller = new AbortController();
    const listeners = new Set<unknown>();
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    Object.assign(signal, {
      addEventListener: (...parts: Parameters<typeof add>) => {
        listeners.add(parts[1]);
        add(...parts);
      },
      removeEventListener: (...parts: Parameters<typeof remove>) => {
        listeners.delete(parts[1]);
        remove(...parts);
      },
    });
    for (let round = 0; round < scaled(10_000); round++) {
      const stream = claude.messages.stream(request, { signal });
      const reading = outcomeOf(stream.finalMessage());
      for (let turn = 0; turn < round % 7; turn++) await new Promise((resolve) => setImmediate(resolve));
      stream.abort(`round ${round}`);
      expect(await reading).toMatchObject({ kind: 'aborted', cause: `round ${round}` });
    }
    await server.idle();
    expect([server.open, clock.pending, listeners.size]).toEqual([0, 0, 0]);
  });

  test('by the signal closes the connection in the middle of an answer', async () => {
    const server = await started(['read', head, { chunk: written(events.slice(0, 4)) }, 'hold']);
    const controller = new AbortController();
    const stream = clientOf(server.origin).messages.stream(request, { signal: controller.signal });
    for await (const piece of stream.text()) {
      expect(piece).toBe('Hello ');
      break;
    }
    await server.idle();
    controller.abort();
  });

  test('the client closes idle connections, too', async () => {
    const server = await started(good);
    const claude = clientOf(server.origin);
    await claude.messages.create(request);
    expect(server.open).toBe(1);
    await claude.close();
    await server.idle();
  });
});

const codes = [300, 301, 302, 303, 305, 306, 307, 308];
const targets = ['absolute', 'without scheme', 'path', 'other host', 'none'] as const;

describe('S33: a redirect', () => {
  test.each(codes.flatMap((code) => targets.map((target) => [code, target] as const)))(
    '%i to a %s target is an error that names the host; nothing goes there',
    async (code, target) => {
      const second = await started(['read', 'hold']);
      const locations = {
        absolute: `${second.origin}/v1/messages`,
        'without scheme': `//127.0.0.1:${second.port}/v1/messages`,
        path: '/elsewhere',
        'other host': `http://user:pass@localhost:${second.port}/`,
        none: undefined,
      };
      const location = locations[target] === undefined ? '' : `location: ${locations[target]}\r\n`;
      const first = await started(['read', `HTTP/1.1 ${code} Redirect\r\n${location}content-length: 0\r\n\r\n`]);
      const error = await outcomeOf(clientOf(first.origin).messages.create(request));
      const host = {
        absolute: `127.0.0.1:${second.port}`,
        'without scheme': `127.0.0.1:${second.port}`,
        path: `127.0.0.1:${first.port}`,
        'other host': `localhost:${second.port}`,
        none: `127.0.0.1:${first.port}`,
      }[target];
      expect(error).toMatchObject({ kind: 'redirect', status: code, host, retryable: false });
      expect([first.connections, second.connections]).toEqual([1, 0]);
    },
  );
});

const certificates = path.resolve(import.meta.dirname, '../../../../test/fixtures/tls');
const pem = (name: string) => readFileSync(path.join(certificates, `${name}.pem`), 'utf8');
const ca = pem('ca');

/** A TLS server, and the bytes that were sent to it through the encryption. */
async function secureServer(name: string) {
  let received = 0;
  const server = tls.createServer({ cert: pem(name), key: pem(name), ciphers: 'DEFAULT@SECLEVEL=0' }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      received += bytes.length;
      socket.end(Buffer.concat([Buffer.from(`${plainHead}connection: close\r\n\r\n`), whole]));
    });
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const port = Number(new URL(originOf(server)).port);
  return { port, received: () => received };
}

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

/** A proxy that connects every name to one port, or answers with a status. */
async function proxyServer(target: number, status = 200) {
  const asked: { readonly to: string; readonly authorization: string | undefined }[] = [];
  const server = http.createServer((_request, response) => response.writeHead(500).end());
  const tunnels = new Set<net.Socket>();
  server.on('connect', ({ url, headers }, socket: net.Socket) => {
    asked.push({ to: url ?? '', authorization: headers['proxy-authorization'] });
    tunnels.add(socket);
    socket.on('error', () => socket.destroy());
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-type: text/html\r\n\r\n<h1>No</h1>`);
    const upstream = net.connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of tunnels) socket.destroy();
    server.close();
  });
  return { host: new URL(originOf(server)).host, asked };
}

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
    const server = await started(good);
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
