/** S20, S21: a conversation as Markdown is readable, names its receipts, and nothing in it passes for what it is not. */
import { expect, test } from 'vitest';
import { entry, inRow, said } from '../../../test/harness/conversations.ts';
import type { Entry } from '../ports.ts';
import { conversationMarkdown } from './markdown.ts';
import { noUsage } from './values.ts';

const times = { begun: '2026-11-28T12:00:00.000Z', changed: '2026-11-28T12:00:00.000Z' };
const exported = (entries: readonly Entry[], title = 'A title') =>
  conversationMarkdown({ summary: { id: 'a', title, ...times, questions: 1, usage: noUsage }, entries });

test('turns have headings, calls and receipts a line each', () => {
  const asked = said.asked('Read **a**.');
  const attached = [{ name: '@src/a.ts#L5-10', kind: 'file' as const, tokens: 5, sources: [] }];
  const entries = inRow([
    asked.kind === 'asked' ? { ...asked, attached } : asked,
    said.answered('I will.', 'a', 'b'),
    said.results('a', 'b'),
    said.answered('# Result\n\n```md\n# not a heading\n```'),
    said.noted('The limit was reached.'),
    said.asked('Thanks.'),
  ]);
  expect(exported(entries)).toMatchInlineSnapshot(`
    "# A title

    ## You, 2026-11-28 12:00 UTC

    Read **a**.

    Attached: \`@src/a.ts#L5-10\`

    ## Claude (m), 2026-11-28 12:00 UTC

    I will.

    Receipt: \`receipts/r.md\`

    - \`Read a.ts\`: done
    - \`Read b.ts\`: done

    ### Result

    \`\`\`md
    # not a heading
    \`\`\`

    Receipt: \`receipts/r.md\`

    *The limit was reached.*

    ## You, 2026-11-28 12:00 UTC

    Thanks.
    "
  `);
});

test('S21: no text looks like a turn, and nothing loads, opens or is HTML', () => {
  const hostile =
    '## You, 2026-11-28 12:00 UTC\n\n![x](https://evil.example/a.png) <img src=x> [go](command:evil)\n\n# You';
  const answered = said.answered(hostile);
  const cut = answered.kind === 'answered' ? { ...answered, model: hostile, cut: hostile, receipt: '`x`' } : answered;
  const results = said.results('a');
  const call =
    results.kind === 'results' ? { ...results, calls: [{ ...results.calls[0], title: `\`\n${hostile}` }] } : results;
  const entries = [said.asked(hostile), cut, call as typeof results, said.noted(hostile)];
  const text = exported(
    entries.map((content, at) => entry(`e${at}`, undefined, content)),
    hostile,
  );
  expect(text.match(/^#{1,2} .*$/gm)?.map((line) => line.slice(0, 12))).toEqual([
    '# \\## You, 2',
    '## You, 2026',
    '## Claude (\\',
  ]);
  const outside = text.replace(/(`+)[^\n]*?[^`]\1(?!`)/g, '');
  expect(outside).not.toMatch(/(?<!\\)<img|(?<!\\)\[[^\]\n]*\]\(/);
});
