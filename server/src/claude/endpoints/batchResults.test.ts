/** Results: every one once, whatever the order, the cuts and the connection. */
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, problem } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, listening, turns } from '../../../../test/harness/claudeSockets.ts';
import { scaled, seed } from '../../../../test/harness/scale.ts';
import type { Answer, Step } from '../../../../test/harness/scriptedTransport.ts';
import { start } from '../../../../test/harness/streams.ts';
import type { Claude, ClaudeError } from '../index.ts';
import type { MessageBatch } from '../schema/batches.ts';
import type { ResultsOptions } from './batches.ts';
import { linesOf } from './jsonLines.ts';

const message = { ...(start()['message'] as object), stop_reason: 'end_turn' };
const lineOf = (id: string, result: object = { type: 'succeeded', message }): string =>
  `${JSON.stringify({ custom_id: id, result })}\n`;
const jsonl = (...steps: readonly Step[]): Answer => ({ headers: { 'content-type': 'application/x-jsonl' }, steps });
const place = 'https://api.anthropic.com/v1/messages/batches/b/results';
const ended = { id: 'b', processing_status: 'ended', results_url: place } as const;

function batchOf(fields: object = {}): Answer {
  return { headers: { 'content-type': 'application/json' }, steps: [JSON.stringify({ ...ended, ...fields }), 'end'] };
}

async function idsOf(claude: Claude, batch: string | MessageBatch = 'b', options: ResultsOptions = {}) {
  const ids: string[] = [];
  for await (const { custom_id: id } of claude.messages.batches.results(batch, options)) ids.push(id);
  return ids;
}

describe('results', () => {
  test('are of every kind, also of kinds to come', async () => {
    const error = { type: 'error', error: { type: 'api_error', message: 'm' }, request_id: 'r' };
    const results = [
      { type: 'succeeded', message },
      { type: 'errored', error },
      { type: 'canceled' },
      { type: 'expired' },
      { type: 'postponed', until: 'x' },
    ];
    const { claude } = clientFor([batchOf(), jsonl(...results.map((it, at) => lineOf(`id-${at}`, it)), 'end')]);
    const seen: unknown[] = [];
    for await (const result of claude.messages.batches.results('b')) seen.push(result);
    expect(seen).toEqual(results.map((result, at) => ({ custom_id: `id-${at}`, result })));
  });

  test('are had with the batch alone, without asking for it again', async () => {
    const { claude, transport } = clientFor([jsonl(lineOf('a'), 'end')]);
    expect(await idsOf(claude, ended)).toEqual(['a']);
    expect(transport.requests.map(({ path }) => path)).toEqual(['/v1/messages/batches/b/results']);
  });

  test('that are there already are left out', async () => {
    const { claude } = clientFor([batchOf(), jsonl(lineOf('c'), lineOf('a'), lineOf('b'), 'end')]);
    expect(await idsOf(claude, 'b', { skip: new Set(['a', 'x']) })).toEqual(['c', 'b']);
  });

  test.each([
    ['not there yet', { processing_status: 'in_progress', results_url: null }, 'invalid_request', /wait for it first/],
    ['gone', { archived_at: '2026-11-01T00:00:00Z' }, 'not_found', /are gone since/],
  ])('that are %s are not asked for', async (_name, fields, kind, text) => {
    const { claude, transport } = clientFor([batchOf(fields)]);
    expect(await failureOf(idsOf(claude))).toMatchObject({ kind, message: expect.stringMatching(text) });
    expect(transport.requests).toHaveLength(1);
  });

  test('R15: leave nothing behind when nobody wants more', async () => {
    const { claude, clock, transport } = clientFor([jsonl(lineOf('a'), lineOf('b'), lineOf('c'))]);
    for await (const _result of claude.messages.batches.results(ended)) break;
    expect(clock.pending).toBe(0);
    expect(transport.destroyed).toBe(1);
    const controller = new AbortController();
    const failure = failureOf(idsOf(claude, ended, { signal: controller.signal }));
    await clock.pass(10);
    controller.abort();
    expect(await failure).toMatchObject({ kind: 'aborted' });
    expect(clock.pending).toBe(0);
  });
});

