/** `npm start [-- FOLDER]`: opens VS Code with Gloss on a folder, with the real service or the demo backend. */

import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Demo, startDemo } from '../server/src/demo/server.ts';
import { buildBundles } from './bundles.ts';
import { untilStopped } from './lifetime.ts';
import { root } from './places.ts';
import { desktopCommand, openDesktop } from './vscode/desktop.ts';
import { startVscode } from './vscode/server.ts';
import { calmSettings } from './vscode/settings.ts';

/** What a window is opened with. */
interface Opening {
  readonly folder: string;
  /** The whole state of this VS Code; it is removed in the end. */
  readonly dataFolder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const signal = untilStopped();
try {
  await start(await folderNamed(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
// Nothing may keep it from ending once all is stopped.
process.exit();

async function start(folder: string): Promise<void> {
  await buildBundles();
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'gloss-start-'));
  const demo = hasAccount() ? undefined : await startDemo();
  try {
    const opening = { folder, dataFolder, signal, ...connectionTo(demo) };
    const command = await desktopCommand();
    if (command === undefined) await openInBrowser(opening);
    else await openOnDesktop(opening, command);
  } finally {
    await demo?.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** The folder that was named, seen from where npm was called; the sample workspace without a name. */
async function folderNamed(args: readonly string[]): Promise<string> {
  const [name, ...more] = args;
  if (name === undefined) return path.join(root, 'sample');
  const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  const found = await stat(folder).catch(() => undefined);
  if (more.length === 0 && found?.isDirectory()) return folder;
  const problem = more.length > 0 ? 'One folder can be opened' : `${folder} is ${found ? 'not a folder' : 'not there'}`;
  console.error(`${problem}. Run: npm start -- FOLDER`);
  process.exit(1);
}

function hasAccount(): boolean {
  return Boolean(process.env['ANTHROPIC_API_KEY'] || process.env['ANTHROPIC_AUTH_TOKEN']);
}

function connectionTo(demo: Demo | undefined): Pick<Opening, 'settings' | 'environment'> {
  if (demo === undefined) return { settings: calmSettings, environment: {} };
  return {
    settings: { ...calmSettings, 'gloss.baseUrl': demo.url },
    environment: { ANTHROPIC_API_KEY: demo.key, ANTHROPIC_BASE_URL: demo.url },
  };
}

async function openInBrowser({ folder, dataFolder, settings, environment }: Opening): Promise<void> {
  // In a file that only this person can read: the arguments of a process are for all to see.
  const token = randomBytes(24).toString('base64url');
  const tokenFile = path.join(dataFolder, 'token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  await chmod(dataFolder, 0o700);
  const server = await startVscode({ dataFolder, settings, environment, extensions: [root], tokenFile });
  try {
    console.log(`\nVS Code with Gloss is ready. Open this address in a browser on this machine:\n`);
    console.log(`  ${server.origin}/?tkn=${token}&${new URLSearchParams({ folder })}\n`);
    sayWhoAnswers();
    console.log('A key that you enter in that window lives as long as the window.');
    console.log('Ctrl+C stops VS Code and all that belongs to it.');
    const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
    if (!signal.aborted) await Promise.race([stopped, server.ended]);
    if (!signal.aborted) throw new Error("VS Code's server has ended by itself. Run npm start again.");
  } finally {
    await server.stop();
  }
}

async function openOnDesktop(opening: Opening, command: string): Promise<void> {
  console.log(`\nOpening ${opening.folder} in VS Code (${command}), with Gloss loaded and settings of its own.`);
  sayWhoAnswers();
  console.log('Closing the window or Ctrl+C ends this.');
  await openDesktop({ ...opening, command });
}

function sayWhoAnswers(): void {
  if (hasAccount()) console.log('Claude answers, with the key from the environment.');
  else console.log('No model is running: ANTHROPIC_API_KEY is not set, so a demo backend answers from rules.');
}
