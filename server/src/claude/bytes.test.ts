/** Answers as bytes: at the reader's pace, and with an end that is known. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../test/harness/claudeCalls.ts';
import { download, joined } from '../../../test/harness/downloads.ts';
import { abortedError } from './failures.ts';

const headers = { 'content-type': 'application/octet-stream' };

describe('an answer as bytes', () => {
  test('comes whole, and then the call is over', async () => {
    const { bytes, running, clock } = await download({ headers, steps: ['one ', 'two ', 'three', 'end'] });
    expect(await joined(bytes)).toBe('one two three');
    expect([running.size, clock.pending]).toEqual([0, 0]);
  });

  test('may be longer than what is ever held of one', async () => {
    const piece = Buffer.alloc(1_048_576, 'x');
    const { bytes } = await download({ headers, steps: [...Array<Buffer>(40).fill(piece), 'end'] });
    let length = 0;
    for await (const chunk of bytes) length += chunk.length;
    expect(length).toBe(40 * piece.length);
  });

  test('that is left ends the call and closes the connection', async () => {
    const { bytes, running, transport, clock } = await download({ headers, steps: ['one ', 'two '] });
    for await (const chunk of bytes) {
      expect(String(chunk)).toBe('one ');
      break;
    }
    expect([running.size, clock.pending, transport.destroyed]).toEqual([0, 0, 1]);
  });

  test('that is shorter than announced is truncated', async () => {
    const { bytes, running, clock } = await download({
      headers: { ...headers, 'content-length': '20' },
      steps: ['one ', 'two', 'end'],
    });
    const error = await failureOf(joined(bytes));
    expect(error).toMatchObject({ kind: 'truncated', status: 200, stage: 'body' });
    expect(error.message).toContain('7 of 20 bytes came');
    expect([running.size, clock.pending]).toEqual([0, 0]);
  });

  test('that breaks off is truncated', async () => {
    const { bytes, running } = await download({ headers, steps: ['one ', { breaks: 'ECONNRESET' }] });
    expect(await failureOf(joined(bytes))).toMatchObject({ kind: 'truncated' });
    expect(running.size).toBe(0);
  });

  test('that stops coming is stalled, but not while nobody asks for more', async () => {
    const { bytes, clock, transport } = await download({ headers, steps: ['one ', 'two '] });
    const reader = bytes[Symbol.asyncIterator]();
    await reader.next();
    await clock.pass(600_000);
    expect(transport.destroyed).toBe(0);
    expect(String((await reader.next()).value)).toBe('two ');
    const last = failureOf(reader.next());
    await clock.pass(91_000);
    expect(await last).toMatchObject({ kind: 'stalled', stage: 'body' });
    expect([transport.destroyed, clock.pending]).toEqual([1, 0]);
  });

  test('ends with the reason when the call is stopped', async () => {
    const { bytes, call, running } = await download({ headers, steps: ['one '] });
    const reader = bytes[Symbol.asyncIterator]();
    await reader.next();
    const next = failureOf(reader.next());
    call.stop(abortedError('enough'));
    expect(await next).toMatchObject({ kind: 'aborted', cause: 'enough' });
    expect(running.size).toBe(0);
  });
});
