/** S6, S7, S12, S16: searching finds what is in the workspace folders and may be shown, and nothing else. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { folderOf } from '../../../test/harness/folders.ts';
import { type SearchingOptions, searching } from '../../../test/harness/searching.ts';
import type { TextQuestion } from '../ports.ts';

const { signal } = new AbortController();
const uriOf = (...parts: readonly string[]) => pathToFileURL(path.join(...parts)).href;

/** Paths below the folder of the files that a glob finds. */
async function globbed(root: string, glob: string, options: SearchingOptions = {}, below?: string) {
  const question = { glob, most: 100, ...(below === undefined ? {} : { below: uriOf(root, below) }) };
  const { uris } = await searching([root], options).files(question, signal);
  return uris.map((uri) => decodeURIComponent(uri.slice(uriOf(root).length + 1)));
}

/** `path:line text` of each match. */
async function found(root: string, pattern: string, more: Partial<TextQuestion> = {}, options: SearchingOptions = {}) {
  const question = { pattern, isRegex: true, isCaseSensitive: true, around: 0, most: 100, ...more };
  const { matches } = await searching([root], options).text(question, signal);
  return matches.map(
    ({ uri, line, lines, firstLine }) =>
      `${decodeURIComponent(uri.slice(uriOf(root).length + 1))}:${line} ${lines[line - firstLine]}`,
  );
}

const project = {
  'a.ts': 'const alpha = 1;\nconst beta = 2;\n',
  'src/b.ts': 'import alpha;\r\n// Alpha (x)\r\n',
  'src/deep/c.test.ts': 'beta\n',
  'src/d.md': '# alpha\n',
};

test.each([
  ['**/*.ts', ['a.ts', 'src/b.ts', 'src/deep/c.test.ts']],
  ['*.ts', ['a.ts', 'src/b.ts', 'src/deep/c.test.ts']],
  ['./src/*', ['src/b.ts', 'src/d.md']],
  ['/a.ts', ['a.ts']],
  ['src/', ['src/b.ts', 'src/d.md', 'src/deep/c.test.ts']],
  ['src/**/*.{md,test.ts}', ['src/d.md', 'src/deep/c.test.ts']],
  ['none', []],
])('the glob %j finds %j', async (glob, expected) => {
  expect(await globbed(folderOf(project), glob)).toEqual(expected);
});

test('below a folder, a glob is of that folder or of the workspace folder', async () => {
  const root = folderOf(project);
  expect(await globbed(root, 'deep/*', {}, 'src')).toEqual(['src/deep/c.test.ts']);
  expect(await globbed(root, 'src/deep/*', {}, 'src')).toEqual(['src/deep/c.test.ts']);
});

test.each(['../*', 'a/../../b', '', '/', '{a,b}'.repeat(20), 'x'.repeat(2_000), 'a\0b'])(
  'S6, S41: the glob %j is refused',
  async (glob) => {
    await expect(globbed(folderOf(project), glob)).rejects.toThrow(/glob/);
  },
);

test('finds lines by words, by patterns, in any case, and in some files', async () => {
  const root = folderOf(project);
  expect(await found(root, 'alpha')).toEqual([
    'a.ts:0 const alpha = 1;',
    'src/b.ts:0 import alpha;',
    'src/d.md:0 # alpha',
  ]);
  expect(await found(root, 'Alpha (', { isRegex: false, isCaseSensitive: false })).toEqual(['src/b.ts:1 // Alpha (x)']);
  expect(await found(root, '(?i)^// a')).toEqual(['src/b.ts:1 // Alpha (x)']);
  expect(await found(root, '\\bbeta\\b$', { glob: '*.test.ts' })).toEqual(['src/deep/c.test.ts:0 beta']);
  expect(await found(root, 'alpha', { below: uriOf(root, 'src/d.md') })).toEqual(['src/d.md:0 # alpha']);
  expect(await found(root, 'beta', { below: uriOf(root, 'src') })).toEqual(['src/deep/c.test.ts:0 beta']);
});

test('lines around are those of the file', async () => {
  const question = { pattern: '2', isRegex: false, isCaseSensitive: true, around: 1, most: 10 };
  const { matches } = await searching([folderOf({ 'n.txt': '0\n1\n2\n3\n4' })]).text(question, signal);
  expect(matches.map(({ line, firstLine, lines }) => ({ line, firstLine, lines }))).toEqual([
    { line: 2, firstLine: 1, lines: ['1', '2', '3'] },
  ]);
});

test.each(['(', '[', '*', 'a{2,1}', '(?<a', '\\', ''])('%j is no pattern, and it is said so', async (pattern) => {
  await expect(found(folderOf(project), pattern)).rejects.toThrow(/cannot be searched for/);
});

