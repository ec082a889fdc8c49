/** Mistakes that clients of streaming APIs are known to make, in what they read: none of them is made here. */
import { describe, expect, test } from 'vitest';
import {
  clientFor,
  failureOf,
  good,
  problem,
  request,
  streamed,
  textOf,
  within,
} from '../../../test/harness/claudeCalls.ts';
import { cutAt } from '../../../test/harness/decoding.ts';
import { streamOf } from '../../../test/harness/scriptedTransport.ts';
import { block, end, json, start, text, written } from '../../../test/harness/streams.ts';
import { type StreamEvent, toolInputOf } from './index.ts';

const second = 1_000;
const minute = 60 * second;
const begun = written([start(), ...block(0, { type: 'text', text: '' }, ...text('so far')).slice(0, 2)]);
const edit = { type: 'tool_use', id: 'toolu_1', name: 'edit', input: {} };

/** The bytes of an answer that calls a tool with this JSON, in these pieces. */
function calling(...pieces: readonly string[]): Buffer {
  return written([start(), ...block(0, edit, ...json(...pieces)), ...end('tool_use')]);
}

function pieces(whole: string, size: number): readonly string[] {
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, at) => whole.slice(at * size, (at + 1) * size));
}

describe('pitfall: a stalled stream hangs for ever', () => {
  test.each([
    ['after its headers', streamOf()],
    ['in the middle', streamOf(begun)],
  ])('%s it ends by itself, without any option', async (_when, answer) => {
    const { claude, clock, transport } = clientFor([answer], { retries: { attempts: 1 } });
    const stream = claude.messages.stream(request);
    expect(await within(clock, 91 * second, stream.finalMessage())).toMatchObject({ kind: 'stalled' });
    expect([transport.destroyed, clock.pending]).toEqual([1, 0]);
  });
});

describe('pitfall: retries stacked under retries', () => {
  test('there is one owner of them, and one deadline over all attempts and waits', async () => {
    const { claude, clock, transport } = clientFor([streamOf()]);
    const told: number[] = [];
    const options = { deadlines: { total: 4 * minute }, retries: { attempts: 10, budget: 60 * minute } };
    const onRetry = ({ attempt }: { readonly attempt: number }) => told.push(attempt);
    const call = claude.messages.create(request, { ...options, onRetry });
    expect(await within(clock, 4 * minute - second, call)).toBe('still running');
    expect(await within(clock, 2 * second, call)).toMatchObject({ kind: 'timeout' });
    // Every request beyond the first was announced by the one owner.
    expect(told).toEqual(Array.from({ length: transport.requests.length - 1 }, (_, at) => at + 1));
    expect(transport.requests.length).toBeGreaterThan(1);
    await clock.pass(60 * minute);
    expect(transport.requests).toHaveLength(told.length + 1);
  });
});

describe('pitfall: keep-alive comments keep a dead stream alive', () => {
  test('real events are waited for, too', async () => {
    const comments = Array.from({ length: 100 }, () => [{ after: 10 * second }, ': keep-alive\n\n']).flat();
    const { claude, clock } = clientFor([streamOf(begun, ...comments)]);
    const call = claude.messages.create(request);
    expect(await within(clock, 4 * minute, call)).toBe('still running');
    expect(await within(clock, 2 * minute, call)).toMatchObject({
      kind: 'stalled',
      partial: { content: [{ text: 'so far' }] },
    });
  });
});

describe('pitfall: a slow drip of thinking deltas', () => {
  test('ends by the deadline for the whole call', async () => {
    const [blockStart, thought] = block(
      0,
      { type: 'thinking', thinking: '', signature: '' },
      {
        type: 'thinking_delta',
        thinking: 'Hm. ',
      },
    );
    if (blockStart === undefined || thought === undefined) throw new Error('the block has no events');
    const drip = Array.from({ length: 200 }, () => [{ after: 30 * second }, written([thought])]).flat();
    const { claude, clock } = clientFor([streamOf(written([start(), blockStart]), ...drip)]);
    const call = claude.messages.create(request);
    expect(await within(clock, 29 * minute, call)).toBe('still running');
    expect(await within(clock, 2 * minute, call)).toMatchObject({
      kind: 'timeout',
      partial: { content: [{ type: 'thinking', thinking: expect.stringMatching(/^(Hm\. ){50,}$/) }] },
    });
  });
});

