/** The hover over a hunk. What a text is to a Markdown reader is asked of one. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import type { Hunk } from '#shared/edits.ts';
import { safeMarkdown } from '#shared/markdown.ts';
import { words } from '../../../test/harness/words.ts';
import { codeBlock, hoverText } from './hoverText.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
const hunk: Hunk = {
  ...{ id: 'h', group: 'g', uri: 'a', version: 1, range, title: 'Simplify', state: 'proposed', growing: false },
  ...{ place: 'buffer', before: 'old();\n', after: 'new();\n', warnings: [] },
};
const parts = { languageId: 'typescript', said: '', notes: [], safe: safeMarkdown, words };

test('it shows what was there, what the model said, and what is to be known', () => {
  const shown = hoverText(
    { ...hunk, warnings: ['Has *hidden* characters.'] },
    { ...parts, said: 'Shorter.', notes: ['Demo.'] },
  );
  expect(shown).toBe(
    '**Simplify**\n\nShorter.\n\n- Has \\*hidden\\* characters\\.\n- Demo\\.\n\nRemoved\\:\n\n```typescript\nold();\n```',
  );
});

test('where nothing was removed there is no code', () => {
  expect(hoverText({ ...hunk, before: '' }, parts)).toBe('**Simplify**');
});

test('of a long text the beginning is shown', () => {
  const shown = hoverText({ ...hunk, before: 'line\n'.repeat(100) }, parts);
  expect(shown.split('\n').filter((line) => line === 'line').length).toBe(40);
  expect(shown).toMatch(/60 more lines\\: use Compare\\\.$/);
});

const hostile = [
  '```\n[a](command:x)\n```', '````', '~~~\n![x](https://host/a.png)', '```` x\n````\n<img src=x>', '`'.repeat(50), '\n\n# heading',
  '</pre><script>', '[a]: command:x\n[a]', '- list\n    ```', '> ```', '\t```\n', '```js\n```', '\r\n```\r\n', '$(gear)', '&lt;b&gt;',
]; // biome-ignore format: a list of odd things

test.each(hostile.map((text) => [text]))('S20: %j is code and nothing else', (text) => {
  const { children } = fromMarkdown(codeBlock(text, 'typescript'));
  const normal = text.replaceAll(/\r\n?/g, '\n').replace(/\n$/, '');
  expect(children.map((node) => (node.type === 'code' ? node.value : node.type))).toEqual([normal]);
});

test('S20: a language that is no name, and a title that is Markdown, have no effect', () => {
  expect(codeBlock('x', 'a\n```\n[b](command:c)')).toBe('```\nx\n```');
  const [heading] = fromMarkdown(
    hoverText({ ...hunk, title: '[a](command:b) <img> `x`\n# y', before: '' }, parts),
  ).children;
  expect(JSON.stringify(heading)).not.toMatch(/"(link|image|html|inlineCode|heading)"/);
});

test('S24: hidden characters are written out', () => {
  expect(codeBlock('a\u202eb', '')).toBe('```\na⟨U+202E⟩b\n```');
});
