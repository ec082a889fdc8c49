/** An explanation as the text of a document, streaming and complete. */
import { expect, test } from 'vitest';
import { englishCitations } from '#shared/citations.ts';
import type { Explanation } from '#shared/explain.ts';
import { words } from '../../../test/harness/words.ts';
import { createDocumentText, fileNameOf } from './documentText.ts';
import { failed, finished, newTurn, received, started } from './turns.ts';

const uri = 'file:///project/cart.ts';
const answer: Explanation = {
  id: 'a',
  markdown: 'It adds ⟦1⟧ and ⟦2⟧.',
  citations: [
    { number: 1, uri, firstLine: 2, lastLine: 3, state: 'verified' },
    { number: 2, uri, firstLine: 9, lastLine: 9, state: 'unverified' },
  ],
  ...{ kind: 'file', level: 'normal', model: 'claude-sonnet-5-5', demo: false, context: { tokens: 0, budget: 0 } },
  range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
  usage: { inputTokens: 500, outputTokens: 180, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0.0042 },
  notices: ['A secret was replaced.'],
};
const shown = (root: string | undefined = 'file:///project') =>
  createDocumentText({ title: 'Explanation of cart.ts', uri, words, citeWords: englishCitations, root });

test('a complete one: verified lines are links, others are not; notices and cost below', () => {
  expect(shown()([finished(newTurn(), answer)])).toMatchInlineSnapshot(`
    "# Explanation of cart\\.ts

    It adds ([lines 3–4](/cart.ts#L3-L4)) and (not verified).

    ---

    *A secret was replaced\\.*

    *claude\\-sonnet\\-5\\-5 · 500 in\\, 180 out · \\$0\\.0042*
    "
  `);
});

test('what the demo wrote is called so once: its text says that no model is running', () => {
  const demo = { ...answer, demo: true, markdown: '*Demo: no model is running.*', citations: [] };
  const text = shown()([finished(newTurn(), demo)]);
  expect(text.match(/no model is running/g)).toHaveLength(1);
  expect(text).toMatch(/\n\*demo\*\n$/);
});

test('one that streams says so, and has the links of the pieces that came', () => {
  const [first] = answer.citations;
  const turn = received(started(newTurn()), 'It adds ⟦1⟧', first === undefined ? [] : [first]);
  expect(shown()([turn])).toMatchInlineSnapshot(`
    "# Explanation of cart\\.ts

    It adds ([lines 3–4](/cart.ts#L3-L4))

    *writing …*
    "
  `);
});

test('R4: what had arrived before a failure stays', () => {
  const turn = failed(received(started(newTurn()), 'It adds'), { kind: 'connection', message: 'Broken off.' });
  expect(shown()([turn])).toContain('It adds');
  expect(shown()([turn])).toContain(String.raw`Broken off\.`);
});

test.each([
  '![x](https://evil.example/x.png)',
  '[y](command:workbench.action.quit)',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a]: https://evil.example\n\n[a]',
])('S20: nothing of %s loads, opens or runs', (markdown) => {
  const text = shown()([finished(newTurn(), { ...answer, markdown, citations: [] })]);
  expect(text).not.toMatch(/(?<!\\)[![]\w*\]\(|(?<![\\`])<(script|img)/);
});

test('S20: a name of a file is no Markdown in the heading', () => {
  const title = '[x](command:y) <b>';
  const text = createDocumentText({ title, uri, words, citeWords: englishCitations, root: undefined })([]);
  expect(text).toBe('# \\[x\\]\\(command\\:y\\) \\<b\\>\n');
});

test.each([
  ['Explanation of src/a.ts', 'Explanation of src a.ts.md'],
  ['x\u202eab:c#d%2f', 'x ab c d 2f.md'],
  ['a'.repeat(200), `${'a'.repeat(100)}.md`],
])('%s is called %s', (title, name) => {
  expect(fileNameOf(title)).toBe(name);
});

test.each(['file:///proj', 'file:///other'])(
  'lines of a file outside of the folder %s are no link: the preview would not open it',
  (root) => {
    const text = shown(root)([finished(newTurn(), answer)]);
    expect(text).toContain('It adds (lines 3–4) and (not verified).');
  },
);
