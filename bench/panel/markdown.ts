/** Much Markdown of every kind, as an answer of a model may have it. */

const passage = `## A heading

Some *words* of a paragraph with \`code\`, **more** and src/a.ts:12, as long as such a paragraph is.

- one thing
- another thing
  - and one below it

| a | b |
| --- | ---: |
| one | 1 |

`;
const code = `\`\`\`ts\n${'const value = compute(1, "two"); // three\n'.repeat(60)}\`\`\`\n\n`;
const unit = passage.repeat(12) + code;

/** What a short reply has. */
export const shortMarkdown = passage.repeat(3);

/** @param length In UTF-16 code units. */
export function manyMarkdown(length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}
