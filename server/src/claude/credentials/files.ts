/** The files of profiles: read only where nobody else could have written or read them, written whole or not at all (S37). */
import type { Stats } from 'node:fs';
import type { Clock } from '../clock.ts';
import { ClaudeError } from '../errors.ts';

/** What others may do with a file: nothing, read it, or anything. */
export type Openness = 'private' | 'readable' | 'open';

/** Bits of a file's mode that must not be set, and what to do when they are. */
const rules: Readonly<Record<Openness, { readonly forbidden: number; readonly fix: string }>> = {
  private: { forbidden: 0o066, fix: 'chmod 600' },
  readable: { forbidden: 0o022, fix: 'chmod go-w' },
  open: { forbidden: 0, fix: '' },
};
const largest = 1_048_576;

/**
 * The text of a regular file; undefined when there is none.
 * @param name What it is, for messages: `identity token`.
 * @throws ClaudeError of kind `configuration` that names the file and the fix; nothing of its text is in it.
 */
export async function readOwnFile(path: string, name: string, openness: Openness): Promise<string | undefined> {
  const { constants, open } = await import('node:fs/promises');
  try {
    // Without waiting: opening a pipe would wait for its writer.
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const problem = problemOf(await file.stat(), path, openness);
    if (problem === undefined) return await file.readFile('utf8');
    throw unusable(path, name, problem);
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof ClaudeError || code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unusable(path, name, `cannot be read (${code}). Check its path and its permissions.`);
  }
}

/** The file that is open is judged, not its name: what the name leads to may change. */
function problemOf(stats: Stats, path: string, openness: Openness): string | undefined {
  const { forbidden, fix } = rules[openness];
  const mode = stats.mode & 0o777;
  if (!stats.isFile()) return 'is not a file. Give the path of one.';
  if (stats.size > largest) return 'is larger than 1 MB: it cannot be what it should be. Check the path.';
  if (process.platform === 'win32' || (mode & forbidden) === 0) return undefined;
  const what = (mode & forbidden & 0o022) === 0 ? 'read' : 'written';
  return `can be ${what} by others (mode ${mode.toString(8)}). Run: ${fix} ${path}`;
}

/** Replaces a file's text in one step, for this user's eyes only. Folders that are missing are made, for this user only. */
export async function writeOwnFile(path: string, text: string): Promise<void> {
  const { mkdir, open, realpath, rename, unlink } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  // A link stays a link: what it leads to is replaced.
  const target = await realpath(path).catch(() => path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const temporary = `${target}.${crypto.randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    // So that the new name outlives a power cut, where folders can be opened at all.
    await using folder = await open(dirname(target)).catch(() => undefined);
    await folder?.sync().catch(() => {});
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

/** How to wait for a file that is in use. */
export interface Waiting {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Milliseconds between two looks at a lock, and after which it counts as left behind. */
const lookAgain = 50;
const leftBehind = 60_000;

/**
 * Does something to a file while no other process, and nobody else in this one, does it: `path.lock` says so. Where
 * no lock can be made, as in a folder that cannot be written to, it is done without one.
 */
export async function whileLocked<Value>(
  path: string,
  { clock, signal }: Waiting,
  work: () => Promise<Value>,
): Promise<Value> {
  const lock = `${path}.lock`;
  const mark = await markOfThisProcess();
  for (;;) {
    signal.throwIfAborted();
    const taken = await take(lock, mark);
    if (taken === 'impossible') return work();
    if (taken === 'taken') break;
    if (!(await removeLeftBehind(lock, clock))) await pause(lookAgain, clock, signal);
  }
  try {
    return await work();
  } finally {
    await removeIf(lock, mark);
  }
}

/** Whose lock it is: a process that is gone will not open it again. */
interface Mark {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
}

async function markOfThisProcess(): Promise<string> {
  const { hostname } = await import('node:os');
  const mark: Mark = { id: crypto.randomUUID(), pid: process.pid, host: hostname() };
  return JSON.stringify(mark);
}

async function take(lock: string, mark: string): Promise<'taken' | 'in use' | 'impossible'> {
  const { writeFile } = await import('node:fs/promises');
  try {
    await writeFile(lock, mark, { flag: 'wx', mode: 0o600 });
    return 'taken';
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? 'in use' : 'impossible';
  }
}

/** @returns Whether it is worth trying to take the lock at once. */
async function removeLeftBehind(lock: string, clock: Clock): Promise<boolean> {
  const { readFile, stat } = await import('node:fs/promises');
  try {
    const mark = await readFile(lock, 'utf8');
    const age = clock.wall() - (await stat(lock)).mtimeMs;
    if (age < leftBehind && !(await isGone(mark))) return false;
    await removeIf(lock, mark);
  } catch {
    // Gone meanwhile: that is what was wanted.
  }
  return true;
}

async function isGone(text: string): Promise<boolean> {
  const { hostname } = await import('node:os');
  const [, pid, host] = /"pid":(\d+),"host":"([^"]*)"/.exec(text) ?? [];
  if (pid === undefined || host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

async function removeIf(lock: string, mark: string): Promise<void> {
  const { readFile, unlink } = await import('node:fs/promises');
  const found = await readFile(lock, 'utf8').catch(() => undefined);
  if (found === mark) await unlink(lock).catch(() => {});
}

function pause(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      forget();
      reject(signal.reason);
    };
    const forget = clock.after(
      milliseconds,
      () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      },
      true,
    );
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function unusable(path: string, name: string, problem: string): ClaudeError {
  return new ClaudeError('configuration', `The ${name} ${path} ${problem}`, {
    stage: 'credentials',
    field: 'credentials',
  });
}
