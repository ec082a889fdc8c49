import { expect, test } from 'vitest';
import type { ChatChange, Item } from '#shared/panel.ts';
import { createChatStore } from '../../../panel/src/store.ts';
import { idleState } from '../../../test/harness/panelState.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { createJoined } from './joined.ts';

const endless = { changes: 1e9, size: 1e9 };
const text = (id: string, from: number, letters: string): ChatChange => ({ is: 'text', id, from, text: letters });
const answer = (id: string, length: number): Item => ({ is: 'answer', id, length, lines: 1 });

function joined(changes: readonly ChatChange[]): readonly ChatChange[] {
  const all = createJoined(endless);
  all.add(changes);
  return all.take();
}

test.each<[string, readonly ChatChange[], readonly ChatChange[]]>([
  ['more of a text', [text('a', 0, 'ab'), text('a', 2, 'c')], [text('a', 0, 'abc')]],
  ['what was told already', [text('a', 0, 'abcd'), text('a', 1, 'bcdef')], [text('a', 0, 'abcdef')]],
  [
    'texts of two items side by side',
    [text('a', 0, 'a'), text('b', 0, 'x'), text('a', 1, 'b'), text('b', 1, 'y')],
    [text('a', 0, 'ab'), text('b', 0, 'xy')],
  ],
  [
    'a text that goes on elsewhere stays apart',
    [text('a', 0, 'ab'), text('a', 9, 'c')],
    [text('a', 0, 'ab'), text('a', 9, 'c')],
  ],
  [
    'an item that was put twice',
    [
      { is: 'put', item: answer('a', 1), replaces: 'b' },
      { is: 'put', item: answer('a', 2) },
    ],
    [{ is: 'put', item: answer('a', 2), replaces: 'b' }],
  ],
  [
    'nothing over a text of the item',
    [{ is: 'put', item: answer('a', 1) }, text('a', 0, 'x'), { is: 'put', item: answer('a', 2) }],
    [{ is: 'put', item: answer('a', 1) }, text('a', 0, 'x'), { is: 'put', item: answer('a', 2) }],
  ],
  [
    'nothing over a dropped item',
    [text('a', 0, 'ab'), { is: 'drop', ids: ['a'] }, text('a', 2, 'c')],
    [text('a', 0, 'ab'), { is: 'drop', ids: ['a'] }, text('a', 2, 'c')],
  ],
])('joins %s', (_, changes, expected) => {
  expect(joined(changes)).toEqual(expected);
});

test('the state is told once, as it is now', () => {
  const state = (title: string): ChatChange => ({ is: 'state', state: { ...idleState, title } });
  expect(joined([state('a'), state('b'), state('c')])).toEqual([state('c')]);
});

/** What the model writes, in any item. */
const written = 'The quick brown fox jumps over the lazy dog, '.repeat(20);

test('whatever is joined, the page knows the same in the end', () => {
  const next = random();
  const one = (count: number) => Math.floor(next() * count);
  for (let round = 0; round < scaled(2_000); round += 1) {
    const lengths = new Map<string, number>();
    let made = 0;
    const change = (): ChatChange => {
      const id = `item ${one(4)}`;
      const known = lengths.get(id) ?? 0;
      switch (one(6)) {
        case 0:
          return { is: 'put', item: answer(id, known) };
        case 1: {
          made += 1;
          const name = `kept ${made}`;
          lengths.delete(id);
          return { is: 'put', item: answer(name, known), replaces: id };
        }
        case 2:
          lengths.delete(id);
          return { is: 'drop', ids: [id] };
        case 3:
          return { is: 'state', state: { ...idleState, title: `${one(9)}` } };
        default: {
          const from = one(known + 1);
          const letters = written.slice(from, from + one(6));
          lengths.set(id, Math.max(known, from + letters.length));
          return text(id, from, letters);
        }
      }
    };
    const changes = Array.from({ length: 1 + one(30) }, change);
    const seen = [changes, joined(changes)].map((all) => {
      const store = createChatStore({ chat: 'c', seq: 0, items: [], texts: [], state: idleState });
      store.hear(1, all);
      const ids = [...lengths.keys(), ...store.items().map(({ id }) => id)];
      return {
        items: store.items(),
        state: store.state(),
        texts: [...new Set(ids)].map((id) => [id, store.content(id)]),
      };
    });
    expect(seen[1]).toEqual(seen[0]);
  }
});
