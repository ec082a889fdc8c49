/** When the editor is asked to ask again: for what is new, not for what only moves, and not more often than every 300 ms. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { addRefreshing, type RefreshParts } from './refreshing.ts';

const uri = 'file:///a.ts';
const rest = { uri, level: 'normal', title: 't', at: '2026-11-28T12:00:00.000Z' } as const;
const summary = (id: string, line: number, more: Partial<ExplanationSummary> = {}): ExplanationSummary => {
  const position = { line, character: 0 };
  return {
    ...rest,
    citations: [],
    id,
    kind: 'code',
    state: 'current',
    range: { start: position, end: position },
    ...more,
  };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is asked for, in short, while a document's explanations become each of `steps`. */
function asked(
  client: RefreshParts['client'],
  steps: readonly (readonly ExplanationSummary[])[],
  pause = 1_000,
): string {
  let now: readonly ExplanationSummary[] = [];
  const heard: ((about: string) => void)[] = [];
  const seen: string[] = [];
  addRefreshing({
    // Only this of a connection is used.
    connection: {
      sendRequest: async (method: string) => void seen.push(method),
    } as unknown as RefreshParts['connection'],
    client,
    settings: { onChange: () => undefined },
    explanations: { of: () => now, watch: (listener) => void heard.push(listener) },
    log: { warn: () => undefined } as unknown as RefreshParts['log'],
  });
  for (const step of steps) {
    now = step;
    for (const listener of heard) listener(uri);
    vi.advanceTimersByTime(pause);
  }
  vi.advanceTimersByTime(1_000);
  return seen.map((method) => method.split('/')[1]).join(' ');
}

const all = { workspace: { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } } };

test('what is new, changed, back or gone is news', () => {
  const changed = summary('a', 1, { state: 'changed' });
  expect(asked(all, [[summary('a', 1)], [changed], [summary('a', 1)], []])).toBe('codeLens codeLens codeLens codeLens');
});

test('what only moves is none', () => {
  expect(asked(all, [[summary('a', 1)], [summary('a', 2)], [summary('a', 3)]])).toBe('codeLens');
});

test('notes are hints, all else is lenses', () => {
  const notes = summary('n', 1, { kind: 'notes' });
  expect(asked(all, [[notes], [notes, summary('a', 2)]])).toBe('inlayHint codeLens');
});

test('news in quick succession are told twice: at once, and when the pause is over', () => {
  const many = Array.from({ length: 20 }, (_, count) => [summary(`a${count}`, 1)]);
  expect(asked(all, many, 10)).toBe('codeLens codeLens');
});

test('an editor that cannot ask again is left alone', () => {
  expect(asked({}, [[summary('a', 1)]])).toBe('');
  expect(asked({ workspace: { inlayHint: { refreshSupport: true } } }, [[summary('a', 1)]])).toBe('');
});
