/** Lists a folder of the workspace: what was checked is what is listed, and never more than asked for (threats S7, S8, S41). */
import { constants, type Dirent } from 'node:fs';
import { type FileHandle, open, opendir } from 'node:fs/promises';
import { Refusal } from '../ports.ts';
import { reasonOf } from './failures.ts';
import { whereIs } from './files.ts';
import { resolveLinks } from './paths.ts';

export interface FolderEntry {
  readonly name: string;
  /** `other`: links, devices, pipes, sockets. */
  readonly kind: 'file' | 'folder' | 'other';
}

export interface FolderEntries {
  /** Sorted by name. */
  readonly entries: readonly FolderEntry[];
  readonly isCut: boolean;
}

/**
 * What is in a folder.
 * @param folder its path without links; a link that is there now is not followed.
 * @throws Refusal when it is no folder (any more), or may not be read.
 */
export async function entriesIn(folder: string, most: number): Promise<FolderEntries> {
  try {
    return process.platform === 'linux' ? await entriesByHandle(folder, most) : await entriesByPath(folder, most);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`${folder} was not read: ${reasonOf(error)}.`, 'unreadable');
  }
}

/** The open folder is checked, and the open folder is listed, whatever its path leads to by then. */
async function entriesByHandle(folder: string, most: number): Promise<FolderEntries> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    if ((await whereOpen(handle, folder)) !== folder) throw changed(folder);
    return await listed(`/proc/self/fd/${handle.fd}`, most);
  } finally {
    await handle.close();
  }
}

async function whereOpen(handle: FileHandle, folder: string): Promise<string | undefined> {
  return whereIs(handle, (await handle.stat()).ino, folder);
}

/** Where folders cannot be listed by a handle: no link may be on the way before, nor after. */
async function entriesByPath(folder: string, most: number): Promise<FolderEntries> {
  if (resolveLinks(folder).path !== folder) throw changed(folder);
  const found = await listed(folder, most);
  if (resolveLinks(folder).path !== folder) throw changed(folder);
  return found;
}

async function listed(path: string, most: number): Promise<FolderEntries> {
  const entries: FolderEntry[] = [];
  let isCut = false;
  for await (const entry of await opendir(path, { bufferSize: 256 })) {
    isCut = entries.length >= most;
    if (isCut) break;
    entries.push({ name: entry.name, kind: kindOf(entry) });
  }
  return { entries: entries.sort((one, other) => (one.name < other.name ? -1 : 1)), isCut };
}

function kindOf(entry: Dirent): FolderEntry['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

function changed(folder: string): Refusal {
  return new Refusal(`${folder} was not read: its path changed while it was opened. Try again.`, 'outside');
}
