/** Batches: made, waited for, read, cancelled and deleted; and what makes one at most once. */
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, problem, request } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, started } from '../../../../test/harness/claudeSockets.ts';
import { demoClient } from '../../../../test/harness/demoClient.ts';
import type { Answer } from '../../../../test/harness/scriptedTransport.ts';
import type { BatchResult, MessageBatch } from '../schema/batches.ts';

const fast = { retries: { firstDelay: 0, longestDelay: 0 } };
const asked = (id: string, params: object = {}) => ({ custom_id: id, params: { ...request, ...params } });

/** A batch as the service describes it. */
function batchOf(fields: Partial<MessageBatch> = {}): Answer {
  const batch = { id: 'msgbatch_1', type: 'message_batch', processing_status: 'in_progress', ...fields };
  return { headers: { 'content-type': 'application/json' }, steps: [JSON.stringify(batch), 'end'] };
}

test('a batch is made, waited for and read with nothing but its id', async () => {
  const { claude, demo } = await demoClient({ deadlines: { idle: 5_000 } });
  const made = await claude.messages.batches.create({
    requests: [asked('a'), asked('b', { model: 'claude-haiku-5-5' })],
  });
  expect(made).toMatchObject({ processing_status: 'in_progress', request_counts: { processing: 2 } });
  // Another client, as after a restart. Its clock is fast.
  const later = clientOf(demo.url, { apiKey: demo.key, clock: { ...hasty } });
  const seen: string[] = [];
  const ended = await later.messages.batches.wait(made.id, {
    onProgress: (batch) => seen.push(batch.processing_status),
  });
  expect(seen).toEqual(['in_progress', 'in_progress', 'ended']);
  expect(ended).toMatchObject({ id: made.id, request_counts: { succeeded: 2 } });
  const results: BatchResult[] = [];
  for await (const result of later.messages.batches.results(made.id)) results.push(result);
  expect(results.map(({ custom_id: id, result }) => [id, result.type])).toEqual([
    ['b', 'succeeded'],
    ['a', 'succeeded'],
  ]);
  expect(results[0]?.result).toMatchObject({ message: { model: 'claude-haiku-5-5', role: 'assistant' } });
  expect(demo.requests.every(({ headers }) => headers['anthropic-beta'] === undefined)).toBe(true);
});

/** Time in which every wait is short. */
const hasty = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after(milliseconds: number, call: () => void) {
    const timer = setTimeout(call, milliseconds < 5_000 ? 0 : milliseconds);
    return () => clearTimeout(timer);
  },
};

test('a batch is cancelled, then deleted', async () => {
  const { claude } = await demoClient({ clock: hasty });
  const { batches } = claude.messages;
  const { id } = await batches.create({ requests: [asked('a')] });
  expect(await failureOf(batches.delete(id))).toMatchObject({ kind: 'invalid_request', status: 400 });
  expect(await batches.cancel(id)).toMatchObject({ processing_status: 'canceling' });
  await batches.wait(id);
  const results: BatchResult[] = [];
  for await (const result of batches.results(id)) results.push(result);
  expect(results).toEqual([{ custom_id: 'a', result: { type: 'canceled' } }]);
  expect(await batches.delete(id)).toMatchObject({ id });
  expect(await failureOf(batches.retrieve(id))).toMatchObject({ kind: 'not_found' });
});

test('batches are listed over all pages, newest first', async () => {
  const { claude } = await demoClient();
  const made: string[] = [];
  for (let count = 0; count < 5; count++)
    made.push((await claude.messages.batches.create({ requests: [asked('a')] })).id);
  const listed: string[] = [];
  for await (const { id } of claude.messages.batches.list({ limit: 2 })) listed.push(id);
  expect(listed).toEqual(made.toReversed());
});

test('requests that the service refuses come back as errors, each for itself', async () => {
  const { claude } = await demoClient({ clock: hasty });
  // A model that is newer than this client: what it does not take is for the service to say.
  const tools = [{ name: 'run', input_schema: { type: 'object' } }];
  const forced = { model: 'claude-sonnet-5-5-20270101', tools, tool_choice: { type: 'any' } };
  const { id } = await claude.messages.batches.create({ requests: [asked('a', forced), asked('b')] });
  await claude.messages.batches.wait(id);
  const results = new Map<string, BatchResult['result']>();
  for await (const { custom_id, result } of claude.messages.batches.results(id)) results.set(custom_id, result);
  expect(results.get('a')).toMatchObject({ type: 'errored', error: { error: { type: 'invalid_request_error' } } });
  expect(results.get('b')).toMatchObject({ type: 'succeeded' });
});