/** Characters that are looked at one by one, searched or parsed while something is done. */
async function charactersLookedAt(work: () => Promise<void>): Promise<number> {
  const { charCodeAt, charAt, indexOf } = String.prototype;
  const { parse } = JSON;
  let count = 0;
  String.prototype.charCodeAt = function (at) {
    count += 1;
    return charCodeAt.call(this, at);
  };
  String.prototype.charAt = function (at) {
    count += 1;
    return charAt.call(this, at);
  };
  String.prototype.indexOf = function (searched, from = 0) {
    const at = indexOf.call(this, searched, from);
    count += (at === -1 ? this.length : at) - from;
    return at;
  };
  JSON.parse = (json: string, reviver) => {
    count += json.length;
    return parse(json, reviver);
  };
  try {
    await work();
  } finally {
    Object.assign(String.prototype, { charCodeAt, charAt, indexOf });
    Object.assign(JSON, { parse });
  }
  return count;
}

/** The work for each character of a tool's input that is read after every delta. */
async function workFor(length: number, size: number): Promise<number> {
  const input = JSON.stringify({ path: 'a.ts', text: 'const sum = "a" + 1;\n'.repeat(length / 24) });
  const bytes = calling(...pieces(input, size));
  let seen = 0;
  const work = await charactersLookedAt(async () => {
    for await (const { value } of streamed(bytes, 'end').toolInputs()) if (value !== undefined) seen += 1;
  });
  expect(seen).toBeGreaterThan(length / size);
  return work / input.length;
}

describe('pitfall: partial JSON is parsed again and again', () => {
  test('work is in proportion to the input, also when it is read with every delta', async () => {
    const few = await workFor(5_000, 25);
    expect((await workFor(40_000, 25)) / few).toBeLessThan(1.2);
  });
});

describe('pitfall: many small deltas', () => {
  test('of a character each are no more than so many characters', async () => {
    const few = await workFor(2_000, 1);
    expect((await workFor(16_000, 1)) / few).toBeLessThan(1.2);
  });

  test('do not leave a copy of the input each', async () => {
    const values = new Set<unknown>();
    const bytes = calling(...pieces(JSON.stringify({ text: 'x'.repeat(5_000) }), 1));
    for await (const { value } of streamed(bytes, 'end').toolInputs()) values.add(value);
    // Nothing at first, the one that grows, and the whole one at the end.
    expect(values.size).toBeLessThanOrEqual(3);
  });
});

describe('pitfall: bad escapes in a tool’s JSON end the stream', () => {
  test.each(['{"path": "C:\\x"}', '{"a": "\\u12G4"}', '{"a": "line\nbreak"}', '{"a": "\\'])(
    '%j is kept as text, and what follows comes',
    async (bad) => {
      const events = [
        start(),
        ...block(0, edit, ...json(...pieces(bad, 3))),
        ...block(1, { type: 'text', text: '' }, ...text('after')),
        ...end('tool_use'),
      ];
      const message = await streamed(written(events), 'end').finalMessage();
      const [call] = message.content;
      expect(call && toolInputOf(call)).toMatchObject({ state: 'invalid', text: bad });
      expect(textOf(message)).toBe('after');
    },
  );
});

describe('pitfall: partial arrays and numbers', () => {
  test('no item is missing, no half of a number is shown, and exponents count', async () => {
    const input = '{"lines":[1,20,-3.5,4e2,5E-1,[6,7]],"n":120,"ok":true}';
    const right: unknown[] = [1, 20, -3.5, 400, 0.5, [6, 7]];
    const seen = new Set<string>();
    for await (const { value } of streamed(calling(...input), 'end').toolInputs())
      if (typeof value === 'object' && value !== null) seen.add(JSON.stringify(value));
    const beginnings = right
      .slice(0, 5)
      .map((_, at) => ({ lines: right.slice(0, at + 1) }))
      .concat([[], [6], [6, 7]].map((last) => ({ lines: [...right.slice(0, 5), last] })));
    expect([...seen]).toEqual(
      [{}, { lines: [] }, ...beginnings, { lines: right, n: 120 }, { lines: right, n: 120, ok: true }].map((value) =>
        JSON.stringify(value),
      ),
    );
  });
});

