/** The body of a batch: what is in it, what is refused, and its limits. */
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { failureOf, request } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, listening } from '../../../../test/harness/claudeSockets.ts';
import { demoClient } from '../../../../test/harness/demoClient.ts';
import { scaled } from '../../../../test/harness/scale.ts';
import { type BatchRequest, batchBody, batchLimits } from './batchRequests.ts';

const nothing = (): readonly string[] => [];
const asked = (id: string, params: object = {}): BatchRequest => ({
  custom_id: id,
  params: { ...request, ...params },
});

async function written(
  requests: Parameters<typeof batchBody>[0],
  options: Partial<Parameters<typeof batchBody>[1]> = {},
) {
  const pieces: Uint8Array[] = [];
  for await (const piece of batchBody(requests, { extra: undefined, check: nothing, ...options }).open())
    pieces.push(piece);
  return { pieces, body: JSON.parse(Buffer.concat(pieces).toString()) as unknown };
}

test('a list, a set, a generator and a stream give the same body', async () => {
  const requests = ['a', 'b', 'c'].map((id) => asked(id));
  const generator = function* () {
    yield* requests;
  };
  const stream = async function* () {
    yield* requests;
  };
  for (const given of [requests, new Set(requests), generator(), stream()])
    expect((await written(given)).body).toEqual({ requests });
});

test('more fields of the body are added', async () => {
  const requests = [asked('a')];
  expect((await written(requests, { extra: { later: [1], 'ä"': null } })).body).toEqual({
    requests,
    later: [1],
    'ä"': null,
  });
});

describe('refused is', () => {
  const twice = [asked('a'), asked('b'), asked('a')];
  test.each<[string, readonly unknown[], string]>([
    ['an empty batch', [], 'requests'],
    ['what is no request', [asked('a'), null], 'requests.1'],
    ['a name with a blank', [asked('a b')], 'requests.0.custom_id'],
    ['an empty name', [asked('')], 'requests.0.custom_id'],
    ['a long name', [asked('x'.repeat(65))], 'requests.0.custom_id'],
    ['no name', [{ params: request }], 'requests.0.custom_id'],
    ['a name that is there already', twice, 'requests.2.custom_id'],
    ['no params', [{ custom_id: 'a' }], 'requests.0.params'],
    ['a stream', [asked('a', { stream: true })], 'requests.0.params.stream'],
    ['no stream, in words', [asked('a', { stream: false })], 'requests.0.params.stream'],
    ['a speed', [asked('a', { speed: 'fast' })], 'requests.0.params.speed'],
    ['a thread', [asked('a', { thread: { type: 'create' } })], 'requests.0.params.thread'],
    ['no tokens', [asked('a', { max_tokens: 0 })], 'requests.0.params.max_tokens'],
    ['an unknown number of tokens', [asked('a', { max_tokens: undefined })], 'requests.0.params.max_tokens'],
    ['what no message may hold', [asked('a'), asked('b', { temperature: 1 })], 'requests.1.params.temperature'],
    [
      'what the model does not take',
      [asked('a', { thinking: { type: 'disabled' } })],
      'requests.0.params.thinking.type',
    ],
  ])('%s', async (_name, requests, field) => {
    const { claude, demo } = await demoClient();
    // Programs without types send whatever they have.
    const error = await failureOf(claude.messages.batches.create({ requests: requests as BatchRequest[] }));
    expect(error).toMatchObject({ kind: 'invalid_request', field, retryable: false });
    expect(error.message).toMatch(/^No batch was made: /);
    expect(error.message).not.toMatch(/Nothing was sent/);
    expect((await claude.messages.batches.list()).data).toEqual([]);
    expect(demo.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

test('long answers are for those who ask for them', async () => {
  const long = (max_tokens: number) => [asked('a', { max_tokens })];
  const { claude, demo } = await demoClient();
  const betas = ['output-300k-2026-03-24'];
  await claude.messages.batches.create({ requests: long(300_000) }, { betas });
  expect(demo.requests[0]?.body).toEqual({ requests: long(300_000) });
  const error = await failureOf(claude.messages.batches.create({ requests: long(300_001) }, { betas }));
  expect(error.field).toBe('requests.0.params.max_tokens');
});

test('names of betas that requests need go with them, where they are a list', async () => {
  const { claude, demo } = await demoClient();
  const edits = { context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } };
  await claude.messages.batches.create({ requests: [asked('a'), asked('b', edits)] });
  expect(demo.requests[0]?.headers['anthropic-beta']).toBe('context-management-2025-06-27');
});

describe('the limits', () => {
  const limits = { requests: scaled(100_000), bytes: scaled(256 * 1024 * 1024) };
  const sizes = async (requests: Iterable<BatchRequest>) => {
    const lengths: number[] = [];
    for await (const { length } of batchBody(requests, { extra: undefined, check: nothing }, limits).open())
      lengths.push(length);
    return lengths;
  };

  test("are the service's", () => {
    expect(batchLimits).toEqual({ requests: 100_000, bytes: 268_435_456 });
  });

  test('many requests go, one more does not', async () => {
    const many = function* (most: number) {
      for (let count = 0; count < most; count++) yield asked(`id-${count}`);
    };
    // In pieces of a size that sockets like.
    expect(Math.max(...(await sizes(many(limits.requests))))).toBeLessThan(70_000);
    await expect(sizes(many(limits.requests + 1))).rejects.toMatchObject({ kind: 'too_large', field: 'requests' });
  });

  test('many bytes go, more do not', async () => {
    const content = 'x'.repeat(limits.bytes / 8 - 1_000);
    const many = function* (most: number) {
      for (let count = 0; count < most; count++) yield asked(`id-${count}`, { messages: [{ role: 'user', content }] });
    };
    expect((await sizes(many(8))).reduce((sum, length) => sum + length)).toBeGreaterThan(limits.bytes * 0.99);
    await expect(sizes(many(9))).rejects.toMatchObject({ kind: 'too_large', field: 'requests' });
  });
});

test('R14: requests are made no faster than they are taken', async () => {
  const counts = { made: 0, received: 0 };
  const content = 'x'.repeat(100_000);
  const server = createServer(async (incoming, response) => {
    for await (const piece of incoming) counts.received += (piece as Buffer).length;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"id":"b","processing_status":"in_progress"}');
  });
  const { origin } = await listening(server);
  let ahead = 0;
  const requests = async function* () {
    for (let count = 0; count < 300; count++) {
      counts.made += content.length;
      ahead = Math.max(ahead, counts.made - counts.received);
      yield asked(`id-${count}`, { messages: [{ role: 'user', content }] });
    }
  };
  await clientOf(origin).messages.batches.create({ requests: requests() });
  expect(counts.received).toBeGreaterThan(counts.made);
  expect(ahead).toBeLessThan(8 * 1024 * 1024);
});
