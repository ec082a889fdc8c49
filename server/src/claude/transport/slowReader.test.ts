/** Readers that are slower than the service. */
import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { request } from '../../../../test/harness/claudeCalls.ts';
import { clientOf, events, head, listening, turns } from '../../../../test/harness/claudeSockets.ts';
import { chunk } from '../../../../test/harness/faultServer.ts';
import { scaled } from '../../../../test/harness/scale.ts';
import { written } from '../../../../test/harness/streams.ts';

const letters = 10_000;
const delta = { type: 'text_delta', text: 'x'.repeat(letters) };
const piece = chunk(written([{ type: 'content_block_delta', index: 0, delta }]));

/** Sends events as fast as they are taken, so many bytes in all, and then the end of the stream. */
async function eagerServer(bytes: number) {
  const counts = { sent: 0, events: 0 };
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const more = () => {
      while (counts.sent < bytes) {
        counts.sent += piece.length;
        counts.events += 1;
        if (!socket.write(piece)) return void socket.once('drain', more);
      }
      socket.end(Buffer.concat([chunk(written(events.slice(-3))), Buffer.from('0\r\n\r\n')]));
    };
    socket.once('data', () => {
      socket.write(head);
      socket.write(chunk(written(events.slice(0, 2))));
      more();
    });
  });
  return { origin: (await listening(server)).origin, counts };
}

describe('R14: a reader', () => {
  test('that stops reading stops the sender, until it goes on', async () => {
    const { origin, counts } = await eagerServer(100_000_000);
    const reader = clientOf(origin).messages.stream(request)[Symbol.asyncIterator]();
    await reader.next();
    // The sender is stopped when what it has written no longer grows.
    let before = -1;
    while (before !== counts.sent) {
      before = counts.sent;
      await turns(200);
    }
    expect(counts.sent).toBeLessThan(16_000_000);
    for (let count = 0; count < 2_000; count++) await reader.next();
    expect(counts.sent).toBeGreaterThan(before);
    await reader.return?.();
  });

  test('that is slow holds little of 100 MB at any time, and gets all of it', async () => {
    const { origin, counts } = await eagerServer(scaled(100) * 1_000_000);
    let [read, ahead] = [0, 0];
    const stream = clientOf(origin).messages.stream(request);
    for await (const text of stream.text()) {
      read += text.length === letters ? piece.length : 0;
      ahead = Math.max(ahead, counts.sent - read);
      await turns(1);
    }
    expect(read).toBe(counts.sent);
    expect(ahead).toBeLessThan(16_000_000);
    const [block] = (await stream.finalMessage()).content;
    expect(block).toMatchObject({ type: 'text' });
    expect(block?.type === 'text' ? block.text.length : 0).toBe(counts.events * letters);
  });
});
