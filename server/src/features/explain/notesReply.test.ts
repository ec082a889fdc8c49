/** What of a model's notes stands: those on a line that reads as they quote it. */
import { describe, expect, test } from 'vitest';
import { notesIn, objectsIn } from './notesReply.ts';

const code = `function total(items) {
  let sum = 0;
  for (const item of items) {
    sum += price(item);
  }
\tsum  =  round(sum);
  return sum;
}
  return sum;`;
const lines = code.split('\n').map((text, index) => ({ uri: 'file:///a.js', line: 10 + index, text }));

interface Given {
  readonly line: number;
  readonly quote: string;
  readonly note?: string;
}

/** Each note that stands as `line: text`, lines counted from 1, and how many were dropped. */
function standing(given: readonly Given[] | string, most = 10): string {
  const notes =
    typeof given === 'string' ? given : JSON.stringify({ notes: given.map((each) => ({ note: 'n', ...each })) });
  const found = notesIn(notes, lines, most);
  return [...found.notes.map(({ line, text }) => `${line + 1}: ${text}`), `-${found.dropped}`].join(' | ');
}

test.each<[string, Given, string]>([
  ['the line as it is', { line: 12, quote: 'let sum = 0;' }, '12: n | -0'],
  ['with the blanks around it', { line: 12, quote: '  let sum = 0;  ' }, '12: n | -0'],
  ['other blanks inside', { line: 16, quote: 'sum = round(sum);' }, '16: n | -0'],
  ['a part of the line', { line: 13, quote: 'item of items' }, '13: n | -0'],
  ['the line is miscounted', { line: 12, quote: 'sum += price(item);' }, '14: n | -0'],
  ['miscounted, and there are two such lines', { line: 18, quote: 'return sum;' }, '-1'],
  ['two such lines, and one is named', { line: 19, quote: 'return sum;' }, '19: n | -0'],
  ['miscounted by far', { line: 300, quote: 'let sum = 0;' }, '-1'],
  ['another text', { line: 12, quote: 'let sum = 1;' }, '-1'],
  ['other letters', { line: 12, quote: 'LET SUM = 0;' }, '-1'],
  ['a bracket alone', { line: 15, quote: '}' }, '-1'],
  ['no quote', { line: 12, quote: '' }, '-1'],
  ['no note', { line: 12, quote: 'let sum = 0;', note: ' \n' }, '-1'],
  ['a line before the first', { line: -4, quote: 'let sum = 0;' }, '-1'],
  ['half a line', { line: 12.5, quote: 'let sum = 0;' }, '12: n | -0'],
])('%s', (_name, note, expected) => {
  expect(standing([note])).toBe(expected);
});

test('one note a line, in the order of the lines, and no more than asked for', () => {
  const given = [
    { line: 14, quote: 'sum += price(item);', note: 'a' },
    { line: 12, quote: 'let sum = 0;', note: 'b' },
    { line: 14, quote: 'sum +=', note: 'again' },
    { line: 13, quote: 'for (const', note: 'c' },
  ];
  expect(standing(given)).toBe('12: b | 13: c | 14: a | -0');
  expect(standing(given, 2)).toBe('12: b | 14: a | -0');
});

describe('answers that are not as asked for', () => {
  const note = '{"line": 12, "quote": "let sum = 0;", "note": "begins"}';
  test.each([
    [
      'words around',
      `Here they are:\n\`\`\`json\n{"notes": [${note}]}\n\`\`\`\nDone {as "you" asked}.`,
      '12: begins | -0',
    ],
    ['cut in a note', `{"notes": [${note}, {"line": 13, "quote": "for (con`, '12: begins | -0'],
    ['a list alone', `[${note}]`, '12: begins | -0'],
    [
      'brackets in the strings',
      `{"notes":[{"line":13,"quote":"for (const item of items) {","note":"a } b \\" {"}]}`,
      '13: a } b " { | -0',
    ],
    ['other fields', `{"notes": [{"why": 1, "line": 12, "quote": "let sum = 0;", "note": "x"}]}`, '12: x | -0'],
    ['a number as text', `{"notes": [{"line": "12", "quote": "let sum = 0;", "note": "x"}]}`, '-0'],
    ['no JSON', 'I cannot do that.', '-0'],
    ['nothing', '', '-0'],
  ])('%s', (_name, answer, expected) => {
    expect(standing(answer)).toBe(expected);
  });

  test('thousands of notes, and ever more brackets', () => {
    expect(notesIn(`{"notes":[${`${note},`.repeat(50_000)}`, lines, 10).notes).toHaveLength(1);
    expect(objectsIn('{"'.repeat(500_000))).toEqual([]);
    expect(objectsIn('{" '.concat('{'.repeat(1_000_000)))).toEqual([]);
  });
});

test.each([
  ['S24: what turns the text around is shown', 'a\u202eb', 'a⟨U+202E⟩b'],
  ['S24: what is invisible is shown', 'a\u200bb\u{e0041}', 'a⟨U+200B⟩b⟨U+E0041⟩'],
  ['S19: what steers a terminal goes', '\u001b[31mred\u001b[0m', 'red'],
  ['lines become one', 'a\nb\r\n\tc\u2028d', 'a b c d'],
  ['honest scripts stay', 'مجموع האיברים 合計 👩‍👩‍👧', 'مجموع האיברים 合計 👩‍👩‍👧'],
  ['a long note is cut', 'word '.repeat(40), `${'word '.repeat(15)}word…`],
  ['a long note is not cut inside a character', `${'a'.repeat(78)}😀😀`, `${'a'.repeat(78)}…`],
])('%s', (_name, note, expected) => {
  expect(standing([{ line: 12, quote: 'let sum = 0;', note }])).toBe(`12: ${expected} | -0`);
});
