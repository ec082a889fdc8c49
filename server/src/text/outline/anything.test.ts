/** What holds for the outline of anything at all: it comes, it comes soon, and its ranges are ranges. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { lineStartsOf, offsetAt } from '../lines.ts';
import { enclosing, outlineOf } from '../outline.ts';

const languages =
  'typescript python rust go c cpp java csharp kotlin swift php ruby lua shellscript dart scala elixir unheard-of'.split(
    ' ',
  );

const words =
  'class function def fn func struct enum impl trait type interface const let = => -> ( ) { } [ ] < > , ; : . @ # * & | ? ! " \' ` / // /* */ """ name other async static if for return end do export default namespace extern operator template where for 1 \\ #if #endif \u00e9 😀'.split(
    ' ',
  );
const gaps = [' ', '', '\n', '\n  ', '\r\n\t'];

test('symbols are in order, inside the text, hold their names, and nest', () => {
  const next = random();
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  for (let round = 0; round < scaled(10_000); round++) {
    const text = Array.from({ length: 1 + Math.floor(next() * 80) }, () => pick(words) + pick(gaps)).join('');
    const languageId = languages[round % languages.length] ?? '';
    const starts = lineStartsOf(text);
    let previous = -1;
    for (const { name, range, selection, depth } of outlineOf(text, languageId)) {
      const [start, end, first, last] = [range.start, range.end, selection.start, selection.end].map((position) =>
        offsetAt(text, starts, position),
      ) as [number, number, number, number]; // Four positions in, four offsets out.
      const label = JSON.stringify([languageId, text, name]);
      expect(previous <= start && start <= first && first <= last && last <= end && end <= text.length, label).toBe(
        true,
      );
      expect(depth >= 0, label).toBe(true);
      previous = start;
    }
  }
});

test.each(['', '\uFEFF', '\n', '\r', '\0', '}', '{', '\ud800', '\udc00'])('%j has no symbols', (text) => {
  for (const languageId of languages) expect(outlineOf(text, languageId)).toEqual([]);
});

const repeated = [
  '(',
  '{',
  '<',
  '}',
  '"',
  "'",
  '`${',
  '=/[',
  '/*',
  '#',
  'a<',
  'x=()=>',
  'class a<',
  'fn f<',
  'int f(a) b;',
  '<<A1 ',
  'r#',
  '\n  {',
  'const a:a|',
  'f(a) : b(c) ',
  'type (',
  '#if\n',
];

// At full scale, time that grows with the square of the text would be far beyond the test's limit.
test.each(repeated)('takes time in proportion to the text: %j', (piece) => {
  const text = piece.repeat(Math.ceil(scaled(300_000) / piece.length));
  for (const languageId of ['typescript', 'c', 'rust', 'kotlin', 'csharp', 'ruby']) outlineOf(text, languageId);
});

test('finds every function of 100,000 lines, and what encloses the last', () => {
  const text = Array.from({ length: 25_000 }, (_, index) => `function f${index}() {\n  g();\n}\n`).join('\n');
  const symbols = outlineOf(text, 'typescript');
  expect(symbols.length).toBe(25_000);
  const place = { line: 99_997, character: 3 };
  expect(enclosing(symbols, { start: place, end: place })?.name).toBe('f24999');
});
