/** What the server told of explanations. They are written `document:line`. */
import { expect, test } from 'vitest';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { createKnown } from './known.ts';

function summary(id: string): ExplanationSummary {
  const [uri = '', line = ''] = id.split(':');
  const start = { line: Number(line), character: 0 };
  const fixed = { kind: 'code', level: 'normal', title: '', state: 'current' } as const;
  return { citations: [], id, uri, range: { start, end: start }, at: '2026-11-28T12:00:00.000Z', ...fixed };
}

function known() {
  let changes = 0;
  const it = createKnown(() => changes++);
  return { ...it, ids: () => it.all().map(({ id }) => id), changes: () => changes };
}

test('all are in the order of documents and lines, however they were told', () => {
  const it = known();
  it.listed(['b:3', 'a:9', 'a:2'].map(summary));
  it.heard('c', ['c:7', 'c:1'].map(summary));
  expect(it.ids()).toEqual(['a:2', 'a:9', 'b:3', 'c:1', 'c:7']);
  expect(it.find('b:3')?.uri).toBe('b');
});

test('the list of a document replaces what was known of it, and nothing else', () => {
  const it = known();
  it.listed(['a:2', 'b:3'].map(summary));
  it.heard('a', [summary('a:5')]);
  expect([it.ids(), it.of('a').length]).toEqual([['a:5', 'b:3'], 1]);
  it.heard('a', []);
  expect([it.ids(), it.of('a')]).toEqual([['b:3'], []]);
});

test('the list of everything replaces all', () => {
  const it = known();
  it.heard('a', [summary('a:5')]);
  it.listed([summary('b:3')]);
  expect(it.ids()).toEqual(['b:3']);
});

test('what was dismissed is gone at once, and each change is told', () => {
  const it = known();
  it.listed(['a:2', 'b:3', 'b:4'].map(summary));
  it.drop(new Set(['a:2', 'b:4', 'x']));
  expect([it.ids(), it.changes()]).toEqual([['b:3'], 2]);
});
