/** S41: globs mean what people expect of them, and none takes long. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { globOf } from './glob.ts';

test.each([
  ['src/a.ts', 'src/a.ts', 'src/b.ts src/a.tsx a.ts'],
  ['*.ts', 'a.ts .ts .a.ts', 'src/a.ts a.tsx'],
  ['src/*.ts', 'src/a.ts', 'src/b/a.ts a.ts src/'],
  ['src/**', 'src/a src/a/b.ts src', 'srca/b a/src/b'],
  ['**/a.ts', 'a.ts b/a.ts b/c/a.ts', 'ba.ts a.ts/b'],
  ['src/**/test/*.ts', 'src/test/a.ts src/x/y/test/a.ts', 'src/test/x/a.ts test/a.ts'],
  ['a?.ts', 'ab.ts a?.ts', 'a.ts abc.ts a/.ts'],
  ['[a-c]x', 'ax cx', 'dx x Ax'],
  ['[!a-c]x', 'dx Ax', 'ax x'],
  ['{src,test}/*.{ts,js}', 'src/a.ts test/a.js', 'src/a.css lib/a.ts'],
  ['a{b,{c,d}e}f', 'abf acef adef', 'abef acf'],
  ['a{b}c', 'a{b}c', 'abc'],
  ['a{b', 'a{b', 'ab'],
  ['\\{a,b}', '{a,b}', 'a b'],
  ['\\*', '*', 'a'],
  ['a[', 'a[', 'a'],
  ['ä?', 'ä😀', 'ä'],
])('%s fits %s and not %s', (pattern, yes, no) => {
  const glob = globOf(pattern);
  expect(yes.split(' ').filter((path) => glob?.(path) !== true)).toEqual([]);
  expect(no.split(' ').filter((path) => glob?.(path) !== false)).toEqual([]);
});

test('a pattern of letters fits itself and nothing else', () => {
  const letters = fc.stringMatching(/^[a-c/.]{1,20}$/);
  fc.assert(
    fc.property(letters, letters, (one, other) => globOf(one)?.(other) === (one === other)),
    { seed: seed(), numRuns: scaled(5_000) },
  );
});

test('S41: braces that mean too much, and patterns that are too long, are none', () => {
  expect(globOf('{a,b}'.repeat(200))).toBeUndefined();
  expect(globOf('{'.repeat(999))).toBeDefined();
  expect(globOf('a'.repeat(1_001))).toBeUndefined();
});

test('S41: stars in a row go back over no more than the last of them', () => {
  expect(globOf(`${'a*'.repeat(300)}b`)?.('a'.repeat(4_000))).toBe(false);
  expect(globOf(`${'**/a/'.repeat(150)}b`)?.('a/'.repeat(2_000))).toBe(false);
});
