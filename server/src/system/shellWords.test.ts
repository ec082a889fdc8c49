/** S13: what is read as plain words is what a real shell passes on, and everything else is the shell's. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import { plainWords } from './shellWords.ts';

test.each([
  ['ls', ['ls']],
  ['ls -la src/a.ts', ['ls', '-la', 'src/a.ts']],
  [`a 'b c' "d e" f'g'"h"i`, ['a', 'b c', 'd e', 'fghi']],
  [`a '' ""`, ['a', '', '']],
  [`a '$x;|&*?~#!\\"' "it's"`, ['a', '$x;|&*?~#!\\"', "it's"]],
  ['a über', undefined],
  [`a 'über' "日本"`, ['a', 'über', '日本']],
  ['a --x=y,z:@%', undefined],
  ['a --x=y,z:@+', ['a', '--x=y,z:@+']],
])('%j', (line, words) => {
  expect(plainWords(line)).toEqual(words);
});

const letters = [...'abcXYZ019_@+:,./=-', ...' $`\\"\'!;|&<>(){}[]*?~#%^\t\n', 'ä', '日', '‮'];
const whole = [
  "'a b'",
  '"c d"',
  "''",
  '""',
  "'$x'",
  '"it\'s"',
  'word',
  '-x',
  '--y=z',
  "'\\'",
  "'*'",
  '"*"',
  "'日本'",
  ' ',
  ' ',
  ' ',
  ' ',
];

/** Lines that are half plain, so that both readings happen. */
function lineOf(random: () => number): string {
  const pick = (members: readonly string[]) => members[Math.floor(random() * members.length)] ?? '';
  const length = 1 + Math.floor(random() * 8);
  return Array.from({ length }, () => (random() < 0.9 ? pick(whole) : pick(letters))).join('');
}

test('S13: thousands of lines are read as /bin/sh reads them', () => {
  const count = scaled(20_000);
  const next = random();
  const plain: { readonly line: string; readonly words: readonly string[] }[] = [];
  let others = 0;
  while (plain.length < count) {
    const line = lineOf(next);
    const words = plainWords(`printf ${line}`)?.slice(1);
    if (words === undefined) others++;
    else plain.push({ line, words });
  }
  expect(others).toBeGreaterThan(count / 10);
  // One that the shell read otherwise would spoil what comes after it, or the whole.
  const script = plain.map(({ line }) => `printf '%s\\0' ${line}\nprintf '%s\\0' '<end>'\n`).join('');
  const passed = execFileSync('/bin/sh', [], { input: script, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const expected = plain.map(({ words }) => [...words, '<end>'].map((word) => `${word}\0`).join('')).join('');
  expect(passed === expected, `TEST_SEED=${seed()}`).toBe(true);
});
