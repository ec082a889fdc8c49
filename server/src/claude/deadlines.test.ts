/** Calls that stall or drip, and clocks that jump. */
import { describe, expect, test } from 'vitest';
import { clientFor, counted, oneAttempt, problem, request, within } from '../../../test/harness/claudeCalls.ts';
import { streamOf } from '../../../test/harness/scriptedTransport.ts';
import { block, start, streams, text, written } from '../../../test/harness/streams.ts';
import { type Claude, ClaudeError } from './index.ts';

const json = { 'content-type': 'application/json' };

const begun = written([start(), ...block(0, { type: 'text', text: '' }, ...text('so far')).slice(0, 2)]);
const delta = written([{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '.' } }]);
const ping = 'event: ping\ndata: {"type": "ping"}\n\n';
const second = 1_000;
const minute = 60 * second;

describe('R6: a call that stalls', () => {
  test('before the headers ends after a minute', async () => {
    const { claude, clock } = clientFor([{ before: [{ after: 10 * minute }], steps: [] }]);
    const call = claude.messages.create(request, oneAttempt);
    expect(await within(clock, 59 * second, call)).toBe('still running');
    expect(await within(clock, 2 * second, call)).toMatchObject({ kind: 'timeout', stage: 'headers' });
    expect(clock.pending).toBe(1); // the script's own wait
  });

  test.each<[string, (claude: Claude) => Promise<unknown>]>([
    ['a message without tokens', (claude) => claude.messages.create({ ...request, max_tokens: 0 }, oneAttempt)],
    ['a count', (claude) => claude.messages.countTokens(counted, oneAttempt)],
    ['a list', (claude) => claude.models.list({}, oneAttempt)],
  ])('R7: before the headers of %s, which is not streamed, ends after ten minutes', async (_what, ask) => {
    const { claude, clock } = clientFor([{ before: [{ after: 60 * minute }], steps: [] }]);
    const call = ask(claude);
    expect(await within(clock, 10 * minute - second, call)).toBe('still running');
    expect(await within(clock, 2 * second, call)).toMatchObject({ kind: 'timeout', stage: 'headers' });
  });

  test.each(['messages.create', 'messages.countTokens'])('ends when the client says so: %s', async (operation) => {
    const answers = [{ before: [{ after: 60 * minute }], steps: [] }];
    const { claude, clock } = clientFor(answers, { deadlines: { headers: 5 * second }, retries: { attempts: 1 } });
    const { messages } = claude;
    const call: Promise<unknown> =
      operation === 'messages.create' ? messages.create(request) : messages.countTokens(counted);
    expect(await within(clock, 6 * second, call)).toMatchObject({ kind: 'timeout', stage: 'headers' });
  });

  test('a completion ends after its five seconds, wherever it is and however often it is tried', async () => {
    const { claude, clock, transport } = clientFor([
      problem(529, 'overloaded_error'),
      streamOf(begun, { after: minute }),
    ]);
    const call = claude.messages.create(request, { deadlines: { total: 5 * second } });
    expect(await within(clock, 4.9 * second, call)).toBe('still running');
    expect(transport.requests).toHaveLength(2);
    expect(await within(clock, second, call)).toMatchObject({ kind: 'timeout', partial: { role: 'assistant' } });
  });

  test('in the middle ends after 90 s, and keeps what had come', async () => {
    const { claude, clock, transport } = clientFor([streamOf(begun)]);
    const call = claude.messages.create(request);
    expect(await within(clock, 89 * second, call)).toBe('still running');
    const error = await within(clock, 2 * second, call);
    expect(error).toMatchObject({ kind: 'stalled', partial: { content: [{ text: 'so far' }] } });
    expect(transport.destroyed).toBeGreaterThan(0);
    expect(clock.pending).toBe(0);
  });

  const stream = written(streams['a tool'] ?? []);
  test.each(Array.from({ length: 20 }, (_, at) => Math.floor((stream.length * at) / 20)))(
    'after %i bytes of an answer ends after 90 s, and keeps what had come',
    async (length) => {
      const { claude, clock } = clientFor([streamOf(stream.subarray(0, length))]);
      const call = claude.messages.create(request, oneAttempt);
      const error = await within(clock, 91 * second, call);
      expect(error).toMatchObject({ kind: 'stalled', stage: 'body' });
      expect(error instanceof ClaudeError && error.partial !== undefined).toBe(stream.indexOf('\n\n') + 2 <= length);
      expect(clock.pending).toBe(0);
    },
  );

  test.each([
    [500, 'server'],
    [529, 'overloaded'],
    [401, 'authentication'],
  ])('while its error is explained counts by its status: %i', async (status, kind) => {
    const { claude, clock } = clientFor([{ status, headers: json, steps: ['{"ty'] }]);
    expect(await within(clock, 2 * minute, claude.messages.create(request, oneAttempt))).toMatchObject({
      kind,
      status,
    });
    expect(clock.pending).toBe(0);
  });

  test('while its error is explained is not tried again where the status is final', async () => {
    const { claude, clock, transport } = clientFor([{ status: 400, headers: json, steps: ['{"ty'] }]);
    expect(await within(clock, 10 * minute, claude.messages.create(request))).toMatchObject({ status: 400 });
    expect(transport.requests).toHaveLength(1);
  });

  test.each(Array.from({ length: 20 }, (_, at) => at))('R7: but not when pings come, pause %i', async (at) => {
    const pauses = Array.from({ length: 2 + (at % 2) }, () => [{ after: (60 + at) * second }, ping]).flat();
    const { claude, clock } = clientFor([
      streamOf(begun, ...pauses, written((streams['text'] ?? []).slice(-3)), 'end'),
    ]);
    expect(await within(clock, 10 * minute, claude.messages.create(request))).toMatchObject({
      stop_reason: 'end_turn',
    });
  });
});

