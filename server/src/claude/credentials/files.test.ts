/** The files of profiles at their edges: what is no file, and what cannot be written. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOwnFile, writeOwnFile } from './files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);

test('a pipe is refused at once: nobody waits for its writer', async () => {
  await promisify(execFile)('mkfifo', [at('pipe')]);
  await expect(readOwnFile(at('pipe'), 'token', 'open')).rejects.toThrow(/The token .*pipe is not a file/);
});

test.each(['/dev/zero', '/dev/null', '/'])('%s is refused', async (name) => {
  await expect(readOwnFile(name, 'token', 'open')).rejects.toThrow(/is not a file/);
});

test('what is missing is missing, also where a folder should be', async () => {
  await writeFile(at('file'), '');
  expect(await readOwnFile(at('none'), 'token', 'open')).toBeUndefined();
  expect(await readOwnFile(at('file/none'), 'token', 'open')).toBeUndefined();
});

test('what cannot be opened is an error that says why', async () => {
  await expect(readOwnFile(at('x'.repeat(300)), 'token', 'open')).rejects.toThrow(/cannot be read \(ENAMETOOLONG\)/);
});

test('S37: folders that are made, and files, are for this user only, whatever the process lets others do', async () => {
  const before = process.umask(0);
  try {
    await writeOwnFile(at('a/b/file'), 'text');
  } finally {
    process.umask(before);
  }
  const modes = await Promise.all(['a', 'a/b', 'a/b/file'].map(async (name) => (await stat(at(name))).mode & 0o777));
  expect(modes).toEqual([0o700, 0o700, 0o600]);
});

test('what cannot be written leaves the old and nothing else', async () => {
  await mkdir(at('taken/by a folder'), { recursive: true });
  await expect(writeOwnFile(at('taken'), 'text')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
  expect(await readdir(folder)).toEqual(['taken']);
});

test('S37: many writers at once have a file of their own each until it is whole', async () => {
  await writeFile(at('file'), 'old');
  await Promise.all(Array.from({ length: 20 }, (_, index) => writeOwnFile(at('file'), `new ${index}`)));
  expect(await readdir(folder)).toEqual(['file']);
  expect(await readFile(at('file'), 'utf8')).toMatch(/^new \d+$/);
});
