/** Commands of chats: what a line would really do, and doing exactly that (threats S13 to S15). */
import { statSync } from 'node:fs';
import path from 'node:path';
import { type CommandPlan, Refusal, type Shell } from '../ports.ts';
import { startingSettings } from './gitSettings.ts';
import { pathBelow, pathOf, resolveLinks } from './paths.ts';
import { alwaysSet, environmentFor, type Variables } from './shellEnvironment.ts';
import { type Running, startCommand } from './shellProcess.ts';
import { findProgram } from './shellPrograms.ts';
import { plainWords } from './shellWords.ts';

export interface ShellParts {
  /** The workspace folders as URIs, as they are now. */
  roots(): readonly string[];
  /** The process's own; commands get few of them. */
  readonly variables: Variables;
}

export interface RunningShell extends Shell {
  /** Ends whatever runs, at once. */
  close(): void;
}

/** Commands at the same time, those that are being ended among them. */
const mostRunning = 6;

export function createShell({ roots, variables }: ShellParts): RunningShell {
  const running = new Set<Running>();
  const close = (): void => {
    for (const command of running) command.kill();
  };
  // Nothing goes on when the process goes, however that ends.
  const follow = (command: Running): void => {
    if (running.size === 0) process.once('exit', close);
    running.add(command);
    void command.gone.then(() => {
      running.delete(command);
      if (running.size === 0) process.removeListener('exit', close);
    });
  };
  return {
    async plan(line, cwd) {
      checkLine(line);
      const folders = realFolders(roots());
      const folder = folderFor(cwd, folders);
      const environment = Object.keys(environmentFor(variables, folders))
        .filter((variable) => !alwaysSet.includes(variable))
        .sort();
      const base = { line, cwd: folder, environment, alwaysSet };
      const [name, ...words] = process.platform === 'win32' ? [] : (plainWords(line) ?? []);
      if (name === undefined) {
        const gitSettings = namesGit(line) ? startingSettings(folder) : [];
        return { ...base, ...shellText(line, variables), isShell: true, gitSettings };
      }
      const program = await findProgram({ name, cwd: folder, variables, folders });
      const isGit = [name, program.path, program.calledAs].some(namesGit);
      const gitSettings = isGit ? startingSettings(folder) : [];
      return { ...base, argv: [program.path, ...words], calledAs: program.calledAs, isShell: false, gitSettings };
    },
    async run(plan, options) {
      options.signal.throwIfAborted();
      if (running.size >= mostRunning) {
        throw new Refusal(`The command was not run: ${mostRunning} are running already. Wait until one ends.`, 'busy');
      }
      const command = startCommand(plan, environmentFor(variables, realFolders(roots())), options);
      follow(command);
      return command.result;
    },
    close,
  };
}

/** Characters: a system passes no longer ones for certain, and nobody reads them. */
const longestLine = 20_000;

function checkLine(line: string): void {
  if (line.trim() === '') throw new Refusal('The command was not run: it is empty.', 'empty');
  if (line.length > longestLine)
    throw new Refusal(`The command was not run: it is longer than ${longestLine} characters.`, 'tooLong');
  if (line.includes('\0') || !line.isWellFormed())
    throw new Refusal('The command was not run: it holds characters that no program can be given.', 'characters');
}

function namesGit(text: string): boolean {
  return /(?<![a-z])git/i.test(text);
}

function shellText(line: string, variables: Variables): Pick<CommandPlan, 'argv' | 'calledAs'> {
  if (process.platform !== 'win32') return { argv: ['/bin/sh', '-c', line], calledAs: '/bin/sh' };
  const shell = path.join(variables['SystemRoot'] ?? 'C:\\Windows', 'System32', 'cmd.exe');
  return { argv: [shell, '/d', '/s', '/c', `"${line}"`], calledAs: shell };
}

/** Where links lead counts. */
function folderFor(cwd: string, folders: readonly string[]): string {
  const { path: folder } = resolveLinks(pathOf(cwd));
  if (!folders.some((root) => pathBelow(root, folder) !== undefined))
    throw new Refusal(`The command was not run: ${folder} is outside the workspace folders.`, 'outside');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Refusal(`The command was not run: there is no folder ${folder}.`, 'noFolder');
  return folder;
}

function realFolders(roots: readonly string[]): readonly string[] {
  return roots.flatMap((uri) => {
    try {
      return [resolveLinks(pathOf(uri)).path];
    } catch {
      // No folder on this machine: nothing runs there.
      return [];
    }
  });
}
