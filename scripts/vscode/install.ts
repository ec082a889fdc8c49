/** Installs VS Code's server from npm into the cache, once: no compiler, no system library, nothing but the registry. */
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../places.ts';
import { npm, runToEnd } from '../processes.ts';
import { codeServer, droppedExtensions, keptModules } from './pinned.ts';
import { standIns } from './standIns.ts';

/** Raised when the steps below change what they leave behind. */
const layout = 1;
const platform = `${process.platform}-${process.arch}`;

/**
 * The path of VS Code's `server-main.js`, installed first where it is not there yet (10 s, 280 MB). It needs Node 24.
 * Two calls at once are safe: each builds beside the place and renames.
 */
export async function installVscode(say: (step: string) => void): Promise<string> {
  const place = path.join(cacheFolder(), `vscode-${codeServer.version}-${fingerprint()}-${platform}`);
  const main = path.join(place, 'vscode', 'out', 'server-main.js');
  if (await exists(main)) return main;
  const building = `${place}.${process.pid}`;
  try {
    await mkdir(building, { recursive: true });
    say(`Fetching VS Code's server from npm (once, about 10 seconds) …`);
    await unpack(building);
    await installModules(path.join(building, 'vscode'));
    await moveInto(place, building);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return main;
}

function fingerprint(): string {
  const parts = JSON.stringify([layout, codeServer, droppedExtensions, [...keptModules], standIns]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 12);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function unpack(folder: string): Promise<void> {
  const archive = await fetchPackage('code-server', codeServer.version, codeServer.integrity, folder);
  const without = ['*.map', ...droppedExtensions.map((name) => `package/lib/vscode/extensions/${name}`)];
  const options = ['--strip-components=2', ...without.map((pattern) => `--exclude=${pattern}`)];
  await runToEnd('tar', ['-xzf', archive, ...options, 'package/lib/vscode'], { cwd: folder });
  await rm(path.join(folder, archive));
}

/**
 * Fetches one package as an archive into `folder`.
 * @returns the archive's file name
 * @throws Error when the bytes are not the ones that were pinned.
 */
export async function fetchPackage(name: string, version: string, integrity: string, folder: string): Promise<string> {
  const archive = (await npm(['pack', `${name}@${version}`, '--silent'], folder)).trim();
  const digest = createHash('sha512').update(await readFile(path.join(folder, archive)));
  const found = `sha512-${digest.digest('base64')}`;
  if (found !== integrity) throw new Error(`${name} ${version} is not the package that was pinned: ${found}`);
  return archive;
}

async function installModules(vscode: string): Promise<void> {
  await keepOnlyNeededDependencies(path.join(vscode, 'package.json'));
  await npm(['install', '--omit=dev'], vscode);
  // TypeScript for the built-in language features.
  await npm(['install', '--omit=dev'], path.join(vscode, 'extensions'));
  const modules = path.join(vscode, 'node_modules');
  for (const [name, source] of Object.entries(standIns)) await writeStandIn(path.join(modules, name), name, source);
  for (const name of ['third_party', 'deps', 'src']) await remove(path.join(modules, 'node-pty', name));
  await keepOnlyThisPlatform(path.join(modules, '@vscode', 'ripgrep-universal', 'bin'));
  await keepOnlyThisPlatform(path.join(modules, 'node-pty', 'prebuilds'));
}

async function keepOnlyNeededDependencies(file: string): Promise<void> {
  // The manifest is part of the pinned archive: its shape is known.
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { dependencies: Record<string, string> };
  const needed = Object.entries(manifest.dependencies).filter(([name]) => keptModules.has(name));
  const kept = { ...manifest, dependencies: Object.fromEntries(needed), allowScripts: undefined, overrides: undefined };
  await writeFile(file, JSON.stringify(kept, null, 2));
}

async function writeStandIn(folder: string, name: string, source: string): Promise<void> {
  await remove(folder);
  await mkdir(folder, { recursive: true });
  const manifest = { name, version: '0.0.0-stand-in', type: 'module', main: 'index.js', exports: './index.js' };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'index.js'), source);
}

async function keepOnlyThisPlatform(folder: string): Promise<void> {
  if (!(await exists(folder))) return;
  for (const name of await readdir(folder)) if (name !== platform) await remove(path.join(folder, name));
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function moveInto(place: string, building: string): Promise<void> {
  await rename(building, place).catch(async (error: unknown) => {
    // Another process was faster: its installation is as good.
    if (!(await exists(place))) throw error;
  });
}
