/** Starts the commands of chats, each in a process group of its own, and ends them: the one place where Gloss starts programs. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { CommandPlan, CommandResult, RunOptions } from '../ports.ts';
import { reasonOf } from './failures.ts';
import { inFolder } from './shellFolder.ts';
import { asLines, createCleaner, createRing } from './shellOutput.ts';

/** Characters of its output that are kept: a megabyte. */
const mostOutput = 1024 * 1024;
/** Milliseconds between asking a group to end and ending it. */
const grace = 2_000;
/** Milliseconds for what is on its way when a command has ended: something else may hold its output open for ever. */
const rest = 250;

export interface Running {
  readonly result: Promise<CommandResult>;
  /** Its group has ended, or got what no process survives. A stopped command may need longer for that than its result. */
  readonly gone: Promise<void>;
  /** Ends the group at once. */
  kill(): void;
}

/** @param environment all that it gets. */
export function startCommand(
  plan: CommandPlan,
  environment: Readonly<Record<string, string>>,
  { signal, deadline, onOutput }: RunOptions,
): Running {
  const result = Promise.withResolvers<CommandResult>();
  const gone = Promise.withResolvers<void>();
  const heard = createHearing(onOutput);
  const timers: NodeJS.Timeout[] = [];
  const after = (milliseconds: number, act: () => void) => timers.push(setTimeout(act, milliseconds));
  let late: 'deadline' | 'stopped' | undefined;
  let isGone = false;

  const settle = (end: CommandResult['end'], exitCode?: number): void => {
    signal.removeEventListener('abort', onStop);
    result.resolve({ exitCode, end, ...heard.end() });
  };
  const finish = (end: CommandResult['end'], exitCode?: number): void => {
    // Its number may be another group's by now.
    if (isGone) return;
    isGone = true;
    timers.forEach(clearTimeout);
    settle(late ?? end, exitCode);
    if (child !== undefined) endGroup(child, 'SIGKILL');
    heard.close();
    gone.resolve();
  };
  /** Asked first, ended then; some do not even end of that while the system holds them. */
  const end = (why: 'deadline' | 'stopped'): void => {
    late ??= why;
    if (child !== undefined) endGroup(child, 'SIGTERM');
    after(grace, () => {
      if (child !== undefined) endGroup(child, 'SIGKILL');
      after(rest, () => finish(why));
    });
  };
  const onStop = (): void => {
    // Whoever stops it does not wait until it has ended.
    settle('stopped');
    end('stopped');
  };
  const notStarted = (error: unknown): void => {
    heard.hear(`It could not be started: ${reasonOf(error)}.\n`);
    finish('notStarted');
  };

  const child = spawned(plan, environment, notStarted);
  if (child !== undefined) {
    heard.to(child.stdout);
    heard.to(child.stderr);
    child.on('error', notStarted);
    child.on('exit', (code) => after(rest, () => finish('exited', code ?? undefined)));
    child.on('close', (code) => finish('exited', code ?? undefined));
    after(deadline, () => end('deadline'));
    signal.addEventListener('abort', onStop, { once: true });
    if (signal.aborted) onStop();
  }
  return {
    result: result.promise,
    gone: gone.promise,
    kill: () => child !== undefined && endGroup(child, 'SIGKILL'),
  };
}

function spawned(
  { argv: [program = '', ...words], calledAs, cwd: folder, isShell }: CommandPlan,
  environment: Readonly<Record<string, string>>,
  onError: (error: unknown) => void,
): ChildProcess | undefined {
  try {
    return inFolder(folder, (cwd) =>
      spawn(program, words, {
        argv0: calledAs,
        cwd,
        env: environment,
        shell: false,
        // Nobody types anything.
        stdio: ['ignore', 'pipe', 'pipe'],
        // A session and group of its own: without a terminal to ask on, and to be ended as a whole.
        detached: process.platform !== 'win32',
        windowsHide: true,
        // The shell of Windows reads its text itself.
        windowsVerbatimArguments: isShell,
      }),
    );
  } catch (error) {
    // Too long, no memory, or another folder. Whoever has started it hears of it as of any other failure.
    queueMicrotask(() => onError(error));
    return undefined;
  }
}

function endGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') endTree(child.pid, signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nothing of it is left.
  }
}

/** Windows has no groups; its own program knows which process was started by which. */
function endTree(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  const program = path.join(process.execPath.slice(0, 3), 'Windows', 'System32', 'taskkill.exe');
  const force = signal === 'SIGKILL' ? ['/f'] : [];
  const killer = spawn(program, ['/pid', String(pid), '/t', ...force], { stdio: 'ignore', windowsHide: true, env: {} });
  // It is gone already.
  killer.on('error', () => {});
}

/** Reads what a command writes, until it is said to have ended. */
function createHearing(onOutput: (text: string) => void) {
  const ring = createRing(mostOutput);
  const streams: Readable[] = [];
  const ends: (() => void)[] = [];
  let ended: ReturnType<typeof ring.end> | undefined;
  const hear = (text: string): void => {
    if (ended !== undefined || text === '') return;
    ring.push(text);
    onOutput(asLines(text));
  };
  return {
    hear,
    to(stream: Readable | null): void {
      if (stream === null) return;
      const cleaner = createCleaner();
      streams.push(stream);
      ends.push(() => hear(cleaner.end()));
      stream.on('data', (bytes: Buffer) => hear(cleaner.push(bytes)));
      // It breaks when the command is ended: that is told elsewhere.
      stream.on('error', () => {});
    },
    /** The last of it. What comes later is read and forgotten, so that nothing waits for a reader. */
    end() {
      if (ended === undefined) for (const end of ends) end();
      ended ??= ring.end();
      return ended;
    },
    close(): void {
      for (const stream of streams) stream.destroy();
    },
  };
}
