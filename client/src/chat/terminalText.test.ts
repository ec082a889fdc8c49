/** S19: whatever a command writes, a terminal of ours is given no control sequence. */
import { expect, test } from 'vitest';
import { asTerminalText } from './terminalText.ts';

test.each([
  ['one\ntwo\r\nthree', 'one\r\ntwo\r\nthree'],
  ['a\x1b[31mred\x1b[0m', 'ared'],
  ['\x1b]52;c;aGk=\x07clip\x1b]0;title\x1b\\board', 'clipboard'],
  ['back\b\b\x07\x9b2Jspace', 'backspace'],
  ['alone\rcut \x1b', 'alonecut '],
])('S19: %j', (text, shown) => {
  expect(asTerminalText(text)).toBe(shown);
});
