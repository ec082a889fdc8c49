/** Plain words. */
import { expect, test } from 'vitest';
import { plainLine, plainMessage } from './plain.ts';

test.each([
  ['lines become one', 'a\n\n  b\tc ', 'a b c'],
  ['hidden characters are shown', 'a\u202eb\u0000', 'a⟨U+202E⟩b⟨U+0000⟩'],
  ['long text is cut', 'x'.repeat(30), `${'x'.repeat(19)}…`],
  ['no pair is cut', `${'x'.repeat(18)}😀😀`, `${'x'.repeat(18)}…`],
])('%s', (_name, text, expected) => {
  expect(plainLine(text, 20)).toBe(expected);
});

test('S20: a message has no links', () => {
  expect(plainMessage('[a](command:x) [b](https://host)')).toBe('[a] (command:x) [b] (https://host)');
});
