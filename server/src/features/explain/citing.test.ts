/** Where the marks of citations are put into a text that streams. */
import { describe, expect, test } from 'vitest';
import { type Citation, citeBy } from '#shared/citations.ts';
import { safeMarkdown } from '#shared/markdown.ts';
import { linksIn } from '../../../../test/harness/markdownOracle.ts';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { createCiting } from './citing.ts';

const uri = 'file:///a.ts';

/** Pieces of text, and the number of what the block cites where a block ends (0: nothing). */
type Step = string | number;

function emitted(steps: readonly Step[]) {
  const pieces: { readonly text: string; readonly numbers: readonly number[] }[] = [];
  const citing = createCiting(
    (given) => given as readonly Citation[],
    (text, citations) => pieces.push({ text, numbers: citations.map(({ number }) => number) }),
  );
  for (const step of steps)
    if (typeof step === 'string') void citing.text(step);
    else void citing.textEnd(step === 0 ? [] : [citationOf(step)]);
  citing.end();
  return { whole: citing.whole(), pieces };
}

function citationOf(number: number): Citation {
  return { number, uri, firstLine: number, lastLine: number, state: 'verified' };
}

test.each<readonly [string, readonly Step[], string]>([
  ['at the end of the block', ['It adds', 1, ' and returns', 2, '.'], 'It adds ⟦1⟧ and returns ⟦2⟧.'],
  ['before white space', ['It adds.\n\n', 1, 'It returns.\n', 2], 'It adds. ⟦1⟧\n\nIt returns. ⟦2⟧'],
  ['in a list', ['- one\n', 1, '- two', 2], '- one ⟦1⟧\n- two ⟦2⟧'],
  ['behind inline code', ['Calls `f`', 1, ' twice'], 'Calls `f` ⟦1⟧ twice'],
  ['not into inline code', ['Calls `f', 1, '()`', 0, ' twice.\n\nNext', 2], 'Calls `f()` ⟦1⟧ twice.\n\nNext ⟦2⟧'],
  ['not into a fence', ['```ts\nf();\n', 1, '```\n', 0, 'Next.'], '```ts\nf();\n```\n⟦1⟧\n\nNext.'],
  ['not behind the mark of a fence in a list', ['- > ~~~', 1, '\n  > f();'], '- > ~~~\n  > f();\n\n'],
  ['behind a fence that ends the text', ['```ts\nf();\n', 1, '```'], '```ts\nf();\n```\n\n⟦1⟧\n\n'],
  ['nowhere in a fence that stays open', ['```ts\nf();\n', 1], '```ts\nf();\n\n'],
  ['first of all', [1, 'Text'], '⟦1⟧Text'],
  ['never the model’s own', ['⟦7⟧ is', 1, ' ⟦', '1', '⟧'], '[[7]] is ⟦1⟧ [[1]]'],
])('%s', (_name, steps, expected) => {
  expect(emitted(steps).whole).toBe(expected);
});

test('each piece leaves at once, with the citations whose marks are in it', () => {
  expect(emitted(['It', ' adds', 1, '.']).pieces).toEqual([
    { text: 'It', numbers: [] },
    { text: ' adds', numbers: [] },
    { text: ' ⟦1⟧', numbers: [1] },
    { text: '.', numbers: [] },
  ]);
});

test('pieces are the whole, no citation is there twice, and what is drawn links nothing else', () => {
  const draw = random();
  const parts = [
    'a',
    ' b',
    '`',
    '``',
    '\n',
    '\n\n',
    '```',
    '~~~',
    '- ',
    '> ',
    '    ',
    '⟦1⟧',
    '*',
    '[x](file:///b#L1)',
    '|',
    '1. ',
  ];
  for (let round = 0; round < scaled(2_000); round++) {
    let next = 0;
    const steps = Array.from({ length: 30 }, () =>
      draw() < 0.2 ? ++next : (parts[Math.floor(draw() * parts.length)] ?? ''),
    );
    const { whole, pieces } = emitted(steps);
    expect(pieces.map(({ text }) => text).join('')).toBe(whole);
    const numbers = pieces.flatMap((piece) => piece.numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
    const urls = new Set(numbers.map((number) => `${uri}#L${number + 1}`));
    const markdown = safeMarkdown(whole, citeBy(numbers.map(citationOf), uri));
    for (const links of linksIn(markdown)) expect(links.filter((url) => !urls.has(url))).toEqual([]);
    expect(markdown).not.toMatch(/⟦\d+⟧/);
  }
});

describe('S35: time', () => {
  test('grows with the text, however it is cut', () => {
    const { whole } = emitted(Array.from({ length: 100_000 }, (_, index) => (index % 50 === 0 ? '`x`\n' : 'word ')));
    expect(whole.length).toBeGreaterThan(400_000);
  });
});
