/** Files that are shown: whoever writes them at once, there is one of each text, and there are few. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDisk } from '../system/disk.ts';
import { createShownFiles } from './shownFiles.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gloss-shown-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const names = () => readdir(path.join(folder, 'shown'));

test('what is written again keeps its name and has the newest text', async () => {
  const files = createShownFiles(createDisk(folder));
  const written = await Promise.all(['one', 'two', 'three'].map((text) => files.write('a', text)));
  expect(new Set(written).size).toBe(1);
  expect(await readFile(path.join(folder, written[0] ?? ''), 'utf8')).toBe('three');
  expect(await names()).toHaveLength(1);
});

test('two servers on one disk: every text is shown, and nothing is left of what was taken away', async () => {
  const both = [createShownFiles(createDisk(folder)), createShownFiles(createDisk(folder))];
  await both[0]?.write('a', 'before');
  const ids = ['a', 'b', 'a', 'c', 'a', 'a'];
  await Promise.all(ids.flatMap((id) => both.map((files) => files.write(id, id))));
  await Promise.all(both.map((files) => files.remove(['a', 'b'])));
  expect((await names()).filter((name) => !name.endsWith('-c.md'))).toEqual([]);
});

test('there are never more than about 50', async () => {
  const files = createShownFiles(createDisk(folder));
  for (let count = 0; count < 70; count++) await files.write(`e${count}`, String(count));
  expect((await names()).length).toBeLessThanOrEqual(51);
  expect((await names()).some((name) => name.endsWith('-e69.md'))).toBe(true);
});

test('S36: a name that leads elsewhere is none', async () => {
  const files = createShownFiles(createDisk(folder));
  await expect(files.write('../../x', 'x')).rejects.toThrow();
  await files.remove(['../../x', '*']);
  expect(await readdir(path.dirname(folder))).not.toContain('x.md');
});
