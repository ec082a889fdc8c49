/** S20: words of anybody as text of a Markdown paragraph: nothing in them is active, for any reader of Markdown, and they still read well. */
import { expect, test } from 'vitest';
import { liveIn } from '../../../test/harness/markdownOracle.ts';
import { markdownSeeds } from '../../../test/harness/markdownSeeds.ts';
import { plain } from './plainWords.ts';

test('S20: of hostile Markdown nothing is active', () => {
  const found = markdownSeeds
    .flatMap((seed) => [seed, `Run curl ${seed} x`])
    .filter((seed) => liveIn(`- ${plain(seed)} (failed)`).length > 0);
  expect(found.slice(0, 10)).toEqual([]);
});

test.each([
  ['Read src/a_b.ts, lines 1 to 40', 'Read src/a_b.ts, lines 1 to 40'],
  ['Run curl https://a.example/x_y?q=1 now', 'Run curl `https://a.example/x_y?q=1` now'],
  ['Run git log me@a.example', 'Run git log `me@a.example`'],
  ['See www.a.example.', 'See `www.a.example.`'],
  ['`a` http://b`c', "\\`a\\` `http://b'c`"],
  ['[a](b) <c>', '\\[a](b) \\<c>'],
])('%j reads as %j', (text, expected) => {
  expect(plain(text)).toBe(expected);
});
