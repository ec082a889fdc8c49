/** Where text is found: `[[ ]]` marks it in the text; or what the model is told. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuTime } from '../../../test/harness/cpuTime.ts';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { findOld } from './findOld.ts';

/** A range that is near is marked by `«` and `»`, or an offset by `¦`. */
function found(marked: string, wanted: string): string {
  const near = marked.search(/[«¦]/);
  const text = marked.replace(/[«»¦]/g, '');
  const nearEnd = marked.includes('»') ? marked.indexOf('»') - 1 : near;
  const place = near < 0 ? findOld(text, wanted) : findOld(text, wanted, near, nearEnd);
  if (place.kind !== 'found') return `${place.kind}: ${place.message}`;
  const { start, end, how } = place;
  return `${how}: ${text.slice(0, start)}[[${text.slice(start, end)}]]${text.slice(end)}`;
}

test.each([
  ['whole lines', 'a\nb\nc\n', 'b\n', 'exact: a\n[[b\n]]c\n'],
  ['whole lines without the last end take it along', 'a\nb\nc\n', 'a\nb', 'exact: [[a\nb\n]]c\n'],
  ['the last line without an end', 'a\nb', 'b', 'exact: a\n[[b]]'],
  ['a part of a line is a part of it', 'a\nfoo(b)\n', '(b)', 'exact: a\nfoo[[(b)]]\n'],
  ['also over several lines', 'ab\ncd\n', 'b\nc', 'exact: a[[b\nc]]d\n'],
  ['a line end alone is not whole lines', 'ab\n\ncd', 'b\n\nc', 'exact: a[[b\n\nc]]d'],
  ['a blank line below is one of the lines', 'a\n\nb\n', 'a\n', 'exact: [[a\n\n]]b\n'],
  [
    'a line end first is a blank line more, and not part of the line above',
    'a\nb\nc\n',
    '\nb\n',
    'exact: a\n[[b\n]]c\n',
  ],
  ['also where the text has one', 'a\r\n\r\nb', '\n\nb', 'lineEnds: a\r\n[[\r\nb]]'],
  ['unless there is nothing else', 'a\nb', '\n', 'exact: a[[\n]]b'],
  ['unless it goes on inside a line', 'a\nbc\n', '\nb', 'exact: a[[\nb]]c\n'],
  ['a line goes before parts of other lines', '  a\na\nba\n', 'a', 'exact:   a\n[[a\n]]ba\n'],
  ['a byte order mark is left alone', '\ufeffa\nb\n', 'a\n', 'exact: \ufeff[[a\n]]b\n'],
  ['lines begin after it', '\ufeffa\nb\n', 'a', 'exact: \ufeff[[a\n]]b\n'],
  ['also where the model writes it', '\ufeffa\nb\n', '\ufeffa\n', 'exact: \ufeff[[a\n]]b\n'],
  ['half a pair of surrogates is none', '😀\n', '\ude00', 'notFound: found 0 times; nothing in the file is like it'],
  ['nor the other half', 'x😀\n', 'x\ud83d', 'notFound: found 0 times; the closest is at line 1, which is `x😀`'],
])('exactly: %s', (_name, text, wanted, place) => {
  expect(found(text, wanted)).toBe(place);
});

