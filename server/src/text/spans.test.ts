/** Where pieces of a text are after a change, and which change made one text of another. */
import { describe, expect, test } from 'vitest';
import { random, scaled } from '../../../test/harness/scale.ts';
import { changeBetween, changed, fromLineStart, moved, type Span, type TextChange } from './spans.ts';

test.each([
  ['behind words that both lines begin with', '  const a;\n', '  const b;\n  const a;\n', 0, '  const b;\n'],
  ['below another line', 'x\n  a\n', 'x\n  b\n  a\n', 2, '  b\n'],
  ['with line ends of two characters', 'x\r\n  a\r\n', 'x\r\n  b\r\n  a\r\n', 3, '  b\r\n'],
  ['inside a line, where it stays', 'ab\n', 'axb\n', 1, 'x'],
])('an insertion begins with a line: %s', (_what, before, after, start, text) => {
  const change = changeBetween(before, after);
  const found = change && fromLineStart(before, change);
  expect(found).toEqual({ start, end: start, text });
  expect(found && changed(before, found)).toBe(after);
});

describe('a span after a change', () => {
  const span = { start: 4, end: 8 };

  test.each<[string, Span, TextChange, Span, boolean]>([
    ['before it moves it', span, { start: 0, end: 2, text: 'xxx' }, { start: 5, end: 9 }, false],
    ['behind it leaves it', span, { start: 9, end: 9, text: 'xxx' }, span, false],
    ['at its start stays outside', span, { start: 4, end: 4, text: 'xx' }, { start: 6, end: 10 }, false],
    ['up to its start stays outside', span, { start: 2, end: 4, text: '' }, { start: 2, end: 6 }, false],
    ['at its end stays outside', span, { start: 8, end: 8, text: 'xx' }, span, false],
    ['inside is in it', span, { start: 5, end: 6, text: 'xxx' }, { start: 4, end: 10 }, true],
    ['of all of it is in it', span, { start: 4, end: 8, text: 'x' }, { start: 4, end: 5 }, true],
    ['that reaches into it belongs to it', span, { start: 2, end: 5, text: 'x' }, { start: 2, end: 6 }, true],
    ['that reaches out of it belongs to it', span, { start: 7, end: 10, text: '' }, { start: 4, end: 7 }, true],
    ['around it belongs to it', span, { start: 0, end: 10, text: 'xy' }, { start: 0, end: 2 }, true],
  ])('%s', (_what, given, change, expected, touched) => {
    expect(moved(given, change)).toEqual({ span: expected, touched });
  });

  test('an empty one stays in front of what is put in at its place', () => {
    expect(moved({ start: 4, end: 4 }, { start: 4, end: 4, text: 'xx' }).span).toEqual({ start: 4, end: 4 });
  });
});

/** Texts of characters that can be cut in half: pairs and line ends. */
function texts() {
  const next = random();
  const pick = (count: number) => Math.floor(next() * count);
  const text = (most: number) =>
    Array.from({ length: pick(most) }, () => ['a', 'b', '\n', '\r\n', '\r', '😀', '😁', '\u{1f900}'][pick(8)]).join('');
  return { pick, text };
}

test('what is outside of a change reads as before, wherever it is', () => {
  const { pick, text } = texts();
  for (let round = 0; round < scaled(20_000); round++) {
    const before = text(12);
    const [one, two] = [pick(before.length + 1), pick(before.length + 1)];
    const [three, four] = [pick(before.length + 1), pick(before.length + 1)];
    const span = { start: Math.min(one, two), end: Math.max(one, two) };
    const change = { start: Math.min(three, four), end: Math.max(three, four), text: text(4) };
    const after = changed(before, change);
    const { span: now, touched } = moved(span, change);
    if (!touched) expect(after.slice(now.start, now.end)).toBe(before.slice(span.start, span.end));
    else expect(after.slice(now.start, now.end)).toContain(change.text);
  }
});

test('R28: the change between two texts makes the one of the other, and cuts no pair and no line end', () => {
  const { text } = texts();
  for (let round = 0; round < scaled(50_000); round++) {
    const [lead, trail] = [text(6), text(6)];
    const [before, after] = [lead + text(4) + trail, lead + text(4) + trail];
    const change = changeBetween(before, after);
    if (change === undefined) expect(after).toBe(before);
    else {
      expect(changed(before, change)).toBe(after);
      for (const at of [change.start, change.end])
        expect(cuts(before, at), JSON.stringify([before, after])).toBe(false);
      expect(change.text.isWellFormed()).toBe(true);
    }
  }
});

test.each([
  ['abc', 'abc', undefined],
  ['abc', 'axc', { start: 1, end: 2, text: 'x' }],
  ['aa', 'aaa', { start: 2, end: 2, text: 'a' }],
  ['', 'a', { start: 0, end: 0, text: 'a' }],
  ['a', '', { start: 0, end: 1, text: '' }],
])('between %j and %j it is %j', (before, after, change) => {
  expect(changeBetween(before, after)).toEqual(change);
});

function cuts(text: string, at: number): boolean {
  const around = text.slice(Math.max(0, at - 1), at + 1);
  return around === '\r\n' || (around.length === 2 && [...around].length === 1);
}
