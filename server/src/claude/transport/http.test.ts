/** Connections: kept, and closed at once when nobody wants them. */
import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import {
  clientOf,
  events,
  goodScript,
  head,
  listening,
  started,
  turns,
  whole,
} from '../../../../test/harness/claudeSockets.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import { scaled } from '../../../../test/harness/scale.ts';
import { written } from '../../../../test/harness/streams.ts';

test('one connection serves call after call', async () => {
  const server = http.createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole),
  );
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const { origin } = await listening(server);
  const claude = clientOf(origin);
  for (let call = 0; call < 5; call++) await claude.messages.create(request);
  expect(connections).toBe(1);
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
      await turns(round % 7);
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
    const server = await started(goodScript);
    const claude = clientOf(server.origin);
    await claude.messages.create(request);
    expect(server.open).toBe(1);
    await claude.close();
    await server.idle();
  });
});
