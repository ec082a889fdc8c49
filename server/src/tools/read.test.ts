/** S6, S7, S12, S25, S41, R27: what the tools read, list, glob and search show a model of the workspace. */
import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../../../test/harness/folders.ts';
import { fileUri, readingTools } from '../../../test/harness/readingTools.ts';
import { glob } from './glob.ts';
import { list } from './list.ts';
import { read } from './read.ts';
import { search } from './search.ts';

test('a file comes with numbered lines, and with what the receipt needs', async () => {
  const root = folderOf({ 'src/a.ts': 'one\r\ntwo\nthree' });
  const answer = await readingTools([root]).call(read, { path: 'src/a.ts', firstLine: 2, lines: 1 });
  expect(answer).toMatchObject({
    text: 'src/a.ts: lines 2 to 2 of 3. Go on with firstLine 3.\n2\ttwo',
    isData: true,
    sources: [{ uri: fileUri(root, 'src/a.ts'), firstLine: 1, lastLine: 1, part: 'read' }],
    effective: { title: 'Read src/a.ts, lines 2 to 2', subjects: ['src/a.ts'], effect: 'reads' },
  });
});

test('long files come in pages that fit together', async () => {
  const lines = Array.from({ length: 5_210 }, (_, index) => `line ${index + 1}`);
  const { call } = readingTools([folderOf({ 'a.txt': lines.join('\n') })]);
  const pages: string[] = [];
  for (let firstLine: number | undefined = 1; firstLine !== undefined; ) {
    const [head = '', ...rest]: string[] = (await call(read, { path: 'a.txt', firstLine })).text.split('\n');
    pages.push(...rest.map((line) => line.replace(/^\d+\t/, '')));
    firstLine = Number(/Go on with firstLine (\d+)\./.exec(head)?.[1]) || undefined;
  }
  expect(pages).toEqual(lines);
  expect((await call(read, { path: 'a.txt' })).text).toMatch(
    /^a\.txt: lines 1 to 2000 of 5210\. Go on with firstLine 2001\.\n/,
  );
});

test('S41: a page is bounded in size, and so is a line', async () => {
  const wide = Array.from({ length: 500 }, () => 'x'.repeat(1_000)).join('\n');
  const { call } = readingTools([folderOf({ 'wide.txt': wide, 'long.txt': 'y'.repeat(400_000) })]);
  expect((await call(read, { path: 'wide.txt' })).text.length).toBeLessThan(101_000);
  expect((await call(read, { path: 'long.txt' })).text).toMatch(/y… \(398000 more characters in this line\)$/);
});

test('R27: what the editor has unsaved is read, also when there is no file yet', async () => {
  const open = { 'a.ts': 'unsaved', 'new.ts': 'never saved' };
  const { call } = readingTools([folderOf({ 'a.ts': 'saved' })], { open });
  expect((await call(read, { path: 'a.ts' })).text).toMatch(/As it is in the editor\.\n1\tunsaved$/);
  expect((await call(read, { path: 'new.ts' })).text).toMatch(/1\tnever saved$/);
});

test.each([
  ['.env', /stays on this machine/],
  ['private/x.ts', /stays on this machine/],
  ['set.ts', /stays on this machine/],
  ['none.ts', /^There is no file none\.ts\. /],
  ['src', /is a folder/],
  ['picture.png', /attach it/],
  ['binary.bin', /^binary\.bin was not read: it is binary/],
  ['../x', /leads out of the folder/],
  ['src/a.ts\0', /cannot be seen/],
])('S12: of %j it is said why it is not read', async (asked, expected) => {
  const root = folderOf({
    ...{ '.env': 'KEY=canary', '.glossignore': 'private/', 'private/x.ts': 'canary', 'set.ts': 'canary' },
    ...{ 'src/a.ts': '', 'picture.png': 'x', 'binary.bin': 'a\0b' },
  });
  const answer = await readingTools([root], { excludedFiles: ['set.ts'] }).call(read, { path: asked });
  expect(answer).toMatchObject({ failed: true, text: expect.stringMatching(expected) });
  expect(answer.text).not.toContain('canary');
  expect(answer.text).not.toContain(root);
});

test('a file that is missing is told with names like it', async () => {
  const { call } = readingTools([folderOf({ 'src/deep/orders.ts': '', 'x.ts': '' })]);
  expect((await call(read, { path: 'src/orders.js' })).text).toBe(
    'There is no file src/orders.js. Similar: src/deep/orders.ts.',
  );
});

test('an empty file, and a page behind the end', async () => {
  const { call } = readingTools([folderOf({ 'empty.txt': '', 'one.txt': 'x' })]);
  expect(await call(read, { path: 'empty.txt' })).toMatchObject({
    text: 'empty.txt is empty.',
  });
  expect(await call(read, { path: 'one.txt', firstLine: 9 })).toMatchObject({
    text: 'one.txt has only 1 line.',
    failed: true,
  });
});

