/** Programs that tests need from the system: found, or installed with apt where that is allowed, or asked for by exact command. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

interface Batch {
  readonly names: Set<string>;
  readonly installed: Promise<void>;
}

let batch: Batch | undefined;

/** Installs a Debian package, together with what else is asked for meanwhile. @throws Error with apt's own words. */
export function installWithApt(name: string): Promise<void> {
  batch ??= startBatch();
  batch.names.add(name);
  return batch.installed;
}

/** Updating the lists takes longer than a small package: it is done once for all that is asked for at about the same time. */
function startBatch(): Batch {
  const names = new Set<string>();
  const installed = setTimeout(200).then(() => {
    batch = undefined;
    return install([...names]);
  });
  return { names, installed };
}

async function install(names: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patience = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2', '-q'];
  await runToEnd('apt-get', [...patience, 'update'], { env });
  await runToEnd('apt-get', [...patience, 'install', '-y', '--no-install-recommends', ...names], { env });
}
