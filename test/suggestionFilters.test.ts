/** What the server calls its filters has words of the person's language in VS Code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filterWord } from '../client/src/suggest/reasonLook.ts';

const folder = path.resolve(import.meta.dirname, '../server/src/features/complete/filters');
const names = readdirSync(folder)
  .filter((file) => !file.endsWith('.test.ts'))
  .flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(/\bname: '([^']+)'/g)])
  .map(([, name]) => name ?? '');

test('every filter can be told in another language', () => {
  expect(names.length).toBeGreaterThan(12);
  const translated = names.filter((name) => filterWord(name, { t: (message) => `¡${message}!` }).startsWith('¡'));
  expect(translated).toEqual(names);
});
