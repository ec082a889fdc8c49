/** S20, S21: whatever a model writes, nothing of it loads, opens or renders as HTML; what it meant stays readable. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liveIn, nodesOf, treeOf } from '../../test/harness/markdownOracle.ts';
import { markdownPlaces, markdownSeeds } from '../../test/harness/markdownSeeds.ts';
import { random, sample, scaled, seed } from '../../test/harness/scale.ts';
import { createSafeMarkdown, safeMarkdown } from './markdown.ts';

// By the corpus's description an array of strings.
const corpus = JSON.parse(
  readFileSync(new URL('../../test/corpora/markup-payloads.json', import.meta.url), 'utf8'),
) as readonly string[];
const payloads = [...corpus, ...markdownSeeds];

function expectInert(source: string): void {
  const live = liveIn(safeMarkdown(source));
  if (live.length > 0)
    throw new Error(`${JSON.stringify(source)} became ${JSON.stringify(safeMarkdown(source))}: ${live.join('; ')}`);
}

test('S20, S21: the corpus is there', () => {
  expect(payloads.length).toBeGreaterThanOrEqual(373);
  const live = sample(payloads).filter((payload) => liveIn(payload).length > 0);
  expect(live.length).toBeGreaterThan(0.8 * sample(payloads).length);
});

test('S20, S21: no payload is live on its own', { timeout: 120_000 }, () => {
  for (const payload of [...sample(corpus), ...sample(markdownSeeds)]) expectInert(payload);
});

test('S20, S21: no payload is live in a list, quotation, table, heading, emphasis, footnote or fence', {
  timeout: 600_000,
}, () => {
  const nested = payloads.flatMap((payload) => markdownPlaces.map((place) => ({ place, payload })));
  const some = shuffled(nested).slice(0, scaled(nested.length * 0.4));
  for (const { place, payload } of some) expectInert(place(payload));
});

test('S20, S21: no payload is live while it streams, wherever it is cut', { timeout: 600_000 }, () => {
  const next = random();
  const cuts = payloads.flatMap((payload) =>
    Array.from({ length: Math.min(payload.length, 40) }, (_, index) =>
      payload.length <= 40 ? payload.slice(0, index) : payload.slice(0, Math.floor(next() * payload.length)),
    ),
  );
  for (const cut of shuffled(cuts).slice(0, scaled(5000))) expectInert(cut);
});

// Each of these was live in some renderer before.
test.each([
  '[t](http://e.x)[t](http://e.x)',
  '<http://e.x>`a|b``a|b`',
  '[ `c``c`HTTP://E.X',
  'x`https://e.x``a`b',
  '`www.',
  '**b** www.',
  '- 1. | a |\n     |---|\n  | `b`| https://e.x |\n  |:-:|',
  '> 1. a\n>    | `b` |\n>    |---|\n> 1. | `|![i](http://e.x)` | b |\n>    |---|',
  '- 10. w\n\n      | a | b |\n      |:-|:-:|\n  | x` | https://e.x/y `z |',
  '*a ``x`*![i](http://e.x)`` b*',
  '\\` `![i](http://e.x)*` *x*',
  '| a |\n|---|\n| `b\\\\|![i](http://e.x)` |',
  '| a |\n|---|\n| [a](<http://x/\\\\\\|![i](u)>) |',
])('S20: %j has become inert', (source) => {
  expectInert(source);
});

/** Pieces that matter to some renderer, in any order. */
const pieces = fc.constantFrom(
  ...[
    '![a](http://e.x/p)',
    '[t](http://e.x)',
    '<http://e.x>',
    'https://e.x/y',
    'www.e.x',
    'www.',
    'a@b.co',
    '<img src=x>',
    '</b>',
    '<!--',
    '-->',
    '<div>\n',
  ],
  ...[
    '[r]: http://e.x',
    '[r]',
    '[^1]',
    '[^1]: n',
    '`',
    '``',
    '```',
    '~~~',
    '*',
    '**',
    '_',
    '~',
    '~~',
    '\n',
    '\n\n',
    '\n',
    '  ',
    '    ',
    '\t',
    '\r\n',
  ],
  ...[
    '- ',
    '1. ',
    '10) ',
    '+ ',
    '> ',
    '# ',
    '| ',
    '|',
    '|-|\n',
    '\n| --- | --- |\n',
    '\\',
    '\\|',
    '\\\n',
    '  \n',
    '===',
    '---',
    '***',
    '[ ] ',
    '[x] ',
  ],
  ...[
    '&amp;',
    '&#91;',
    '&lt;',
    '&#x60;',
    '&#10;',
    '&#32;',
    '&#124;',
    '(',
    ')',
    '[',
    ']',
    '!',
    '<',
    '>',
    '](',
    '][',
    ']:',
    ':',
    'http:',
    '//',
  ],
  ...[
    'word',
    'a_b',
    '`c`',
    '`a|b`',
    '`![i](http://e.x)`',
    '``a`![i](http://e.x)``',
    '*`` c`*![i](http://e.x) ``*',
    '`a\\|![i](http://e.x)`',
    '\u00a0',
    '\u2028',
    '中',
    '🎉',
  ],
);

