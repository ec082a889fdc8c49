/** S6, S7, S9: what a model writes for a path means a file of the workspace folders, or nothing. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles } from '../system/files.ts';
import { meantBy, shownPath } from './paths.ts';

const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'gloss-paths-')));
const at = (...parts: readonly string[]) => path.join(base, ...parts);
const uriOf = (file: string) => pathToFileURL(file).href;

beforeAll(() => {
  for (const folder of ['one/src', 'one/two', 'two/src', 'outside']) mkdirSync(at(folder), { recursive: true });
  const files = ['one/a.txt', 'one/src/[id] x.ts', 'one/src/both.ts', 'two/src/both.ts', 'two/src/second.ts'];
  for (const file of [...files, 'outside/secret.txt']) writeFileSync(at(file), 'text');
  symlinkSync(at('outside'), at('one/out'));
  symlinkSync(at('one/src'), at('one/in'));
  symlinkSync(at('one'), at('linked'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** What a path means: the real path below the base with what is there, or the refusal. */
async function meant(asked: string, roots: readonly string[] = ['one'], open: readonly string[] = []): Promise<string> {
  const files = createFiles(() => roots.map((root) => uriOf(at(root))));
  const opened = new Set(open.map((file) => uriOf(at(file))));
  const get = (uri: string) => (opened.has(uri) ? { uri, version: 1, languageId: 'x', text: '' } : undefined);
  const documents = {
    get,
    recent: () => [],
    offsetAt: () => 0,
    positionAt: () => ({ line: 0, character: 0 }),
    watch() {},
  };
  const found = await meantBy({ files, documents }, asked);
  if ('impossible' in found) return `refused: ${found.impossible}`;
  expect(path.isAbsolute(path.relative(base, fileURLToPath(found.uri)))).toBe(false);
  return `${path.relative(base, fileURLToPath(found.uri))} ${found.kind} as ${found.shown}`;
}

test.each([
  ['a.txt', 'one/a.txt file as a.txt'],
  ['./a.txt', 'one/a.txt file as a.txt'],
  ['one/a.txt', 'one/a.txt file as a.txt'],
  [at('one/a.txt'), 'one/a.txt file as a.txt'],
  ['src/[id] x.ts', 'one/src/[id] x.ts file as src/[id] x.ts'],
  ['src/../a.txt', 'one/a.txt file as a.txt'],
  ['src', 'one/src folder as src'],
  ['src/', 'one/src folder as src'],
  ['.', 'one folder as one'],
  ['', 'one folder as one'],
  [at('one'), 'one folder as one'],
  [`${at('one')}/`, 'one folder as one'],
  ['new/file.ts', 'one/new/file.ts undefined as new/file.ts'],
  ['in/both.ts', 'one/src/both.ts file as src/both.ts'],
])('%j in a single folder is %j', async (asked, expected) => {
  expect(await meant(asked)).toBe(expected);
});

test.each([
  ['src/both.ts', 'one/src/both.ts file as one/src/both.ts'],
  ['two/src/both.ts', 'two/src/both.ts file as two/src/both.ts'],
  ['src/second.ts', 'two/src/second.ts file as two/src/second.ts'],
  ['two', 'two folder as two'],
  ['two/new.ts', 'two/new.ts undefined as two/new.ts'],
  ['new.ts', 'one/new.ts undefined as one/new.ts'],
])('%j in two folders is %j', async (asked, expected) => {
  expect(await meant(asked, ['one', 'two'])).toBe(expected);
});

test('what is open comes first, also where another folder has the same', async () => {
  expect(await meant('src/both.ts', ['one', 'two'], ['two/src/both.ts'])).toMatch(/^two\/src\/both\.ts file/);
});

test('a folder that was opened by a link is spelled as the editor spells it', async () => {
  expect(await meant('src/both.ts', ['linked'])).toBe('linked/src/both.ts file as src/both.ts');
  expect(await meant(at('one/src/both.ts'), ['linked'])).toBe('linked/src/both.ts file as src/both.ts');
});

const refused = [
  ...['../outside/secret.txt', 'src/../../outside/secret.txt', at('outside/secret.txt'), 'out/secret.txt', 'out'],
  ...[
    '/etc/passwd',
    '/',
    '..',
    '../',
    '/..',
    '~/x',
    '//server/share/x',
    '\\\\server\\x',
    '\\\\?\\C:\\x',
    'C:\\x',
    'c:x',
  ],
  ...['file:///etc/passwd', 'FILE:///x', 'http://x/y', 'untitled:x', 'a.txt:stream', 'a.txt\0', '\0', 'a\n.txt'],
  ...[
    'nul',
    'src/con.txt',
    'a.txt.',
    'a.txt ',
    'ABCDEF~1.TXT',
    '%2e%2e/outside/secret.txt',
    '．．/outside',
    'a\u202etxt',
  ],
  ...['x'.repeat(2000), `one/../../outside/secret.txt`, '\ud800'],
];

test.each(refused)('S6, S7, S9: %j means nothing', async (asked) => {
  for (const roots of [['one'], ['linked'], ['one', 'two']])
    expect(await meant(asked, roots)).toMatch(/^refused: ".*" was not opened: .+\. Name a file by its path/u);
});

test('S7: a link that leads out is refused, however its folder is named', async () => {
  expect(await meant('one/out/secret.txt')).toMatch(/^refused: .*a link leads out/);
});

test('without a folder there is nothing', async () => {
  expect(await meant('a.txt', [])).toMatch(/No folder is open/);
});

test('places outside the folders are shown by their last name alone', () => {
  const files = createFiles(() => [uriOf(at('one'))]);
  expect(shownPath(files, uriOf(at('outside/secret.txt')))).toBe('secret.txt');
  expect(shownPath(files, 'not a uri')).toBe('');
});
