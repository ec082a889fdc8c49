/** A VS Code window with Gloss and the benchmarks' own extension in it, on a folder with one long file. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { openBrowser } from '../../scripts/browser.ts';
import { root } from '../../scripts/places.ts';
import { startVscode } from '../../scripts/vscode/server.ts';
import { testSettings } from '../../scripts/vscode/settings.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { createWorkbench, type Workbench } from '../../test/e2e/workbench.ts';

export interface BenchWindow extends Workbench {
  readonly demo: Demo;
  /** Asks the benchmarks' extension, which runs in the extension host. */
  ask<Result>(path: string, ...given: readonly unknown[]): Promise<Result>;
  /** Milliseconds of the page's clock, for a moment of ours. */
  pageTime(moment: number): number;
}

export const file = 'long.ts';

/** Gives a window to a measurement, and closes it after it. @param text Of the one file. */
export async function withWindow<Result>(
  text: string,
  measure: (window: BenchWindow) => Promise<Result>,
): Promise<Result> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'gloss-bench-'));
  const demo = await startDemo({ delay: 0 });
  const closers = [() => rm(scratch, { recursive: true, force: true }), () => demo.close()];
  try {
    const folder = path.join(scratch, 'workspace');
    await mkdir(folder);
    await writeFile(path.join(folder, file), text);
    const portFile = path.join(scratch, 'port');
    const server = await startVscode({
      dataFolder: path.join(scratch, 'data'),
      // What the language's own support does with each key is not what is measured.
      settings: { ...testSettings, ...calm, 'gloss.baseUrl': demo.url },
      environment: { ANTHROPIC_API_KEY: demo.key, ANTHROPIC_BASE_URL: demo.url, GLOSS_BENCH_PORT_FILE: portFile },
      extensions: [root, await probeExtension(scratch)],
    });
    closers.push(() => server.stop());
    const browser = await openBrowser({ profileFolder: path.join(scratch, 'profile'), hasWebviewsApart: true });
    closers.push(() => browser.close());
    const page = await browser.context.newPage();
    await page.goto(server.address({ folder }));
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
    const workbench = createWorkbench(page, { folder, logsFolder: server.logsFolder });
    await workbench.openFile(file);
    await workbench.statusItem('gloss.status').waitFor({ timeout: 60_000 });
    const port = await waitFor(portFile);
    const offset = await clockOffset(page);
    return await measure({
      ...workbench,
      demo,
      ask: (name, ...given) => ask(port, name, given),
      pageTime: (moment) => moment + offset,
    });
  } finally {
    for (const closer of closers.reverse()) await closer();
  }
}

const calm = {
  'typescript.validate.enable': false,
  'javascript.validate.enable': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.occurrencesHighlight': 'off',
  'editor.autoClosingBrackets': 'never',
};

async function probeExtension(scratch: string): Promise<string> {
  const folder = path.join(scratch, 'probe');
  await mkdir(folder);
  const manifest = {
    ...{ name: 'probe', publisher: 'bench', version: '0.0.1', main: './probe.cjs' },
    ...{ engines: { vscode: '^1.80.0' }, activationEvents: ['onStartupFinished'] },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [path.join(import.meta.dirname, 'probe.ts')],
    outfile: path.join(folder, 'probe.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'error',
  });
  return folder;
}

async function ask<Result>(port: string, name: string, given: readonly unknown[]): Promise<Result> {
  const query = new URLSearchParams({ of: JSON.stringify(given) });
  const response = await fetch(`http://127.0.0.1:${port}/${name}?${query}`);
  if (!response.ok) throw new Error(await response.text());
  // The probe is ours: what it answers is what was asked for.
  return (await response.json()) as Result;
}

async function waitFor(name: string): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const text = await readFile(name, 'utf8').catch(() => '');
    if (text !== '') return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The benchmarks' extension did not start.");
}

/** The page's clock less ours, by the quickest of many questions. */
async function clockOffset(page: Workbench['page']): Promise<number> {
  let best = { offset: 0, took: Number.POSITIVE_INFINITY };
  for (let tries = 0; tries < 50; tries++) {
    const asked = performance.now();
    const theirs = await page.evaluate(() => performance.now());
    const took = performance.now() - asked;
    if (took < best.took) best = { offset: theirs - asked - took / 2, took };
  }
  return best.offset;
}
