/** S20: the marks of citations become links to checked places, and nothing else becomes one, whatever a model writes around them. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linksIn, liveBesides } from '../../test/harness/markdownOracle.ts';
import { markdownPlaces, markdownSeeds } from '../../test/harness/markdownSeeds.ts';
import { sample, scaled, seed } from '../../test/harness/scale.ts';
import { type Citation, citeBy, englishCitations, linkTo, markOf, plainCitations, withoutMarks } from './citations.ts';
import { createSafeMarkdown, safeMarkdown } from './markdown.ts';

const uri = 'file:///work/src/cart.ts';

function cited(number: number, more: Partial<Citation> = {}): Citation {
  return { number, uri, firstLine: number * 10, lastLine: number * 10, state: 'verified', ...more };
}

const three: readonly Citation[] = [
  cited(1),
  cited(2, { lastLine: 24 }),
  cited(3, { state: 'changed' }),
  cited(4, { state: 'unverified' }),
  cited(5, { uri: 'file:///work/src/tax.ts' }),
];
const cite = citeBy(three, uri);
const urls = new Set([`${uri}#L11`, `${uri}#L21-L25`, 'file:///work/src/tax.ts#L51']);

test.each([
  ['a line', 'It adds ⟦1⟧.', `It adds ([line 11](${uri}#L11)).`],
  ['lines', 'It adds ⟦2⟧.', `It adds ([lines 21–25](${uri}#L21-L25)).`],
  ['a mark without a blank', 'It adds⟦1⟧', `It adds ([line 11](${uri}#L11))`],
  ['lines that have changed', 'It adds ⟦3⟧.', 'It adds (line 31, changed since).'],
  ['what does not hold', 'It adds ⟦4⟧.', 'It adds (not verified).'],
  ['another file', 'See ⟦5⟧', 'See ([tax.ts, line 51](file:///work/src/tax.ts#L51))'],
  ['a citation that is not there', 'It adds ⟦6⟧.', 'It adds.'],
  ['several', 'a ⟦1⟧ ⟦3⟧', `a ([line 11](${uri}#L11)) (line 31, changed since)`],
  ['a mark at the start', '⟦1⟧ a', `([line 11](${uri}#L11)) a`],
  ['a mark in emphasis', '*⟦1⟧ a*', `*([line 11](${uri}#L11)) a*`],
  ['a mark behind an exclamation mark', 'Careful!⟦1⟧', `Careful! ([line 11](${uri}#L11))`],
  ['a mark behind an address', 'https://e.x⟦1⟧', `\`https://e.x\` ([line 11](${uri}#L11))`],
  ['a mark in a list', '- a ⟦1⟧\n- b', `- a ([line 11](${uri}#L11))\n- b`],
  ['a mark in a cell', '| a |\n| --- |\n| b ⟦1⟧ |', `| a |\n| --- |\n| b ([line 11](${uri}#L11)) |`],
  ['a mark in inline code', '`a ⟦1⟧`', '`a`'],
  ['a mark in a fence', '```\na ⟦1⟧\n```', '```\na\n```'],
  ['a mark in an address', '[a](b⟦1⟧c) ![d](e⟦1⟧)', 'a (`bc`) image: d (`e`)'],
  ['a mark in the address of a reference', '[a][b] ![d][b]\n\n[b]: c⟦1⟧', 'a (`c`) image: d (`c`)'],
  ['brackets around a mark', '[⟦1⟧](http://e.x)', `([line 11](${uri}#L11)) (\`http://e.x\`)`],
])('%s is drawn', (_name, source, drawn) => {
  expect(safeMarkdown(source, cite)).toBe(drawn);
});

test('without citations to draw the marks stay, so that they can be drawn later', () => {
  expect(safeMarkdown('It **adds** ⟦1⟧, `b ⟦2⟧`.')).toBe('It **adds** ⟦1⟧, `b ⟦2⟧`.');
});

test('for places without links the marks are words, or go', () => {
  expect(plainCitations('a ⟦1⟧ b ⟦3⟧ c ⟦4⟧ d ⟦9⟧.', cite)).toBe(
    'a (line 11) b (line 31, changed since) c (not verified) d.',
  );
  expect(plainCitations('a ⟦1⟧.')).toBe('a.');
});

test.each(['⟦1⟧', 'a⟦⟦1⟧⟧', '⟦ 1⟧'])("S20: a model's own %s is no mark", (text) => {
  expect(safeMarkdown(withoutMarks(text), cite)).not.toMatch(/file:|line 11/);
});

test.each([
  '&#x27e6;1&#x27e7;',
  '&#x0027E6;1&#x027E7;',
  '&#10214;1&#10215;',
  '&#0010214;1&#0010215;',
  '&lobrk;1&robrk;',
  '&LeftDoubleBracket;1&RightDoubleBracket;',
  '&lobrk;&#49;&robrk;',
  '[&lobrk;1&robrk;](x)',
  '&amp;lobrk;1&amp;robrk;',
])('S20: a mark that is spelled %s is none, at once and when the text is read again', (text) => {
  expect(linksIn(safeMarkdown(text, cite)).flat()).toEqual([]);
  expect(linksIn(safeMarkdown(safeMarkdown(safeMarkdown(text)), cite)).flat()).toEqual([]);
});

describe('addresses', () => {
  test.each([
    ['file:///a b/(c).ts', 'file:///a%20b/%28c%29.ts#L11'],
    ['file:///a%20b.ts', 'file:///a%20b.ts#L11'],
    ['file:///a%zz.ts', 'file:///a%25zz.ts#L11'],
    ['file:///ä😀.ts', 'file:///%C3%A4%F0%9F%98%80.ts#L11'],
    ['file:///a.ts#L1) [x](command:y', 'file:///a.ts#L11'],
    ['file:///a`*~<>"\'&|\\[]!{}^$.ts', `file:///a%60%2A%7E%3C%3E%22%27%26%7C%5C%5B%5D%21%7B%7D%5E%24.ts#L11`],
    ['file:///a\n\n[x](http://e.x).ts', 'file:///a%0A%0A%5Bx%5D%28http://e.x%29.ts#L11'],
    ['file:///a\ud800.ts', 'file:///a%EF%BF%BD.ts#L11'],
    ['vscode-remote://ssh-remote+host/a.ts', 'vscode-remote://ssh-remote+host/a.ts#L11'],
    ['untitled:Untitled-1', 'untitled:Untitled-1#L11'],
  ])('%j becomes %s', (from, to) => {
    expect(linkTo(cited(1, { uri: from }))).toBe(to);
    expect(linksIn(`x [y](${to})`)).toEqual([[to], [to]]);
  });

  test.each([
    ...['command:a', 'https://e.x/a.ts', 'javascript:a', 'data:a', 'vscode://a/b', 'FILE:///a', ' file:///a', 'x'],
    ...['terminal:/selection', 'gloss:/receipts/a.txt', 'filex:///a', ''],
  ])('S20: %j is never linked', (from) => {
    expect(linkTo(cited(1, { uri: from }))).toBeUndefined();
    expect(linksIn(safeMarkdown('a ⟦1⟧', citeBy([cited(1, { uri: from })], from))).flat()).toEqual([]);
  });

  test.each(['changed', 'unverified'] as const)('S20: what is %s is never linked', (state) => {
    expect(linkTo(cited(1, { state }))).toBeUndefined();
  });

  test.each([
    ...['www.evil.example', 'a](http://e.x)', '![x](y)', '`a`', 'a@b.co', '<img src=x>', 'a\nb', 'a\u202eb', 'a|b'],
    ...['https:%2f%2fe.x', '&lobrk;1&robrk;', '**a**'],
  ])('S20: a file that is named %j means nothing to a renderer', (name) => {
    const other = `file:///work/${encodeURIComponent(name)}`;
    const markdown = safeMarkdown('a ⟦1⟧ b', citeBy([cited(1, { uri: other })], uri));
    const expected = linkTo(cited(1, { uri: other })) ?? '';
    expect(linksIn(markdown)).toEqual([[expected], [expected]]);
    expect(liveBesides(markdown, new Set([expected]))).toEqual([]);
  });
});

/** By the corpus's description an array of strings. */
const corpus = JSON.parse(
  readFileSync(new URL('../../test/corpora/markup-payloads.json', import.meta.url), 'utf8'),
) as readonly string[];
const payloads = [...corpus, ...markdownSeeds];
const around: readonly ((payload: string) => string)[] = [
  (payload) => `${payload}⟦1⟧`,
  (payload) => `⟦1⟧${payload}`,
  (payload) => `![⟦1⟧${payload}⟦2⟧](x)`,
  (payload) => `[${payload} ⟦1⟧`,
  (payload) => `!⟦1⟧(${payload})`,
];

