/** Starts VS Code's server on loopback, with extensions and settings, and stops it with all that it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { root } from '../places.ts';
import { endGroup, killGroup, runToEnd } from '../processes.ts';
import { installVscode } from './install.ts';

export interface VscodeOptions {
  /** The whole state of this VS Code: settings, logs, installed extensions. Made where it is not there. */
  readonly dataFolder: string;
  /** User settings. They are read at the start only, and are not written over those of an earlier start. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** More environment for the server, the extension host and its children; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Extensions to have: `.vsix` files are installed, folders are linked in place. */
  readonly extensions?: readonly string[];
  /** Honours a development extension and a test suite in the address. VS Code then shows no notification toasts. */
  readonly testDriver?: boolean;
  /** A file with the token that the address must carry; without it whoever is on this machine may connect. */
  readonly tokenFile?: string;
  /** A fixed port: secrets and other state of a browser profile belong to it. Default: any free one. */
  readonly port?: number;
}

export interface VscodeServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly logsFolder: string;
  /** The address of a window. */
  address(window: VscodeWindow): string;
  /** The process group of the server, its extension hosts and their children. */
  readonly processGroup: number;
  /** Resolves when the server has ended, by `stop` or by itself. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

export interface VscodeWindow {
  /** Absolute path; without it the window is empty. */
  readonly folder?: string;
  /** With `testDriver` only: the extension under development. */
  readonly developmentPath?: string;
  /** With `testDriver` only: a CommonJS file whose `run()` is called in the extension host. */
  readonly testsPath?: string;
}

/**
 * Starts a server; it and its children end with this process, however that ends.
 * @throws Error when the port is taken or the server does not answer in 30 seconds; the message holds its log.
 */
export async function startVscode(options: VscodeOptions): Promise<VscodeServer> {
  const main = await installVscode((step) => console.error(step));
  const { dataFolder } = options;
  const userFolder = path.join(dataFolder, 'data', 'User');
  await mkdir(userFolder, { recursive: true });
  await mkdir(scratchFolder(dataFolder), { recursive: true });
  await writeOnce(path.join(userFolder, 'settings.json'), JSON.stringify(options.settings, null, 2));
  for (const extension of options.extensions ?? []) await addExtension(main, dataFolder, extension);
  const logFile = path.join(dataFolder, 'server.log');
  const child = spawnServer(main, options, logFile);
  const port = await listeningPort(child, logFile).catch(async (error: unknown) => {
    await endGroup(child, 0);
    throw error;
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    origin,
    logsFolder: path.join(dataFolder, 'data', 'logs'),
    address: (window) => addressOf(origin, window),
    // It has one: it answered.
    processGroup: child.pid ?? 0,
    ended: once(child, 'exit'),
    stop: () => stop(child),
  };
}

async function writeOnce(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** A folder of extensions without a list in it is scanned at the start: a link to the sources is enough. */
async function addExtension(main: string, dataFolder: string, extension: string): Promise<void> {
  if (!(await stat(extension)).isDirectory()) {
    const args = ['--install-extension', path.resolve(extension), '--server-data-dir', dataFolder];
    await runToEnd(process.execPath, [main, ...args], { env: environmentFor({}) });
    return;
  }
  const manifest: unknown = JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8'));
  const folder = path.join(dataFolder, 'extensions');
  await mkdir(folder, { recursive: true });
  await symlink(path.resolve(extension), path.join(folder, folderName(manifest)), 'junction').catch(ignoreExisting);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function folderName(manifest: unknown): string {
  // A manifest without these is none of ours, and VS Code says so in its log.
  const { publisher, name, version } = manifest as Readonly<Record<string, string>>;
  return `${publisher}.${name}-${version}`;
}

function spawnServer(main: string, options: VscodeOptions, logFile: string): ChildProcess {
  const token = options.tokenFile ? ['--connection-token-file', options.tokenFile] : ['--without-connection-token'];
  const driver = options.testDriver ? ['--enable-smoke-test-driver'] : [];
  const args = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--server-data-dir', options.dataFolder];
  const quiet = ['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-experiments'];
  const log = openSync(logFile, 'w', 0o600);
  const leash = path.join(root, 'scripts', 'leash.ts');
  const child = spawn(process.execPath, [leash, process.execPath, main, ...args, ...quiet, ...token, ...driver], {
    env: environmentFor({ ...ownScratch(options.dataFolder), ...options.environment }),
    stdio: ['pipe', log, log],
    detached: true,
  });
  closeSync(log);
  return child;
}

function scratchFolder(dataFolder: string): string {
  return path.join(dataFolder, 'tmp');
}

/** VS Code leaves its sockets behind: they go with the data folder. The path of a socket has about 100 bytes at most. */
function ownScratch(dataFolder: string): Readonly<Record<string, string>> {
  const folder = scratchFolder(dataFolder);
  return process.platform === 'linux' && Buffer.byteLength(folder) < 50 ? { TMPDIR: folder } : {};
}

/** Ours without what npm, an outer VS Code, the test runner and Node's options would change; the gallery is switched off. */
function environmentFor(more: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const foreign = /^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|INIT_CWD$|VITEST|TEST$|NODE_ENV$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const PATH = folders.filter((folder) => !/node_modules[\\/]\.bin$|node-gyp-bin$/.test(folder)).join(path.delimiter);
  return { ...Object.fromEntries(own), PATH, EXTENSIONS_GALLERY: '{}', ...more };
}

async function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const log = await readFile(logFile, 'utf8');
    const port = /^Extension host agent listening on (\d+)/m.exec(log)?.[1];
    if (port !== undefined) return Number(port);
    if (child.exitCode !== null) throw new Error(`VS Code's server ended with code ${child.exitCode}:\n${log}`);
    await delay(30);
  }
  throw new Error(`VS Code's server did not start in 30 seconds:\n${await readFile(logFile, 'utf8')}`);
}

function addressOf(origin: string, { folder, developmentPath, testsPath }: VscodeWindow): string {
  const remote = (file: string) => `vscode-remote://${origin.slice('http://'.length)}${pathToFileURL(file).pathname}`;
  const payload: (readonly [string, string])[] = [];
  if (developmentPath !== undefined) payload.push(['extensionDevelopmentPath', remote(developmentPath)]);
  if (testsPath !== undefined) payload.push(['extensionTestsPath', remote(testsPath)]);
  const query = new URLSearchParams(folder === undefined ? { ew: 'true' } : { folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${origin}/?${query}`;
}

async function stop(child: ChildProcess): Promise<void> {
  await endGroup(child);
  // The extension host and the terminal host may have been left in the group.
  killGroup(child, 'SIGKILL');
}
