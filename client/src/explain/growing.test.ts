/** Growing Markdown is made inert piece by piece, and reads as if it had been done at once. */
import { expect, test } from 'vitest';
import { safeMarkdown } from '#shared/markdown.ts';
import { createGrowing } from './growing.ts';

const answer = [
  '# Sum',
  'The function adds *up*.',
  '- one\n- two\n\n  more of two\n- three',
  '> quoted',
  'Text again.',
  '- loose\n\n- list\n\n  with more\n\n  ```\n  code\n\n  code\n  ```\n\n- end',
  '1. loose\n\n2. numbers\n\n> quote\n\n> quote',
  '```js\nconst a = 1;\n\nfor (;;) {}\n```',
  '1. first\n2. second',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  'The end.',
].join('\n\n');

test('each state on the way reads as if the whole had been made inert', () => {
  const growing = createGrowing(safeMarkdown);
  for (let length = 1; length <= answer.length; length += 7) {
    const text = answer.slice(0, length);
    expect(growing(text)).toBe(safeMarkdown(text).trim());
  }
  expect(growing(answer)).toBe(safeMarkdown(answer).trim());
});

test('what is complete is made inert once', () => {
  let characters = 0;
  const growing = createGrowing((markdown) => {
    characters += markdown.length;
    return markdown;
  });
  const paragraphs = Array.from({ length: 100 }, (_, index) => `Paragraph ${index} with some text.`).join('\n\n');
  for (let length = 0; length <= paragraphs.length; length += 50) growing(paragraphs.slice(0, length));
  expect(characters).toBeLessThan(paragraphs.length * 3);
});

test('another text begins anew', () => {
  const growing = createGrowing((markdown) => markdown);
  growing('One.\n\nTwo.\n\nThree');
  expect(growing('Other.')).toBe('Other.');
});

test('S20: a link, an image or HTML is inert wherever the text is cut', () => {
  const hostile = [
    'See ![x](https://evil.example/a.png) now.',
    '[docs](command:evil) and <img src="https://evil.example/b.png">',
    '[x]: https://evil.example/c\n\n[x]',
    '<!-- open\n\n![y](https://evil.example/d.png)',
    '```\n\n![in code](https://evil.example/e.png)\n\n```',
  ].join('\n\n');
  const growing = createGrowing(safeMarkdown);
  for (let length = 1; length <= hostile.length; length++) {
    const text = growing(hostile.slice(0, length));
    // Inert text stays as it is when it is made inert once more.
    expect(safeMarkdown(text).trim()).toBe(text);
  }
});
