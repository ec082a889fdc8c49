/** What is comment and string and what is code, shown by marks: `"` for strings, spaces for comments. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../../test/harness/scale.ts';
import { maskOf } from './mask.ts';

test.each([
  ['typescript', 'a("x") // b', 'a(""")     '],
  ['typescript', 'a /* b */ c', 'a         c'],
  ['typescript', "'it\\'s' + x", '""""""" + x'],
  ['typescript', '`a ${ `${b}` } c` + d', '""""""""""""""""" + d'],
  ['typescript', 'a = b / c / d', 'a = b / c / d'],
  ['typescript', 'a = /[/"]/g.test(b)', 'a = """"""g.test(b)'],
  ['typescript', 'return /a"b/.x', 'return """"".x'],
  ['typescript', '(a) / b / "c"', '(a) / b / """'],
  ['typescriptreact', "<p>Don't {a}</p>", "<p>Don't {a}</p>"],
  ['typescriptreact', 'https://x.org {a}', 'https://x.org {a}'],
  ['python', 'a = "x" # y', 'a = """    '],
  ['python', "f('''a\nb''') + c", 'f(""""\n    ) + c'],
  ['rust', "fn a<'b>(c: &'b str) { '{' }", 'fn a<\'b>(c: &\'b str) { """ }'],
  ['rust', 'r#"a " b"# + c', '"""""""""" + c'],
  ['rust', 'a /* b /* c */ d */ e', 'a                   e'],
  ['rust', "'\\u{1F600}' '😀' 'a", '""""""""""" """" \'a'],
  ['go', 'a(`x\\`) + b', 'a("""") + b'],
  ['c', 'a(\'"\') + "\\"" // b', 'a(""") + """"     '],
  ['cpp', 'R"x(a)" b)x" + 1\'000', '"""""""""""" + 1\'000'],
  ['csharp', '@"c:\\" + a', '"""""" + a'],
  ['csharp', '$"{a["b"]}" + c', '""""""""""" + c'],
  ['ruby', 'x = <<~A\n  "\nA\ny', 'x = """"\n   \n \ny'],
  ['shellscript', 'echo {a#b} # c', 'echo {a#b}    '],
  ['lua', 'a --[[ b\nc ]] d', 'a       \n     d'],
  ['php', '#[A] # b', '#[A]    '],
])('in %s, %j', (languageId, text, masked) => {
  expect(maskOf(text, languageId)).toBe(masked);
});

test.each([
  ['an unterminated string ends with its line', 'a("b\nc', 'a(""\nc'],
  ['an unterminated comment ends with the text', 'a /* b\nc', 'a     \n '],
  ['a backslash takes a line break of two characters with it', '"a\\\r\nb" c', '"""\r\n   c'],
])('%s', (_name, text, masked) => {
  expect(maskOf(text, 'c')).toBe(masked);
});

test('directives are blanked, with the lines that continue them', () => {
  expect(maskOf('#define A { \\\n  {\nint a;', 'c')).toBe('             \n   \nint a;');
});

test.each([
  ['#if 0 hides', '#if 0\n{\n#endif\na'],
  ['a second variant that opens its brace again is hidden', '#ifdef A\nf {\n#else\ng {\n#endif\n}'],
])('%s', (_name, text) => {
  const masked = maskOf(text, 'c');
  expect((masked.match(/\{/g) ?? []).length).toBe((masked.match(/\}/g) ?? []).length);
});

const languages =
  'typescript python rust go c cpp csharp ruby shellscript php kotlin swift lua scala dart elixir unheard-of'.split(
    ' ',
  );
const scraps = [
  ...'(){}[]<>;:,.#\'"`/\\*=$@!?-+ \t\n\r0aé😀',
  '//',
  '/*',
  '*/',
  '"""',
  '${',
  '#{',
  '\\(',
  'r#"',
  'R"(',
  '<<A',
  '--[[',
  '#if',
  '\r\n',
];

test(`keeps length and line breaks of any text in any language`, () => {
  const next = random();
  for (let round = 0; round < scaled(5_000); round++) {
    const text = Array.from(
      { length: Math.floor(next() * 60) },
      () => scraps[Math.floor(next() * scraps.length)] ?? '',
    ).join('');
    const languageId = languages[round % languages.length] ?? '';
    const masked = maskOf(text, languageId);
    expect([masked.length, masked.replace(/[^\r\n]/g, ' ')], JSON.stringify([languageId, text])).toEqual([
      text.length,
      text.replace(/[^\r\n]/g, ' '),
    ]);
  }
});