test('S12: secrets are replaced wherever a page is cut, also in very large files', async () => {
  const key = [
    '-----BEGIN PRIVATE KEY-----',
    ...Array(40).fill('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo'),
    '-----END PRIVATE KEY-----',
  ];
  const filler = Array.from({ length: 30_000 }, (_, index) => `a line of a log, number ${index}`);
  const { call } = readingTools([
    folderOf({ 'a.txt': ['first', ...key, 'last'].join('\n'), 'big.txt': [...filler, ...key, ...filler].join('\n') }),
  ]);
  const answers = [
    await call(read, { path: 'a.txt', firstLine: 10, lines: 5 }),
    await call(read, { path: 'big.txt', firstLine: 30_010, lines: 5 }),
    await call(read, { path: 'big.txt', firstLine: 29_990, lines: 20 }),
  ];
  for (const { text, replaced } of answers) {
    expect(text).not.toContain('QUJDREVGR0hJ');
    expect(replaced).not.toEqual([]);
  }
});

test('S41: pipes, devices and sparse files are answered at once', async () => {
  const root = folderOf({ 'sparse.txt': '' });
  execFileSync('mkfifo', [path.join(root, 'pipe.txt')]);
  truncateSync(path.join(root, 'sparse.txt'), 5 * 2 ** 30);
  symlinkSync('/dev/zero', path.join(root, 'zero.txt'));
  const { call } = readingTools([root]);
  expect((await call(read, { path: 'pipe.txt' })).text).toMatch(/not a regular file/);
  expect((await call(read, { path: 'sparse.txt' })).text).toMatch(/larger than/);
  expect((await call(read, { path: 'zero.txt' })).text).toMatch(/outside/);
  expect((await call(search, { pattern: 'x' })).text).toBe('Nothing matches.');
  expect((await call(list, {})).text).toMatch(/^gloss-files-\w+: 1 entry\.\nsparse\.txt$/);
});

test('a folder is listed, in pages', async () => {
  const many = Object.fromEntries(Array.from({ length: 1_100 }, (_, index) => [`many/${10_000 + index}.txt`, '']));
  const { call } = readingTools([folderOf({ ...many, 'src/a.ts': '', '.env': '', 'b.ts': '' })]);
  expect((await call(list, {})).text).toMatch(/: 3 entries\.\nb\.ts\nmany\/\nsrc\/$/);
  expect((await call(list, { path: 'many' })).text).toMatch(
    /^many: 1100 entries\. Go on with firstEntry 501\.\n10000\.txt/,
  );
  expect((await call(list, { path: 'many/', firstEntry: 1_001 })).text).toMatch(/^many: 1100 entries\.\n11000\.txt/);
  expect((await call(list, { path: 'b.ts' })).text).toMatch(/is a file/);
  expect((await call(list, { path: 'none' })).text).toMatch(/There is no folder none/);
});

test('several folders have their names in front', async () => {
  const [one, two] = [folderOf({ 'a.ts': 'needle' }), folderOf({ 'a.ts': 'needle', 'b.ts': '' })];
  const [first, second] = [path.basename(one), path.basename(two)];
  const { call } = readingTools([one, two]);
  expect((await call(list, {})).text).toBe(`${first}/\n${second}/`);
  expect((await call(glob, { glob: '*.ts' })).text).toBe(`${first}/a.ts\n${second}/a.ts\n${second}/b.ts`);
  expect((await call(read, { path: `${second}/a.ts` })).text).toMatch(/1\tneedle/);
  expect((await call(search, { pattern: 'needle', below: second })).text).toBe(
    `Matches 1 to 1.\n${second}/a.ts\n  1: needle`,
  );
});

test('matches are grouped by file, with lines around, in pages', async () => {
  const root = folderOf({ 'a.ts': '0\nx\n2\n3\n4\n5\nx\nx', 'b.ts': Array(150).fill('y').join('\n') });
  const { call } = readingTools([root]);
  const answer = await call(search, { pattern: 'x', around: 1 });
  expect(answer.text).toBe('Matches 1 to 3.\na.ts\n  1- 0\n  2: x\n  3- 2\n  …\n  6- 5\n  7: x\n  8: x');
  expect(answer.sources?.map(({ firstLine, lastLine }) => [firstLine, lastLine])).toEqual([
    [0, 2],
    [5, 7],
    [6, 7],
  ]);
  expect((await call(search, { pattern: 'y' })).text).toMatch(
    /^Matches 1 to 100\. Go on with firstMatch 101\.\nb\.ts\n {2}1: y/,
  );
  expect((await call(search, { pattern: 'y', firstMatch: 101 })).text).toMatch(
    /^Matches 101 to 150\.\nb\.ts\n {2}101: y/,
  );
  expect(await call(search, { pattern: '(', isText: true })).toMatchObject({ text: 'Nothing matches.', failed: false });
  expect(await call(search, { pattern: '(' })).toMatchObject({ failed: true });
  expect((await call(glob, { glob: '*.zz' })).text).toBe('No file fits.');
});
