/** Saves a download: under another name first, whole or not at all, for this person only, over nothing unless asked. */
import { constants } from 'node:fs';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ClaudeError } from '../errors.ts';

/** A file that is being written. */
export interface TargetFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Forgets what was written: it comes again. */
  restart(): Promise<void>;
  /** Everything is there: it gets its name. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** @throws ClaudeError of kind `configuration` where nothing can be written, or something is there already. */
export async function createTarget(file: string, overwrite: boolean): Promise<TargetFile> {
  const unfinished = path.join(path.dirname(file), `.${globalThis.crypto.randomUUID()}.part`);
  const handle = await told(file, async () => {
    if (!overwrite) await checkFree(file);
    const made = await open(unfinished, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    // Whatever the umask is.
    await made.chmod(0o600).catch(() => {});
    return made;
  });
  const discard = async (): Promise<void> => {
    await handle.close().catch(() => {});
    await rm(unfinished, { force: true });
  };
  let at = 0;
  return {
    write: (bytes) =>
      told(file, async () => {
        for (let done = 0; done < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at);
          done += bytesWritten;
          at += bytesWritten;
        }
      }),
    restart: () =>
      told(file, async () => {
        at = 0;
        await handle.truncate(0);
      }),
    finish: () =>
      told(file, async () => {
        await handle.sync();
        await handle.close();
        await (overwrite ? rename(unfinished, file) : giveName(unfinished, file));
      }).finally(discard),
    discard,
  };
}

/** A hard link fails where the name is taken; file systems without them get a check and a rename, which can lose a race. */
async function giveName(unfinished: string, file: string): Promise<void> {
  try {
    await link(unfinished, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error;
    await checkFree(file);
    await rename(unfinished, file);
  }
}

async function checkFree(file: string): Promise<void> {
  const there = await lstat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (there !== undefined) throw Object.assign(new Error(file), { code: 'EEXIST' });
}

async function told<Result>(file: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const why = reasons[codeOf(error)] ?? `it cannot be written (${codeOf(error)})`;
    throw new ClaudeError('configuration', `The download was not saved as ${file}: ${why}.`, {
      stage: 'settings',
      field: 'path',
      cause: error,
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'something of that name is there already. Choose another name, or ask for it to be overwritten',
  EISDIR: 'it is a folder. Choose another name',
  ENOENT: 'its folder does not exist. Make it first',
  ENOTDIR: 'its folder does not exist. Make it first',
  EACCES: 'you have no right to write there. Choose another folder',
  EPERM: 'you have no right to write there. Choose another folder',
  EROFS: 'nothing can be written there. Choose another folder',
  ENOSPC: 'the disk is full. Free some space',
};