test.each([
  ['of several, the one in which the cursor is', 'a\nb\n¦a\nb\n', 'a\n', 'exact: a\nb\n[[a\n]]b\n'],
  ['of several, the one that a selection touches', 'a\nb\na\n«b»\na\n', 'b\na\n', 'exact: a\nb\na\n[[b\na\n]]'],
  ['the cursor may border on it', 'x a y a¦ z', 'a', 'exact: x a y [[a]] z'],
  [
    'a cursor on the next line is not in it',
    'a\n¦x\na\n',
    'a\n',
    'several: found 2 times: at lines 1 and 3; give more lines around it',
  ],
  ['a selection goes before whole lines', 'a\n« a»\n', 'a', 'exact: a\n [[a]]\n'],
  [
    'a selection of both decides nothing',
    '«a\nb\na»\n',
    'a',
    'several: found 2 times: at lines 1 and 3; give more lines around it',
  ],
  [
    'so does one of neither, even on the next line',
    'a\nx\na\n«b»\n',
    'a',
    'several: found 2 times: at lines 1 and 3; give more lines around it',
  ],
  ['the end of the text belongs to its last line', 'a\nx\na¦', 'a', 'exact: a\nx\n[[a]]'],
  ['also when white space differs', 'a \nb\na  \n«b»\n', 'a\nb', 'trailing: a \nb\n[[a  \nb\n]]'],
])('near: %s', (_name, text, wanted, place) => {
  expect(found(text, wanted)).toBe(place);
});

test.each([
  ['three lines', 'a\nx\na\ny\na\n', 'a', 'found 3 times: at lines 1, 3 and 5; give more lines around it'],
  ['one line', 'x x x', 'x', 'found 3 times: all in line 1; give more lines around it'],
  ['overlapping', 'aaa', 'aa', 'found 2 times: all in line 1; give more lines around it'],
  [
    'many',
    'a\n'.repeat(12),
    'a',
    'found 12 times: at lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and others; give more lines around it',
  ],
  ['too many', 'a\n'.repeat(2_000), 'a', expect.stringMatching(/^found 1000 or more times: at lines 1, 2, /)],
])('several: %s', (_name, text, wanted, message) => {
  expect(findOld(text, wanted)).toMatchObject({ kind: 'several', message });
});

test.each([
  ['\\n for \\r\\n', 'a\r\nb\r\nc\r\n', 'a\nb\n', 'lineEnds: [[a\r\nb\r\n]]c\r\n'],
  ['\\r\\n for \\n', 'a\nb\nc\n', 'b\r\nc\r\n', 'lineEnds: a\n[[b\nc\n]]'],
  ['\\n for \\r', 'a\rb\rc', 'a\nb', 'lineEnds: [[a\rb\r]]c'],
  ['in parts of lines', 'xa\r\nby\r\n', 'a\nb', 'lineEnds: x[[a\r\nb]]y\r\n'],
  ['a final one too many', 'a\nb', 'a\nb\n', 'lineEnds: [[a\nb]]'],
  ['mixed ones', 'a\r\nb\nc\n', 'a\nb\nc', 'lineEnds: [[a\r\nb\nc\n]]'],
  ['nothing is cut between \\r and \\n at the end', 'a\r\nb', 'a\r', 'exact: [[a\r\n]]b'],
  ['nothing is cut between \\r and \\n', 'a\r\nbc', '\nb', 'exact: a[[\r\nb]]c'],
])('line ends: %s', (_name, text, wanted, place) => {
  expect(found(text, wanted)).toBe(place);
});

test.each([
  ['with tabs', 'a\n  b\n\nc\n', '     2\t  b\n     3\t\n     4\tc', 'numbered: a\n[[  b\n\nc\n]]'],
  ['without the tab of a blank line', 'a\n  b\n\nc\n', '     2\t  b\n     3\n     4\tc', 'numbered: a\n[[  b\n\nc\n]]'],
  ['with bars', 'a\n  b\nc\n', '2|   b\n3| c\n', 'numbered: a\n[[  b\nc\n]]'],
  ['with arrows, in other line ends', 'a\r\nb\r\n', '1→a\n2→b\n', 'numbered: [[a\r\nb\r\n]]'],
  ['the number says which', 'a\nb\na\nb\n', '3: a\n4: b\n', 'numbered: a\nb\n[[a\nb\n]]'],
  ['other white space besides', 'x\n\ta\n\t\tb \n', '2:     a\n3:         b', 'numbered: x\n[[\ta\n\t\tb \n]]'],
  [
    'numbers that do not count lines',
    'a\nb\n',
    '7\ta\n9\tb\n',
    'notFound: found 0 times; nothing in the file is like it',
  ],
  ['numbers of the text itself', '1\ta\n2\tb\na\nb\n', '1\ta\n2\tb\n', 'exact: [[1\ta\n2\tb\n]]a\nb\n'],
])('copied numbers: %s', (_name, text, wanted, place) => {
  expect(found(text, wanted)).toBe(place);
});

