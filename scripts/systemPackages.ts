/** Programs that tests need from the system: found, or installed with apt where that is allowed, or asked for by exact command. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from './processes.ts';

/** The absolute path of the first of these programs that is on the PATH. */
export async function findOnPath(...names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  for (const name of names)
    for (const folder of folders)
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        if (await isExecutable(file)) return file;
      }
  return undefined;
}

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Whether `installWithApt` may be tried: Debian and its relatives, as root. */
export async function canUseApt(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findOnPath('apt-get')) !== undefined;
}

let lastInstallation: Promise<unknown> = Promise.resolve();

/** Installs a Debian package; one at a time, and after another apt has finished. @throws Error with apt's own words. */
export function installWithApt(name: string): Promise<void> {
  const installation = lastInstallation.then(() => install(name));
  lastInstallation = installation.catch(() => undefined);
  return installation;
}

async function install(name: string): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patience = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2', '-q'];
  await runToEnd('apt-get', [...patience, 'update'], { env });
  await runToEnd('apt-get', [...patience, 'install', '-y', '--no-install-recommends', name], { env });
}
