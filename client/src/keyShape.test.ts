/** What can be a key, what only looks odd, and what cannot be one. */
import { expect, test } from 'vitest';
import { words } from '../../test/harness/words.ts';
import { keyProblem } from './keyShape.ts';

const anthropic = 'https://api.anthropic.com';
const gateway = 'https://gateway.example';
const good = `sk-ant-api03-${'x'.repeat(80)}`;

test.each([
  ['a whole key', good, anthropic, undefined],
  ['a key with blanks around it', `  ${good}\n`, anthropic, undefined],
  ['the key of a gateway', 'team-42', gateway, undefined],
  ['nothing', '', anthropic, 'error'],
  ['blanks', ' \t ', anthropic, 'error'],
  ['a key with a line break in it', `${good}\nx`, anthropic, 'error'],
  ['a key with "Bearer" before it', `Bearer ${good}`, gateway, 'error'],
  ['a key with a letter that no header holds', `${good}ü`, gateway, 'error'],
  ['a key with an invisible character', `${good}\u200b`, anthropic, 'error'],
  ['a page of text', 'x'.repeat(5000), gateway, 'error'],
  ['a line of a configuration', `ANTHROPIC_API_KEY=${good}`, gateway, 'warning'],
  ['another service’s key', 'AIza1234', anthropic, 'warning'],
  ['half a key', 'sk-ant-api03-x', anthropic, 'warning'],
  ['an admin key', `sk-ant-admin01-${'x'.repeat(80)}`, anthropic, 'warning'],
])('%s', (_name, typed, origin, severity) => {
  expect(keyProblem(typed, origin, words)?.severity).toBe(severity);
});

test('S32: what is said of a key never holds a part of it', () => {
  for (const key of [good, `${good}\nx`, 'AIza1234', `A=${good}`])
    expect(keyProblem(key, anthropic, words)?.message ?? '').not.toContain(key.slice(0, 6) === 'sk-ant' ? good : key);
});