test.each([
  ['white space at ends', 'a  \n\tb\t\nc\n', 'a\n\tb \n', 'trailing: [[a  \n\tb\t\n]]c\n'],
  ['blank lines around', 'a\nb\nc\n', '\n  \nb\n\n', 'trailing: a\n[[b\n]]c\n'],
  ['a blank line with white space in it', 'a\n  \nb\n', 'a\n\nb\n', 'trailing: [[a\n  \nb\n]]'],
  ['lines that repeat their beginning', 'a \na \na \nb \n', 'a\na\nb', 'trailing: a \n[[a \na \nb \n]]'],
  ['blank lines around that the text has as well', 'x\n\n  a\n\ny\n', '\na\n\n', 'indentation: x\n[[\n  a\n\n]]y\n'],
  ['deeper', 'x\n    a\n      b\n\n    c\n', 'a\n  b\n\nc', 'indentation: x\n[[    a\n      b\n\n    c\n]]'],
  ['less deep', 'x {\n  a\n    b\n}\n', '    a\n      b\n', 'indentation: x {\n[[  a\n    b\n]]}\n'],
  ['tabs for spaces', 'x\n\ta\n\t\tb\n', '    a\n        b\n', 'indentation: x\n[[\ta\n\t\tb\n]]'],
  [
    'four spaces for two',
    '    a\n        b\n    c\n',
    '  a\n    b\n  c\n',
    'indentation: [[    a\n        b\n    c\n]]',
  ],
  ['a part of a level', '\t/**\n\t * a\n\t */\n', '  /**\n   * a\n   */\n', 'indentation: [[\t/**\n\t * a\n\t */\n]]'],
  [
    'the same at two places',
    '  a\n  b\nx\n    a\n    b\n',
    '   a\n   b\n',
    'several: found 2 times: at lines 1 and 4; give more lines around it',
  ],
])('white space: %s', (_name, text, wanted, place) => {
  expect(found(text, wanted)).toBe(place);
});

test.each([
  ['quotes', 'say("a");\n', 'say(\\"a\\");', 'unescaped: [[say("a");\n]]'],
  ['line breaks', 'a\n\tb\nc\n', 'a\\n\\tb\\n', 'unescaped: [[a\n\tb\n]]c\n'],
  ['quotes, but not line breaks', 'say("a\\n");\n', 'say(\\"a\\n\\");', 'unescaped: [[say("a\\n");\n]]'],
  ['all, backslashes too', 'say("a\\n");\nb\n', 'say(\\"a\\\\n\\");\\nb', 'unescaped: [[say("a\\n");\nb\n]]'],
  ['with other indentation', '  say("a")\n', '    say(\\"a\\")\n', 'unescaped: [[  say("a")\n]]'],
])('too many backslashes: %s', (_name, text, wanted, place) => {
  expect(found(text, wanted)).toBe(place);
});

const code = 'function f(a) {\n  const b = a + 1;\n  if (b > 2) {\n    return b;\n  }\n  return a;\n}\n';

