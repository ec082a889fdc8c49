/** S37: what Gloss keeps is private to one person, and is there whole or not at all. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scaled } from '../../../test/harness/scale.ts';
import { Refusal } from '../ports.ts';
import { createDisk, storageRefusal } from './disk.ts';

const base = mkdtempSync(path.join(tmpdir(), 'gloss-disk-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let folders = 0;
const fresh = () => path.join(base, String(folders++));

/** What came of it: `done`, or the refusal's kind. Anything but a refusal fails the test. */
async function kindOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return 'done';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.kind;
  }
}

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

test('what was written is read, listed and removed', async () => {
  const disk = createDisk(fresh());
  expect(await disk.list('receipts')).toEqual([]);
  expect(await disk.read('receipts/b.json')).toBeUndefined();
  await disk.create('receipts/b.json', 'é漢🎉\r\n');
  await disk.create('receipts/a.json', '');
  expect(await disk.list('receipts')).toEqual(['a.json', 'b.json']);
  expect(await disk.read('receipts/b.json')).toBe('é漢🎉\r\n');
  expect(await disk.read('receipts/a.json')).toBe('');
  await disk.remove('receipts/b.json');
  await disk.remove('receipts/b.json');
  expect(await disk.list('receipts')).toEqual(['a.json']);
});

test('files at the top, deep below and of a megabyte are kept', async () => {
  const disk = createDisk(path.join(fresh(), 'not', 'there', 'yet'));
  for (const name of ['top.json', 'a/b/c/d/deep.json']) {
    await disk.create(name, 'x'.repeat(1_000_000));
    expect((await disk.read(name))?.length).toBe(1_000_000);
  }
  expect(await disk.list('')).toEqual(['top.json']);
});

test.each([0o000, 0o022, 0o077, 0o277])('S37: folders are 0700 and files 0600 under umask %i', async (mask) => {
  const folder = fresh();
  const before = process.umask(mask);
  try {
    await createDisk(folder).create('receipts/2026/a.json', 'x');
  } finally {
    process.umask(before);
  }
  expect(
    ['', 'receipts', 'receipts/2026'].map((name) => modeOf(path.join(folder, name))).slice(mask === 0o277 ? 1 : 0),
  ).toEqual(mask === 0o277 ? ['700', '700'] : ['700', '700', '700']);
  expect(modeOf(path.join(folder, 'receipts/2026/a.json'))).toBe('600');
});

test('S37: a folder of our own that others could read is closed, the one above is left alone', async () => {
  const folder = fresh();
  mkdirSync(path.join(folder, 'receipts'), { recursive: true });
  for (const name of ['', 'receipts']) chmodSync(path.join(folder, name), 0o755);
  await createDisk(folder).create('receipts/a.json', 'x');
  expect([modeOf(folder), modeOf(path.join(folder, 'receipts'))]).toEqual(['755', '700']);
});

test("S37: a link or a file where a folder should be, and a stranger's folder, are refused", async () => {
  const folder = fresh();
  mkdirSync(path.join(folder, 'elsewhere'), { recursive: true });
  symlinkSync('elsewhere', path.join(folder, 'linked'));
  writeFileSync(path.join(folder, 'file'), '');
  const disk = createDisk(folder);
  expect(await kindOf(disk.create('linked/a.json', 'x'))).toBe('notPrivate');
  expect(await kindOf(disk.create('file/a.json', 'x'))).toBe('notPrivate');
  expect(readdirSync(path.join(folder, 'elsewhere'))).toEqual([]);
  expect(await kindOf(foreign().create('share/gloss-test.json', 'x'))).toBe('notPrivate');
});

/** A storage whose folder `share` belongs to somebody else: one that root gave away, or one of root's. */
function foreign(): ReturnType<typeof createDisk> {
  if (process.getuid?.() !== 0) return createDisk('/usr');
  const folder = fresh();
  mkdirSync(path.join(folder, 'share'), { recursive: true });
  chownSync(path.join(folder, 'share'), 12_345, 12_345);
  return createDisk(folder);
}

test('S37: a link in the place of a file is not followed', async () => {
  const folder = fresh();
  const disk = createDisk(folder);
  await disk.create('a/real.json', 'x');
  writeFileSync(path.join(base, 'target'), 'CANARY');
  symlinkSync(path.join(base, 'target'), path.join(folder, 'a', 'link.json'));
  expect(await kindOf(disk.read('a/link.json'))).not.toBe('done');
  expect(await kindOf(disk.create('a/link.json', 'overwritten'))).toBe('exists');
  expect(readFileSync(path.join(base, 'target'), 'utf8')).toBe('CANARY');
  expect(await disk.list('a')).toEqual(['real.json']);
});

test('S37: an existing file is never overwritten, and of many at once one wins whole', async () => {
  const disk = createDisk(fresh());
  const kinds = await Promise.all(
    Array.from({ length: 50 }, (_, index) => kindOf(disk.create('r/a.json', String(index).repeat(1000)))),
  );
  expect(kinds.filter((kind) => kind === 'done')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'exists')).toHaveLength(49);
  expect(await disk.read('r/a.json')).toBe(String(kinds.indexOf('done')).repeat(1000));
});

