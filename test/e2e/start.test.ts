/** `npm start` without a key, as a person uses it: the one address that it prints, an explanation there, and nothing left after it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openBrowser } from '../../scripts/browser.ts';
import { root } from '../../scripts/places.ts';
import { endGroup } from '../../scripts/processes.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

const sample = path.join(root, 'sample');
let scratch: string;
let command: ChildProcess;
let output = '';
let address: URL;
let browser: Browser;
let window: Workbench;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'gloss-'));
  const { ANTHROPIC_API_KEY: _key, ANTHROPIC_AUTH_TOKEN: _token, PATH = '', ...environment } = process.env;
  command = spawn(process.execPath, [path.join(root, 'scripts', 'start.ts')], {
    // Not the desktop's VS Code, which a test cannot look into.
    env: { ...environment, PATH: withoutCode(PATH), TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const { promise: complete, resolve } = Promise.withResolvers<void>();
  command.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.includes('Ctrl+C')) resolve();
  });
  command.on('exit', () => resolve());
  await complete;
  address = new URL(/http:\S+/.exec(output)?.[0] ?? '');
  browser = await openBrowser();
  const page = await browser.context.newPage();
  await page.goto(address.href);
  window = createWorkbench(page, { folder: sample, logsFolder: '' });
  await window.statusItem('gloss.status').waitFor({ timeout: 60_000 });
});

afterAll(async () => {
  await browser?.close();
  await endGroup(command);
  await rm(scratch, { recursive: true, force: true });
});

function withoutCode(folders: string): string {
  const kept = folders.split(path.delimiter).filter((folder) => !existsSync(path.join(folder, 'code')));
  return kept.join(path.delimiter);
}

test('it prints one address on loopback, with a token, and says that no model is running', async () => {
  expect(output.match(/https?:\S+/g)).toHaveLength(1);
  expect(address.hostname).toBe('127.0.0.1');
  expect(address.searchParams.get('tkn')).toMatch(/^[\w-]{32}$/);
  expect(output).toContain('No model is running');
  expect(output).toContain('as long as the window');
});

test.each([
  ['without a token', ''],
  ['with a wrong token', '/?tkn=wrong'],
])('%s nobody gets in', async (_name, query) => {
  expect((await fetch(new URL(query, address.origin))).status).toBe(403);
});

test('a function of the sample workspace is explained there, before the folder is trusted', async () => {
  await window.openFile('text_wrap.py');
  await window.goto(6, 6);
  await window.command('Gloss: Explain Here');
  const comment = window.threads.locator('.comment-body');
  await comment.filter({ hasText: 'wrap_evenly' }).filter({ hasText: 'no model is running' }).waitFor();
  await window.shot('start');
  expect(browser.refused).toEqual([]);
});

test('when it is told to stop, it stops all that it started', async () => {
  command.kill('SIGTERM');
  const [code] = await once(command, 'exit');
  expect(code).toBe(0);
  await expect(fetch(address.origin)).rejects.toThrow('fetch failed');
  expect(await readdir(scratch)).toEqual([]);
});
