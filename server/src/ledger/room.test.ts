/** R46: what the ledger remembers of hunks that are decided is bounded, in each document and in all of them together. */
import { expect, test } from 'vitest';
import { createRoom } from './room.ts';
import { newTracked } from './tracked.ts';

const origin = { action: 'chat', title: 'Test' };

function roomOf() {
  const room = createRoom({
    // Nothing of the editor is asked here but whether it has a document open.
    editor: {} as never,
    documents: { get: () => undefined } as never,
    log: { clean: (text) => text, debug() {}, info() {}, warn() {}, error() {} },
    random: () => 'id',
    now: () => 0,
    wait: () => new Promise(() => undefined),
  });
  let made = 0;
  const add = (uri: string, before: string, state: 'accepted' | 'proposed' = 'accepted') => {
    const id = `${made++}`;
    room.add(newTracked({ id, group: 'g', origin, uri, span: { start: 0, end: 0 }, before, state }));
    return id;
  };
  return { room, add };
}

test('R46: of decided hunks the oldest go when all of them together are too long; what awaits the person stays', () => {
  const { room, add } = roomOf();
  const long = 'x'.repeat(1_000_000);
  const waiting = add('file:///w/0.ts', long, 'proposed');
  const ids = Array.from({ length: 45 }, (_, at) => add(`file:///w/${at % 9}.ts`, long));
  const left = ids.filter((id) => room.find(id) !== undefined);
  expect(left.length).toBeGreaterThanOrEqual(40);
  expect(left.length).toBeLessThan(44);
  expect(room.find(waiting)?.state).toBe('proposed');
  expect(left).toContain(ids.at(-1));
});

test('R46: of 5,100 decided hunks of a document 5,000 are kept', () => {
  const { room, add } = roomOf();
  for (let at = 0; at < 5_100; at++) add('file:///w/a.ts', 'x');
  expect(room.sheet('file:///w/a.ts')?.hunks).toHaveLength(5_000);
});

test('R46: a closed document without hunks is forgotten', () => {
  const { room, add } = roomOf();
  add('file:///w/a.ts', 'x');
  const [hunk] = room.sheet('file:///w/a.ts')?.hunks ?? [];
  room.forget('file:///w/a.ts');
  expect(room.sheet('file:///w/a.ts')).toBeDefined();
  if (hunk !== undefined) room.remove(hunk);
  room.forget('file:///w/a.ts');
  expect(room.sheet('file:///w/a.ts')).toBeUndefined();
});
