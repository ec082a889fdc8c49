/** S13, S18: rules that forbid fit however a thing is spelled; rules that allow fit to the letter. */
import { expect, test } from 'vitest';
import type { PermissionRule } from '#shared/settings.ts';
import type { Effective } from '../tool.ts';
import { allows, forbidding } from './permissionRules.ts';

const edit = (path: string): Effective => ({
  ...{ tool: 'edit', effect: 'edits', title: '', facts: [], subjects: [path], isRememberable: true, mustAsk: [] },
});
const run = (...argv: readonly string[]): Effective => ({ ...edit(''), tool: 'run', effect: 'runs', subjects: argv });
const forbids = (one: PermissionRule, call: Effective) => forbidding([one], call, 'ask').length > 0;
const rule = (tool: string, match: string): PermissionRule => ({ tool, match, decision: 'ask' });

test.each([
  [
    'src/**',
    'src/a.ts src/b/c.ts',
    'lib/a.ts srcs/a.ts SRC/a.ts src/../a.ts src/./a.ts src//a.ts src\\a.ts src/%61.ts',
  ],
  ['*.md', 'a.md docs/a.md', 'a.mdx A.MD'],
  ['/*.md', 'a.md', 'docs/a.md'],
  ['docs/', 'docs/a.md x/docs/a.md', 'docs.md'],
  ['caf\u00e9.txt', 'caf\u00e9.txt cafe\u0301.txt', 'cafe.txt caf\u00e9\u200b.txt'],
  ['{a,b', '{a,b', 'a b'],
  ['{a,b}'.repeat(50), '', 'a b'],
])('a rule that allows %s fits %s and not %s', (match, yes, no) => {
  const fitting = (paths: string) => paths.split(' ').filter((path) => allows(rule('edit', match), edit(path)));
  expect([fitting(yes).join(' '), fitting(no)]).toEqual([yes, []]);
});

test.each([
  [
    'src/**',
    'src/a.ts SRC/A.TS src/./a.ts lib/../src/a.ts src\\a.ts %73rc/a.ts src%2Fa.ts s\u200brc/a.ts ſrc/a.ts',
    'lib/a.ts',
  ],
  ['src', 'src src/a.ts src/b/c.ts x/src/a.ts', 'srcs/a.ts a.src'],
  ['SRC\\Secret', 'src/secret src/secret/a.ts', 'src/a.ts'],
  ['*.key', 'a.key A.KEY x/y/a.key a.key. a.key::$DATA', 'a.keys'],
  ['caf\u00e9.txt', 'caf\u00e9.txt cafe\u0301.txt CAFE\u0301.TXT', 'cafe.txt'],
  ['{a,b}'.repeat(50), 'a anything', ''],
])('a rule that forbids %s fits %s and not %s', (match, yes, no) => {
  const fitting = (paths: string) =>
    paths.split(' ').filter((path) => path !== '' && forbids(rule('edit', match), edit(path)));
  expect([fitting(yes).join(' '), fitting(no)]).toEqual([yes, []]);
});

test.each<readonly [string, readonly string[], boolean]>([
  ['npm test', ['npm', 'test'], true],
  ['npm "a b"', ['npm', 'a b'], true],
  ["npm 'a b'c", ['npm', 'a bc'], true],
  ['npm test', ['npm', 'test', '--', 'x'], false],
  ['npm test', ['npm test'], false],
  ['npm test', ['NPM', 'test'], false],
  ['npm test', ['/w/npm', 'test'], false],
  ['npm test', ['npm', 'test '], false],
  ['npm *', ['npm', 'test'], false],
  ['npm **', ['npm', 'test'], false],
  ['npm $X', ['npm', 'test'], false],
  ['npm "test', ['npm', 'test'], false],
  ['npm \\test', ['npm', 'test'], false],
  [' ', [], false],
])('S13: a rule that allows %j lets %j run: %s', (match, argv, expected) => {
  expect(allows(rule('run', match), run(...argv))).toBe(expected);
});

test.each<readonly [string, readonly string[], boolean]>([
  ['git push', ['git', 'push'], true],
  ['git push', ['/usr/bin/git', 'push', '--force'], true],
  ['git push', ['GIT.EXE', 'push'], true],
  ['git push', ['cd x && git push origin'], true],
  ['git push', ['sh', '-c', 'true;git  push'], true],
  ['git push', ['g\u200bit', 'push'], true],
  ['git push', ['git', 'status'], false],
  ['git push', ['git', 'log', 'push'], false],
  ['rm', ['echo `rm -rf x`'], true],
  ['rm', ['echo', 'farm'], false],
  ['npm.exe test', ['npm', 'test'], false],
  ['npm', ['C:\\x\\NPM.cmd', 'test'], true],
  ['anything', ['x'.repeat(5_000)], true],
])('S13: a rule that forbids %j concerns %j: %s', (match, argv, expected) => {
  expect(forbids(rule('run', match), run(...argv))).toBe(expected);
});

test('S13: what may not be remembered is allowed by no rule', () => {
  expect(allows(rule('run', 'npm test'), { ...run('npm', 'test'), isRememberable: false })).toBe(false);
});

test('S18: a rule without words allows no command, and one for all tools allows nothing', () => {
  expect(allows({ tool: 'run', decision: 'allow' }, run('npm'))).toBe(false);
  expect(allows({ tool: '*', decision: 'allow' }, edit('a.ts'))).toBe(false);
  expect(allows(rule('*', '**'), edit('a.ts'))).toBe(false);
});

test('a call of several files is allowed by a rule for all of them, and forbidden by a rule for one', () => {
  const two = { ...edit(''), subjects: ['src/a.ts', 'lib/b.ts'] };
  expect([allows(rule('edit', 'src/**'), two), forbids(rule('edit', 'lib/**'), two)]).toEqual([false, true]);
});

test('a change that names nothing is allowed by no rule for paths, and forbidden by each', () => {
  const none = { ...edit(''), subjects: [] };
  expect([allows(rule('edit', '**'), none), forbids(rule('edit', 'x'), none)]).toEqual([false, true]);
});