function expectOnlyOurs(source: string): void {
  const markdown = safeMarkdown(source, cite);
  expect(liveBesides(markdown, urls), `${JSON.stringify(source)} became ${JSON.stringify(markdown)}`).toEqual([]);
}

test('S20: payloads around marks stay inert, and the links are ours', { timeout: 600_000 }, () => {
  const all = payloads.flatMap((payload) => around.map((wrap) => wrap(payload)));
  const nested = all.flatMap((payload) => markdownPlaces.slice(0, 6).map((place) => place(payload)));
  for (const payload of [...sample(all), ...sample(nested)]) expectOnlyOurs(payload);
});

const pieces = fc.constantFrom(
  ...['⟦1⟧', '⟦2⟧', '⟦3⟧', '⟦5⟧', '⟦', '⟧', ' ⟦1⟧', '&lobrk;', '&robrk;', '![', '[', '](', ')', ']', '(', '!', '\\'],
  ...['http://e.x', 'www.e.x', 'file:///etc/passwd#L1', 'a@b.co', '<', '>', '<img src=x>', '`', '``', '```', '*', '**'],
  ...[
    '_',
    '~~',
    '\n',
    '\n\n',
    '- ',
    '1. ',
    '> ',
    '# ',
    '| ',
    '|',
    '|-|\n',
    ']: ',
    '[^1]',
    '[^1]: ',
    '    ',
    'word',
    ' ',
  ],
);
const mixtures = fc.array(pieces, { maxLength: 24 }).map((some) => some.join(''));

