import { expect, test } from 'vitest';
import type { ChatChange } from '#shared/panel.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { createPace, room, shortestGap, type Told } from './pace.ts';

/** A pace with a page that says what it has drawn only when it is told to. */
function paced() {
  const clock = fakeClock();
  const told: Told[] = [];
  const pace = createPace({
    post: (message) => void told.push(message),
    now: clock.now,
    later: (run, delay) => clock.after(delay, run, false),
  });
  const text = (from: number, letters: string, id = 'a'): ChatChange => ({ is: 'text', id, from, text: letters });
  const draw = () => pace.drawn(told.at(-1)?.n ?? 1);
  pace.open('chat', 0);
  return { clock, told, pace, text, draw };
}

test('the first change is told at once, the next ones joined after 33 ms and after the page has drawn', async () => {
  const { clock, told, pace, text, draw } = paced();
  pace.hear('chat', 1, [text(0, 'ab')]);
  pace.hear('chat', 2, [text(2, 'cd')]);
  pace.hear('chat', 3, [text(4, 'ef')]);
  expect(told).toEqual([{ is: 'told', n: 1, chat: 'chat', seq: 1, changes: [text(0, 'ab')] }]);
  await clock.pass(1_000);
  expect(told.length).toBe(1);
  draw();
  expect(told.at(-1)).toEqual({ is: 'told', n: 2, chat: 'chat', seq: 3, changes: [text(2, 'cdef')] });
  draw();
  pace.hear('chat', 4, [text(6, 'g')]);
  expect(told.length).toBe(2);
  await clock.pass(shortestGap);
  expect(told.length).toBe(3);
});

test('R14: at most 30 posts a second, however fast it comes and is drawn, and every letter arrives', async () => {
  const { clock, told, pace, text, draw } = paced();
  const next = random();
  const started = clock.now();
  let length = 0;
  let shown = '';
  for (let seq = 1; seq <= scaled(20_000); seq += 1) {
    const letters = 'x'.repeat(1 + Math.floor(next() * 40));
    pace.hear('chat', seq, [text(length, letters)]);
    length += letters.length;
    if (next() < 0.7) draw();
    if (seq % 20 === 0) await clock.pass(next() * 40);
  }
  for (let tries = 0; tries < 3; tries += 1) {
    draw();
    await clock.pass(1_000);
  }
  for (const change of told.flatMap(({ changes }) => changes))
    if (change.is === 'text') shown = shown.slice(0, change.from) + change.text;
  expect(shown.length).toBe(length);
  expect(told.length).toBeGreaterThan(10);
  expect(told.length).toBeLessThanOrEqual(Math.ceil(((clock.now() - started) / 1_000) * 30));
});

test('R14: at most 4 MB and 256 changes wait for a page that is slow; then it is told to open the chat again', async () => {
  for (const flood of [
    (seq: number): ChatChange => ({ is: 'drop', ids: [`item ${seq}`] }),
    (seq: number): ChatChange => ({ is: 'text', id: 'a', from: (seq - 1) * 20_000, text: 'x'.repeat(20_000) }),
  ]) {
    const { clock, told, pace, draw } = paced();
    for (let seq = 1; seq <= room.changes + 50; seq += 1) pace.hear('chat', seq, [flood(seq)]);
    await clock.pass(1_000);
    draw();
    expect(told.at(-1)?.changes).toEqual([{ is: 'again' }]);
    draw();
    pace.hear('chat', room.changes + 51, [flood(1)]);
    await clock.pass(1_000);
    expect(told.length).toBe(2);
    pace.open('chat', room.changes + 51);
    pace.hear('chat', room.changes + 52, [flood(room.changes + 52)]);
    expect(told.length).toBe(3);
  }
});

test('with a change missing the page is told to open the chat again', async () => {
  const { told, pace, text } = paced();
  pace.hear('chat', 2, [text(0, 'ab')]);
  expect(told.map(({ changes }) => changes)).toEqual([[{ is: 'again' }]]);
});

test('what the chat had when it was opened is not told again, nor what happens in another one', () => {
  const { told, pace, text } = paced();
  pace.open('chat', 7);
  pace.hear('chat', 6, [text(0, 'ab')]);
  pace.hear('chat', 7, [text(0, 'ab')]);
  pace.hear('other', 8, [text(0, 'ab')]);
  expect(told).toEqual([]);
  pace.hear('chat', 8, [text(0, 'ab')]);
  expect(told.length).toBe(1);
});

test('a page that is gone is told nothing, and nothing waits for it', async () => {
  const { clock, told, pace, text } = paced();
  pace.hear('chat', 1, [text(0, 'ab')]);
  pace.hear('chat', 2, [text(2, 'cd')]);
  pace.close();
  pace.drawn(1);
  pace.hear('chat', 3, [text(4, 'ef')]);
  await clock.pass(10_000);
  expect([told.length, clock.pending]).toEqual([1, 0]);
});
