/** Edits as a whole: what stands in the text after the old lines were found and the new ones made to fit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { adapted, createAdapting } from './adapted.ts';
import { findOld } from './findOld.ts';
import { fitted } from './fit.ts';

function edited(text: string, oldText: string, newText: string): string {
  const place = findOld(text, oldText);
  if (place.kind !== 'found') return place.message;
  const { start, end } = place;
  return text.slice(0, start) + fitted(adapted(newText, place), { document: text, start, end }) + text.slice(end);
}

test.each([
  ['both without', 'a\nb\nc\n', 'b', 'x\ny', 'a\nx\ny\nc\n'],
  ['both with', 'a\nb\nc\n', 'b\n', 'x\ny\n', 'a\nx\ny\nc\n'],
  ['the new text lacks it', 'a\nb\nc\n', 'b\n', 'x', 'a\nx\nc\n'],
  ['the new text alone has it: a blank line more', 'a\nb\nc\n', 'b', 'x\n', 'a\nx\n\nc\n'],
  ['no new text: the lines go', 'a\nb\nc\n', 'b', '', 'a\nc\n'],
  ['no new text, with', 'a\nb\nc\n', 'b\n', '', 'a\nc\n'],
  ['the last line without an end', 'a\nb', 'b', 'x\ny', 'a\nx\ny'],
  ['the last line without an end, which the model adds', 'a\nb', 'b\n', 'x\n', 'a\nx'],
  ['the last line without an end, after which a line comes', 'a\nb', 'b\n', 'b\nx\n', 'a\nb\nx'],
  ['an end is all that comes', 'a\nb', 'b', 'b\n', 'a\nb\n'],
  ['a blank line is the last of the old ones', 'a\n\nb\n', 'a\n', 'x\ny', 'x\ny\nb\n'],
  ['a blank line below stays', 'a\n\nb\n', 'a\n', 'x\n', 'x\n\nb\n'],
  ['a blank line below stays also when all above goes', 'a\n\nb\n', 'a\n', '', '\nb\n'],
  ['inside a line all is as it comes', 'a b c\n', 'b', 'x\n', 'a x\n c\n'],
])('final line end: %s', (_name, text, oldText, newText, result) => {
  expect(edited(text, oldText, newText)).toBe(result);
});

test.each([
  ['line ends', 'a\r\nb\r\n', 'a\nb', 'x\nb\ny', 'x\r\nb\r\ny\r\n'],
  ['line ends inside a line', 'xa\r\nby\r\n', 'a\nb', '1\n2', 'x1\r\n2y\r\n'],
  ['mixed line ends', 'a\r\nb\nc\r\n', 'a\nb\nc', 'a\nx\nc', 'a\r\nx\nc\r\n'],
  ['numbers', 'a\n  b\n', '     1\ta\n     2\t  b', '     1\ta\n     2\t  x\n     3\ty', 'a\n  x\ny\n'],
  ['numbers that the new text has not', '1\n22\n', '1\t1\n2\t22', '1\n33', '1\n33\n'],
  ['numbers and white space', 'a \n', '1|a', '1|a\n2|b', 'a \nb\n'],
  ['white space at ends of lines that stay', 'a \nb\t\n', 'a\nb', 'a\nx\nb', 'a \nx\nb\t\n'],
  ['white space of each of two lines that are alike', 'a \nb\na\n', 'a\nb\na', 'a\nx\na', 'a \nx\na\n'],
  ['blank lines around', 'a\nb\nc\n', '\nb\n\n', '\nx\n\ny\n\n', 'a\nx\n\ny\nc\n'],
  ['blank lines around that the new text has not', 'a\nb\nc\n', '\nb\n\n', 'x', 'a\nx\nc\n'],
  ['a blank line above that both have', 'a\nb\nc\n', '\nb', '\nx', 'a\nx\nc\n'],
  ['a blank line above that alone is new', 'a\nb\nc\n', '\nb', '\n\nx', 'a\n\nx\nc\n'],
  ['a blank line around, and others', 'a\nb\nc\n', '\nb', 'x\n\ny', 'a\nx\n\ny\nc\n'],
  ['a blank line below without its end', 'a\nb\nc\n', 'b\n  ', 'x\n  ', 'a\nx\nc\n'],
  ['a blank line above that goes', 'x\n\n  a\n', '\n    a', '    a', 'x\n  a\n'],
  ['a blank line below that goes', '  a\n\nb\n', '    a\n\n', '    a\n', '  a\nb\n'],
  ['blank lines that are the new text', 'a\nb\nc\n', '\nb\n\n', '\n\n', 'a\nc\n'],
  [
    'more depth',
    '  f {\n    a\n  }\n',
    'f {\n  a\n}',
    'f {\n  a\n\n  if {\n    b\n  }\n}',
    '  f {\n    a\n\n    if {\n      b\n    }\n  }\n',
  ],
  ['less depth', 'f {\n  a\n}\n', '    f {\n      a\n    }', '    f {\n      b\n    }\n  }', 'f {\n  b\n}\n}\n'],
  [
    'tabs for spaces',
    '\tf {\n\t\ta\n\t}\n',
    '    f {\n        a\n    }',
    '    f {\n        if {\n            b\n        }\n    }',
    '\tf {\n\t\tif {\n\t\t\tb\n\t\t}\n\t}\n',
  ],
  ['two spaces for tabs', 'f {\n  a\n}\n', 'f {\n\ta\n}', 'f {\n\ta\n\t\tb // \t\n}', 'f {\n  a\n    b // \t\n}\n'],
  [
    'lines of uneven depth that stay',
    '\tf(a,\n\t  b)\n',
    '    f(a,\n      b)',
    '    f(a,\n      b)\n    g()',
    '\tf(a,\n\t  b)\n\tg()\n',
  ],
  ['backslashes', 'say("a");\nb\n', 'say(\\"a\\");\\nb', 'say(\\"x\\");\\n\\tb\\n', 'say("x");\n\tb\n\n'],
])('%s', (_name, text, oldText, newText, result) => {
  expect(edited(text, oldText, newText)).toBe(result);
});

test('whole lines get their line end already before they are fitted', () => {
  const place = findOld('a\r\nb\r\n', 'a\r\n');
  expect(place.kind === 'found' && adapted('x', place)).toBe('x\r\n');
});

const places = [
  ['a\nb\nc\n', 'b'],
  ['a\nb', 'a\nb\n'],
  ['  a\n  b\n', 'a\nb'],
  ['a \nb\n', '\na\nb\n\n'],
  ['a\nb\n', '1\ta\n2\tb'],
  ['"a"\nb\n', '\\"a\\"\\nb'],
] as const;
const piece = fc.constantFrom('a', 'b', '\n', '\r', '\r\n', ' ', '1\t', '\\"', '\\n', '\n\n', '😀');

test('cut anywhere, the pieces give the same', () => {
  const check = fc.property(fc.constantFrom(...places), fc.array(piece), fc.nat(5), ([text, oldText], pieces, size) => {
    const place = findOld(text, oldText);
    if (place.kind !== 'found') throw new Error(place.message);
    const newText = pieces.join('');
    const adapting = createAdapting(place);
    let joined = '';
    for (let at = 0; at < newText.length; at += size + 1) joined += adapting.push(newText.slice(at, at + size + 1));
    expect(joined + adapting.end()).toBe(adapted(newText, place));
  });
  fc.assert(check, { numRuns: scaled(10_000), seed: seed() });
});

test('an edit that changes nothing changes nothing', () => {
  const check = fc.property(fc.constantFrom(...places), ([text, oldText]) => {
    expect(edited(text, oldText, oldText)).toBe(text);
  });
  fc.assert(check);
});
