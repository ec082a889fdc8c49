/** What the list of explanations says. */
import { expect, test } from 'vitest';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { words } from '../../../test/harness/words.ts';
import { explanationRow, fileRow } from './rows.ts';

const summary: ExplanationSummary = {
  ...{ id: 'x', uri: 'file:///a.ts', kind: 'code', level: 'normal', state: 'current', citations: [] },
  range: { start: { line: 11, character: 0 }, end: { line: 14, character: 1 } },
  ...{ title: 'It adds the prices', at: '2026-11-28T12:00:00.000Z' },
};

test.each<[string, Partial<ExplanationSummary>, string]>([
  ['of a symbol', { symbol: 'total' }, 'comment total: Line 12 (thread)'],
  ['without a symbol', {}, 'comment It adds the prices: Line 12 (thread)'],
  ['at another level', { symbol: 'total', level: 'deep' }, 'comment total: Line 12 · deep (thread)'],
  [
    'whose code has changed',
    { state: 'changed' },
    'comment-unresolved It adds the prices: code has changed · Line 12 (stale)',
  ],
  ['whose code is gone', { state: 'gone' }, 'circle-slash It adds the prices: its code is gone · Line 12 (stale)'],
  ['of a problem', { kind: 'problem' }, 'lightbulb It adds the prices: Line 12 · problem (thread)'],
  [
    'of a change',
    { kind: 'change', level: 'line' },
    'git-compare It adds the prices: Line 12 · change · one line (thread)',
  ],
  ['of a file', { kind: 'file' }, 'book It adds the prices: Line 12 · file (other)'],
  ['of a terminal', { kind: 'terminal' }, 'terminal It adds the prices: terminal (other)'],
  ['that is line notes', { kind: 'notes', symbol: 'total' }, 'note total: Line 12 · line notes (other)'],
])('S24: an explanation %s', (_name, more, row) => {
  const { icon, label, description, kind } = explanationRow({ ...summary, ...more }, words);
  expect(`${icon} ${label}: ${description} (${kind})`).toBe(row);
});

test('S24: hidden characters and line breaks of a title are seen or gone', () => {
  const { label, tooltip } = explanationRow({ ...summary, title: 'It\n\u202e adds\u200b.' }, words);
  expect(label).not.toMatch(/[\u202e\u200b\n]/);
  expect(tooltip).not.toMatch(/[\u202e\u200b]/);
});

test('a file says how many it has', () => {
  expect(fileRow('src/a.ts', [summary], words)).toMatchObject({ label: 'src/a.ts', description: '1 explanation' });
  expect(fileRow('src/a.ts', [summary, summary], words).description).toBe('2 explanations');
});
