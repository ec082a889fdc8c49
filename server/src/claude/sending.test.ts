/** Bodies that are sent piece by piece: whose time it is, and what is sent again. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, key } from '../../../test/harness/claudeCalls.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { Claude, type Stage, type Transport, TransportFailure } from './index.ts';

const second = 1_000;

/** A transport whose body is taken when the test says so, and that never answers. */
function takenByHand() {
  const clock = fakeClock();
  const state: { stage: (stage: Stage) => void; pieces: AsyncIterator<Uint8Array> | undefined } = {
    stage: () => {},
    pieces: undefined,
  };
  const transport: Transport = {
    send({ body }, onStage) {
      const { promise, reject } = Promise.withResolvers<never>();
      state.stage = onStage;
      if (typeof body === 'object' && 'open' in body) state.pieces = body.open()[Symbol.asyncIterator]();
      onStage('request');
      return { response: promise, destroy: () => reject(new TransportFailure('request', 'CLOSED', 'given up')) };
    },
    async close() {},
  };
  const claude = new Claude({ apiKey: key, clock, transport });
  return { claude, clock, state };
}

describe('R6: the time for the answer', () => {
  test('does not run while the source thinks, and begins anew with each piece that is taken', async () => {
    const { claude, clock, state } = takenByHand();
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = async function* () {
      for (const { promise } of gates) {
        await promise;
        yield Buffer.from('x');
      }
    };
    let failed = false;
    const failure = failureOf(
      claude.files.upload(slow(), { filename: 'a' }, { retries: { attempts: 1 }, deadlines: { total: Infinity } }),
    ).finally(() => {
      failed = true;
    });
    await clock.pass(0);
    const take = async () => {
      const taken = state.pieces?.next();
      await clock.pass(0);
      return taken;
    };
    await take(); // The head of the form.
    for (const { resolve } of gates) {
      const piece = take();
      await clock.pass(600 * second);
      expect(failed).toBe(false);
      resolve();
      await piece;
      // The connection is slow, but goes on.
      await clock.pass(59 * second);
      expect(failed).toBe(false);
    }
    await clock.pass(2 * second);
    expect(await failure).toMatchObject({ kind: 'timeout', stage: 'headers' });
    await state.pieces?.return?.(undefined);
    expect(clock.pending).toBe(0);
  });

  test('runs from the end of the body', async () => {
    const { claude, clock, state } = takenByHand();
    const failure = failureOf(claude.files.upload('x', { filename: 'a' }, { retries: { attempts: 1 } }));
    await clock.pass(0);
    while ((await state.pieces?.next())?.done !== true) await clock.pass(50 * second);
    state.stage('headers');
    await clock.pass(61 * second);
    expect(await failure).toMatchObject({ kind: 'timeout', stage: 'headers' });
    expect(clock.pending).toBe(0);
  });
});

test('a source that comes after the end changes nothing', async () => {
  const { claude, clock, state } = takenByHand();
  const gate = Promise.withResolvers<void>();
  const late = async function* () {
    await gate.promise;
    yield Buffer.from('x');
  };
  const controller = new AbortController();
  const failure = failureOf(claude.files.upload(late(), { filename: 'a' }, { signal: controller.signal }));
  await clock.pass(0);
  await state.pieces?.next();
  const piece = state.pieces?.next().catch((error: unknown) => error);
  await clock.pass(0);
  controller.abort(new Error('no longer wanted'));
  expect(await failure).toMatchObject({ kind: 'aborted', message: 'The call was stopped.' });
  gate.resolve();
  expect(await piece).toBeInstanceOf(Error);
  expect(clock.pending).toBe(0);
});

test('after the end nothing more is taken from a source', async () => {
  const { claude, clock, state } = takenByHand();
  let taken = 0;
  const endless = async function* () {
    for (;;) {
      taken += 1;
      yield Buffer.from('x');
    }
  };
  const controller = new AbortController();
  const failure = failureOf(claude.files.upload(endless(), { filename: 'a' }, { signal: controller.signal }));
  await clock.pass(0);
  for (let piece = 0; piece < 3; piece++) await state.pieces?.next();
  controller.abort();
  await failure;
  await expect(state.pieces?.next()).rejects.toThrow();
  expect(taken).toBe(2);
  expect(clock.pending).toBe(0);
});

test('the length is told where it is known', async () => {
  const { claude, transport } = clientFor([{ headers: { 'content-type': 'application/json' }, steps: ['{}', 'end'] }]);
  await failureOf(claude.files.upload('abc', { filename: 'a' }));
  const empty = async function* () {};
  await failureOf(claude.files.upload(empty(), { filename: 'a' }));
  const [known, unknown] = transport.requests;
  expect(known?.body).toMatchObject({ length: expect.any(Number), replayable: true });
  expect(unknown?.body).toMatchObject({ replayable: false });
  expect(unknown?.body).not.toHaveProperty('length');
  expect(known?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
});
