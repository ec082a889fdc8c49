/** What is put around the transport, and clients on the same connections. */
import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, good, problem, request } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, listening, whole } from '../../../../test/harness/claudeSockets.ts';
import { streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { type Middleware, TransportFailure } from '../index.ts';

/** Notes what passes, and adds a header. */
function noting(name: string, notes: string[]): Middleware {
  return (next) => ({
    send(sent, onStage) {
      notes.push(name);
      const headers = { ...sent.headers, 'x-way': [sent.headers['x-way'], name].filter(Boolean).join() };
      return next.send({ ...sent, headers }, onStage);
    },
    close: () => next.close(),
  });
}

describe('middleware', () => {
  test('sees every attempt, from the outside in', async () => {
    const notes: string[] = [];
    const { claude, clock, transport } = clientFor([problem(500, 'api_error'), good], {
      middleware: [noting('a', notes), noting('b', notes)],
    });
    const call = claude.messages.create(request, { middleware: [noting('own', notes)] });
    await clock.pass(60_000);
    expect(await call).toMatchObject({ stop_reason: 'end_turn' });
    expect(notes).toEqual(['own', 'a', 'b', 'own', 'a', 'b']);
    expect(transport.requests.map(({ headers }) => headers['x-way'])).toEqual(['own,a,b', 'own,a,b']);
  });

  test('of one call is not around the next', async () => {
    const notes: string[] = [];
    const { claude } = clientFor([good]);
    await claude.messages.create(request, { middleware: [noting('own', notes)] });
    await claude.messages.create(request);
    expect(notes).toEqual(['own']);
  });

  test('may fail an attempt in a way that passes, or answer itself', async () => {
    let attempts = 0;
    const flaky: Middleware = (next) => ({
      send(sent, onStage) {
        attempts += 1;
        if (attempts > 1) return next.send(sent, onStage);
        return { response: Promise.reject(new TransportFailure('connect', 'FLAKY', 'not now')), destroy() {} };
      },
      close: () => next.close(),
    });
    const { claude, clock } = clientFor([good], { middleware: [flaky] });
    const call = claude.messages.create(request);
    await clock.pass(60_000);
    expect(await call).toMatchObject({ stop_reason: 'end_turn' });
    expect(attempts).toBe(2);
  });

  test('that throws something else is a bug that comes out as it is', async () => {
    const bug = new TypeError('oops');
    const { claude, clock } = clientFor([good], {
      middleware: [
        (next) => ({
          send() {
            throw bug;
          },
          close: () => next.close(),
        }),
      ],
    });
    await expect(claude.messages.create(request)).rejects.toBe(bug);
    expect(clock.pending).toBe(0);
  });
});

describe('a client made from another', () => {
  test('has its own options and the same connection', async () => {
    const asked: http.IncomingHttpHeaders[] = [];
    let connections = 0;
    const server = http.createServer((incoming, response) => {
      asked.push(incoming.headers);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole);
    });
    server.on('connection', () => {
      connections += 1;
    });
    const { origin } = await listening(server);
    const claude = clientOf(origin, { headers: { 'x-a': '1' } });
    await claude.messages.create(request);
    const other = claude.withOptions({ authToken: 'token', headers: { 'x-b': '2' } });
    await other.messages.create(request);
    await other.withOptions({ userAgent: 'third' }).messages.create(request);
    expect(connections).toBe(1);
    expect(asked).toMatchObject([
      { 'x-api-key': 'sk-canary', 'x-a': '1' },
      { authorization: 'Bearer token', 'x-b': '2' },
      { authorization: 'Bearer token', 'x-b': '2', 'user-agent': 'third' },
    ]);
    expect(asked[1]).not.toHaveProperty('x-api-key');
    expect(asked[1]).not.toHaveProperty('x-a');
  });

  test('S1: takes no key of the first one to another address, and its own only', async () => {
    const { claude, transport } = clientFor([good]);
    const elsewhere = 'https://gateway.example';
    expect(() => claude.withOptions({ baseURL: elsewhere })).toThrow(/A key goes only where it was meant for/);
    await claude.withOptions({ baseURL: elsewhere, apiKey: 'sk-theirs' }).messages.create(request);
    await claude.withOptions({ baseURL: 'https://api.anthropic.com/v1', headers: { a: 'b' } }).messages.create(request);
    expect(transport.requests.map(({ origin, headers }) => [origin, headers['x-api-key'] === 'sk-theirs'])).toEqual([
      [elsewhere, true],
      ['https://api.anthropic.com', false],
    ]);
  });

  test('S1: leaves headers and query where they were meant for', async () => {
    const { claude, transport } = clientFor([good], { headers: { 'x-gateway-key': 'g' }, query: { key: 'q' } });
    await claude.withOptions({ baseURL: 'https://gateway.example', apiKey: 'sk-theirs' }).messages.create(request);
    await claude.withOptions({ apiKey: 'sk-other' }).messages.create(request);
    expect(transport.requests.map(({ path, headers }) => [path, headers['x-gateway-key']])).toEqual([
      ['/v1/messages', undefined],
      ['/v1/messages?key=q', 'g'],
    ]);
  });

  test('counts what it costs together with the first one', async () => {
    const { claude } = clientFor([good], { spendLimit: { dollars: 0.000_001 } });
    const other = claude.withOptions({ userAgent: 'other' });
    await other.messages.create(request);
    expect(claude.meter.total.calls).toBe(1);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'spend_limit' });
    expect(await failureOf(other.messages.create(request))).toMatchObject({ kind: 'spend_limit' });
  });

  test('asks the source of the first one, and leaves it open when it is closed', async () => {
    let asked = 0;
    const token = async () => ({ value: `sk-${++asked}`, expiresAt: null });
    const { claude, transport } = clientFor([good], { credentials: { token } }, {});
    const other = claude.withOptions({ deadlines: { total: 60_000 } });
    await other.messages.create(request);
    await other.close();
    await claude.messages.create(request);
    expect(asked).toBe(1);
    expect(transport.requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer sk-1', 'Bearer sk-1']);
  });

  test('is refused with options that cannot work', () => {
    const { claude } = clientFor([good]);
    expect(() => claude.withOptions({ baseURL: 'http://example.org' })).toThrow(/Use https/);
    expect(() => claude.withOptions({ apiKey: 'a', authToken: 'b' })).toThrow(/Both/);
    const limits: object = { maxConcurrent: 2 };
    expect(() => claude.withOptions(limits)).toThrow(/common to all clients/);
  });

  test('is closed with it; closed alone, it stops its own calls only', async () => {
    const { claude, clock } = clientFor([streamOf()]);
    const first = failureOf(claude.messages.create(request));
    const copy = claude.withOptions({ deadlines: { idle: 5_000 } });
    const second = failureOf(copy.messages.create(request));
    await clock.pass(1);
    await copy.close();
    expect(await second).toMatchObject({ kind: 'aborted' });
    expect(await failureOf(copy.messages.create(request))).toMatchObject({ kind: 'configuration' });
    const third = claude.withOptions({});
    const running = failureOf(third.messages.create(request));
    await clock.pass(1);
    await claude.close();
    expect(await first).toMatchObject({ kind: 'aborted' });
    expect(await running).toMatchObject({ kind: 'aborted' });
    expect(await failureOf(third.messages.create(request))).toMatchObject({ kind: 'configuration' });
    expect(clock.pending).toBe(0);
  });

  test('has its own middleware in place of the other’s', async () => {
    const notes: string[] = [];
    const { claude } = clientFor([good], { middleware: [noting('first', notes)] });
    await claude.withOptions({ middleware: [noting('second', notes)] }).messages.create(request);
    await claude.withOptions({ userAgent: 'x' }).messages.create(request);
    expect(notes).toEqual(['second', 'first']);
  });
});