describe('pitfall: fields of message_delta are lost', () => {
  test('stop_details, the container and the sealed part of a compaction are kept, and null stays null', async () => {
    const container = { id: 'container_1', expires_at: '2026-12-01T00:00:00Z' };
    const details = { type: 'refusal', category: 'cyber', explanation: null };
    const compaction = { type: 'compaction_delta', content: null, encrypted_content: 'EpAB' };
    const events = [
      start(),
      ...block(0, { type: 'compaction', content: null }, compaction),
      ...end('refusal', { stop_details: details, container, tomorrow: [1] }, { context_management: { applied: [] } }),
    ];
    expect(await streamed(written(events), 'end').finalMessage()).toMatchObject({
      content: [{ type: 'compaction', content: null, encrypted_content: 'EpAB' }],
      stop_reason: 'refusal',
      stop_details: details,
      container,
      tomorrow: [1],
      context_management: { applied: [] },
    });
  });
});

describe('pitfall: unknown events throw', () => {
  test('they come through, early or late, and the message is whole', async () => {
    const odd = { type: 'weather_report', sky: 'blue' };
    const content = block(0, { type: 'text', text: '' }, ...text('ok'));
    const stream = streamed(written([odd, start(), odd, ...content, ...end()]), 'end');
    const seen: StreamEvent[] = [];
    for await (const event of stream) seen.push(event);
    expect(textOf(await stream.finalMessage())).toBe('ok');
    expect(seen.filter(({ type }) => String(type) === 'weather_report').length).toBeGreaterThan(0);
  });

  test('an error event that is new is an error', async () => {
    const bytes = 'event: error\ndata: {"type":"error","error":{"type":"new_error","message":"m"}}\n\n';
    expect(await failureOf(streamed(begun, bytes, 'end').finalMessage())).toMatchObject({ errorType: 'new_error' });
  });
});

describe('pitfall: every chunk costs as much as all before it', () => {
  test('bytes are joined and decoded a few times at most, however small the chunks are', async () => {
    const bytes = written([start(), ...block(0, { type: 'text', text: '' }, ...text('x'.repeat(50_000))), ...end()]);
    const chunks = [...cutAt(bytes, ...Array.from({ length: 500 }, (_, at) => at * 100))];
    const { concat } = Buffer;
    let joined = 0;
    Buffer.concat = (list, length) => {
      const whole = concat.call(Buffer, list, length);
      joined += whole.length;
      return whole;
    };
    const looked = charactersLookedAt(async () => {
      expect(textOf(await streamed(...chunks, 'end').finalMessage())).toHaveLength(50_000);
    }).finally(() => Object.assign(Buffer, { concat }));
    expect((await looked) / bytes.length).toBeLessThan(5);
    expect(joined / bytes.length).toBeLessThan(2);
  });
});

describe('pitfall: an old client drops what is newer', () => {
  test('fields, blocks and reasons that it does not know are there, and go back as they came', async () => {
    const hologram = { type: 'hologram', data: [1, { deep: null }] };
    const events = [start({ novelty: 1 }), ...block(0, hologram), ...end('new_reason')];
    const { claude, clock, transport } = clientFor([streamOf(written(events), 'end'), good]);
    const message = await claude.messages.create(request);
    expect(message).toMatchObject({ novelty: 1, content: [hologram], stop_reason: 'new_reason' });
    const messages = [
      ...request.messages,
      { role: 'assistant', content: message.content },
      ...request.messages,
    ] as const;
    await within(clock, second, claude.messages.create({ ...request, messages }));
    expect(String(transport.requests[1]?.body)).toContain(JSON.stringify(hologram));
  });

  test('a kind of failure that it does not know is told by its status', async () => {
    const { claude } = clientFor([problem(418, 'teapot_error', { details: { novelty: 1 } })]);
    expect(await failureOf(claude.messages.create(request))).toMatchObject({ status: 418, errorType: 'teapot_error' });
  });
});
