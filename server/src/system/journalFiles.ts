/** Files of journals: what they are called, whose they are, and how they are opened. */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { makeFolders } from './disk.ts';
import { hasCode } from './failures.ts';

/** The calls of the system that journals make, so that a test can let each of them fail. */
export interface JournalIo {
  readonly open: typeof open;
  readonly readdir: (folder: string) => Promise<string[]>;
  readonly stat: (file: string) => Promise<{ readonly ino: bigint; readonly mtimeMs: bigint; readonly size: bigint }>;
  readonly rename: typeof rename;
  readonly rm: (file: string) => Promise<void>;
  readonly makeFolders: typeof makeFolders;
  readonly folders: (folder: string) => Promise<string[]>;
  readonly removeFolder: (folder: string) => Promise<void>;
}

export const systemIo: JournalIo = {
  open,
  readdir: (folder) => readdir(folder),
  stat: (file) => stat(file, { bigint: true }),
  rename,
  rm: (file) => rm(file, { force: true }),
  makeFolders,
  folders: async (folder) =>
    (await readdir(folder, { withFileTypes: true })).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])),
  removeFolder: (folder) => rm(folder, { recursive: true, force: true }),
};

const ending = '.journal';
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Writers of this process: its number alone could be that of a dead one, in a container always is. */
const living = new Set<string>();

/** A writer of this process, until it ends. Its files carry its name. */
export interface WriterName {
  /** For a new file; never the same twice. */
  next(): string;
  end(): void;
}

export function beginWriter(): WriterName {
  const own = randomBytes(6).toString('hex');
  let count = 0;
  living.add(own);
  return {
    next: () => `${host}-${process.pid}-${own}-${count++}${ending}`,
    end: () => void living.delete(own),
  };
}

/** Names of the journal files in a folder, sorted; none where there is no folder. */
export async function journalFiles(io: JournalIo, folder: string): Promise<readonly string[]> {
  try {
    return (await io.readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Milliseconds: whether a process of another machine is alive cannot be asked. */
const longSilence = 7 * 24 * 3_600_000;

/** Nobody writes the file any more, as far as can be known. What somebody writes to it all the same is not lost: see `journalWriter.ts`. */
export async function isAbandoned(io: JournalIo, folder: string, file: string): Promise<boolean> {
  const [, madeOn, number, writer] = /^([0-9a-f]{8})-(\d{1,10})-([0-9a-f]{12})-\d+\.journal$/.exec(file) ?? [];
  if (madeOn === undefined || writer === undefined) return false;
  if (madeOn === host) return Number(number) === process.pid ? !living.has(writer) : !isRunning(Number(number));
  return Date.now() - Number((await io.stat(path.join(folder, file))).mtimeMs) > longSilence;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** A new file of this person's only. */
export async function createPrivate(io: JournalIo, file: string): Promise<FileHandle> {
  const handle = await io.open(file, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await handle.chmod(0o600);
    return handle;
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

/** To read; a link, a pipe or a device in its place is not followed. */
export function openToRead(io: JournalIo, file: string): Promise<FileHandle> {
  return io.open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
}

/** Bytes of a file; fewer where it ends before. */
export async function bytesAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
