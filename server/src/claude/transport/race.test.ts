/** Connections that the server closes just when they are used again (R8). */
import { describe, expect, test } from 'vitest';
import { failureOf, outcomeOf, request } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, goodScript, head, started } from '../../../../test/harness/claudeSockets.ts';
import { fakeClock } from '../../../../test/harness/fakeClock.ts';
import type { Script, Step } from '../../../../test/harness/faultServer.ts';
import { connectionTo, countedBody, uploadOver } from '../../../../test/harness/rawCalls.ts';

/** After an answer, the next request on the connection meets this. */
const then = (...steps: readonly Step[]): Script => [...goodScript, 'again', 'read', ...steps];

describe('R8: a request on a kept connection that is closed', () => {
  test.each(['fin', 'rst'] as const)('(%s) is sent once more at once, and that is no other attempt', async (close) => {
    const server = await started(then(close), goodScript);
    const claude = clientOf(server.origin, { retries: { attempts: 1 } });
    const told: unknown[] = [];
    await claude.messages.create(request);
    const again = claude.messages.create(request, { onRetry: (notice) => told.push(notice) });
    expect(await outcomeOf(again)).toMatchObject({ stop_reason: 'end_turn' });
    expect([server.connections, told]).toEqual([2, []]);
    expect(server.received[1]).toBe(server.received[0]);
  });

  test('is not used for what would cost twice: that has a connection of its own', async () => {
    const batch = '{"id":"b","processing_status":"in_progress"}';
    const type = 'content-type: application/json\r\n';
    const made: Script = ['read', `HTTP/1.1 200 OK\r\n${type}content-length: ${batch.length}\r\n\r\n${batch}`];
    const server = await started(then('fin'), made);
    const claude = clientOf(server.origin, { retries: { attempts: 1 } });
    await claude.messages.create(request);
    expect(await claude.messages.batches.create({ requests: [{ custom_id: 'a', params: request }] })).toMatchObject({
      id: 'b',
    });
    expect(server.connections).toBe(2);
    expect(server.received.filter((text) => text.includes('/v1/messages/batches'))).toHaveLength(1);
  });

  test('is not sent a third time', async () => {
    const server = await started(then('fin'), ['read', 'fin'], goodScript);
    const claude = clientOf(server.origin, { retries: { attempts: 1 } });
    await claude.messages.create(request);
    expect(await outcomeOf(claude.messages.create(request))).toMatchObject({ kind: 'connection', stage: 'headers' });
    expect(server.connections).toBe(2);
  });

  test('is not sent again when any of an answer came', async () => {
    const server = await started(then('HTTP/1.1 2', 'rst'), goodScript);
    const claude = clientOf(server.origin, { retries: { attempts: 1 } });
    await claude.messages.create(request);
    expect(await outcomeOf(claude.messages.create(request))).toMatchObject({ kind: 'connection' });
    expect(server.connections).toBe(1);
  });

  test('is not sent again when it was stopped', async () => {
    const server = await started(then('hold'), goodScript);
    const claude = clientOf(server.origin);
    await claude.messages.create(request);
    const controller = new AbortController();
    const call = outcomeOf(claude.messages.create(request, { signal: controller.signal }));
    await server.done(1);
    controller.abort();
    expect(await call).toMatchObject({ kind: 'aborted' });
    await server.idle();
    expect(server.connections).toBe(1);
  });

  test.each([false, true])('is sent again when its body can be read again: %s', async (replayable) => {
    const body = '{"input_tokens":7}';
    const type = 'content-type: application/json\r\n';
    const counted: Script = ['read', `HTTP/1.1 200 OK\r\n${type}content-length: ${body.length}\r\n\r\n${body}`];
    const server = await started([...counted, 'again', 'read', 'fin'], counted);
    const connection = connectionTo(server.origin, { retries: { attempts: 1 } });
    await uploadOver(connection, countedBody(['one'])).result;
    const source = countedBody(['two ', 'three'], { replayable, length: 9 });
    const { result } = uploadOver(connection, source);
    const outcome = replayable ? await result : await failureOf(result);
    expect(outcome).toMatchObject(replayable ? { input_tokens: 7 } : { kind: 'connection', retryable: false });
    const times = replayable ? 2 : 1;
    expect([server.connections, source.counts]).toEqual([times, { opened: times, closed: times }]);
  });

  test('has time to connect anew', async () => {
    const server = await started(then('fin'), ['read', head, 'hold']);
    const clock = fakeClock();
    const claude = clientOf(server.origin, { clock, retries: { attempts: 1 } });
    await claude.messages.create(request);
    const call = outcomeOf(claude.messages.create(request));
    await server.done(2);
    await clock.pass(80_000);
    await clock.pass(20_000);
    expect(await call).toMatchObject({ kind: 'stalled', stage: 'body' });
    expect(clock.pending).toBe(0);
  });
});
