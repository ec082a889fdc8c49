/** What models leave in text that they copy. */
import { expect, test } from 'vitest';
import { elisionIn, escapesOf, isNumbered, numberingsOf, unescaped, withoutNumber } from './copied.ts';

test.each([
  [['     9\ta', '    10\tb'], ['\t']],
  [['9|a', '10|'], ['|']],
  [
    ['9| a', '10|'],
    ['| ', '|'],
  ],
  [
    ['1: a', '2: b'],
    [': ', ':'],
  ],
  [['1→a'], ['→']],
  [['7'], ['\t', '→']],
  [['1\ta', '3\tb'], []],
  [['1\ta', 'b'], []],
  [['a: 1'], []],
])('lines %j are numbered by %j', (lines, marks) => {
  expect(numberingsOf(lines).map(({ mark }) => mark)).toEqual(marks);
});

test('a number alone may be a line of its own', () => {
  expect([isNumbered('7', '\t'), isNumbered('7\ta', '\t')]).toEqual([false, true]);
  expect([withoutNumber('7\t  a', '\t'), withoutNumber(' 7|  a', '| '), withoutNumber('a', '|')]).toEqual([
    '  a',
    ' a',
    'a',
  ]);
});

test.each([
  ['a\\n\\"b\\\\', { all: 'a\n"b\\', breaks: 'a\n\\"b\\\\', quotes: 'a\\n"b\\\\' }],
  ["\\'a\\`", { all: "'a`", quotes: "'a`" }],
  ['\\d a\n', {}],
])('%j can be unescaped', (text, results) => {
  expect(Object.fromEntries(escapesOf(text).map((escapes) => [escapes, unescaped(text, escapes)]))).toEqual(results);
});

test.each([
  '...',
  '  …',
  '[...]',
  '// ...',
  '  # ... existing code ...',
  '/* … rest … */',
  '{/* ... */}',
  '<!-- ... -->',
  '-- ... the other columns',
  '... existing code ...',
  '// rest of the function unchanged ...',
])('%s stands for lines that were left out', (line) => {
  expect(elisionIn(`a\n${line}\nb`, 'a\nb\n')).toBe(line.trim());
  expect(elisionIn(`a\n${line}\nb`, `  ${line}\n`)).toBeUndefined();
});

test.each(['...rest,', 'f(...a);', '// Loading...', '// ...and so on', 'a ... b', '# the rest of it', ''])(
  '%j is a line like others',
  (line) => {
    expect(elisionIn(line, '')).toBeUndefined();
  },
);
