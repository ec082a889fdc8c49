/** S13: no command is known to be safe. Whatever does more than it says is asked about each time and never remembered. */
import { expect, test } from 'vitest';
import { random, scaled, seed } from '../../../../test/harness/scale.ts';
import { harmless, spoiled, tricks } from '../../../../test/harness/shellTricks.ts';
import type { CommandPlan } from '../../ports.ts';
import { plainWords } from '../../system/shellWords.ts';
import { odditiesOf } from './oddities.ts';

/** As the machine would plan it, where each program is at hand below `/usr/bin`, or where its path says. */
function planOf(
  line: string,
  at = (name: string) => (name.includes('/') ? `/ws/${name}` : `/usr/bin/${name}`),
): CommandPlan {
  const words = plainWords(line);
  const base = { line, cwd: '/ws', environment: ['PATH'], alwaysSet: [], gitSettings: [] };
  if (words === undefined) return { ...base, argv: ['/bin/sh', '-c', line], calledAs: '/bin/sh', isShell: true };
  const program = at(words[0] ?? '');
  return { ...base, argv: [program, ...words.slice(1)], calledAs: program, isShell: false };
}

const isRememberable = (line: string) => odditiesOf(planOf(line)).length === 0;

test('what is one program with plain arguments may be remembered', () => {
  expect(harmless.filter((line) => !isRememberable(line))).toEqual([]);
});

test('S13: more than 300 tricks are never remembered', () => {
  expect(new Set(tricks).size).toBeGreaterThan(300);
  expect(tricks.filter(isRememberable).map((line) => JSON.stringify(line))).toEqual([]);
});

test('S13: harmless lines with anything odd in them are never remembered', () => {
  const lines = spoiled(scaled(6_000), random());
  const passed = lines.filter((line) => isRememberable(line) && !harmless.includes(line));
  expect(
    passed.map((line) => JSON.stringify(line)),
    `TEST_SEED=${seed()}`,
  ).toEqual([]);
});

test('S13: a link does not hide what a program is', () => {
  const plan = planOf('tool x');
  expect(odditiesOf(plan)).toEqual([]);
  expect(odditiesOf({ ...plan, argv: ['/usr/bin/python3.12', 'x'] })).toHaveLength(1);
  expect(odditiesOf({ ...plan, calledAs: '/usr/bin/sudo' })).toHaveLength(1);
  expect(odditiesOf({ ...planOf('vcs x'), argv: ['/usr/bin/git', 'x'] })).toHaveLength(1);
});

test('each reason is a sentence that names what is odd', () => {
  const reasons = ['a; b', './a', 'env ls', 'tool -e x', 'git x', "tool 'a;b'"].map((line) => odditiesOf(planOf(line)));
  expect(reasons.map(([reason]) => reason)).toEqual([
    expect.stringContaining('The shell reads it'),
    expect.stringContaining('by its path'),
    expect.stringContaining('env runs other programs'),
    expect.stringContaining('The argument -e'),
    expect.stringContaining('What git does with “x”'),
    expect.stringContaining('Some arguments'),
  ]);
});
