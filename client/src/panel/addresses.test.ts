import { expect, test } from 'vitest';
import { sample } from '../../../test/harness/scale.ts';
import { webAddressOf } from './addresses.ts';

test.each([
  'javascript:alert(1)',
  'command:workbench.action.quit',
  'vscode://gloss.gloss-language-server/x',
  'file:///etc/passwd',
  'data:text/html,x',
  '//example.org',
  'example.org',
  'https://user@example.org',
  'https://user:password@example.org',
  'https://',
  '',
])('S20: %s is never opened', (text) => {
  expect(webAddressOf(text)).toBe(undefined);
});

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['HTTP://Example.org', 'http://example.org/'],
  // The first letter is Cyrillic.
  ['https://\u0430pple.com/', 'https://xn--pple-43d.com/'],
  ['https://example.org/\u202egnp.exe', 'https://example.org/%E2%80%AEgnp.exe'],
])('S20, S24: %s is shown as what it is', (text, shown) => {
  expect(webAddressOf(text)?.shown).toBe(shown);
});

test('S24: no address that is shown hides anything, and what is shown is what is opened', () => {
  const hidden = ['\u200b', '\u202e', '\u00ad', '\u{e0041}', '\ufeff', '\u2066', '\u0000', '\u001b'];
  for (const character of sample(hidden))
    for (const text of [`https://example.org/a${character}b`, `https://example.org/?q=${character}#${character}`]) {
      const address = webAddressOf(text);
      expect(address?.shown).toMatch(/^[\x21-\x7e]+$/);
      expect(address?.shown).toBe(address?.href);
    }
});
