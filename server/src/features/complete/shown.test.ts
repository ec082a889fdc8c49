/** What was shown, taken and kept, with a clock that is set by hand. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLiveDocument } from '../../lsp/liveDocument.ts';
import { noCounts } from './counts.ts';
import { createShown } from './shown.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const uri = 'file:///work/a.ts';
const text = 'total + tax;';
const before = 'const sum = ';

/** Takes a suggestion, makes something of the document, and lets so much time pass. */
function keptAfter(milliseconds: number, then: string | undefined): number {
  const counts = noCounts();
  const document = createLiveDocument({ uri, languageId: 'typescript', version: 1, text: then ?? '' });
  const documents = {
    get: () => (then === undefined ? undefined : document.snapshot()),
    part: (_uri: string, start: number, end: number) => document.part(start, end),
    offsetAt: (_uri: string, position: { line: number; character: number }) => document.offsetAt(position),
    positionAt: () => ({ line: 0, character: 0 }),
  };
  const shown = createShown({ documents, statistics: { add: (change) => change(counts) } });
  shown.add('one', { uri, text, offset: before.length, length: text.length });
  shown.accepted('one');
  shown.accepted('one');
  vi.advanceTimersByTime(milliseconds);
  shown.close();
  vi.advanceTimersByTime(60_000);
  expect(counts).toMatchObject({ shown: 1, accepted: 1, lines: 1, characters: text.length });
  return counts.kept;
}

test.each([
  ['it stands there', 30_000, `${before}${text}\n`, 1],
  ['a formatter moved its white space', 30_000, `${before}total\n    + tax;\n`, 1],
  ['it moved by some lines', 30_000, `${'// more\n'.repeat(100)}${before}${text}\n`, 1],
  ['the half minute is not over', 29_999, `${before}${text}\n`, 0],
  ['a part of it was changed', 30_000, `${before}total + taxes;\n`, 0],
  ['it was taken back', 30_000, `${before}\n`, 0],
  ['it is far away by now', 30_000, `${'// more\n'.repeat(1_000)}${before}${text}\n`, 0],
  ['the document was closed', 30_000, undefined, 0],
] as const)('of what was taken, counts as kept where %s', (_name, milliseconds, then, kept) => {
  expect(keptAfter(milliseconds, then)).toBe(kept);
});