test('S20: no mixture of marks and pieces has a link that is not ours', { timeout: 600_000 }, () => {
  fc.assert(fc.property(mixtures, expectOnlyOurs), { seed: seed(), numRuns: scaled(10_000) });
});

test('S20: no more links than marks, and read again none is left', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(mixtures, (source) => {
      const markdown = safeMarkdown(source, cite);
      const count = source.match(/⟦[125]⟧/g)?.length ?? 0;
      for (const links of linksIn(markdown)) expect(links.length, source).toBeLessThanOrEqual(count);
      expect(linksIn(safeMarkdown(markdown)).flat(), source).toEqual([]);
    }),
    { seed: seed(), numRuns: scaled(3_000) },
  );
});

test('S20: marks drawn while the text grows are drawn as in the whole', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(mixtures, (source) => {
      const grow = createSafeMarkdown(cite);
      for (let end = 0; end <= source.length; end += 3) {
        const part = source.slice(0, end);
        expect(grow(part), JSON.stringify(part)).toBe(safeMarkdown(part, cite));
      }
    }),
    { seed: seed(), numRuns: scaled(600) },
  );
});

test('the words can be those of another language, and mean nothing to a renderer', () => {
  const words = { ...englishCitations, lines: (first: number) => `Zeile [${first}](x) ![y](z) *a*` };
  const markdown = safeMarkdown('a ⟦1⟧', citeBy(three, uri, words));
  expect(linksIn(markdown)).toEqual([[`${uri}#L11`], [`${uri}#L11`]]);
});

test('a mark is what the pattern finds', () => {
  expect(markOf(12)).toBe('⟦12⟧');
});
