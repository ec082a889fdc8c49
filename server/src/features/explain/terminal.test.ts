/** The text of a terminal as a model may read it. */
import { expect, test } from 'vitest';
import { endOf } from '../../text/terminalText.ts';
import { plainText } from './terminal.ts';

const esc = '\u001b';

test.each([
  ['S19: colours go', `${esc}[31merror${esc}[0m: it broke`, 'error: it broke'],
  ['S19: titles and links go', `${esc}]0;title\u0007a${esc}]8;;https://x.test${esc}\\b`, 'ab'],
  ['S19: single controls go', 'a\u0008b\u0085c', 'abc'],
  ['S24: what hides is shown', 'rm\u202e -rf', 'rm⟨U+202E⟩ -rf'],
  ['what was written over goes', ' 10%\r 50%\r100%\r\ndone\r\n', '100%\ndone'],
  ['blank lines around and blanks at ends go', '\n\n  a  \n\nb\t\n\n', '  a\n\nb'],
])('%s', (_name, given, expected) => {
  expect(plainText(given)).toBe(expected);
});

test('of a long text the end is kept, and what was left out is counted', () => {
  const { lines, linesLeftOut } = endOf(Array.from({ length: 5_000 }, (_, at) => `line ${at}`).join('\n'), 500);
  expect(lines.at(-1)).toBe('line 4999');
  expect(lines.length + linesLeftOut).toBe(5_000);
  expect(lines.length).toBeGreaterThan(50);
});

test.each(['', ' \n\n', `${esc}[0m`])('%j holds no text', (given) => {
  expect(() => plainText(given)).toThrow(/no text in the selection/);
});

test('R31: one endless line is cut, without what is slow', () => {
  expect(endOf(plainText('x'.repeat(200_000)), 100)).toEqual({ lines: ['x'.repeat(97)], linesLeftOut: 0 });
  expect(plainText('\r'.repeat(100_000) + 'a\r'.repeat(50_000))).toBe('a');
});
