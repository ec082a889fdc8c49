/** Rows of a transcript: the same ones while nothing has changed, whatever of the texts is here. */
import { expect, test } from 'vitest';
import type { Item } from '#shared/panel.ts';
import { idleState } from '../../../test/harness/panelState.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { createChatStore } from '../store.ts';
import { createRows, mostCodeLines } from './rows.ts';
import { createTexts } from './texts.ts';

const asked: Item = { is: 'asked', id: 'q', text: 'Why?', chips: [], at: '2026-01-01T00:00:00.000Z' };
const answer: Item = { is: 'answer', id: 'a', length: 0, lines: 3 };

function chat(items: readonly Item[]) {
  const store = createChatStore({ chat: 'c', seq: 0, items, state: idleState, texts: [] });
  const texts = createTexts(store);
  const rowsOf = createRows({ keyOf: store.keyOf, piecesOf: texts.piecesOf });
  let seq = 0;
  return {
    store,
    texts,
    hear(...changes: Parameters<typeof store.hear>[1]) {
      seq += 1;
      return store.hear(seq, changes);
    },
    rows() {
      texts.look();
      return rowsOf(store.items());
    },
  };
}

test('an answer whose text is not here is one row, and many when it is', () => {
  const { store, rows } = chat([asked, answer]);
  expect(rows().map(({ is, key, begins }) => [is, key, begins])).toEqual([
    ['item', 'q', false],
    ['waiting', 'a/0', true],
  ]);
  store.keep([{ id: 'a', text: 'one\n\ntwo\n\n```ts\nx\n```\n' }]);
  expect(rows().map(({ is, key, begins }) => [is, key, begins])).toEqual([
    ['item', 'q', false],
    ['pieces', 'a/0', true],
    ['code', 'a/2', false],
  ]);
});

test('R14: while a text grows, only its last rows are made anew', () => {
  const { hear, rows } = chat([asked, answer]);
  const text = `${'word '.repeat(250)}\n\n`.repeat(3);
  hear({ is: 'text', id: 'a', from: 0, text });
  const before = rows();
  expect(rows()).toBe(before);
  hear({ is: 'text', id: 'a', from: text.length, text: 'and more' });
  const after = rows();
  expect(after.map((row, index) => row === before[index])).toEqual([true, true, true, false, false]);
});

test('R14: short pieces share a row, which stays the same once it is full', () => {
  const { hear, rows } = chat([answer]);
  let text = '';
  const keys: string[][] = [];
  for (let step = 0; step < 100; step += 1) {
    const more = `Words of paragraph ${step}.\n\n`;
    hear({ is: 'text', id: 'a', from: text.length, text: more });
    text += more;
    keys.push(rows().map(({ key }) => key));
  }
  expect(rows().length).toBe(4);
  for (const [step, some] of keys.entries()) expect(keys[step + 1]?.slice(0, some.length) ?? some).toEqual(some);
  expect(rows().flatMap((row) => (row.is === 'pieces' ? row.pieces : [])).length).toBe(100);
});

test('an answer that gets its last name keeps its rows', () => {
  const { hear, rows } = chat([asked, { ...answer, id: 'live' }]);
  hear({ is: 'text', id: 'live', from: 0, text: 'one\n\ntwo' });
  const before = rows().map(({ key }) => key);
  hear({ is: 'put', item: { ...answer, id: 'entry', length: 8 }, replaces: 'live' });
  expect(rows().map(({ key }) => key)).toEqual(before);
});

test('long code is rows of a bounded number of lines that have all of it', () => {
  const { store, rows } = chat([answer]);
  store.keep([{ id: 'a', text: `\`\`\`\n${'line\n'.repeat(1_050)}\`\`\`\n` }]);
  const parts = rows().flatMap((row) => (row.is === 'code' ? [row] : []));
  expect(parts.map(({ from, to }) => to - from)).toEqual([200, 200, 200, 200, 200, 50]);
  expect(parts.every(({ from, to }) => to - from <= mostCodeLines)).toBe(true);
  expect(parts.map(({ isFirst }) => isFirst)).toEqual([true, false, false, false, false, false]);
  expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
});

test('R14: a text that comes all at once is taken in over several looks', () => {
  const { store, texts, rows } = chat([answer]);
  store.keep([{ id: 'a', text: 'word\n\n'.repeat(100_000) }]);
  const counts = [rows().length];
  while (texts.isBehind()) counts.push(rows().length);
  expect(counts.length).toBeGreaterThan(1);
  expect(counts.at(-1)).toBe(Math.ceil(600_000 / 798));
});

test('R14: a chat that is opened again shows what it showed until its text is taken in once more, and goes on', () => {
  const text = 'word\n\n'.repeat(100_000);
  let store = chatOf(text);
  const texts = createTexts({ growth: (id) => store.growth(id), keyOf: (id) => store.keyOf(id) });
  const look = () => {
    texts.look();
    return texts.piecesOf('a')?.length;
  };
  const whole = () => {
    let count = look();
    while (texts.isBehind()) count = look();
    return count;
  };
  expect(whole()).toBe(100_000);
  store = chatOf(text);
  expect(look()).toBe(100_000);
  expect(texts.isBehind()).toBe(true);
  expect(whole()).toBe(100_000);
  store.hear(1, [{ is: 'text', id: 'a', from: text.length, text: 'and more' }]);
  expect(look()).toBe(100_001);
});

function chatOf(text: string) {
  return createChatStore({ chat: 'c', seq: 0, items: [answer], state: idleState, texts: [{ id: 'a', text }] });
}

test('however a chat came, its rows are those of the chat as it is', () => {
  const next = random();
  const words = ['one\n\n', '```ts\nx', '\n```\n', '- item\n', '\n', 'and ', '| a |\n|---|\n'];
  for (let run = 0; run < scaled(300); run += 1) {
    const live = chat([asked, answer]);
    let text = '';
    for (let step = 0; step < 20; step += 1) {
      const more = words[Math.floor(next() * words.length)] ?? '';
      live.hear({ is: 'text', id: 'a', from: text.length, text: more });
      text += more;
      if (next() < 0.5) live.rows();
    }
    const whole = chat([asked, answer]);
    whole.store.keep([{ id: 'a', text }]);
    const looks = (rows: ReturnType<typeof live.rows>) =>
      rows.map((row) => [
        ...[row.is, row.key, row.begins],
        ...('piece' in row ? row.piece.lines : 'pieces' in row ? row.pieces.map(({ lines }) => lines) : []),
      ]);
    expect(looks(live.rows())).toEqual(looks(whole.rows()));
  }
});