test('S20, S21: no mixture of pieces is live', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (mixture) => expectInert(mixture.join(''))),
    { seed: seed(), numRuns: scaled(10_000) },
  );
});

/** They make paragraphs that are blank or end in blank lines. */
const lineBreaksFromEntities = [
  '\\\n&#10;\n\n![a](http://e.x/p)\n\n- a',
  '&#10;\n\nx\n\ny',
  'x\n\n&#10;\n\ny\n\nz',
  'x\n\n&#10;a\n\ny\n\nz',
];

test('S20: a growing text gives at every length what the whole function gives', { timeout: 600_000 }, () => {
  const blocks = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map((some) => some.join('')),
    fc.constantFrom('- a\n- b', '```\nx\n```', '    code', '> q', '# h', '10. x', '|a|\n|-|\n|b|'),
  );
  const documents = fc.array(blocks, { maxLength: 6 }).map((some) => some.join('\n\n'));
  fc.assert(
    fc.property(documents, fc.array(fc.nat({ max: 5 }), { minLength: 3, maxLength: 3 }), (document, steps) => {
      const grow = createSafeMarkdown();
      for (let end = 0, step = 0; end <= document.length; end += 1 + (steps[step++ % 3] ?? 0)) {
        const part = document.slice(0, end);
        expect(grow(part), JSON.stringify(part)).toBe(safeMarkdown(part));
      }
    }),
    { seed: seed(), numRuns: scaled(600), examples: lineBreaksFromEntities.map((text) => [text, [0, 0, 0]]) },
  );
});

test('S20: a text that is replaced instead of growing is read anew', () => {
  const grow = createSafeMarkdown();
  for (const text of [
    ...['a\n\nb\n\nc', 'a\n\nB', '', 'x [r]\n\ny', 'x [r]\n\ny\n\n[r]: http://e.x', 'x\n\ny'],
    ...['    code\n\n1', '    code\n\n10.', '- a\n\nb', '- a\n\n- b', '```\n\n', '```\n\nx'],
  ])
    expect(grow(text)).toBe(safeMarkdown(text));
});

test.each([
  ['an image', '![a cat](http://e.x/c.png "t")', 'image: a cat (`http://e.x/c.png`)'],
  ['an image without words', '![](http://e.x/c.png)', 'image (`http://e.x/c.png`)'],
  ['a link', 'see [the docs](https://e.x/d).', 'see the docs (`https://e.x/d`).'],
  ['a link that says its address', '[https://e.x](https://e.x)', '`https://e.x`'],
  ['a link that says another address', '[https://good.x](https://e.x)', '`https://good.x` (`https://e.x`)'],
  ['a link of code', '[`foo`](#L5)', '`foo` (`#L5`)'],
  ['a link without words', '[](https://e.x)', '`https://e.x`'],
  ['a link without address', '[text]()', 'text'],
  ['a reference', '[a][r] and [r]\n\n[r]: https://e.x', 'a (`https://e.x`) and r (`https://e.x`)'],
  ['a definition that nothing uses', '[r]: https://e.x', '\\[r]: `https://e.x`'],
  ['an address', 'see https://e.x/a, or www.e.x.', 'see `https://e.x/a`, or `www.e.x`.'],
  ['a mail address', 'ask me@e.co now', 'ask `me@e.co` now'],
  ['an address that only some renderers see', 'xhttps://e.x', 'x`https://e.x`'],
  ['HTML in a line', 'a <b>bold</b> word', 'a \\<b>bold\\</b> word'],
  ['HTML on its own', '<div>\nx\n\n</div>', '\\<div>\nx\n\n\\</div>'],
  ['a footnote', 'a[^1]\n\n[^1]: the note', 'a[^1]\n\n\\[^1]: the note'],
  ['a hidden character', 'a\u202eb `c\u200bd`', 'a⟨U+202E⟩b `c⟨U+200B⟩d`'],
  ['a hidden character spelled as an entity', 'a&#x202e;b', 'a⟨U+202E⟩b'],
  [
    'inline code with backticks and an address',
    '``a`![i](http://e.x)`` and ` `` `',
    'a&#96;!\\[i](`http://e.x`) and ``` `` ```',
  ],
  ['a line of code on two lines', '`a\nb`', '`a b`'],
  ['text with a blank line in it', 'a&#10;&#10;b', 'a\nb'],
  ['an address of an old kind', 'ftp://e.x/a', '`ftp://e.x/a`'],
  ['a rule', 'a\n\n---\n\nb', 'a\n\n___\n\nb'],
  ['a very long address', `[a](https://e.x/${'q'.repeat(5000)})`, `a (\`https://e.x/${'q'.repeat(488)}…\`)`],
])('S20: %s can be read', (_name, source, safe) => {
  expect(safeMarkdown(source)).toBe(safe);
});

