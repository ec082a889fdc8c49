/** The endpoints, and calls that are stopped. */
import { describe, expect, test } from 'vitest';
import { clientFor, counted, failureOf, good, request } from '../../../test/harness/claudeCalls.ts';
import { type Answer, streamOf } from '../../../test/harness/scriptedTransport.ts';
import { block, start, text, written } from '../../../test/harness/streams.ts';

const json = { 'content-type': 'application/json' };

const begun = written([start(), ...block(0, { type: 'text', text: '' }, ...text('so far')).slice(0, 2)]);
const second = 1_000;

describe('the endpoints', () => {
  test('create streams; without tokens it does not', async () => {
    const message = { ...(start()['message'] as object), stop_reason: 'max_tokens' };
    const { claude, transport } = clientFor([good, { headers: json, steps: [JSON.stringify(message), 'end'] }]);
    await claude.messages.create(request);
    expect(await claude.messages.create({ ...request, max_tokens: 0 })).toMatchObject({ id: 'msg_01' });
    expect(transport.requests.map(({ body }) => JSON.parse(String(body)))).toEqual([
      { ...request, stream: true },
      { ...request, max_tokens: 0 },
    ]);
  });

  test('create may ask for as long an answer as the model gives: it is streamed underneath', async () => {
    const { claude, transport } = clientFor([good]);
    await claude.messages.create({ ...request, max_tokens: 128_000 });
    expect(JSON.parse(String(transport.requests[0]?.body))).toMatchObject({ max_tokens: 128_000, stream: true });
  });

  test('countTokens counts', async () => {
    const { claude, transport } = clientFor([{ headers: json, steps: ['{"input_tokens":7}', 'end'] }]);
    expect(await claude.messages.countTokens(counted)).toEqual({ input_tokens: 7 });
    expect(transport.requests[0]?.path).toBe('/v1/messages/count_tokens');
  });

  test('models are listed over all pages, and a page that leads to itself ends', async () => {
    const page = (ids: readonly string[], more: boolean): Answer => ({
      headers: json,
      steps: [
        JSON.stringify({ data: ids.map((id) => ({ id })), has_more: more, first_id: ids[0], last_id: ids.at(-1) }),
        'end',
      ],
    });
    const { claude, transport } = clientFor([page(['a', 'b'], true), page(['c'], true), page(['c'], true)]);
    const ids: string[] = [];
    for await (const { id } of claude.models.list({ limit: 2, lifecycle: ['active', 'deprecated'] })) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'c', 'c']);
    const query = '?limit=2&lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated';
    expect(transport.requests.map(({ path }) => path)).toEqual([
      `/v1/models${query}`,
      `/v1/models${query}&after_id=b`,
      `/v1/models${query}&after_id=c`,
    ]);
  });

  test('one model is asked for by a name that cannot leave its place', async () => {
    const { claude, transport } = clientFor([{ headers: json, steps: ['{"id":"m"}', 'end'] }]);
    expect(await claude.models.retrieve('../x?y')).toMatchObject({ id: 'm' });
    expect(transport.requests[0]?.path).toBe('/v1/models/..%2Fx%3Fy');
  });

  test('what is too large is not sent', async () => {
    const { claude, transport } = clientFor([good]);
    const messages = [{ role: 'user', content: 'x'.repeat(33 * 1024 * 1024) }] as const;
    expect(await failureOf(claude.messages.create({ ...request, messages }))).toMatchObject({ kind: 'too_large' });
    expect(transport.requests).toEqual([]);
  });

  test('models that end are warned of once', async () => {
    const warnings: [string, string][] = [];
    const { claude } = clientFor([good], {
      log: { warn: (message, warning) => warnings.push([warning?.kind ?? 'none', message]) },
    });
    for (const model of [
      'claude-sonnet-4-5',
      'claude-sonnet-4-5',
      'claude-3-opus-20240229',
      'claude-opus-5-5',
      'unknown',
    ])
      await claude.messages.create({ ...request, model });
    expect(warnings).toEqual([
      [
        'deprecated_model',
        'The model claude-sonnet-4-5 is deprecated and retires on 2026-11-30: use claude-sonnet-5-5 instead.',
      ],
      ['retired_model', 'The model claude-3-opus-20240229 was retired on 2026-01-05: use claude-opus-5-5 instead.'],
    ]);
  });
});

describe('stopping', () => {
  test('before anything is sent sends nothing', async () => {
    const { claude, transport } = clientFor([good]);
    const reason = new Error('no longer wanted');
    expect(await failureOf(claude.messages.create(request, { signal: AbortSignal.abort(reason) }))).toMatchObject({
      kind: 'aborted',
      cause: reason,
      retryable: false,
    });
    expect(transport.requests).toEqual([]);
  });

  test('a stream that nobody reads at the moment closes its connection', async () => {
    const { claude, clock, transport } = clientFor([streamOf(begun)]);
    const controller = new AbortController();
    const stream = claude.messages.stream(request, { signal: controller.signal });
    await stream.start();
    controller.abort();
    expect(transport.destroyed).toBe(1);
    expect(clock.pending).toBe(0);
    expect(await failureOf(stream.finalMessage())).toMatchObject({ kind: 'aborted' });
  });

  test('the client stops all of its calls', async () => {
    const { claude, clock } = clientFor([streamOf(begun)]);
    const calls = [1, 2, 3].map(() => failureOf(claude.messages.create(request)));
    await clock.pass(second);
    await claude.close();
    for (const call of calls) expect(await call).toMatchObject({ kind: 'aborted' });
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ kind: 'configuration' });
    expect(clock.pending).toBe(0);
  });
});
