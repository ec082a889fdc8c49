/** New text in its place: `[[ ]]` marks what is replaced, `N` stands for `\n`, `R` for `\r\n` and `C` for `\r`. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { fitted, hasMixedLineEnds, lineEndOf, withLineEnd } from './fit.ts';

const written = (text: string): string => text.replaceAll('R', '\r\n').replaceAll('N', '\n').replaceAll('C', '\r');
const shown = (text: string): string => text.replaceAll('\r\n', 'R').replaceAll('\n', 'N').replaceAll('\r', 'C');

function edited(marked: string, newText: string): string {
  const [above = '', old = '', below = ''] = written(marked).split(/\[\[|\]\]/);
  const spot = { document: above + old + below, start: above.length, end: above.length + old.length };
  return shown(above + fitted(written(newText), spot) + below);
}

test.each([
  ['aRbRcN', '\r\n'],
  ['aNbNcR', '\n'],
  ['aCbC', '\r'],
  ['aRbN', '\r\n'],
  ['a', '\n'],
  ['', '\n'],
])('the line end of %s is %j', (text, lineEnd) => {
  expect(lineEndOf(written(text))).toBe(lineEnd);
});

test('one line end throughout', () => {
  expect(withLineEnd(written('aRbNcCCd'), '\r\n')).toBe(written('aRbRcRRd'));
  expect(['aRbR', 'aRbN', 'a', 'aCNb', 'aRNb'].map((text) => hasMixedLineEnds(written(text)))).toEqual([
    false,
    true,
    false,
    false,
    true,
  ]);
});

test.each([
  ['the line ends of the document', 'aR[[bR]]cR', 'xNyN', 'aRxRyRcR'],
  ['also inside a line', 'aRb [[c]] dR', 'xNy', 'aRb xRy dR'],
  ['an old Mac', 'aC[[bC]]c', 'xNyN', 'aCxCyCc'],
  ['a document without line ends', '[[a]]', 'xRy', 'xNy'],
])('line ends: %s', (_name, marked, newText, result) => {
  expect(edited(marked, newText)).toBe(result);
});

test.each([
  ['lines that stay keep theirs', 'aR[[bNcRdN]]eR', 'bNxNdN', 'aRbNxRdNeR'],
  ['a line that replaces another takes its end', 'aR[[bNcR]]d', 'xNyN', 'aRxNyRd'],
  ['one more takes that of the line above', 'aR[[bN]]cR', 'bNxNyN', 'aRbNxNyNcR'],
  ['new lines take that of the line above the place', 'aRbN[[]]cR', 'xRyR', 'aRbNxNyNcR'],
  ['at the beginning that of the line below', '[[]]aRbNcN', 'xN', 'xRaRbNcN'],
  ['the last line has none to give', 'aNbNcR[[d]]', 'xNy', 'aNbNcRxRy'],
])('mixed line ends: %s', (_name, marked, newText, result) => {
  expect(edited(marked, newText)).toBe(result);
});

test.each([
  ['whole lines stay whole lines', 'aN[[bN]]cN', 'x', 'aNxNcN'],
  ['nothing stays nothing', 'aN[[bN]]cN', '', 'aNcN'],
  ['blank lines are not taken away', 'aN[[bN]]cN', 'xNN', 'aNxNNcN'],
  ['parts of lines are parts of lines', 'aN[[b]] cN', 'x', 'aNx cN'],
  ['what is put before a line does not join it', 'aN[[]]bN', 'x', 'aNxNbN'],
  ['the last line keeps its end', 'aN[[bN]]', 'x', 'aNxN'],
  ['the last line gets no end', 'aN[[b]]', 'xN', 'aNx'],
  ['unless that is all', 'aN[[b]]', 'bN', 'aNbN'],
  ['and that may be two lines with other ends', 'aR[[bRc]]', 'bNcN', 'aRbRcR'],
  ['lines after a last line without an end', 'aR[[b]]', 'bNcN', 'aRbRc'],
  ['lines put after a last line without an end', 'aRb[[]]', 'xNyN', 'aRbRxRy'],
  ['a new text is as it comes', '[[]]', 'xNy', 'xNy'],
])('final line end: %s', (_name, marked, newText, result) => {
  expect(edited(marked, newText)).toBe(result);
});

test.each([
  ['stays when the text lacks it', '[[\ufeffaN]]bN', 'xN', '\ufeffxNbN'],
  ['is not doubled', '[[\ufeffaN]]bN', '\ufeffxN', '\ufeffxNbN'],
  ['is not doubled behind it', '\ufeff[[aN]]bN', '\ufeffxN', '\ufeffxNbN'],
  ['does not come with the text', '[[aN]]bN', '\ufeffxN', 'xNbN'],
  ['stays when all goes', '[[\ufeffaN]]', '', '\ufeff'],
  ['does not hide a beginning', '\ufeff[[]]aN', 'x', '\ufeffxNaN'],
  ['is no line to compare with', '[[\ufeffa]]', 'aN', '\ufeffaN'],
  ['elsewhere is a character', 'aN[[bN]]', '\ufeffxN', 'aN\ufeffxN'],
])('byte order mark: it %s', (_name, marked, newText, result) => {
  expect(edited(marked, newText)).toBe(result);
});

const line = fc.tuple(fc.constantFrom('a', 'b', 'c', ''), fc.constantFrom('\n', '\r\n')).map((parts) => parts.join(''));
const lines = fc.array(line, { maxLength: 8 });

test('in whatever document, what stays in a changed place keeps its line ends', () => {
  const check = fc.property(lines, lines, lines, fc.constantFrom('', 'z'), (above, old, below, last) => {
    const document = [...above, ...old, ...below, last].join('');
    const start = above.join('').length;
    const end = start + old.join('').length;
    const unchanged = withLineEnd(document.slice(start, end), '\n');
    expect(fitted(unchanged, { document, start, end })).toBe(document.slice(start, end));
    const added = fitted(`x\n${unchanged}y\n`, { document, start, end });
    const isLast = start === end && last !== '' && end === document.length;
    if (!isLast) expect(added).toContain(document.slice(start, end));
    if (below.length + last.length === 0) return;
    expect(added === '' || /[\r\n]$/.test(added)).toBe(true);
  });
  fc.assert(check, { numRuns: scaled(10_000), seed: seed() });
});
