/** Finds the desktop VS Code that is on the PATH, and opens it on a folder with Gloss loaded. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../places.ts';
import { findOnPath } from '../systemPackages.ts';

/** The `code` command; undefined where there is none but the remote one of a VS Code terminal, which opens no window of its own. */
export async function desktopCommand(): Promise<string | undefined> {
  const command = await findOnPath('code');
  return command === undefined || /remote-cli|vscode-server/.test(realpathSync(command)) ? undefined : command;
}

/** The application behind the command, which waits for its window; the command itself where it is not at its usual place. */
export function applicationOf(command: string): string {
  const bin = path.dirname(realpathSync(command));
  const candidates = ['../code', '../Code.exe', '../../../MacOS/Electron', '../../../MacOS/Code'];
  const found = candidates.map((candidate) => path.resolve(bin, candidate)).find((file) => existsSync(file));
  return found ?? command;
}

export interface DesktopOptions {
  readonly command: string;
  readonly folder: string;
  /** A private one: settings, extensions and secrets of the person's own VS Code are not touched. */
  readonly dataFolder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Opens a window and waits until it is closed; closes it when the signal aborts. */
export async function openDesktop(options: DesktopOptions): Promise<void> {
  const { command, folder, dataFolder, settings, environment, signal } = options;
  const profile = path.join(dataFolder, 'profile');
  await mkdir(path.join(profile, 'User'), { recursive: true });
  await writeFile(path.join(profile, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  const folders = ['--user-data-dir', profile, '--extensions-dir', path.join(dataFolder, 'extensions')];
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, ...folders, folder];
  // As root, Chromium's sandbox does not start.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(command, [...args, ...asRoot], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  signal.addEventListener('abort', () => {
    child.kill();
    void endApplication(profile);
  });
  const [code] = await once(child, 'exit');
  if (code !== 0 && !signal.aborted) throw new Error(`${command} ended with code ${code}.`);
}

/** The command has handed over to the application, which leaves its process id in the profile. */
async function endApplication(profile: string): Promise<void> {
  const id = Number(await readFile(path.join(profile, 'code.lock'), 'utf8').catch(() => '0'));
  if (id > 0) process.kill(id, 'SIGTERM');
}
