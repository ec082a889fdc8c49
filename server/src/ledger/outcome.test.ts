/** What became of hunks, as the model is told: each state in its own words, and no half characters. */
import { describe, expect, test } from 'vitest';
import { type OutcomeHunk, outcomeText } from './outcome.ts';
import { newTracked } from './tracked.ts';

function outcomeOf(more: Partial<OutcomeHunk>): string {
  const origin = { action: 'simplify', title: 'Simplify' };
  const place = { id: 'h', group: 'g', uri: 'file:///w/a.ts', origin, span: { start: 0, end: 1 } };
  const hunk = { ...newTracked({ ...place, before: 'old\n' }), after: 'new\n', line: 7, now: 'theirs\n', ...more };
  return outcomeText([hunk], () => 'a.ts');
}

describe('the fate of a hunk', () => {
  test.each<[Partial<OutcomeHunk>, string]>([
    [{ state: 'accepted' }, 'accepted as it was proposed.'],
    [{ state: 'edited' }, 'the developer changed it and kept that:\ntheirs\n'],
    [{ state: 'rejected' }, 'rejected. The code is as it was before.'],
    [
      { state: 'rejected', reason: 'Too clever.' },
      'rejected. The code is as it was before. The developer says: Too clever.',
    ],
    [{ state: 'rejected', reason: 'undone' }, 'taken back by the developer with undo. The code is as it was before.'],
    [{ state: 'conflicted' }, 'not applied. Its place was not found. It was:\nnew\n'],
    [
      { state: 'conflicted', reason: 'It changed.' },
      'not applied. The editor says to the developer: "It changed." It was:\nnew\n',
    ],
    [{ state: 'proposed' }, 'proposed; the developer has not decided yet.'],
    [{ state: 'proposed', growing: true }, 'still being written.'],
  ])('%j', (more, told) => {
    expect(outcomeOf(more)).toBe(`a.ts, line 7: ${told}`);
  });
});

test('of nothing nothing is told', () => {
  expect(outcomeText([], () => '')).toBe('');
});

test('long code is cut in the middle', () => {
  const told = outcomeOf({ state: 'edited', now: `first\n${'x'.repeat(5_000)}\nlast` });
  expect(told.length).toBeLessThan(2_100);
  expect(told).toMatch(/first\nx+\n\[…\]\nx+\nlast$/);
});

test.each([0, 1])('R28: a pair of surrogates is not cut in half (%i)', (offset) => {
  const told = outcomeOf({ state: 'edited', now: `${'a'.repeat(offset)}${'😀'.repeat(2_000)}` });
  expect(told.isWellFormed()).toBe(true);
});