test.each([
  'Uses `Array<string>` and snake_case, a * b, C#, --flag, 50% and 🎉.',
  'It calls `foo(a, b)` when `x < 3 && y > 2`; arr[0] is **not** read.',
  'a < b, a <= b, a && b, f(x), #1, @param, $HOME, ~/.ssh, C:\\Users, \\d+, 2^n, "q" and \'s\'',
  'one * alone, one ~5 ms, one _private name',
  '1. x\n2. y\n\n   more of y',
  '- a\n  - b\n  - c\n- d',
  '- [ ] to do\n- [x] done',
  '# Heading\n\nText\n\n## Another: `code`\n\n> quoted\n> lines',
  '| a | b |\n| --- | --: |\n| `x` | y |',
  '*it* **bold** ***both*** ~~gone~~ **a *b* c**',
  '```ts\nconst a: Array<string> = ["![x](http://e.x)"];\n```',
  'first\\\nsecond\nthird',
  'L12-L15: sets `total`',
  'naïve 日本語 می\u200cخواهم 👩🏽\u200d💻',
  '',
])('ordinary Markdown stays as it is: %j', (source) => {
  expect(safeMarkdown(source)).toBe(source);
});

test.each([
  ['stars that could pair', '\\*b and c\\*d', '\\*b and c\\*d'],
  ['a list marker that is text', '\\- a', '\\- a'],
  ['a number that is text', '1\\. x', '1\\. x'],
  ['brackets before a parenthesis', 'f[0]\\(x) and g[1]', 'f\\[0](x) and g\\[1]'],
  ['a pipe in a cell', '| a |\n| --- |\n| `b\\|c` d\\|e |', '| a |\n| --- |\n| `b\\|c` d\\|e |'],
  ['a table that is not one', 'a | b\n\\--- | ---', 'a | b\n\\--- | ---'],
])('where text could be taken for a mark it is escaped: %s', (_name, source, safe) => {
  expect(safeMarkdown(source)).toBe(safe);
});

test('code fences keep their language and every character, wherever they stand', { timeout: 120_000 }, () => {
  const plain = (text: string) => text.replace(/[^\P{Cc}\t]|\u2028/gu, '').replaceAll('\t', '  ');
  const line = fc.oneof(fc.string({ maxLength: 20 }), pieces).map(plain);
  const wraps = fc.constantFrom((text: string) => text, ...markdownPlaces.slice(0, 5));
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 6 }),
      wraps,
      fc.constantFrom('ts', 'c++', 'c#', 'objective-c', ''),
      (lines, wrap, language) => {
        const value = lines.join('\n');
        const mark = '`'.repeat(Math.max(3, ...(value.match(/`+/g) ?? []).map((run) => run.length + 1)));
        const written = nodesOf(treeOf(safeMarkdown(wrap(`${mark}${language}\n${value}\n${mark}`)))).find(
          ({ type }) => type === 'code',
        );
        expect(written?.value).toBe(value);
        expect(written?.lang ?? '').toBe(language);
      },
    ),
    { seed: seed(), numRuns: scaled(1500) },
  );
});

test('every word can still be read', () => {
  const forms: readonly ((word: string) => string)[] = [
    (word) => word,
    (word) => `![${word}](http://e.x)`,
    (word) => `[${word}](http://e.x/${word})`,
    (word) => `\`${word}\``,
    (word) => `<b ${word}>`,
    (word) => `\n\n<div>\n${word}\n</div>\n\n`,
    (word) => `\n\n- ${word}\n`,
    (word) => `\n\n> ${word}\n\n`,
    (word) => `\n\n\`\`\`${word}\n${word}\n\`\`\`\n\n`,
    (word) => `**${word}**`,
    (word) => `\n\n[${word}]: http://e.x\n\n`,
    (word) => `\n\n[^${word}]: x\n\n`,
    (word) => `<http://${word}>`,
    (word) => `\n\n# ${word}\n\n`,
    (word) => `\n\n| a |\n|---|\n| ${word} |\n\n`,
    (word) => `<!-- ${word} -->`,
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...forms), { minLength: 1, maxLength: 12 }), (chosen) => {
      const source = chosen.map((form, index) => form(`word${index}x`)).join(' ');
      const safe = safeMarkdown(source);
      for (const index of chosen.keys()) expect(safe, JSON.stringify(source)).toContain(`word${index}x`);
    }),
    { seed: seed(), numRuns: scaled(3000) },
  );
});

