/** Starting programs and ending them, so that none is left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/**
 * Runs a program to its end without a terminal.
 * @returns what it wrote to standard output
 * @throws Error with everything that it wrote when it cannot be started or ends with another code than 0.
 */
export async function runToEnd(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: string[] = [];
  const errors: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => parts.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const [code, signal] = await once(child, 'close');
  if (code === 0) return parts.join('');
  const end = code === null ? `was ended by ${signal}` : `ended with code ${code}`;
  throw new Error(`${[file, ...args].join(' ')} ${end}\n${errors.join('')}${parts.join('')}`.trim());
}

/** Runs npm, by the installation that started us where there is one, and without the settings of that run. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--prefer-offline'];
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=3000'];
  const own = process.env['npm_execpath'];
  const [file, first] = own?.endsWith('npm-cli.js') ? [process.execPath, [own]] : ['npm', []];
  try {
    return await runToEnd(file, [...first, ...args, ...quiet, ...patience], { cwd, env: environmentWithoutNpm() });
  } catch (error) {
    if (!isOffline(error)) throw error;
    const message = 'The npm registry cannot be reached, and something is needed from it that is not here yet.';
    throw new Error(`${message} Connect to the network and run the command again; it is fetched once.`, {
      cause: error,
    });
  }
}

function isOffline(error: unknown): boolean {
  const codes = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ECONNRESET|ENOTCACHED/;
  return error instanceof Error && codes.test(error.message);
}

function environmentWithoutNpm(): NodeJS.ProcessEnv {
  const kept = /registry|proxy|cafile|cache|userconfig|globalconfig/i;
  const entries = Object.entries(process.env);
  return Object.fromEntries(
    entries.filter(([name]) => !/^npm_(config|package|lifecycle)_/i.test(name) || kept.test(name)),
  );
}

/** A signal to the process and all that it started, where it was started with `detached: true`. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    // Nobody is left in the group: that is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Asks the group to end, and after `patience` milliseconds ends it. */
export async function endGroup(child: ChildProcess, patience = 5000): Promise<void> {
  const running = child.exitCode === null && child.signalCode === null;
  if (running) {
    const gone = once(child, 'exit');
    killGroup(child, 'SIGTERM');
    await Promise.race([gone, delay(patience, undefined, { ref: false })]);
  }
  killGroup(child, 'SIGKILL');
}
