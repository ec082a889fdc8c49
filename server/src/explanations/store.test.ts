/** The store: an explanation is found where its code is now, and memory is bounded. */
import { expect, test } from 'vitest';
import type { ExplanationRecord } from '../ports.ts';
import { createExplanations } from './store.ts';

const uri = 'file:///a.ts';

function record(id: string, code: string, line: number, more: Partial<ExplanationRecord> = {}): ExplanationRecord {
  const height = code.replace(/\n$/, '').split('\n').length - 1;
  const range = { start: { line, character: 0 }, end: { line: line + height, character: 0 } };
  return {
    ...{ id, uri, code, range, kind: 'code', level: 'normal', languageId: 'x' },
    ...{ key: '', at: '2026-11-28T12:00:00.000Z', turns: [], notes: [], quotes: {} },
    conversation: { model: 'm', max_tokens: 1, messages: [] },
    sources: [],
    ...more,
  };
}

/** What is found at each line of a text: the id, `id!` where its code has changed, `-` for nothing. */
function found(text: string, ...records: readonly ExplanationRecord[]): string {
  const store = createExplanations({ get: () => ({ uri, version: 1, languageId: 'x', text }) });
  for (const each of records) void store.put(each);
  return text
    .split('\n')
    .map((_, line) => store.at(uri, line))
    .map((hit) => (hit === undefined ? '-' : hit.id + (hit.state === 'changed' ? '!' : '')))
    .join(' ');
}

test.each([
  ['where it was', 'a\nb\nc', [record('x', 'b\n', 1)], '- x -'],
  ['moved down', 'n\nn\na\nb\nc', [record('x', 'b\n', 1)], '- - - x -'],
  ['changed', 'a\nB\nc', [record('x', 'b\n', 1)], '- x! -'],
  ['the nearest of two that read the same', 'b\na\na\nb\na', [record('x', 'b\n', 4)], '- - - x -'],
  ['not in the middle of a line', 'a\nxb\nc', [record('x', 'b\n', 1)], '- x! -'],
  ['the newest wins', 'a\nb', [record('x', 'b', 1), record('y', 'b', 1)], '- y'],
  ['beyond a document that has shrunk', 'a', [record('x', 'b\n', 7)], 'x!'],
  ['in another document', 'b', [record('x', 'b', 0, { uri: 'file:///b.ts' })], '-'],
])('%s', (_name, text, records, expected) => {
  expect(found(text, ...records)).toBe(expected);
});

test('the oldest go first when there are many, or when they are large', async () => {
  const store = createExplanations({ get: () => undefined });
  for (let count = 0; count < 300; count++) await store.put(record(`r${count}`, 'x', 0));
  expect(await store.get('r0')).toBeUndefined();
  expect(await store.get('r299')).toBeDefined();
  await store.put(record('big', 'x'.repeat(4_000_000), 0));
  expect(await store.get('r299')).toBeUndefined();
  expect(await store.get('big')).toBeDefined();
});
