/** Bytes between the socket and the reader. */
import { describe, expect, test } from 'vitest';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { Body } from './body.ts';
import { TransportFailure } from './transport.ts';

/** A body, and what it does to its connection. */
function bodyOf() {
  const done: string[] = [];
  const controller = {
    rawHeaders: undefined,
    pause: () => void done.push('pause'),
    resume: () => void done.push('resume'),
  };
  const body = new Body(controller, { destroy: () => void done.push('destroy') });
  return { body, done };
}

function drained(body: Body): Buffer {
  const chunks: Uint8Array[] = [];
  for (let chunk = body.take(); chunk !== undefined; chunk = body.take()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a body', () => {
  test('hands out the bytes that came, in their order, whatever their sizes and whoever waits', () => {
    const next = random();
    for (let round = 0; round < scaled(500); round++) {
      const { body } = bodyOf();
      const [sent, taken]: [Buffer[], Buffer[]] = [[], []];
      for (let chunk = 0; chunk < 200; chunk++) {
        if (next() < 0.1) taken.push(drained(body));
        if (next() < 0.3) body.wait(() => taken.push(Buffer.from(body.take() ?? '')));
        const bytes = Buffer.alloc(Math.floor(2 ** (next() * 16)), chunk);
        sent.push(bytes);
        body.push(bytes);
      }
      body.end();
      taken.push(drained(body));
      expect(Buffer.concat(taken).equals(Buffer.concat(sent))).toBe(true);
      expect(body.ended).toBe(true);
    }
  });

  test('puts small chunks together, and keeps nothing of what they were cut from', () => {
    const { body } = bodyOf();
    const read = Buffer.alloc(65_536, 'x');
    for (let at = 0; at < 400; at++) body.push(read.subarray(at * 100, at * 100 + 90));
    const chunks: Uint8Array[] = [];
    for (let chunk = body.take(); chunk !== undefined; chunk = body.take()) chunks.push(chunk);
    expect(chunks.length).toBeLessThan(5);
    expect(chunks.every(({ buffer }) => buffer !== read.buffer)).toBe(true);
  });

  test('stops the socket when much is held, and lets it go on when all of that was taken', () => {
    const { body, done } = bodyOf();
    body.push(Buffer.alloc(100_000));
    expect(done).toEqual([]);
    body.push(Buffer.alloc(100_000));
    expect(done).toEqual(['pause']);
    body.take();
    expect(done).toEqual(['pause']);
    body.take();
    expect(done).toEqual(['pause', 'resume']);
  });

  test('gives all that came before it fails', () => {
    const { body } = bodyOf();
    body.push(Buffer.from('so far'));
    body.fail(new TransportFailure('body', 'ECONNRESET', 'reset'));
    expect(String(body.take())).toBe('so far');
    expect(() => body.take()).toThrow('reset');
  });

  test('that nobody wants closes its connection when it goes on', () => {
    const { body, done } = bodyOf();
    body.push(Buffer.from('so far'));
    body.release();
    expect([body.take(), body.ended]).toEqual([undefined, true]);
    body.push(Buffer.alloc(10_000));
    expect(done).toEqual(['resume']);
    body.push(Buffer.alloc(10_000));
    expect(done).toEqual(['resume', 'destroy']);
  });
});
