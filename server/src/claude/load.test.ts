/** What the client holds in memory, and what it does for each turn: however large, slow, many or long it all is. */
import { getEventListeners } from 'node:events';
import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { clientFor, failureOf, request, textOf } from '../../../test/harness/claudeCalls.ts';
import { clientOf, listening, turns } from '../../../test/harness/claudeSockets.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { bytesInUse } from '../../../test/harness/heap.ts';
import { scaled } from '../../../test/harness/scale.ts';
import { type Step, scriptedTransport, streamOf } from '../../../test/harness/scriptedTransport.ts';
import { block, end, start, text, written } from '../../../test/harness/streams.ts';
import { Claude, type MessageParam, type Transport } from './index.ts';

const megabyte = 1_048_576;

/** An endless answer, made while it is sent: as many bytes as the other side takes. */
async function serving(pieces: () => Iterable<Uint8Array>): Promise<string> {
  const server = http.createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const rest = pieces()[Symbol.iterator]();
    const more = (): void => {
      for (let next = rest.next(); next.done !== true; next = rest.next())
        if (!response.write(next.value)) return void response.once('drain', more);
      response.end();
    };
    more();
    response.on('error', () => {});
  });
  return (await listening(server)).origin;
}

describe('R3: a giant event', () => {
  test('takes no more than three times its size at any moment', async () => {
    const size = 12 * megabyte;
    const { toString: toText } = Buffer.prototype;
    const piece = 'x'.repeat(65_536);
    const before = bytesInUse();
    let most = 0;
    // Where all that there is of it is there at once: the bytes that came, joined, and as text.
    Buffer.prototype.toString = function () {
      const made = toText.call(this);
      if (this.length > megabyte) most = Math.max(most, bytesInUse() - before);
      return made;
    };
    try {
      const [first, blockStart] = [start(), ...block(0, { type: 'text', text: '' })];
      const origin = await serving(function* () {
        yield written([first, ...(blockStart === undefined ? [] : [blockStart])]);
        yield Buffer.from('data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"');
        for (let sent = 0; sent < size; sent += piece.length) yield Buffer.from(piece);
        yield Buffer.from('"}}\n\n');
        yield written(end());
      });
      const message = await clientOf(origin).messages.create(request);
      expect(textOf(message)).toHaveLength(size);
    } finally {
      Object.assign(Buffer.prototype, { toString: toText });
    }
    expect(most).toBeGreaterThan(size);
    expect(most).toBeLessThan(size * 3);
  });

  test('that is longer than 16 MB is a typed error that keeps what had come', async () => {
    const so = written([start(), ...block(0, { type: 'text', text: '' }, ...text('so far')).slice(0, 2)]);
    const steps: readonly Step[] = [so, 'data: ', ...Array<Step>(17).fill(Buffer.alloc(megabyte, 'x'))];
    const { claude } = clientFor([streamOf(...steps)]);
    const error = await failureOf(claude.messages.create(request));
    expect(error).toMatchObject({ kind: 'bad_response', partial: { content: [{ text: 'so far' }] } });
  });
});

test('R14: a slow reader of 100 MB holds less than 16 MB', { timeout: 120_000 }, async () => {
  const event = written([{ type: 'weather_report', sky: 'x'.repeat(10_000) }]);
  const count = Math.ceil(scaled(100 * megabyte) / event.length);
  const origin = await serving(function* () {
    yield written([start()]);
    for (let sent = 0; sent < count; sent++) yield event;
    yield written(end());
  });
  const stream = clientOf(origin).messages.stream(request);
  await stream.start();
  const before = bytesInUse();
  let most = 0;
  let read = 0;
  for await (const _event of stream) {
    read += 1;
    if (read % Math.ceil(count / 20) === 1) {
      // The service may send as much as it can.
      await turns(300);
      most = Math.max(most, bytesInUse() - before);
    }
  }
  expect(read).toBe(count + 3);
  expect(most).toBeLessThan(16 * megabyte);
});

