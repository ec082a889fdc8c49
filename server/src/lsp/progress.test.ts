/** The sender of pieces: at once when the way is free, joined while it is not, never lost. */
import { expect, test } from 'vitest';
import type { Citation } from '#shared/citations.ts';
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

test('pieces that are joined keep the citations of all of them', async () => {
  const citation = (number: number): Citation => ({
    ...{ number, uri: 'file:///a.ts', firstLine: number, lastLine: number, state: 'verified' },
  });
  const written: TextChunk[] = [];
  const first = Promise.withResolvers<void>();
  const sender = createChunkSender((chunk) => {
    written.push(chunk);
    return first.promise;
  });
  sender.send({ seq: 0, text: 'a' });
  sender.send({ seq: 1, text: 'b ⟦1⟧', citations: [citation(1)] });
  sender.send({ seq: 2, text: ' c ⟦2⟧', citations: [citation(2)] });
  first.resolve();
  await sender.done();
  expect(written).toEqual([
    { seq: 0, text: 'a' },
    { seq: 1, text: 'b ⟦1⟧ c ⟦2⟧', citations: [citation(1), citation(2)] },
  ]);
});
