/** What finds room in a budget. */
import { describe, expect, test } from 'vitest';
import { fittingLength, numberedTokens } from '../../text/fitting.ts';
import { filled, tokensOfDocuments } from './budget.ts';

describe('filling', () => {
  const document = (title: string, words: number) => ({
    ...{ title, part: 'definition' },
    lines: [{ uri: 'file:///a.ts', line: 0, text: 'word '.repeat(words) }],
  });
  const titles = (documents: readonly { readonly title: string }[]) => documents.map(({ title }) => title);

  test('goes by worth, and a shorter one may follow one that is too long', () => {
    const { kept, leftOut } = filled([document('a', 10), document('b', 90), document('c', 10)], 80);
    expect([titles(kept), titles(leftOut)]).toEqual([['a', 'c'], ['b']]);
    expect(tokensOfDocuments(kept)).toBeLessThanOrEqual(80);
  });

  test('without room nothing is kept', () => {
    expect(titles(filled([document('a', 1)], 0).leftOut)).toEqual(['a']);
  });
});

describe('the length that fits', () => {
  test.each([
    ['all of a short text', 'one\ntwo\n', 100, 8],
    ['whole lines', 'one\ntwo\nthree\n', 9, 8],
    ['a part of the first line where that is too long', `${'ab '.repeat(100)}\nx`, 20, undefined],
    ['no half of a pair', '😀'.repeat(100), 40, undefined],
    ['nothing of nothing', '', 10, 0],
  ])('%s', (_name, text, room, expected) => {
    const length = fittingLength(text, room);
    if (expected !== undefined) expect(length).toBe(expected);
    expect(numberedTokens(text.slice(0, length).replace(/\n$/, ''))).toBeLessThanOrEqual(room);
    expect(text.slice(0, length).isWellFormed()).toBe(true);
  });

  test('R31: a text of 100 MB takes no longer than what fits of it', () => {
    expect(fittingLength('x'.repeat(100_000_000), 16_000)).toBeLessThan(300_000);
    expect(fittingLength('{\n'.repeat(50_000_000), 16_000)).toBeLessThan(64_000);
  });
});
