/** What the journal still knows. */
import { expect, test } from 'vitest';
import { createJournal, type Entry, placesOfOthers } from './journal.ts';

const point = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function entry(version: number, text = 'x'): Entry {
  return { version, changes: [{ range: point, text }], isOwn: false };
}

function journalOf(versions: readonly number[], limits?: { entries: number; text: number }) {
  const journal = createJournal(limits);
  for (const version of versions) journal.record('a', entry(version));
  return journal;
}

function versionsSince(journal: ReturnType<typeof createJournal>, version: number, newest: number) {
  return journal.since('a', version, newest)?.map((step) => step.version);
}

test.each([
  ['the version that is there', [4, 5], 5, 5, []],
  ['one step ago', [4, 5], 4, 5, [5]],
  ['all that it knows', [4, 5, 6], 3, 6, [4, 5, 6]],
  ['before it began', [4, 5, 6], 2, 6, undefined],
  ['a version of the future', [4, 5], 6, 5, undefined],
  ['over a gap', [4, 6, 7], 4, 7, undefined],
  ['after a gap', [4, 6, 7], 5, 7, [6, 7]],
  ['after the versions began anew', [8, 9, 2, 3], 1, 3, [2, 3]],
  ['when the newest step is not known', [4, 5], 4, 6, undefined],
])('since %s', (_name, versions, version, newest, expected) => {
  expect(versionsSince(journalOf(versions), version, newest)).toEqual(expected);
});

test('it forgets a document that was closed', () => {
  const journal = journalOf([2, 3]);
  journal.forget('a');
  expect([versionsSince(journal, 1, 3), versionsSince(journal, 3, 3)]).toEqual([undefined, []]);
});

test('R46: it keeps so many steps, and so much text', () => {
  const versions = Array.from({ length: 1200 }, (_, index) => index + 2);
  const journal = journalOf(versions);
  expect([versionsSince(journal, 701, 1201)?.length, versionsSince(journal, 700, 1201)]).toEqual([500, undefined]);
  const small = createJournal({ entries: 500, text: 1000 });
  for (const version of [2, 3, 4]) small.record('a', entry(version, 'x'.repeat(300)));
  expect([versionsSince(small, 2, 4), versionsSince(small, 1, 4)]).toEqual([[3, 4], undefined]);
  small.record('b', entry(9, 'x'.repeat(500)));
  expect(versionsSince(small, 3, 4)).toBeUndefined();
  small.record('b', entry(10, 'x'.repeat(5000)));
  expect(small.since('b', 9, 10)).toBeUndefined();
});

test('where others typed is known, and moves with what came later', () => {
  const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
  const steps: readonly Entry[] = [
    { version: 2, changes: [{ range: at(5), text: 'typed\n' }], isOwn: false },
    { version: 3, changes: [{ range: at(0), text: 'ours\nours\n' }], isOwn: true },
    { version: 4, changes: [{ range: at(1), text: 'x' }], isOwn: false },
  ];
  expect(placesOfOthers(steps)).toEqual([
    { start: { line: 7, character: 0 }, end: { line: 8, character: 0 } },
    { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } },
  ]);
});
