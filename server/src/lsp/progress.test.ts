/** The sender of pieces: at once when the way is free, joined while it is not, never lost. */
import { expect, test } from 'vitest';
import { createChunkSender, type TextChunk } from './progress.ts';

test('the first piece leaves at once; what comes while it is on its way is joined', async () => {
  const written: TextChunk[] = [];
  let release: () => void = () => undefined;
  const sender = createChunkSender((chunk) => {
    written.push(chunk);
    return new Promise((resolve) => {
      release = resolve;
    });
  });
  for (const text of ['a', 'b', 'c']) sender.send({ seq: 0, text });
  expect(written).toEqual([{ seq: 0, text: 'a' }]);
  release();
  await expect
    .poll(() => written)
    .toEqual([
      { seq: 0, text: 'a' },
      { seq: 1, text: 'bc' },
    ]);
  release();
  await sender.done();
});

test('a way that breaks does not keep the request waiting', async () => {
  const sender = createChunkSender(() => Promise.reject(new Error('gone')));
  sender.send({ seq: 0, text: 'a' });
  await expect(sender.done()).resolves.toBeUndefined();
});
