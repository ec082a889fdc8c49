/** What the page knows of a chat follows what it is told. */
import { expect, test } from 'vitest';
import type { Item } from '#shared/panel.ts';
import { idleState } from '../../test/harness/panelState.ts';
import { createChatStore } from './store.ts';

const answer = (id: string, length: number): Item => ({ is: 'answer', id, length, lines: 1 });
const opened = { chat: 'c', seq: 3, items: [answer('a', 0)], state: idleState, texts: [] };

test('a text grows by what is told, what was told already is not told twice, and a gap opens the chat again', () => {
  const store = createChatStore(opened);
  expect(store.hear(3, [{ is: 'text', id: 'a', from: 0, text: 'old' }])).toBe(true);
  expect(store.content('a')).toBeUndefined();
  expect(store.hear(4, [{ is: 'text', id: 'a', from: 0, text: 'one ' }])).toBe(true);
  expect(store.hear(5, [{ is: 'text', id: 'a', from: 2, text: 'e two' }])).toBe(true);
  expect(store.content('a')?.text).toBe('one two');
  expect(store.growth('a')?.since(4)).toBe('two');
  expect(store.hear(6, [{ is: 'text', id: 'a', from: 9, text: 'x' }])).toBe(false);
});

test('R42: what is kept of texts is bounded, and what was let go is asked for again', () => {
  const store = createChatStore({
    ...opened,
    items: Array.from({ length: 20 }, (_, index) => answer(`a${index}`, 1_000_000)),
  });
  store.keep(Array.from({ length: 20 }, (_, index) => ({ id: `a${index}`, text: 'x'.repeat(1_000_000) })));
  const kept = Array.from({ length: 20 }, (_, index) => store.content(`a${index}`)).filter((one) => one !== undefined);
  expect(kept.length).toBe(8);
  expect(store.content('a19')).toBeDefined();
});
