/** S4: who is asked again reads what has changed. */
import { expect, test } from 'vitest';
import type { Effective } from '../tool.ts';
import { differenceFrom } from './difference.ts';

/** `npm test in /w`: a command with two facts. */
function call(text: string): Effective {
  const [words = '', folder] = text.split(' in ');
  const facts = [
    { name: 'Command', value: words },
    ...(folder === undefined ? [] : [{ name: 'Folder', value: folder }]),
  ];
  const subjects = words.split(' ');
  return { tool: 'run', effect: 'runs', title: words, facts, subjects, isRememberable: true, mustAsk: [] };
}

const said = (now: string, ...allowed: readonly string[]) => differenceFrom(allowed.map(call), call(now));

test.each([
  ['npm test in /x', ['npm test in /w'], 'Folder was “/w”.'],
  ['npm run in /x', ['npm test in /w'], 'Command was “npm test”; Folder was “/w”.'],
  ['npm test in /x', ['npm test'], 'Folder was not there.'],
  ['npm run in /w', ['npm a in /x', 'npm b in /w'], 'Command was “npm b”.'],
  ['npm x', [`npm ${'a'.repeat(300)}`], `Command was “npm ${'a'.repeat(196)}” and 104 characters more.`],
])('S4: %s, after %j: %s', (now, allowed, difference) => {
  expect(said(now, ...allowed)).toBe(
    `You have allowed something like it for this session. This one differs: ${difference}`,
  );
});

test.each([[[]], [['git push']], [['npm test']]])('nothing is said after %j', (allowed) => {
  expect(said('npm test', ...allowed)).toBeUndefined();
});