const monsters: Readonly<Record<string, string>> = {
  'quotation marks': '>'.repeat(10_000),
  'nested quotations': '> '.repeat(25).concat('x\n').repeat(1000),
  brackets: '['.repeat(10_000),
  'closed brackets': '[a]'.repeat(20_000),
  'half links': '[a]('.repeat(20_000),
  images: '!['.repeat(50_000),
  stars: 'a**b*c'.repeat(15_000),
  'nested emphasis': '*a'.repeat(5000) + 'a*'.repeat(5000),
  underscores: '_a'.repeat(40_000),
  backticks: '`a``b'.repeat(20_000),
  'angle brackets': '<a'.repeat(50_000),
  comments: '<!--'.repeat(20_000),
  'nested lists': Array.from({ length: 250 }, (_, index) => `${'  '.repeat(index)}- x`).join('\n'),
  'a wide table': `${'|a'.repeat(5000)}\n${'|-'.repeat(5000)}\n`,
  'a long table': `|a|\n|-|\n${'|c|\n'.repeat(10_000)}`,
  definitions: '[a]: x\n'.repeat(10_000),
  'mail addresses': 'a@b.'.repeat(20_000),
  words: 'a'.repeat(100_000),
  backslashes: '\\'.repeat(99_999),
  spaces: `${' '.repeat(50_000)}x`,
  'a million characters': 'word '.repeat(200_000),
  mixed: '*_~`[<'.repeat(15_000),
};

test.each(Object.keys(monsters))('S41: %s in thousands are answered, and inert', { timeout: 60_000 }, (name) => {
  const source = monsters[name] ?? '';
  const safe = safeMarkdown(source);
  expect(safe.length).toBeLessThan(source.length * 6 + 100);
  // The renderers themselves do not survive all of this; a fence is all that they need to see.
  if (/^(`{3,})\n[\s\S]*\n\1$/.test(safe)) expect(safe).toContain(source.slice(0, 100));
  else if (safe.length < 30_000) expect(liveIn(safe)).toEqual([]);
});

test('S41: a text longer than any answer is shown as it is', () => {
  expect(safeMarkdown('**word**\n\n'.repeat(12_000))).toMatch(/^```\n\*\*word/);
  expect(safeMarkdown('**word**\n\n'.repeat(8000))).toMatch(/^\*\*word/);
});

test.each(['stars', 'closed brackets', 'half links', 'nested emphasis', 'quotation marks', 'mixed'])(
  'S41: %s that would take long are shown as they are',
  (name) => {
    expect(safeMarkdown(monsters[name] ?? '')).toMatch(/^`{3,}\n/);
  },
);

test('what cannot be taken apart is shown whole in a fence that nothing in it ends', () => {
  expect(safeMarkdown(`${'>'.repeat(100)}\n\`\`\`\`\n![a](http://e.x)`)).toMatch(
    /^`{5}\n>+\n`{4}\n!\[a\]\(http:\/\/e\.x\)\n`{5}$/,
  );
});

function shuffled<Member>(members: readonly Member[]): readonly Member[] {
  const next = random();
  return members
    .map((member) => ({ member, order: next() }))
    .sort((one, other) => one.order - other.order)
    .map(({ member }) => member);
}
