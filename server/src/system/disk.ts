/** Gloss's own storage: files that only this person can read, written whole or not at all (threats S37). */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, type FileHandle, link, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Disk, Refusal } from '../ports.ts';
import { hasCode, reasonOf } from './failures.ts';

/**
 * Keeps everything below `folder`, which is made at the first write. Folders are 0700 and files 0600 whatever the umask.
 * Every method throws a Refusal whose kind tells what is wrong: `badName`, `exists`, `diskFull`, `readOnly`, `denied`,
 * `notPrivate`, `storage`.
 */
export function createDisk(folder: string): Disk {
  const swept = new Set<string>();
  return {
    create: (name, text) =>
      told(folder, async () => {
        const file = path.join(folder, plain(name));
        const parent = path.dirname(file);
        await makeFolders(folder, path.dirname(name));
        if (!swept.has(parent)) await sweep(parent);
        swept.add(parent);
        await createFile(file, text);
      }),
    read: (name) => told(folder, () => readWhole(path.join(folder, plain(name)))),
    list: (below) => told(folder, () => filesIn(path.join(folder, below === '' ? '' : plain(below)))),
    remove: (name) => told(folder, () => rm(path.join(folder, plain(name)), { force: true })),
  };
}

/** Complete under another name first, so that nobody ever sees half of it under its own. */
async function createFile(file: string, text: string): Promise<void> {
  const unfinished = path.join(path.dirname(file), `${unfinishedPrefix}${randomBytes(12).toString('hex')}`);
  try {
    await writeWhole(unfinished, text);
    await giveName(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

const unfinishedPrefix = '.unfinished-';

async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  await using _closed = closing(handle);
  await handle.chmod(0o600);
  await handle.writeFile(text);
  await handle.sync();
}

function closing(handle: FileHandle): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => handle.close() };
}

/** A hard link fails where the name is taken; file systems without them get a check and a rename, which can lose a race. */
async function giveName(unfinished: string, file: string): Promise<void> {
  try {
    await link(unfinished, file);
  } catch (error) {
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
    if ((await lstat(file).catch(() => undefined)) !== undefined)
      throw Object.assign(new Error(file), { code: 'EEXIST' });
    await rename(unfinished, file);
  }
}

/** What a killed process left behind: an hour old, so that nobody is still writing it. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(unfinishedPrefix)) continue;
    const file = path.join(folder, name);
    const stats = await lstat(file).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > 3_600_000) await rm(file, { force: true });
  }
}

/** The first folder may be the person's own, with other things in it: only what is below it is ours to close. */
export async function makeFolders(folder: string, below: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw hasCode(error, 'EEXIST') ? notPrivate(folder, 'something else stands there. Remove it') : error;
  });
  let reached = folder;
  for (const part of below === '.' ? [] : below.split('/')) {
    reached = path.join(reached, part);
    await mkdir(reached, { mode: 0o700 }).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
    await makePrivate(reached);
  }
}

/** Refuses what somebody else put there; takes others' rights away. */
async function makePrivate(folder: string): Promise<void> {
  const stats = await lstat(folder);
  if (!stats.isDirectory()) throw notPrivate(folder, 'something else stands there. Remove it');
  if (process.getuid === undefined) return;
  if (stats.uid !== process.getuid()) throw notPrivate(folder, 'it belongs to somebody else');
  if ((stats.mode & 0o777) !== 0o700) await chmod(folder, 0o700);
}

function notPrivate(folder: string, why: string): Refusal {
  return new Refusal(`Gloss cannot keep its records in ${folder}: ${why}.`, 'notPrivate');
}

async function readWhole(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    await using _closed = closing(handle);
    if (!(await handle.stat()).isFile()) throw notPrivate(file, 'it is not a file of its own. Remove it');
    return await handle.readFile('utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isFile() && !entry.name.startsWith('.') ? [entry.name] : [])).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/** A name of plain components, none of which means anything to any system. @throws Refusal for any other. */
export function plain(name: string): string {
  const isPlain =
    name.length <= 200 && /^[a-z0-9_-][\w-]*(?:\.[\w-]+)*(?:\/[a-z0-9_-][\w-]*(?:\.[\w-]+)*)*$/i.test(name);
  if (isPlain && !/(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)/i.test(name)) return name;
  throw new Refusal(`"${name.slice(0, 100)}" is no name for one of Gloss's own files.`, 'badName');
}

/** Does it, and says in a person's words what went wrong. */
export async function told<Result>(folder: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Refusal ? error : storageRefusal(folder, error);
  }
}

/** What a system error in Gloss's storage means, and what to do about it. */
export function storageRefusal(folder: string, error: unknown): Refusal {
  const { kind, advice } = kinds.find(({ codes }) => hasCode(error, ...codes)) ?? otherwise;
  return new Refusal(`Gloss could not use its storage in ${folder}: ${reasonOf(error)}. ${advice}`, kind);
}

const otherwise = { kind: 'storage', advice: 'See the log for more.' };
const kinds: readonly { readonly codes: readonly string[]; readonly kind: string; readonly advice: string }[] = [
  { codes: ['EEXIST'], kind: 'exists', advice: 'Try again.' },
  { codes: ['ENOSPC', 'EDQUOT'], kind: 'diskFull', advice: 'Free some space, and try again.' },
  { codes: ['EROFS'], kind: 'readOnly', advice: 'Choose another folder for it.' },
  {
    codes: ['EACCES', 'EPERM'],
    kind: 'denied',
    advice: 'Give yourself the right to write there, or choose another folder.',
  },
];
