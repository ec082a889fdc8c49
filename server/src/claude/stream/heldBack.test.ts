/** Streams that something on the way collects. */
import { describe, expect, test } from 'vitest';
import { clientFor, request } from '../../../../test/harness/claudeCalls.ts';
import { type Answer, type Step, streamOf } from '../../../../test/harness/scriptedTransport.ts';
import { block, end, start, text, written } from '../../../../test/harness/streams.ts';

/** The bytes of a stream with so many deltas. */
function bytesOf(deltas: number): Buffer {
  const pieces = Array.from({ length: deltas }, (_, at) => `word ${at} `);
  return written([start(), ...block(0, { type: 'text', text: '' }, ...text(...pieces)), ...end()]);
}

/** The same bytes, spread evenly over some milliseconds. */
function spread(bytes: Buffer, milliseconds: number): readonly Step[] {
  const size = Math.ceil(bytes.length / 20);
  return Array.from({ length: 20 }, (_, at) => [
    { after: milliseconds / 20 },
    bytes.subarray(at * size, (at + 1) * size),
  ]).flat();
}

/** What the client warns of while these answers are read, one after the other. */
async function warningsFor(answers: readonly Answer[], calls = answers.length): Promise<readonly string[]> {
  const warnings: string[] = [];
  const { claude, clock } = clientFor(answers, {
    log: { warn: (message, warning) => warnings.push(`${warning?.kind}: ${message}`) },
  });
  for (let call = 0; call < calls; call++) {
    const message = claude.messages.create(request);
    await clock.pass(120_000);
    expect((await message).stop_reason).toBe('end_turn');
  }
  return warnings;
}

function late(milliseconds: number, ...steps: readonly Step[]): Answer {
  return { ...streamOf(...steps, 'end'), before: [{ after: milliseconds }] };
}

const held =
  'buffered_stream: The answer of api.anthropic.com was held back on its way: nothing came for 12 s, and then all of it at once. A proxy or gateway collects what it should pass on: switch off its buffering for text/event-stream.';

describe('R11: a stream that comes all at once after a long silence', () => {
  test('is told of with advice, once', async () => {
    const answer = late(12_000, bytesOf(400));
    expect(await warningsFor([answer, answer, answer])).toEqual([held]);
  });

  test('is told of when its headers come in time, too', async () => {
    expect(await warningsFor([streamOf({ after: 12_000 }, bytesOf(400), 'end')])).toEqual([held]);
  });

  test('is told of when it comes as fast as a line allows', async () => {
    expect(await warningsFor([late(12_000, ...spread(bytesOf(2_000), 1_500))])).toEqual([held]);
  });
});

describe('R11: nothing is said of', () => {
  test.each<[string, Answer]>([
    ['a stream that comes as it is written', late(1_000, ...spread(bytesOf(400), 8_000))],
    ['a stream that begins late and then comes as it is written', late(30_000, ...spread(bytesOf(400), 4_000))],
    ['a short answer that comes late', late(30_000, bytesOf(40))],
    ['a long answer that comes at once and soon', late(300, bytesOf(2_000))],
  ])('%s', async (_what, answer) => {
    expect(await warningsFor([answer])).toEqual([]);
  });

  test('a stream that its reader left waiting', async () => {
    const warnings: string[] = [];
    const { claude, clock } = clientFor([streamOf(bytesOf(400), 'end')], {
      log: { warn: (message) => warnings.push(message) },
    });
    const stream = claude.messages.stream(request);
    await stream.start();
    for await (const event of stream) if (event.type === 'message_start') await clock.pass(20_000);
    expect(warnings).toEqual([]);
  });
});
