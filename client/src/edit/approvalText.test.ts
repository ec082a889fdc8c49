/** S17: what is shown before a file is changed is all of it, and no two changes look the same. */
import { expect, test } from 'vitest';
import type { Approval } from '#shared/edits.ts';
import { words } from '../../../test/harness/words.ts';
import { questionFor, visible, visibleLine } from './approvalText.ts';

/** The text that a shown one stands for: it can be read back, so no two texts are shown alike. */
function readBack(shown: string): string {
  return shown.replaceAll(/⟨(?:U\+([\dA-F]+)|(\d+) (blanks|tabs|empty lines))⟩/g, (_all, code, count, kind) => {
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    const number = Number(count);
    return kind === 'blanks' ? ' '.repeat(number) : kind === 'tabs' ? '\t'.repeat(number) : '\n'.repeat(number - 1);
  });
}

const covers = ['', 'package.json', '"scripts": {"x": "', '😀', '漢字', 'شكر', '⟨', '⟨U+', '⟨60 blanks⟩', 'U+202E⟩'];
const marks = [
  '\u202e', '\u200b', '\u2066', '\u00ad', '\ufeff', '\u{e0041}', '\u0000', '\u001b[2K', '\u0007', '\r', '\u2028', '\u00a0', '\u3000',
  ' '.repeat(4000), ' '.repeat(60), '\t'.repeat(40), '\n'.repeat(500), '⟨U+202E⟩', '⟨U+202E', '\u200d\u202e', '\u2800\u3164',
]; // biome-ignore format: a list of odd things
const texts = covers.flatMap((cover) =>
  marks.flatMap((mark) => [cover + mark, `${mark}${cover} x`, `${cover}${mark}⟩${cover}`]),
);

test('S17: every text can be read back from what is shown of it', () => {
  expect(texts.length).toBeGreaterThan(150);
  for (const text of texts) {
    expect(readBack(visible(text))).toBe(text.replaceAll('\r\n', '\n'));
    expect(readBack(visibleLine(text))).toBe(text.replaceAll('\r\n', '\n'));
  }
  const different = new Set(texts);
  expect(new Set([...different].map(visible)).size).toBe(different.size);
});

test('S17: nothing that hides, steers or pushes text out of sight is left', () => {
  for (const text of texts) {
    expect(visible(text)).not.toMatch(
      /[\u202a-\u202e\u2066-\u2069\u200b\u00ad\ufeff\u2028\u3164]|[^\P{Cc}\n\t]| {60}|\t{20}|\n{20}/u,
    );
    expect(visibleLine(text)).not.toMatch(/[\n\t]/);
  }
});

test('S17: honest files are shown as they are', () => {
  const file = '{\n  "name": "größe",\n\t"emoji": "👨‍👩‍👧"\n}\n';
  expect(visible(file)).toBe(file);
  expect(visible(file.replaceAll('\n', '\r\n'))).toBe(file);
});

const approval: Approval = {
  uri: 'file:///w/package.json',
  target: '/w/package.json',
  reasons: ['Its scripts are run by npm.'],
  before: '{}\n',
  after: '{ "a": 1 }\n',
};

test('the question says what, where, through which link, and why', () => {
  expect(questionFor([{ ...approval, link: '/w/link.json' }], 'Simplify', words)).toEqual({
    message: 'Simplify: change a file that runs or configures something?',
    detail: 'File: "/w/package.json"\nReached by the link: "/w/link.json"\n• Its scripts are run by npm.',
  });
});

test('S7: each of several files is named by where it really is, with nothing left out', () => {
  const files = Array.from({ length: 40 }, (_, index) => ({
    ...approval,
    target: `/w/${'x'.repeat(300)}${index}`,
    before: '',
  }));
  const { message, detail } = questionFor(files, 'Simplify', words);
  expect(message).toBe('Simplify: change 40 files that run or configure something?');
  expect(files.every(({ target }) => detail.includes(`New file: "${target}"`))).toBe(true);
});

test('S17: a path cannot look like another one or begin a new line', () => {
  const { detail } = questionFor([{ ...approval, target: '/w/a\n• harmless \u202enosj.egakcap ' }], 'x\ny', words);
  expect(detail).toContain('File: "/w/a⟨U+000A⟩• harmless ⟨U+202E⟩nosj.egakcap "\n');
});

test('what is not to be seen in the two texts is said', () => {
  expect(questionFor([{ ...approval, after: '' }], 'x', words).detail).toContain('• Nothing is left in it.');
  expect(questionFor([{ ...approval, after: '{}\r\n' }], 'x', words).detail).toContain('• Its line ends change.');
});
