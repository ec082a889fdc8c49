/** The one door for reading files: inside the workspace folders, after links are resolved, regular text files only. */
import { constants, lstatSync } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { type FileKind, type FilePlace, type Files, Refusal } from '../ports.ts';
import { hasCode, reasonOf } from './failures.ts';
import { pathBelow, pathOf, resolveLinks } from './paths.ts';

/** Bytes. */
const largestFile = 10 * 1024 * 1024;
const largestConfiguration = 256 * 1024;

/** Where a file is, and where links led there, the path that was asked for. */
export interface Place extends FilePlace {
  readonly asked?: string;
}

export interface WorkspaceFiles extends Files {
  place(uri: string): Place | undefined;
  home(uri: string): Place | undefined;
  /**
   * The path that a URI leads to in the end, wherever it is; undefined when it is no path on this machine.
   * For judging by name a document outside the folders.
   */
  realPath(uri: string): string | undefined;
  /**
   * A small text file below a workspace folder; undefined where there is none.
   * @throws Refusal when it is there and cannot be read.
   */
  readConfiguration(root: string, relativePath: string): Promise<string | undefined>;
}

/** @param roots the workspace folders as URIs, as they are now; those that are not folders on this machine hold nothing. */
export function createFiles(roots: () => readonly string[]): WorkspaceFiles {
  return {
    async read(uri) {
      const file = inside(pathOf(uri), roots());
      return decoded(await readExisting(file, largestFile, roots()), file);
    },
    readBytes: async (uri, most) => readExisting(inside(pathOf(uri), roots()), Math.min(most, largestFile), roots()),
    place(uri) {
      const asked = orUndefined(() => pathOf(uri));
      return asked === undefined ? undefined : orUndefined(() => withNames(locate(asked, roots())));
    },
    home(uri) {
      const asked = orUndefined(() => pathOf(uri));
      return asked === undefined ? undefined : orUndefined(() => locate(asked, roots(), 'innermost').place);
    },
    stamp: (uri) => stampOf(uri, roots()).catch(() => undefined),
    kind: (uri) => kindOf(uri, roots()).catch(() => undefined),
    roots,
    realPath: (uri) => orUndefined(() => resolveLinks(pathOf(uri)).path),
    async readConfiguration(root, relativePath) {
      const file = inside(path.join(root, relativePath), roots());
      const bytes = await readBytes(file, largestConfiguration, roots());
      return bytes === undefined ? undefined : decoded(bytes, file);
    },
    async names(root, folder) {
      const asked = path.join(root, folder);
      // A workspace folder itself is in no other.
      if (folder === '' && realFolders(roots()).includes(resolveLinks(asked).path)) return namesIn(asked);
      return namesIn(inside(asked, roots()));
    },
  };
}

/** @throws when the path cannot be followed, or nothing is there. */
async function kindOf(uri: string, roots: readonly string[]): Promise<FileKind | undefined> {
  const found = locate(pathOf(uri), roots);
  if (found.place === undefined && !realFolders(roots).includes(found.path)) return undefined;
  const stats = await lstat(found.path);
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}

/** @throws when the path cannot be followed, or nothing is there. */
async function stampOf(uri: string, roots: readonly string[]): Promise<string> {
  const stats = await lstat(inside(pathOf(uri), roots), { bigint: true });
  return [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ');
}

/** More files in a folder than that are not listed. */
const mostNames = 1_000;

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
      .sort()
      .slice(0, mostNames);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw new Refusal(`${folder} was not read: ${reasonOf(error)}.`, 'unreadable');
  }
}

interface Located {
  readonly path: string;
  readonly link: string | undefined;
  readonly place: Place | undefined;
}

function locate(asked: string, roots: readonly string[], wanted: 'outermost' | 'innermost' = 'outermost'): Located {
  const resolved = resolveLinks(asked);
  const folders = realFolders(roots).filter((folder) => (pathBelow(folder, resolved.path) ?? '') !== '');
  const root = folders.sort((one, other) => one.length - other.length).at(wanted === 'outermost' ? 0 : -1);
  if (root === undefined) return { ...resolved, place: undefined };
  const below = pathBelow(root, resolved.path) ?? '';
  const spelled = resolved.link === undefined ? undefined : spelledBelow(asked, root, roots);
  return {
    ...resolved,
    place: { root, path: below, ...(spelled === undefined || spelled === below ? {} : { asked: spelled }) },
  };
}

/** Links that a system makes within a disk lead nowhere: both are the file itself (threats S7). */
function withNames({ path: file, place }: Located): Place | undefined {
  const stats = place === undefined ? undefined : lstatSync(file, { throwIfNoEntry: false });
  return place !== undefined && stats?.isFile() === true && stats.nlink > 1 ? { ...place, isShared: true } : place;
}

