/** What is said of line notes in the status bar. */
import { expect, test } from 'vitest';
import type { Annotated } from '#shared/explanations.ts';
import { words } from '../../../test/harness/words.ts';
import { annotatedMessage } from './noteWords.ts';

const usage = { inputTokens: 900, outputTokens: 120, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0.0045 };
const annotated: Annotated = { notes: 4, dropped: 0, model: 'claude-sonnet-5-5', usage, demo: false, notices: [] };

test.each<[Partial<Annotated>, string]>([
  [{}, '4 line notes · claude-sonnet-5-5 · 900 in, 120 out · $0.0045'],
  [
    { notes: 1, dropped: 2 },
    '1 line note · 2 dropped: their lines are not there · claude-sonnet-5-5 · 900 in, 120 out · $0.0045',
  ],
  [{ notes: 0, demo: true }, 'No line notes · demo, no model is running'],
  [{ stored: '2026-11-28T12:00:00.000Z' }, '4 line notes · claude-sonnet-5-5 · from 2026-11-28, no cost'],
])('%o', (more, message) => {
  expect(annotatedMessage({ ...annotated, ...more }, words)).toBe(message);
});