test('R27: unsaved text is what is searched', async () => {
  const root = folderOf({ 'a b.ts': 'old' });
  const open = new Map([[uriOf(root, 'a b.ts'), 'new']]);
  expect(await found(root, 'old', {}, { open })).toEqual([]);
  expect(await found(root, 'new', {}, { open })).toEqual(['a b.ts:0 new']);
});

test('S12: what must not leave, and what version control ignores, is not found', async () => {
  const root = folderOf({
    ...{ '.gitignore': 'dist/\n*.log\n', '.glossignore': 'private/\n', 'src/.cursorignore': 'own.ts' },
    ...{ 'dist/x.ts': 'needle', 'a.log': 'needle', 'private/x.ts': 'needle', 'src/own.ts': 'needle', '.env': 'needle' },
    ...{ 'node_modules/p/x.ts': 'needle', '.git/config': 'needle', 'set/x.ts': 'needle', id_rsa: 'needle' },
    ...{ 'credentials/shown.ts': 'needle', 'src/shown.ts': 'needle' },
  });
  const options = { excludedFiles: ['set/'] };
  const shown = ['credentials/shown.ts', 'src/shown.ts'];
  expect((await globbed(root, '**', options)).filter((name) => !/ignore$/.test(name))).toEqual(shown);
  expect(await found(root, 'needle', {}, options)).toEqual(shown.map((name) => `${name}:0 needle`));
  expect((await searching([root], options).folder(uriOf(root), signal)).names).not.toContain('.env');
});

test('S12: a search finds out nothing of a secret, whatever it asks', async () => {
  const secret = `sk-ant-api03-${'Ab3'.repeat(30)}`;
  const root = folderOf({ 'a.ts': `const key = '${secret}';\nconst other = 1;\n` });
  expect(await found(root, 'sk-ant-api03-A')).toEqual([]);
  expect(await found(root, secret, { isRegex: false })).toEqual([]);
  const [line = ''] = await found(root, 'const key');
  expect(line).toContain('const key');
  expect(line).not.toContain(secret.slice(13, 40));
});

test('S7: links are not followed, wherever they lead', async () => {
  const outside = folderOf({ 'x.ts': 'needle' });
  const root = folderOf({ 'in/x.ts': 'needle' });
  symlinkSync(outside, path.join(root, 'out'));
  symlinkSync(path.join(outside, 'x.ts'), path.join(root, 'file.ts'));
  symlinkSync(path.join(root, 'in'), path.join(root, 'again'));
  symlinkSync('.', path.join(root, 'loop'));
  expect(await globbed(root, '**/*.ts')).toEqual(['in/x.ts']);
  expect(await found(root, 'needle')).toEqual(['in/x.ts:0 needle']);
  await expect(globbed(root, '*', {}, 'out')).rejects.toThrow(/no such folder/);
  await expect(searching([root]).folder(uriOf(root, 'out'), signal)).rejects.toThrow(/no such folder/);
  await expect(searching([root]).folder(uriOf(tmpdir()), signal)).rejects.toThrow(/no such folder/);
});

test('folders in folders are searched once, and a linked one by its own name', async () => {
  const root = folderOf({ 'inner/x.ts': 'needle' });
  const other = folderOf();
  mkdirSync(path.join(other, 'real'));
  writeFileSync(path.join(other, 'real', 'y.ts'), 'needle');
  symlinkSync(path.join(other, 'real'), path.join(other, 'link'));
  const folders = [path.join(root, 'inner'), root, path.join(other, 'link'), root];
  const { uris } = await searching(folders).files({ glob: '*.ts', most: 10 }, signal);
  expect(uris).toEqual([uriOf(root, 'inner/x.ts'), uriOf(other, 'link/y.ts')]);
});

test('what is stopped throws why', async () => {
  const reason = new Error('enough');
  const question = { pattern: 'x', isRegex: true, isCaseSensitive: true, around: 0, most: 1 };
  await expect(searching([folderOf(project)]).text(question, AbortSignal.abort(reason))).rejects.toBe(reason);
  await expect(searching([folderOf(project)]).files({ glob: '*', most: 1 }, AbortSignal.abort(reason))).rejects.toBe(
    reason,
  );
});

test('says that there is more', async () => {
  const root = folderOf(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.ts`, 'x\nx\n'])));
  const search = searching([root]);
  const ask = (most: number) =>
    search.text({ pattern: 'x', isRegex: false, isCaseSensitive: true, around: 0, most }, signal);
  expect(await search.files({ glob: '*', most: 19 }, signal)).toMatchObject({ isCut: true });
  expect(await search.files({ glob: '*', most: 20 }, signal)).toMatchObject({ isCut: false });
  expect((await ask(39)).isCut).toBe(true);
  expect((await ask(40)).isCut).toBe(false);
  expect((await ask(1)).matches).toHaveLength(1);
});