/** The asked path below the folder, however the folder itself was spelled. */
function spelledBelow(asked: string, root: string, roots: readonly string[]): string | undefined {
  const folders = [root, ...roots.flatMap((uri) => orUndefined(() => pathOf(uri)) ?? [])];
  return folders.map((folder) => pathBelow(folder, asked)).find((below) => below !== undefined && below !== '');
}

/** Absolute paths of the folders, links resolved; those that are not on this machine are left out. */
export function realFolders(roots: readonly string[]): string[] {
  return roots.flatMap((uri) => orUndefined(() => resolveLinks(pathOf(uri)).path) ?? []);
}

/** Where a path leads, if that is in a workspace folder. @throws Refusal when it is not. */
function inside(asked: string, roots: readonly string[]): string {
  const found = locate(asked, roots);
  if (found.place === undefined) throw outside(asked, found);
  return found.path;
}

function outside(asked: string, { path: real, link }: Located): Refusal {
  const leads = link === undefined ? 'it is' : `the link ${link} leads to ${real}, which is`;
  return new Refusal(
    `${asked} was not read: ${leads} outside the workspace folders. Open its folder in the editor first.`,
    'outside',
  );
}

async function readExisting(file: string, largest: number, roots: readonly string[]): Promise<Buffer> {
  const bytes = await readBytes(file, largest, roots);
  if (bytes === undefined) throw new Refusal(`${file} was not read: there is no such file.`, 'missing');
  return bytes;
}

/** Checks the handle, not the path, so that what was checked is what is read (threats S8). */
async function readBytes(file: string, largest: number, roots: readonly string[]): Promise<Buffer | undefined> {
  const handle = await opened(file);
  if (handle === undefined) return undefined;
  try {
    const { size, ...stats } = await checkedStats(handle, file);
    if (size > largest) throw tooLarge(file, largest);
    await checkWhere(handle, stats.ino, file, roots);
    const bytes = await readUpTo(handle, largest + 1, size);
    if (bytes.length > largest) throw tooLarge(file, largest);
    return bytes;
  } finally {
    await handle.close();
  }
}

// A pipe that nobody writes to must not block; a link put there since must not be followed. Windows knows neither.
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Not even opened unless it is a regular file: opening alone can have an effect on devices. */
async function opened(file: string): Promise<FileHandle | undefined> {
  try {
    if (!(await lstat(file)).isFile()) throw notRegular(file);
    return await open(file, flags);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${file} was not read: ${reasonOf(error)}.`, 'unreadable');
  }
}

async function checkedStats(
  handle: FileHandle,
  file: string,
): Promise<{ readonly size: number; readonly ino: number }> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw notRegular(file);
  return stats;
}

/** The open file is still inside: a folder on the way may have become a link between the check and the opening. */
async function checkWhere(handle: FileHandle, inode: number, file: string, roots: readonly string[]): Promise<void> {
  const there = await whereIs(handle, inode, file);
  const inside = there !== undefined && realFolders(roots).some((folder) => pathBelow(folder, there) !== undefined);
  if (!inside) throw new Refusal(`${file} was not read: its path changed while it was opened. Try again.`, 'outside');
}

/** The path that an open file or folder has now; undefined where that cannot be told. */
export async function whereIs(handle: FileHandle, inode: number, file: string): Promise<string | undefined> {
  const byHandle =
    process.platform === 'linux' ? await readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined) : undefined;
  if (byHandle !== undefined) return byHandle;
  const { path: real } = resolveLinks(file);
  const stats = await lstat(real).catch(() => undefined);
  return stats?.ino === inode ? real : undefined;
}

/** @param size as it was told: one read is enough for most files. */
async function readUpTo(handle: FileHandle, most: number, size: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let length = 0; length < most; ) {
    const chunk = Buffer.alloc(Math.min(64 * 1024, most - length, Math.max(size + 1 - length, 1024)));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

/** UTF-8 without its byte order mark. */
function decoded(bytes: Buffer, file: string): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') throw notText(file, 'it is UTF-16. Save it as UTF-8');
  if (bytes.includes(0)) throw notText(file, 'it is binary');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notText(file, 'it is not UTF-8. Save it as UTF-8');
  }
}

function notRegular(file: string): Refusal {
  return new Refusal(`${file} was not read: it is not a regular file.`, 'notAFile');
}

function tooLarge(file: string, largest: number): Refusal {
  return new Refusal(`${file} was not read: it is larger than ${Math.ceil(largest / 1024)} KB.`, 'tooLarge');
}

function notText(file: string, why: string): Refusal {
  return new Refusal(`${file} was not read: ${why}.`, 'notText');
}

function orUndefined<Value>(find: () => Value): Value | undefined {
  try {
    return find();
  } catch {
    // For these questions a path that cannot be followed is no place; reading it tells why.
    return undefined;
  }
}
