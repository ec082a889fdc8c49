/** Runs the command of a key helper: without a shell, with few variables, for a limited time, and leaves nothing behind. */
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ClaudeError } from '../errors.ts';
import { hideTokens, type LearningScrub } from '../secrets.ts';
import type { Environment } from './variables.ts';

export interface Command {
  readonly command: readonly string[];
  readonly environment: Environment;
  readonly pass: readonly string[];
}

/** Bytes of what it prints: more is not a key. Of its complaints, as many are kept. */
const longestOutput = 65_536;

/**
 * The first line that the command prints.
 * @param signal Kills the command and all that it started.
 * @throws ClaudeError; neither arguments nor output are in it, and of its complaints only what is no secret.
 */
export async function runKeyHelper(command: Command, signal: AbortSignal, scrub: LearningScrub): Promise<string> {
  const ended = await run(command, signal);
  const lines = ended.output.trim().split(/\s*[\r\n]+\s*/);
  // Also when it failed: its complaint may repeat what it printed.
  for (const line of lines.slice(0, 8)) if (line.length >= 8) scrub.learn(line);
  const complaint = hideTokens(scrub(ended.complaint));
  const says = complaint === '' ? '' : ` It says: ${complaint}`;
  if (ended.how !== 'code 0') throw failed(`The key helper ended with ${ended.how}.${says}`);
  const [key = ''] = lines;
  if (key === '') throw failed(`The key helper printed no key.${says}`);
  return key;
}

interface Ended {
  /** `code 1`, `signal SIGTERM`. */
  readonly how: string;
  readonly output: string;
  readonly complaint: string;
}

async function run({ command, environment, pass }: Command, signal: AbortSignal): Promise<Ended> {
  const { spawn } = await import('node:child_process');
  signal.throwIfAborted();
  const [program = '', ...words] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      // Not the folder of the process: what lies there may be somebody else's, and programs read their settings there.
      cwd: path.parse(process.execPath).root,
      env: fewOf(environment, pass),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      // A group of its own, which can be killed as a whole.
      detached: process.platform !== 'win32',
    });
    const onAbort = (): void => stop(signal.reason);
    const stop = (reason: unknown): void => {
      signal.removeEventListener('abort', onAbort);
      killAll(child);
      reject(reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const output = collect(child.stdout, longestOutput, () =>
      stop(failed('The key helper printed more than 64 KB: that is no key.')),
    );
    const complaint = collect(child.stderr, longestOutput, () => {});
    child.on('error', (error) => stop(notStarted(program, error)));
    // What it started and left behind would hold its output open.
    child.on('exit', () => killAll(child));
    child.on('close', (code, ended) => {
      signal.removeEventListener('abort', onAbort);
      resolve({ how: code === null ? `signal ${ended}` : `code ${code}`, output: output(), complaint: complaint() });
    });
  });
}

/** @returns What was collected so far. More than `limit` bytes are not kept; `onMore` is told. */
function collect(stream: Readable, limit: number, onMore: () => void): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    if (length < limit) chunks.push(chunk.subarray(0, limit - length));
    length += chunk.length;
    if (length > limit) onMore();
  });
  // It ends when the command is killed: that is told elsewhere.
  stream.on('error', () => {});
  return () => Buffer.concat(chunks).toString();
}

function killAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

/** What programs need to find themselves, their settings, and the keyring or window of the person. */
const few = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|DISPLAY|WAYLAND_DISPLAY)$/,
  /^(XDG_RUNTIME_DIR|XDG_CONFIG_HOME|XDG_DATA_HOME|DBUS_SESSION_BUS_ADDRESS)$/,
  /^(SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|USERPROFILE|USERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA|TEMP|TMP)$/i,
];

function fewOf(environment: Environment, pass: readonly string[]): Record<string, string> {
  const chosen = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (pass.includes(entry[0]) || few.some((names) => names.test(entry[0]))),
  );
  return Object.fromEntries(chosen.map(([name, value]) => [name, /^PATH$/i.test(name) ? fullPaths(value) : value]));
}

/** Relative folders in `PATH` would be looked for where the process happens to be. */
function fullPaths(value: string): string {
  const folders = value.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.join(path.delimiter);
}

function notStarted(program: string, error: Error): ClaudeError {
  const code = 'code' in error ? String(error.code) : error.name;
  const what =
    code === 'ENOENT'
      ? 'was not found. Give its full path.'
      : `could not be started (${code}). Check that it may be run.`;
  const details = { stage: 'credentials', field: 'credentials' } as const;
  return new ClaudeError('configuration', `The key helper ${path.basename(program)} ${what}`, details);
}

function failed(what: string): ClaudeError {
  return new ClaudeError('authentication', what, { stage: 'credentials' });
}
