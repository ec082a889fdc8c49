/** Which explanation a line has, of all that a document has. */
import { expect, test } from 'vitest';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { explainedAt, explainedLines } from './explainedAt.ts';

function summary(id: string, first: number, last: number, more: Partial<ExplanationSummary> = {}): ExplanationSummary {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  const at = '2026-11-28T12:00:00.000Z';
  return {
    ...{ id, range, at, uri: 'file:///a.ts', kind: 'code', level: 'normal', title: id },
    state: 'current',
    citations: [],
    ...more,
  };
}
const later = { at: '2026-11-29T12:00:00.000Z' };

/** The ids at the lines 0 to 5. */
const found = (...all: readonly ExplanationSummary[]) =>
  [0, 1, 2, 3, 4, 5].map((line) => explainedAt(all, line)?.id ?? '-').join(' ');

test.each([
  ['its lines and no others', [summary('a', 1, 3)], '- a a a - -'],
  [
    'the newest of several, in whatever order they come',
    [summary('b', 2, 4, later), summary('a', 1, 3)],
    '- a b b b -',
  ],
  ['a whole file at its first line only', [summary('f', 0, 5, { kind: 'file' }), summary('a', 2, 2)], 'f - a - - -'],
  [
    'no notes and no terminal',
    [summary('n', 0, 5, { kind: 'notes' }), summary('t', 0, 5, { kind: 'terminal' })],
    '- - - - - -',
  ],
  ['nothing that is gone', [summary('g', 0, 5, { state: 'gone' })], '- - - - - -'],
] as const)('%s', (_name, all, expected) => {
  expect(found(...all)).toBe(expected);
});

test('a line where several begin has the newest of them', () => {
  const lines = explainedLines([summary('b', 1, 5, later), summary('a', 1, 2), summary('c', 3, 3)]);
  expect([...lines].map(([line, { id }]) => `${line}${id}`)).toEqual(['1b', '3c']);
});
