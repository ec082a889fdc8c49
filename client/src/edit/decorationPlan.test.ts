/** What is painted. */
import { expect, test } from 'vitest';
import type { Hunk } from '#shared/edits.ts';
import { planFor } from './decorationPlan.ts';

function hunk(first: number, last: number, more: Partial<Hunk> = {}): Hunk {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  const fixed = { version: 1, before: 'x\n', after: '', state: 'proposed', title: '' } as const;
  return { id: 'h', uri: 'a', group: 'g', range, ...fixed, growing: false, place: 'buffer', warnings: [], ...more };
}

const line = (number: number) => ({ line: number, character: 0 });

test.each<[string, Hunk, number | undefined, ReturnType<typeof planFor>]>([
  ['lines that came', hunk(3, 5), undefined, { added: [{ first: 3, last: 4 }], removed: [], writing: [] }],
  ['lines that went', hunk(3, 3), undefined, { added: [], removed: [3], writing: [] }],
  ['lines that come', hunk(3, 9, { growing: true }), 5, { added: [{ first: 3, last: 4 }], removed: [], writing: [4] }],
  ['before the first comes', hunk(3, 9, { growing: true }), undefined, { added: [], removed: [], writing: [3] }],
  ['what is not in the document', hunk(3, 5, { place: 'aside' }), undefined, { added: [], removed: [], writing: [] }],
])('%s', (_name, one, tip, plan) => {
  expect(planFor([one], () => (tip === undefined ? undefined : line(tip)))).toEqual(plan);
});
