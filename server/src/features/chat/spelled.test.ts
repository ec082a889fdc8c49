/** What is spelled as a mention is read as the same place. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { mentionsIn } from './mentions.ts';
import { mentionOf, symbolMention } from './spelled.ts';

test.each([
  ['src/a.ts', undefined, '@src/a.ts'],
  ['src/a.ts', { first: 4, last: 9 }, '@src/a.ts#L5-10'],
  ['src/a.ts', { first: 4, last: 4 }, '@src/a.ts#L5'],
  ['src/', undefined, '@src/'],
  ['a b.ts', { first: 0, last: 1 }, '@"a b.ts"#L1-2'],
  ['problems', undefined, '@./problems'],
  ['what?', undefined, '@"what?"'],
  ['a".ts', undefined, undefined],
  ['a\nb', undefined, undefined],
  ['a:5', undefined, undefined],
  ['', undefined, undefined],
])('%j, %j', (path, lines, written) => {
  expect(mentionOf(path, lines)).toBe(written);
});

test('symbols', () => {
  expect(symbolMention('area')).toBe('@symbol:area');
  expect(symbolMention('Square.area', 'src/a.ts')).toBe('@symbol:src/a.ts#Square.area');
  expect(symbolMention('operator +')).toBeUndefined();
  expect(symbolMention('area', 'a b.ts')).toBeUndefined();
});

test('S25 any path: it is spelled so that it is read as itself alone, or not at all', () => {
  const signs = [
    'a',
    'B',
    '.',
    '/',
    ' ',
    '"',
    '#L5',
    ':7',
    '-',
    '@',
    '`',
    '\n',
    '\u202e',
    ')',
    '(',
    'problems',
    'ü',
    '<',
    '?',
  ];
  const next = random();
  const pick = () => signs[Math.floor(next() * signs.length)] ?? '';
  for (let time = 0; time < scaled(20_000); time++) {
    const path = Array.from({ length: 1 + Math.floor(next() * 6) }, pick).join('');
    const written = mentionOf(path);
    if (written === undefined) continue;
    const found = mentionsIn(`See ${written} please.`);
    expect(
      found.map(({ written: read }) => read),
      path,
    ).toEqual([written]);
    const meant = found[0]?.meant;
    expect(meant?.kind === 'path' ? meant.path.replace(/^\.\//, '') : meant).toBe(path.replace(/^\.\//, ''));
  }
});
