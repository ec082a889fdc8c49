/** The list of chats: its groups and its search. */
import { expect, test } from 'vitest';
import type { ChatHead } from '#shared/panel.ts';
import { type Listed, listing, withStates } from './listing.ts';

const now = new Date('2026-03-15T12:00:00');

function head(id: string, days: number, more: Partial<ChatHead> = {}): ChatHead {
  const time = new Date(now.getTime() - days * 86_400_000).toISOString();
  return { id, title: id, folder: 'shop', begun: time, changed: time, questions: 1, state: 'idle', ...more };
}

function shown(listed: Partial<Listed>): readonly string[] {
  const { groups } = listing({ chats: [], found: [], words: '', folders: 1, now, most: 100, ...listed });
  return groups.map(({ name, rows }) => `${name}: ${rows.map((row) => row.head.id).join(', ')}`);
}

test('what runs or waits stands first, the rest by day, the newest first', () => {
  const chats = [head('old', 40), head('b', 0.1), head('w', 3, { state: 'waiting' }), head('a', 0), head('y', 1)];
  expect(shown({ chats })).toEqual(['Now: w', 'Today: a, b', 'Yesterday: y', 'Older: old']);
});

test('with several folders each has its own groups, the folder of the newest first', () => {
  const chats = [head('a', 0, { folder: 'tools' }), head('b', 0.1), head('c', 1, { folder: 'tools' }), head('d', 0.2)];
  const none = head('e', 50, { folder: '' });
  expect(shown({ chats: [...chats, none], folders: 2 })).toEqual([
    ...['tools · Today: a', 'tools · Yesterday: c', 'shop · Today: b, d', 'No Folder · Older: e'],
  ]);
});

test('titles are found by letters in their order, texts by what the server says, each chat once', () => {
  const chats = [head('Why does the limit stay?', 0), head('A parser', 1), head('Another', 2)];
  const found = chats.map((chat) => ({ chat, item: 'i1', excerpt: 'the limit' }));
  expect(shown({ chats, words: 'wlimit', found: [] })).toEqual(['Titles: Why does the limit stay?']);
  expect(shown({ chats, words: 'limit', found })).toEqual([
    ...['Titles: Why does the limit stay?', 'Texts: A parser, Another'],
  ]);
  expect(shown({ chats, words: 'zzz' })).toEqual([]);
});

test('more than fit are counted', () => {
  const chats = Array.from({ length: 20 }, (_, at) => head(`c${at}`, at / 10));
  const { groups, left } = listing({ chats, found: [], words: '', folders: 1, now, most: 12 });
  expect(groups.flatMap(({ rows }) => rows)).toHaveLength(12);
  expect(left).toBe(8);
});

test('what is told of a chat counts at once', () => {
  const chats = [head('a', 0, { state: 'running' }), head('b', 0)];
  const told = [
    { id: 'a', title: 'New name', state: 'idle' as const },
    { id: 'b', title: 'b', state: 'waiting' as const },
  ];
  expect(withStates(chats, told).map(({ title, state }) => `${title} ${state}`)).toEqual([
    'New name idle',
    'b waiting',
  ]);
});