test('many different files at once are all kept', async () => {
  const disk = createDisk(fresh());
  await Promise.all(Array.from({ length: 50 }, (_, index) => disk.create(`r/${index}.json`, String(index))));
  expect(await disk.list('r')).toHaveLength(50);
  expect(await disk.read('r/49.json')).toBe('49');
});

test.each([
  '',
  '.',
  '..',
  '../a',
  'a/../b',
  '/a',
  'a//b',
  'a/',
  './a',
  'a\\b',
  'a:b',
  'a\0b',
  'a b',
  'a.',
  '.a',
  'a/.b',
  '~',
  'con',
  'a/NUL.txt',
  'com1.json',
  'é',
  'a\nb',
  'C:a',
  '%2e%2e/a',
  `${'a'.repeat(201)}`,
  'a/..',
  '．．/a',
  'a*',
  '-/../b',
  'lpt9',
])('S37: %j is no name for a file', async (name) => {
  const folder = fresh();
  const disk = createDisk(folder);
  expect(await kindOf(disk.create(name, 'x'))).toBe('badName');
  expect(await kindOf(disk.read(name))).toBe('badName');
  expect(await kindOf(disk.remove(name))).toBe('badName');
  if (name !== '') expect(await kindOf(disk.list(name))).toBe('badName');
  expect(existsSync(folder)).toBe(false);
});

test('S37: temporary names cannot be guessed, and none remain', async () => {
  const folder = fresh();
  const disk = createDisk(folder);
  const seen = new Set<string>();
  await disk.create('r/first.json', 'x');
  const writing = disk.create('r/large.json', 'x'.repeat(20_000_000));
  let isDone = false;
  void writing.then(() => {
    isDone = true;
  });
  while (!isDone) {
    for (const name of readdirSync(path.join(folder, 'r'))) if (name.startsWith('.')) seen.add(name);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect([...seen].every((name) => /^\.unfinished-[0-9a-f]{24}$/.test(name))).toBe(true);
  expect(seen.size).toBe(1);
  expect(readdirSync(path.join(folder, 'r')).sort()).toEqual(['first.json', 'large.json']);
});

test('S37: what a killed process left behind is hidden, and swept away an hour later', async () => {
  const folder = fresh();
  mkdirSync(path.join(folder, 'r'), { recursive: true });
  const old = path.join(folder, 'r', '.unfinished-old');
  const recent = path.join(folder, 'r', '.unfinished-recent');
  for (const file of [old, recent]) writeFileSync(file, 'half');
  utimesSync(old, new Date(), new Date(Date.now() - 2 * 3_600_000));
  const disk = createDisk(folder);
  expect(await disk.list('r')).toEqual([]);
  await disk.create('r/a.json', 'x');
  expect([existsSync(old), existsSync(recent)]).toEqual([false, true]);
});

test('S37: a process killed in the middle of writing leaves whole files only', { timeout: 120_000 }, async () => {
  const folder = fresh();
  const script = `
    import { createDisk } from ${JSON.stringify(new URL('./disk.ts', import.meta.url).href)};
    const disk = createDisk(${JSON.stringify(folder)});
    for (let turn = 0; ; turn++) {
      process.stdout.write('.');
      await disk.create('r/' + process.pid + '-' + turn + '.json', 'x'.repeat(3_000_000) + 'END');
    }`;
  for (let kill = 0; kill < scaled(40); kill++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let turns = 0;
    child.stdout.on('data', (dots: Buffer) => {
      turns += dots.length;
      if (turns > kill % 5) child.kill('SIGKILL');
    });
    await ended;
  }
  const disk = createDisk(folder);
  for (const name of await disk.list('r')) {
    const text = (await disk.read(`r/${name}`)) ?? '';
    expect([name, text.length, text.slice(-3)]).toEqual([name, 3_000_003, 'END']);
  }
});

test.each([
  ['ENOSPC', 'diskFull', /the disk is full\. Free some space/],
  ['EDQUOT', 'diskFull', /quota/],
  ['EROFS', 'readOnly', /only be read\. Choose another folder/],
  ['EACCES', 'denied', /no permission/],
  ['EPERM', 'denied', /no permission/],
  ['EEXIST', 'exists', /a file of that name/],
  ['EIO', 'storage', /the disk reports an error/],
  ['EMFILE', 'storage', /too many files/],
])('S37: %s is told as %s in plain words', (code, kind, words) => {
  const refusal = storageRefusal('/state/gloss', Object.assign(new Error(`${code}: raw`), { code }));
  expect(refusal.kind).toBe(kind);
  expect(refusal.message).toMatch(words);
  expect(refusal.message).toContain('/state/gloss');
  expect(refusal.message).not.toContain('raw');
});

test('S37: what is no system error keeps its own words', () => {
  expect(storageRefusal('/state', new Error('odd')).message).toContain('odd');
  expect(storageRefusal('/state', 'text').kind).toBe('storage');
});

test('a storage that cannot be made is refused, and nothing is thrown away silently', async () => {
  const folder = fresh();
  writeFileSync(folder, 'a file');
  expect(await kindOf(createDisk(folder).create('a.json', 'x'))).toBe('notPrivate');
  expect(await kindOf(createDisk(path.join(folder, 'below')).create('a.json', 'x'))).toBe('storage');
  expect(await createDisk(folder).list('')).toEqual([]);
  expect(readFileSync(folder, 'utf8')).toBe('a file');
});