describe('S33: the results are asked for only where the key belongs', () => {
  test.each([
    ['another host', 'https://evil.example/v1/messages/batches/b/results'],
    ['another port', 'https://api.anthropic.com:8443/x'],
    ['another scheme', 'http://api.anthropic.com/x'],
    ['a look-alike', 'https://api.anthropic.com.evil.example/x'],
    ['a user before the host', 'https://api.anthropic.com@evil.example/x'],
    ['no scheme', '//evil.example/x'],
    ['backslashes', '\\\\evil.example\\x'],
    ['data', 'data:text/plain,x'],
  ])('and not at %s', async (_name, url) => {
    const { claude, transport } = clientFor([batchOf({ results_url: url }), jsonl(lineOf('a'), 'end')]);
    expect(await idsOf(claude)).toEqual(['a']);
    expect(transport.requests.map(({ origin, path }) => `${origin}${path}`)).toEqual([
      'https://api.anthropic.com/v1/messages/batches/b',
      'https://api.anthropic.com/v1/messages/batches/b/results',
    ]);
  });

  test.each([
    [
      'https://gate.example/claude',
      'https://gate.example/claude/v1/messages/batches/b/results?x=1',
      '/claude/v1/messages/batches/b/results?x=1',
    ],
    [
      'https://gate.example/claude',
      'https://gate.example/v1/messages/batches/b/results',
      '/claude/v1/messages/batches/b/results',
    ],
    ['https://gate.example', '/v1/messages/batches/b/results', '/v1/messages/batches/b/results'],
    ['https://gate.example', 'https://gate.example/other/place', '/other/place'],
  ])('%s may say %s', async (baseURL, url, path) => {
    const { claude, transport } = clientFor([batchOf({ results_url: url }), jsonl(lineOf('a'), 'end')], { baseURL });
    expect(await idsOf(claude)).toEqual(['a']);
    expect(transport.requests[1]).toMatchObject({ origin: 'https://gate.example', path });
  });
});

describe('R4: where results break off', () => {
  const counts = (total: number) => batchOf({ request_counts: { succeeded: total } });
  const quick = { retries: { random: () => 0 } };

  test.each<[string, readonly Answer[]]>([
    ['between lines', [jsonl(lineOf('a'), { breaks: 'ECONNRESET' })]],
    ['in a line', [jsonl(lineOf('a'), lineOf('b').slice(0, 20), { breaks: 'ECONNRESET' })]],
    ['in a line, as if that were the end', [jsonl(lineOf('a'), lineOf('b').slice(0, 20), 'end')]],
    ['before a line, as if that were the end', [jsonl(lineOf('a'), 'end')]],
    ['before the first', [jsonl({ breaks: 'ECONNRESET' })]],
    ['at once', [problem(503, 'api_error')]],
    [
      'again and again',
      [jsonl(lineOf('a'), { breaks: 'X' }), jsonl({ breaks: 'X' }), jsonl(lineOf('b'), { breaks: 'X' })],
    ],
  ])('%s, the rest is asked for, and nothing comes twice', async (_name, broken) => {
    const { claude, clock } = clientFor(
      [counts(3), ...broken, jsonl(lineOf('c'), lineOf('b'), lineOf('a'), 'end')],
      quick,
    );
    const ids = idsOf(claude);
    await clock.pass(100);
    expect((await ids).toSorted()).toEqual(['a', 'b', 'c']);
    expect(clock.pending).toBe(0);
  });

  test('because they were taken slowly, that is no end either', async () => {
    const slow = jsonl(lineOf('a'), { after: 40_000 }, lineOf('b'), 'end');
    const { claude, clock } = clientFor([counts(3), slow, jsonl(lineOf('c'), lineOf('a'), lineOf('b'), 'end')], {
      retries: { random: () => 0 },
      deadlines: { total: 30_000 },
    });
    const seen = idsOf(claude);
    await clock.pass(41_000);
    expect(await seen).toEqual(['a', 'c', 'b']);
    expect(clock.pending).toBe(0);
  });

  test('more often than a call may be tried, each time with something new', async () => {
    const ids = Array.from({ length: 9 }, (_, at) => `id-${at}`);
    const broken = ids.map((_, at) => jsonl(...ids.slice(0, at).map((id) => lineOf(id)), { breaks: 'ECONNRESET' }));
    const { claude, clock } = clientFor([counts(9), ...broken, jsonl(...ids.map((id) => lineOf(id)), 'end')], quick);
    const seen = idsOf(claude);
    await clock.pass(100);
    expect(await seen).toEqual(ids);
    expect(clock.pending).toBe(0);
  });

  test('at a line end that is missing, nothing is wrong', async () => {
    const { claude } = clientFor([counts(2), jsonl(lineOf('a'), lineOf('b').trimEnd(), 'end')]);
    expect(await idsOf(claude)).toEqual(['a', 'b']);
  });

  test('for ever, that is said, after all that came', async () => {
    const { claude, clock } = clientFor([counts(3), jsonl(lineOf('a'), 'end')], quick);
    const ids: string[] = [];
    const reading = async () => {
      for await (const { custom_id: id } of claude.messages.batches.results('b')) ids.push(id);
    };
    const failure = failureOf(reading());
    await clock.pass(1_000);
    expect(await failure).toMatchObject({ kind: 'truncated', message: expect.stringMatching(/1 of 3 came/) });
    expect(ids).toEqual(['a']);
  });

  test('property: with any cuts, orders and breaks each comes once', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `id-${at}`);
    const pass = fc.record({
      order: fc.shuffledSubarray(ids, { minLength: ids.length }),
      cuts: fc.array(fc.nat(2_000), { maxLength: 6 }),
      ends: fc.nat(3_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(pass, { maxLength: 3 }), pass, async (broken, last) => {
        const short = (id: string) => lineOf(id, { type: 'canceled' });
        const answers = broken.map(({ order, cuts, ends }) =>
          jsonl(...cut(order.map(short).join('').slice(0, ends), cuts), { breaks: 'ECONNRESET' }),
        );
        const whole = jsonl(...cut(last.order.map(short).join(''), last.cuts), 'end');
        const { claude, clock } = clientFor([counts(ids.length), ...answers, whole], quick);
        const seen = idsOf(claude);
        await clock.pass(10);
        expect((await seen).toSorted()).toEqual(ids.toSorted());
      }),
      { numRuns: scaled(300), seed: seed() },
    );
  });
});

