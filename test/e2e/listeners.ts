/** On which TCP ports a process group listens: what the system says, not what a program says of itself. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { runToEnd } from '../../scripts/processes.ts';

/** The ports in ascending order. */
export async function portsOf(group: number): Promise<readonly number[]> {
  const ports = process.platform === 'linux' ? await portsByProc(group) : await portsByLsof(group);
  return [...new Set(ports)].sort((one, other) => one - other);
}

async function portsByProc(group: number): Promise<readonly number[]> {
  const sockets = new Set<string>();
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const inGroup = Number((await stat(id))[2]) === group;
    if (inGroup) for (const socket of await socketsOf(id)) sockets.add(socket);
  }
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8')));
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode = '']) => state === '0A' && sockets.has(inode))
    .map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16));
}

/** The fields of a process after its name: state, parent, group, … (proc_pid_stat(5)). None when it has just ended. */
async function stat(id: string): Promise<readonly string[]> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

async function socketsOf(id: string): Promise<readonly string[]> {
  const names = await readdir(`/proc/${id}/fd`).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`/proc/${id}/fd/${name}`).catch(() => '')));
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}

async function portsByLsof(group: number): Promise<readonly number[]> {
  // It ends with code 1 when it finds nothing: VS Code's own port is always there.
  const output = await runToEnd('lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-a', '-g', String(group), '-Fn']);
  return [...output.matchAll(/^n.*:(\d+)$/gm)].map(([, port]) => Number(port));
}
