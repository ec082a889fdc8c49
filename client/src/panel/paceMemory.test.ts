/** What is kept of a very long answer between the server and a page that is slow. */
import { expect, test } from 'vitest';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { bytesInUse } from '../../../test/harness/heap.ts';
import { scaled } from '../../../test/harness/scale.ts';
import { createPace } from './pace.ts';

test('R14: of an answer of 100 MB at most 16 MB are kept, and the page is told to open the chat again', async () => {
  const clock = fakeClock();
  let told = 0;
  let again = 0;
  let seq = 0;
  const pace = createPace({
    post({ n, changes }) {
      told = n;
      again += changes.filter(({ is }) => is === 'again').length;
    },
    now: clock.now,
    later: (run, delay) => clock.after(delay, run, false),
  });
  pace.open('chat', 0);
  const before = bytesInUse();
  let most = 0;
  let from = 0;
  const pieces = scaled(100_000);
  for (let piece = 1; piece <= pieces; piece += 1) {
    const text = String(piece).padEnd(1_000, '.');
    seq += 1;
    pace.hear('chat', seq, [{ is: 'text', id: 'a', from, text }]);
    from += text.length;
    if (piece % (pieces / 10) === 0) most = Math.max(most, bytesInUse() - before);
    // It draws so rarely that more comes than may wait.
    if (piece % 6_000 !== 0) continue;
    await clock.pass(1_000);
    pace.drawn(told);
    if (again > 0) pace.open('chat', seq);
  }
  expect(from).toBe(pieces * 1_000);
  expect(again).toBeGreaterThan(0);
  expect(most).toBeLessThan(16_000_000);
});
