import { expect, test } from 'vitest';
import { createMemory } from './memory.ts';

function store(values = new Map<string, unknown>()) {
  return {
    values,
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => void values.set(key, JSON.parse(JSON.stringify(value))),
  };
}

const picture = { name: 'a.png', base64: 'AAAA' };

test('a draft is there whole until the window closes, and its text after that', () => {
  const kept = store();
  const memory = createMemory(kept);
  memory.keep('a', { text: 'half a', media: [picture], selection: false });
  expect(memory.draft('a')).toEqual({ text: 'half a', media: [picture], selection: false });
  expect(createMemory(kept).draft('a')).toEqual({ text: 'half a', media: [], selection: false });
  memory.keep('a', { text: '', media: [], selection: true });
  expect([memory.draft('a'), createMemory(kept).draft('a')]).toEqual([undefined, undefined]);
});

test('the newest twenty drafts are kept, one for each chat, and none that is very long', () => {
  const kept = store();
  const memory = createMemory(kept);
  for (let chat = 0; chat < 30; chat += 1)
    memory.keep(`${chat}`, { text: `draft ${chat}`, media: [], selection: true });
  memory.keep('29', { text: 'again', media: [], selection: true });
  memory.keep('long', { text: 'x'.repeat(200_000), media: [], selection: true });
  const next = createMemory(kept);
  expect([next.draft('29')?.text, next.draft('10')?.text, next.draft('9'), next.draft('long')]).toEqual([
    'again',
    'draft 10',
    undefined,
    undefined,
  ]);
  expect(JSON.stringify([...kept.values.values()]).length).toBeLessThan(5_000);
});

test('the hundred newest questions are found again, each once, the newest last', () => {
  const kept = store();
  const memory = createMemory(kept);
  for (let index = 0; index < 120; index += 1) memory.remember(`question ${index}`);
  memory.remember('question 50');
  memory.remember('  ');
  const history = createMemory(kept).history();
  expect([history.length, history[0], history.at(-1)]).toEqual([100, 'question 20', 'question 50']);
  expect(new Set(history).size).toBe(100);
});

test('R42: what somebody else has put into the store counts for nothing', () => {
  for (const value of [null, 7, 'x', [], {}, [['a']], [[1, 2]], { a: { text: 7 } }]) {
    const keys = ['gloss.chat.last', 'gloss.chat.drafts', 'gloss.chat.history'];
    const memory = createMemory(store(new Map(keys.map((key) => [key, value]))));
    expect(memory.draft('a')).toBe(undefined);
    expect(Array.isArray(memory.history())).toBe(true);
    memory.keep('a', { text: 'b', media: [], selection: true });
    memory.remember('c');
    expect([memory.draft('a')?.text, memory.history().at(-1)]).toEqual(['b', 'c']);
  }
});
