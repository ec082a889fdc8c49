/** A model's text with our notes below it. */
import { marked, type Token } from 'marked';
import { expect, test } from 'vitest';
import { composed, escaped, longestShown } from './body.ts';

const same = (markdown: string) => markdown;

test.each([
  ['text alone', 'Text.', [], 'Text.'],
  ['a note alone', '', ['Stopped.'], String.raw`*Stopped\.*`],
  ['text and notes', 'Text.', ['One.', 'Two.'], 'Text.\n\n---\n\n*One\\.*\n\n*Two\\.*'],
  ['nothing', '', [], ''],
])('%s', (_name, text, notes, markdown) => {
  expect(composed({ text, notes }, same, 'cut')).toBe(markdown);
});

test.each([
  '![x](https://evil.example/x.png) [y](command:z) <b>html</b> `code` **bold** https://evil.example www.evil.example a@evil.example',
  '# heading\n- list\n\n1. list\n```\nfence',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '&lt;img&gt; \\* ~~gone~~ [^1] $(icon)',
  '*/* _x_ __y__',
])('S20: a note is plain text to the renderer that VS Code uses, whatever it says: %s', (note) => {
  const [paragraph, ...more] = marked.lexer(`*${escaped(note)}*`);
  const [emphasis] = childrenOf(paragraph);
  expect([more, paragraph?.type, emphasis?.type]).toEqual([[], 'paragraph', 'em']);
  const parts = childrenOf(emphasis);
  expect(new Set(parts.map(({ type }) => type))).toEqual(new Set(['text', 'escape']));
  expect(parts.map((part) => ('text' in part ? part.text : '')).join('')).toBe(note.replaceAll(/\s+/g, ' '));
});

function childrenOf(token: Token | undefined): readonly Token[] {
  return token !== undefined && 'tokens' in token ? (token.tokens ?? []) : [];
}

test('R14: of five million characters the first forty thousand are shown, cut at a line, and a note says so', () => {
  const text = `${'words in a line '.repeat(10)}\n`.repeat(32_000);
  const markdown = composed({ text, notes: [] }, same, 'Cut.');
  expect(text.length).toBeGreaterThan(5_000_000);
  expect(markdown.length).toBeLessThan(longestShown + 100);
  expect(markdown.endsWith(String.raw`*Cut\.*`)).toBe(true);
  expect(text.startsWith(markdown.slice(0, markdown.indexOf('\n\n---')))).toBe(true);
});

test('R21: a cut leaves no half of a surrogate pair', () => {
  const markdown = composed({ text: '😀'.repeat(longestShown), notes: [] }, same, 'Cut.');
  expect(markdown.isWellFormed()).toBe(true);
  expect(composed({ text: `x${'😀'.repeat(longestShown)}`, notes: [] }, same, 'Cut.').isWellFormed()).toBe(true);
});