describe('a batch is made at most once', () => {
  const requests = [asked('a')];
  test.each<[string, Answer]>([
    ['the service failed', problem(500, 'api_error')],
    ['a gateway failed', problem(502, 'x')],
    ['the answer broke off', { steps: [{ breaks: 'ECONNRESET' }] }],
    ['the answer never came', { before: [{ breaks: 'ECONNRESET' }], steps: [] }],
    ['the answer is none', { headers: { 'content-type': 'text/html' }, steps: ['<p>', 'end'] }],
  ])('when %s', async (_name, answer) => {
    const { claude, clock, transport } = clientFor([answer, batchOf()]);
    const failure = failureOf(claude.messages.batches.create({ requests }));
    await clock.pass(60_000);
    const error = await failure;
    expect(error.message).toMatch(/A batch may have been made: look at the list/);
    expect(error.retryable).toBe(false);
    expect(transport.requests).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['there is too much to do', problem(529, 'overloaded_error')],
    ['it asks for patience', problem(429, 'rate_limit_error', {}, { 'retry-after': '1' })],
    ['it says that it may be asked again', problem(500, 'api_error', {}, { 'x-should-retry': 'true' })],
  ])('but asked for again when %s', async (_name, answer) => {
    const { claude, clock, transport } = clientFor([answer, batchOf()]);
    const batch = claude.messages.batches.create({ requests });
    await clock.pass(60_000);
    expect(await batch).toMatchObject({ id: 'msgbatch_1' });
    expect(transport.requests).toHaveLength(2);
  });

  test('nor read twice from what can be read once', async () => {
    const busy = 'HTTP/1.1 529 Overloaded\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
    const server = await started(['read', busy, 'fin']);
    const once = (async function* () {
      yield* requests;
    })();
    const { batches } = clientOf(server.origin, fast).messages;
    expect(await failureOf(batches.create({ requests: once }))).toMatchObject({ kind: 'overloaded' });
    expect(server.connections).toBe(1);
    // A list can be read as often as needed.
    await failureOf(batches.create({ requests }, { retries: { attempts: 3 } }));
    expect(server.connections).toBe(4);
  });

  test('and not at all when it could not be sent', async () => {
    const { claude } = clientFor([{ before: [{ breaks: 'ECONNREFUSED' }], steps: [] }]);
    const signal = AbortSignal.abort();
    const error = await failureOf(claude.messages.batches.create({ requests }, { signal }));
    expect(error.message).toBe('The call was stopped.');
  });
});

describe('waiting', () => {
  test('looks more and more seldom, and never more than a minute apart', async () => {
    const { claude, clock, transport } = clientFor([batchOf()]);
    const times: number[] = [];
    const onProgress = () => void times.push(clock.now());
    const failure = failureOf(claude.messages.batches.wait('b', { onProgress, deadline: 3_600_000 }));
    for (let minute = 0; minute < 61; minute++) await clock.pass(60_000);
    const error = await failure;
    expect(error).toMatchObject({ kind: 'timeout', message: expect.stringMatching(/has not ended within 3600 s/) });
    const gaps = times.slice(1).map((time, at) => Math.round(time - (times[at] ?? 0)));
    expect(gaps.slice(0, 3)).toEqual([1_750, 2_625, 3_938]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_000);
    expect(transport.requests.length).toBeLessThan(90);
    expect(clock.pending).toBe(0);
  });

  test('says how much is left when it takes too long', async () => {
    const counts = { processing: 3, succeeded: 1, errored: 0, canceled: 1, expired: 0 };
    const { claude, clock } = clientFor([batchOf({ request_counts: counts })]);
    const failure = failureOf(claude.messages.batches.wait('b', { deadline: 10_000 }));
    await clock.pass(10_000);
    expect((await failure).message).toMatch(/10 s; 3 of 5 requests are left. It goes on/);
  });

  test('lives through failures of the service, but not for ever', async () => {
    const away = problem(503, 'api_error');
    const options = { retries: { attempts: 1 } };
    const { claude, clock } = clientFor([away, away, away, batchOf({ processing_status: 'ended' })]);
    const waited = claude.messages.batches.wait('b', options);
    await clock.pass(60_000);
    expect(await waited).toMatchObject({ processing_status: 'ended' });
    const gone = clientFor([away]);
    const failure = failureOf(gone.claude.messages.batches.wait('b', options));
    await gone.clock.pass(3_600_000);
    expect(await failure).toMatchObject({ kind: 'unavailable' });
    expect(gone.transport.requests).toHaveLength(10);
  });

  test('ends at once with an error that stays', async () => {
    const { claude, transport } = clientFor([problem(404, 'not_found_error')]);
    expect(await failureOf(claude.messages.batches.wait('b'))).toMatchObject({ kind: 'not_found' });
    expect(transport.requests).toHaveLength(1);
  });

  test.each(['while it looks', 'between two looks'])('R15: is stopped %s', async (when) => {
    const { claude, clock } = clientFor([
      when === 'while it looks' ? { before: [{ after: 50_000 }], steps: [] } : batchOf(),
    ]);
    const controller = new AbortController();
    const failure = failureOf(claude.messages.batches.wait('b', { signal: controller.signal }));
    await clock.pass(1_000);
    const reason = new Error('no longer wanted');
    controller.abort(reason);
    expect(await failure).toMatchObject({ kind: 'aborted', cause: reason });
    await clock.pass(60_000);
    expect(clock.pending).toBe(0);
  });

  test('ends with the client', async () => {
    const { claude, clock } = clientFor([batchOf()]);
    const failure = failureOf(claude.messages.batches.wait('b'));
    await clock.pass(100);
    await claude.close();
    expect(await failure).toMatchObject({ kind: 'aborted' });
    expect(clock.pending).toBe(0);
  });
});
