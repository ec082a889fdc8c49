/** A place is found again by what it says and what is around it, or not at all: never somewhere else. */
import { describe, expect, test } from 'vitest';
import { random, scaled } from '../../../test/harness/scale.ts';
import { anchorAt, findAgain, findSurely } from './reanchor.ts';

/** The text without its marks, and what is between them. */
function marked(text: string) {
  const start = text.indexOf('⟦');
  const end = text.indexOf('⟧') - 1;
  return { text: text.replace(/[⟦⟧]/g, ''), span: { start, end } };
}

/** Where the marked place of one text is in another, with marks there; `~` in front where only what is around it is the same. */
function found(before: string, after: string): string | undefined {
  const { text, span } = marked(before);
  const again = findAgain(after, anchorAt(text, span));
  if (again === undefined) return undefined;
  const { start, end } = again.span;
  return `${again.same ? '' : '~'}${after.slice(0, start)}⟦${after.slice(start, end)}⟧${after.slice(end)}`;
}

describe('a place', () => {
  test.each([
    ['where nothing changed', 'a\n⟦b\n⟧c\n', 'a\nb\nc\n', 'a\n⟦b\n⟧c\n'],
    ['with lines put before it', 'a\n⟦b\n⟧c\n', 'x\ny\na\nb\nc\n', 'x\ny\na\n⟦b\n⟧c\n'],
    ['with lines put behind it', 'a\n⟦b\n⟧c\n', 'a\nb\nc\nx\n', 'a\n⟦b\n⟧c\nx\n'],
    ['with all around it rewritten, where it is the only one', 'a\n⟦b\n⟧c\n', '1\nb\n2\n', '1\n⟦b\n⟧2\n'],
    [
      'of several that read the same, by its neighbours',
      'a\nx\nb\n⟦x\n⟧c\n',
      'new\na\nx\nb\nx\nc\n',
      'new\na\nx\nb\n⟦x\n⟧c\n',
    ],
    ['that is all of the text', '⟦a\n⟧', 'a\n', '⟦a\n⟧'],
    ['at the end, without a line end', 'a\n⟦b⟧', 'x\na\nb', 'x\na\n⟦b⟧'],
    ['with line ends of two characters', 'a\r\n⟦b\r\n⟧c\r\n', 'x\r\na\r\nb\r\nc\r\n', 'x\r\na\r\n⟦b\r\n⟧c\r\n'],
    ['that somebody rewrote', 'a\n⟦b\n⟧c\n', 'x\na\nother\nc\n', '~x\na\n⟦other\n⟧c\n'],
    ['that somebody took away', 'a\n⟦b\n⟧c\n', 'x\na\nc\n', '~x\na\n⟦⟧c\n'],
    ['with nothing in it', 'a\n⟦⟧c\n', 'x\na\nc\n', 'x\na\n⟦⟧c\n'],
    ['with nothing in it, at the start', '⟦⟧a\n', 'a\n', '⟦⟧a\n'],
    ['with nothing in it, of an empty text', '⟦⟧', '', '⟦⟧'],
    ['that was an empty text, and is what stands there now', '⟦⟧', 'x\n', '~⟦x\n⟧'],
  ])('%s is found', (_what, before, after, expected) => {
    expect(found(before, after)).toBe(expected);
  });

  test.each([
    ['that might be one of several', 'a\n⟦x\n⟧c\n', '1\nx\n2\nx\n3\n'],
    ['that is gone with all around it', 'a\n⟦b\n⟧c\n', '1\n2\n3\n'],
    ['inside of a line', 'a\n⟦b\n⟧c\n', 'not b\nnot c\n'],
    ['with nothing in it, whose neighbours are apart now', 'a\n⟦⟧c\n', 'a\nx\nc2\n'],
    ['between neighbours that stand twice', 'a\n⟦b\n⟧c\n', 'a\n1\nc\na\n2\nc\n'],
  ])('%s is not', (_what, before, after) => {
    expect(found(before, after)).toBeUndefined();
  });

  test('that was rewritten into very much more is not', () => {
    expect(found('a\n⟦b\n⟧c\n', `a\n${'x\n'.repeat(3_000)}c\n`)).toBeUndefined();
  });
});

test('R27: in whatever text, a place that is found reads as it did, and is where it was moved to where only one fits', () => {
  const next = random();
  const pick = (count: number) => Math.floor(next() * count);
  const lines = (count: number) => Array.from({ length: count }, () => `${'abcdefg'.charAt(pick(7))}\n`).join('');
  let unique = 0;
  for (let round = 0; round < scaled(5_000); round++) {
    const [lead, content, trail] = [lines(1 + pick(5)), lines(1 + pick(3)), lines(1 + pick(5))];
    const anchor = anchorAt(lead + content + trail, { start: lead.length, end: lead.length + content.length });
    const [above, below] = [lines(pick(4)), lines(pick(4))];
    const now = above + lead + content + trail + below;
    const again = findAgain(now, anchor);
    if (again?.same) expect(now.slice(again.span.start, again.span.end)).toBe(content);
    const whole = `\n${anchor.lead}${content}${anchor.trail}`;
    if (`\n${now}`.indexOf(whole) !== `\n${now}`.lastIndexOf(whole)) continue;
    unique++;
    expect(again?.span.start, JSON.stringify({ anchor, now })).toBe(above.length + lead.length);
  }
  expect(unique).toBeGreaterThan(scaled(5_000) / 2);
});

describe('a place beyond doubt', () => {
  const lead = '1\n2\n3\n';
  const trail = '4\n5\n6\n';
  const code = `0\n${lead}⟦new\n⟧${trail}7\n`;

  function sure(before: string, after: string): number | undefined {
    const { text, span } = marked(before);
    return findSurely(after, anchorAt(text, span), 'old\n')?.start;
  }

  test.each([
    ['with more around it', `more\n0\n${lead}new\n${trail}more\n`, 13],
    ['with a line before it changed', `0\n1\n2\nother\nnew\n${trail}`, undefined],
    ['with a line behind it changed', `0\n${lead}new\nother\n5\n6\n`, undefined],
    ['that is there twice', `${lead}new\n${trail}${lead}new\n${trail}`, undefined],
    ['where what was there before is elsewhere', `${lead}new\n${trail}${lead}old\n${trail}`, undefined],
    ['that was changed', `${lead}other\n${trail}`, undefined],
  ])('%s', (_what, after, start) => {
    expect(sure(code, after)).toBe(start);
  });

  test.each([
    ['start', '⟦new\n⟧4\n5\n6\n7\n', 'more\nnew\n4\n5\n6\n7\n'],
    ['end', '1\n2\n3\n⟦new\n⟧', '1\n2\n3\nnew\nmore\n'],
  ])('at the %s of a document is there still', (_what, before, after) => {
    expect(sure(before, after)).toBeUndefined();
    expect(sure(before, marked(before).text)).toBeDefined();
  });
});