test.each([
  ['empty', '', 'old_str is empty; give the lines to replace'],
  ['nothing like it', 'import x\nimport y\n', 'found 0 times; nothing in the file is like it'],
  [
    'one line that is nearly there',
    '  const b = a + 2;',
    'found 0 times; the closest is at line 2, which is `  const b = a + 1;`',
  ],
  ['one line of many is there', 'a\nb\nc\n  return a;\nd\n', 'found 0 times; nothing in the file is like it'],
  [
    'some lines are other ones',
    '  const b = a - 1;\n  if (b > 2) {\n    return b;\n  }\n  return x;\n',
    'found 0 times; the closest is at lines 2-6, differing in 2 of 5 lines: line 2 is `  const b = a + 1;`, line 6 is `  return a;`',
  ],
  [
    'indentation that differs unevenly',
    '  const b = a + 1;\n    if (b > 2) {\n      return b;\n',
    'found 0 times; the closest is at lines 2-4, differing in indentation',
  ],
  [
    'lines beyond the end',
    '  return a;\n}\nmore\n',
    'found 0 times; the closest is at lines 6-7, differing in 1 of 3 lines',
  ],
  [
    'lines that are left out',
    'function f(a) {\n  // ... existing code ...\n}\n',
    'found 0 times; `// ... existing code ...` stands for lines that were left out: nothing may be left out, give every line',
  ],
])('not found: %s', (_name, wanted, message) => {
  expect(findOld(code, wanted)).toMatchObject({ kind: 'notFound', message });
});

test('of very many places not all are told', () => {
  const place = findOld('a\n'.repeat(2_000), 'a');
  expect(place.kind === 'several' && place.lines).toHaveLength(1_000);
});

test('a line that is shown is not longer than it helps', () => {
  const place = findOld(`${'x'.repeat(900)}y\n`, `${'x'.repeat(900)}z\n`);
  expect(place.kind === 'notFound' && place.message).toMatch(/which is `x{200}…`$/);
});

test('what the text itself leaves out can be found', () => {
  expect(found('f() {\n  // ...\n}\n', 'f() {\n  // ...\n}')).toBe('exact: [[f() {\n  // ...\n}\n]]');
  expect(found('f() {\n  // ...\n}\n', 'g() {\n  // ...\n}')).toMatch(
    /^notFound: found 0 times; the closest is at lines 1-3/,
  );
});

const line = fc.constantFrom('a', 'b', '  a', '}', '', '😀');
const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n'))).map((lines) => lines.flat().join(''));

test('a part of a text is found where it is, unless it is there again; lines are whole', () => {
  const check = fc.property(text, fc.nat(30), fc.integer({ min: 1, max: 12 }), (whole, from, length) => {
    const wanted = whole.slice(from, from + length);
    fc.pre(wanted !== '' && wanted.isWellFormed());
    const place = findOld(whole, wanted);
    if (place.kind !== 'found') {
      expect(place.kind).toBe('several');
      expect(whole.indexOf(wanted)).not.toBe(whole.lastIndexOf(wanted));
      return;
    }
    const own = whole.slice(place.start, place.end);
    const sought = place.blankAbove > 0 ? wanted.replace(/^\r?\n/, '') : wanted;
    expect(own).toContain(sought);
    expect(own.replace(sought, '')).toMatch(/^\r?\n?(?:\r?\n)?$/);
    if (place.ending !== 'inside') expect(place.start === 0 || whole[place.start - 1] === '\n').toBe(true);
  });
  fc.assert(check, { numRuns: scaled(20_000), seed: seed() });
});

test.each([
  ['lines that are all alike', '\n'.repeat(100_000), `${'\n'.repeat(3_000)}x`],
  ['a long text that is nowhere', 'const a = 1;\n'.repeat(100_000), 'const a = 2;\n'.repeat(5_000)],
  ['repetitions that nearly fit', 'a\n'.repeat(100_000), `${'a \n'.repeat(20_000)}b`],
  ['a frequent line often', 'const a = 1;\n'.repeat(100_000), `${'const a = 1;\n'.repeat(300)}x\n`],
  ['one very long line', 'ab'.repeat(1_000_000), `${'ab'.repeat(10_000)}c`],
])('a search of a large text ends soon: %s', (_name, whole, wanted) => {
  const started = cpuTime();
  expect(findOld(whole, wanted).kind).not.toBe('found');
  expect(cpuTime() - started).toBeLessThan(1_500);
});