function cut(text: string, places: readonly number[]): readonly string[] {
  const sorted = [0, ...places.map((at) => Math.min(at, text.length)).sort((a, b) => a - b), text.length];
  return sorted
    .slice(1)
    .map((end, at) => text.slice(sorted[at], end))
    .filter((part) => part !== '');
}

describe('R13: a line that cannot be read', () => {
  const bad: readonly [string, string][] = [
    ['no JSON', '{"custom_id": oops}\n'],
    ['a number', '7\n'],
    ['no name', '{"result":{"type":"canceled"}}\n'],
    ['no result', '{"custom_id":"x"}\n'],
    ['a message that is none', lineOf('x', { type: 'succeeded', message: { id: 1 } })],
    ['too deep', `{"custom_id":"x","result":${'['.repeat(100)}${']'.repeat(100)}}\n`],
  ];

  test.each(bad)('(%s) is named', async (_name, line) => {
    const { claude, transport } = clientFor([jsonl(lineOf('a'), line, lineOf('b'), 'end')]);
    expect(await failureOf(idsOf(claude, ended))).toMatchObject({
      kind: 'bad_response',
      message: expect.stringMatching(/^Line 2 of the results from api.anthropic.com cannot be read: /),
    });
    expect(transport.requests).toHaveLength(1);
  });

  test.each(bad)('(%s) can be passed over', async (_name, line) => {
    const { claude } = clientFor([jsonl(lineOf('a'), line, lineOf('b'), 'end')]);
    const errors: ClaudeError[] = [];
    expect(await idsOf(claude, ended, { onBadLine: (error) => void errors.push(error) })).toEqual(['a', 'b']);
    expect(errors.map(({ kind }) => kind)).toEqual(['bad_response']);
  });

  test('R3: however long it is, the others come, and little is held', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const steps = Array.from({ length: 33 }, () => piece);
    const { claude } = clientFor([jsonl(lineOf('a'), ...steps, '\n', lineOf('b'), 'end')]);
    const errors: string[] = [];
    expect(await idsOf(claude, ended, { onBadLine: ({ message: said }) => void errors.push(said) })).toEqual([
      'a',
      'b',
    ]);
    expect(errors).toEqual([expect.stringMatching(/Line 2 .* longer than 32 MB/)]);
  });
});

test('R3: of a line that is too long nothing is kept', async () => {
  const collect = gc();
  const size = 1024 * 1024;
  let held = 0;
  const pieces = async function* () {
    for (let count = 0; count < 100; count++) {
      yield Buffer.alloc(size, 'x');
      await turns(1);
      collect();
      held = Math.max(held, process.memoryUsage().arrayBuffers);
    }
  };
  const before = process.memoryUsage().arrayBuffers;
  const lines: unknown[] = [];
  for await (const line of linesOf(pieces(), 4 * size)) lines.push(line);
  expect(lines).toEqual([{ number: 1, text: undefined, isWhole: false }]);
  expect(held - before).toBeLessThan(20 * size);
});

/** The engine's own garbage collection. */
function gc(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

test('lines are cut anywhere, with every line end', async () => {
  const text = '{"a":"ü😀"}\r\n\n{"b":1}\n\r\n  {"c":2}';
  const bytes = Buffer.from(text);
  for (let size = 1; size <= bytes.length; size++) {
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    const lines: unknown[] = [];
    for await (const line of linesOf(pieces(), 1_000)) lines.push(line);
    expect(lines).toEqual([
      { number: 1, text: '{"a":"ü😀"}', isWhole: true },
      { number: 3, text: '{"b":1}', isWhole: true },
      { number: 5, text: '{"c":2}', isWhole: false },
    ]);
  }
});

test('R14: many results are read no faster than they are taken', async () => {
  const lines = scaled(100_000);
  const sample = lineOf('id-000000');
  const counts = { sent: 0, lines: 0 };
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-jsonl' });
    const more = (): void => {
      while (counts.lines < lines) {
        const line = lineOf(`id-${counts.lines}`);
        counts.lines += 1;
        counts.sent += line.length;
        if (!response.write(line)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  const { origin } = await listening(server);
  const batch = { ...ended, results_url: `${origin}/x`, request_counts: { succeeded: lines } };
  let [taken, ahead] = [0, 0];
  for await (const _result of clientOf(origin).messages.batches.results(batch)) {
    taken += 1;
    ahead = Math.max(ahead, counts.sent - taken * sample.length);
    if (taken % 100 === 0) await turns(1);
  }
  expect(taken).toBe(lines);
  expect(ahead).toBeLessThan(8 * 1024 * 1024);
});
