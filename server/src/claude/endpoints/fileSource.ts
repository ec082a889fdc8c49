/** Files of this machine that are to be sent: regular ones only, sent as they were when they were looked at (threats S41). Only reads. */
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ClaudeError } from '../errors.ts';
import type { StreamedBody } from '../transport/transport.ts';

/** A file that is to be sent. */
export interface SourceFile {
  /** The last part of its path. */
  readonly name: string;
  readonly body: StreamedBody & { readonly length: number };
  close(): Promise<void>;
}

/**
 * Opens a file once, for all attempts at sending it.
 * @throws ClaudeError of kind `invalid_request` for what is not there, not to be read, or no regular file. Sending it
 *   fails with kind `conflict` when it has changed meanwhile.
 */
export async function openFile(file: string): Promise<SourceFile> {
  const { handle, seen } = await told(file, () => opened(file));
  const body = { length: Number(seen.size), replayable: true, open: () => piecesOf(file, handle, seen) };
  return { name: path.basename(file), body, close: () => handle.close() };
}

/** A file that is opened while it is sent, and only then: of these there may be many. */
export async function lookAtFile(file: string): Promise<Pick<SourceFile, 'body'>> {
  const { handle, seen } = await told(file, () => opened(file));
  await handle.close();
  return { body: { length: Number(seen.size), replayable: true, open: () => openedPieces(file, seen) } };
}

async function* openedPieces(file: string, expected: BigIntStats): AsyncGenerator<Uint8Array, undefined> {
  const { handle, seen } = await told(file, () => opened(file));
  try {
    if (!isSame(seen, expected)) throw changed(file);
    yield* piecesOf(file, handle, seen);
  } finally {
    await handle.close();
  }
}

/** Looks before it opens: opening alone does something to a device. A pipe must not make it wait. */
async function opened(file: string): Promise<{ readonly handle: FileHandle; readonly seen: BigIntStats }> {
  checkRegular(file, await stat(file, { bigint: true }));
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const seen = await handle.stat({ bigint: true });
    checkRegular(file, seen);
    return { handle, seen };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function checkRegular(file: string, seen: BigIntStats): void {
  if (seen.isFile()) return;
  const what = seen.isDirectory() ? 'a folder' : 'a pipe, a device or the like';
  throw refused(`${file} is ${what}. Name a file.`);
}

/** Bytes that are read at once. */
const pieceSize = 65_536;

async function* piecesOf(file: string, handle: FileHandle, seen: BigIntStats): AsyncGenerator<Uint8Array, undefined> {
  const size = Number(seen.size);
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafeSlow(Math.min(pieceSize, size - at));
    const { bytesRead } = await handle.read(piece, 0, piece.length, at);
    if (bytesRead === 0) throw changed(file);
    at += bytesRead;
    // Before the last piece is given away: without it, nothing comes of the request.
    if (at === size) await checkUnchanged(file, handle, seen);
    yield piece.subarray(0, bytesRead);
  }
  if (size === 0) await checkUnchanged(file, handle, seen);
}

/** Some files are longer than they say: nothing may follow. */
async function checkUnchanged(file: string, handle: FileHandle, seen: BigIntStats): Promise<void> {
  const { bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Number(seen.size));
  if (bytesRead > 0 || !isSame(await handle.stat({ bigint: true }), seen)) throw changed(file);
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return (['dev', 'ino', 'size', 'mtimeNs'] as const).every((field) => one[field] === other[field]);
}

function changed(file: string): ClaudeError {
  return new ClaudeError('conflict', `${file} changed while it was sent: nothing was uploaded.`, { stage: 'request' });
}

/** A folder is not sent when it holds more. */
const mostEntries = 10_000;
const deepestFolder = 32;

/**
 * The files of a folder, as paths below it with `/`, in order. Names that begin with a dot are left out: they are
 * seldom meant. Links are refused: they may lead anywhere.
 */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  let entries = 0;
  const visit = async (below: string, depth: number): Promise<void> => {
    if (depth > deepestFolder) throw refused(`${folder} has folders more than ${deepestFolder} deep.`);
    for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      entries += 1;
      if (entries > mostEntries) throw refused(`${folder} holds more than ${mostEntries} files. Choose a smaller one.`);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) await visit(name, depth + 1);
      else if (entry.isFile()) found.push(name);
      else throw refused(`${path.join(folder, name)} is a link, a pipe or the like. Take it out of the folder.`);
    }
  };
  await told(folder, () => visit('', 0));
  return found.sort();
}

/** Does it, and says in a person's words what went wrong. */
async function told<Result>(file: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ClaudeError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw refused(`${file} cannot be read: ${reasons[code] ?? code}.`, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'it is no folder, or not in one',
  EACCES: 'you have no right to',
  EPERM: 'you have no right to',
  EMFILE: 'too many files are open',
  ERR_INVALID_ARG_VALUE: 'that is no path',
  ERR_INVALID_ARG_TYPE: 'that is no path',
};

function refused(what: string, cause?: unknown): ClaudeError {
  return new ClaudeError('invalid_request', `Nothing was sent: ${what}`, { stage: 'settings', field: 'path', cause });
}