test('a call that waits for its turn until its time is over says so', async () => {
  const { claude, clock } = clientFor([streamOf(begun)], { maxConcurrent: 1 });
  const first = claude.messages.create(request, oneAttempt).catch(() => {});
  const error = await within(clock, 6 * second, claude.messages.create(request, { deadlines: { total: 5 * second } }));
  expect(error).toMatchObject({ kind: 'timeout', stage: 'queue' });
  expect(error instanceof ClaudeError && error.message).toContain('5 s in all, and was waiting for its turn');
  await claude.close();
  await first;
});

describe('R7: a call that drips', () => {
  test('the explanation of its error ends after five minutes, and counts by its status', async () => {
    const drips = Array.from({ length: 100 }, () => [{ after: 30 * second }, ' ']).flat();
    const { claude, clock } = clientFor([{ status: 403, headers: json, steps: drips }]);
    const call = claude.messages.create(request, oneAttempt);
    expect(await within(clock, 5 * minute - second, call)).toBe('still running');
    expect(await within(clock, minute, call)).toMatchObject({ kind: 'permission', status: 403 });
    expect(clock.pending).toBe(0);
  });

  test.each([
    ['pings', ping],
    ['comments', ': keep-alive\n\n'],
    ['half an event', 'd'],
    ['blank lines', '\n\n'],
    ['fields without data', 'event: content_block_delta\n\n'],
    ['fields that say nothing', 'id: 7\nretry: 10\n\n'],
  ])('nothing but %s ends after five minutes', async (_name, drop) => {
    const drops = Array.from({ length: 100 }, () => [{ after: 30 * second }, drop]).flat();
    const { claude, clock } = clientFor([streamOf(begun, ...drops)]);
    const call = claude.messages.create(request);
    expect(await within(clock, 299 * second, call)).toBe('still running');
    expect(await within(clock, 2 * second, call)).toMatchObject({
      kind: 'stalled',
      partial: { content: [{ text: 'so far' }] },
    });
  });

  test('real events, but without end, ends after half an hour', async () => {
    const drops = Array.from({ length: 1_000 }, () => [{ after: 60 * second }, delta]).flat();
    const { claude, clock } = clientFor([streamOf(begun, ...drops)]);
    const call = claude.messages.create(request);
    expect(await within(clock, 29 * minute, call)).toBe('still running');
    expect(await within(clock, 2 * minute, call)).toMatchObject({ kind: 'timeout', partial: { role: 'assistant' } });
    expect(clock.pending).toBe(0);
  });

  test('ends after half an hour, also when an earlier attempt had stalled', async () => {
    const drops = Array.from({ length: 1_000 }, () => [{ after: 60 * second }, delta]).flat();
    const { claude, clock, transport } = clientFor([streamOf(), streamOf(begun, ...drops)]);
    const call = claude.messages.create(request);
    expect(await within(clock, 29 * minute, call)).toBe('still running');
    expect(transport.requests).toHaveLength(2);
    expect(await within(clock, 2 * minute, call)).toMatchObject({ kind: 'timeout', partial: { role: 'assistant' } });
  });

  test('deadlines of its own count for one call', async () => {
    const { claude, clock } = clientFor([streamOf(begun)]);
    const call = claude.messages.create(request, { deadlines: { idle: 5 * second } });
    expect(await within(clock, 6 * second, call)).toMatchObject({ kind: 'stalled' });
  });

  test('a slow reader is not taken for a slow service', async () => {
    const { claude, clock, transport } = clientFor([streamOf(begun, delta, delta)]);
    const reader = claude.messages.stream(request)[Symbol.asyncIterator]();
    for (let event = 0; event < 4; event++) {
      expect(await reader.next()).toMatchObject({ done: false });
      await clock.pass(6 * minute);
    }
    expect(transport.destroyed).toBe(0);
    await reader.return?.();
  });
});

describe('R19: when the clocks jump', () => {
  test.each([-3_600, 3_600, 30 * 86_400])('the wall clock by %i s, nothing happens', async (seconds) => {
    const { claude, clock } = clientFor([
      streamOf(begun, { after: 20 * second }, written((streams['text'] ?? []).slice(-3)), 'end'),
    ]);
    const call = claude.messages.create(request);
    await clock.pass(second);
    clock.shiftWall(seconds * second);
    expect(await within(clock, minute, call)).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('the machine sleeps an hour: what came meanwhile is read before anything is given up', async () => {
    const { claude, clock } = clientFor([
      streamOf(begun, { after: 3_601 * second }, written((streams['text'] ?? []).slice(-3)), 'end'),
    ]);
    const call = claude.messages.create(request, { deadlines: { total: 2 * 60 * minute } });
    await clock.pass(second);
    await clock.skip(3_600 * second);
    expect(await within(clock, 5 * second, call)).toMatchObject({ stop_reason: 'end_turn' });
  });

  test('and what does not come soon after is given up', async () => {
    const { claude, clock } = clientFor([streamOf(begun)]);
    const call = claude.messages.create(request, { deadlines: { total: 2 * 60 * minute } });
    await clock.pass(second);
    await clock.skip(3_600 * second);
    expect(await within(clock, 15 * second, call)).toMatchObject({ kind: 'stalled' });
  });
});