test('R20: of 1,000 streams at once none loses an event, and they hold less than 200 MB', {
  timeout: 300_000,
}, async () => {
  const streams = scaled(1_000);
  const deltas = Array.from({ length: 2_000 }, (_, at) => `word ${at} `);
  const all = [start(), ...block(0, { type: 'text', text: '' }, ...text(...deltas)), ...end()];
  const half = written(all.slice(0, 1_000));
  const rest = written(all.slice(1_000));
  const { promise: goOn, resolve } = Promise.withResolvers<void>();
  const server = http.createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(half);
    void goOn.then(() => response.end(rest));
  });
  const claude = clientOf((await listening(server)).origin);
  await claude.messages.create({ ...request, max_tokens: 1 }, { deadlines: { total: 1 } }).catch(() => {});
  const before = bytesInUse();
  let atHalf = 0;
  const held: number[] = [];
  const readings = Array.from({ length: streams }, async () => {
    let events = 0;
    const stream = claude.messages.stream(request);
    for await (const _event of stream) {
      events += 1;
      if (events !== 1_000) continue;
      atHalf += 1;
      if (atHalf < streams) continue;
      held.push(bytesInUse() - before);
      resolve();
    }
    expect(textOf(await stream.finalMessage())).toBe(deltas.join(''));
    return events;
  });
  expect(new Set(await Promise.all(readings))).toEqual(new Set([2_005]));
  expect(held[0]).toBeLessThan(200 * megabyte);
});

describe('R22: a session of 2,000 turns', () => {
  test('does no more for a late turn than for an early one, and keeps less than 50 MB', {
    timeout: 120_000,
  }, async () => {
    const clock = fakeClock();
    const answer = streamOf(
      written([start(), ...block(0, { type: 'text', text: '' }, ...text('An answer.')), ...end()]),
      'end',
    );
    let work = 0;
    // Each with a script of its own: one for all would keep what was asked.
    const transport: Transport = {
      send: (asked, onStage) => scriptedTransport(clock, [answer]).send(asked, onStage),
      async close() {},
    };
    const counted = { ...clock, after: (...parts: Parameters<typeof clock.after>) => clock.after(...count(parts)) };
    function count<Value>(value: Value): Value {
      work += 1;
      return value;
    }
    const { signal } = new AbortController();
    const claude = new Claude({ apiKey: 'sk-test', clock: counted, transport });
    const messages: MessageParam[] = [{ role: 'user', content: 'x'.repeat(100) }];
    const works: number[] = [];
    const number = scaled(2_000);
    let before = 0;
    for (let turn = 0; turn < number; turn++) {
      if (turn === Math.floor(number / 10)) before = bytesInUse();
      work = 0;
      const undo = counting(count);
      const message = await claude.messages.create({ ...request, messages }, { signal, owner: 'conversation' });
      undo();
      // In proportion to the request, which goes out whole each time.
      works.push(work / messages.length);
      messages.push({ role: 'assistant', content: message.content }, { role: 'user', content: `Turn ${turn}.` });
    }
    const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    const tenth = Math.floor(number / 10);
    // Twice as long a request: as much for each of its messages, not twice as much.
    expect(mean(works.slice(-tenth))).toBeLessThan(1.5 * mean(works.slice(number / 2 - tenth, number / 2)));
    expect(bytesInUse() - before).toBeLessThan(50 * megabyte);
    expect([clock.pending, getEventListeners(signal, 'abort').length]).toEqual([0, 0]);
  });
});

/** Counts steps through lists and keys of objects from now on; returns what ends it. */
function counting(count: <Value>(value: Value) => Value): () => void {
  const { entries, keys } = Object;
  Object.assign(Object, {
    entries: (value: object) => entries(count(value)),
    keys: (value: object) => keys(count(value)),
  });
  const iterator: Iterator<unknown> = Object.getPrototypeOf([][Symbol.iterator]());
  const { next } = iterator;
  iterator.next = function () {
    count(undefined);
    return next.call(this);
  };
  return () => {
    Object.assign(Object, { entries, keys });
    iterator.next = next;
  };
}
