/**
 * Takes the desktop executable's arguments, opens the window in a headless browser, runs the given suite in the real
 * extension host, and ends with its result.
 */
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import { type Browser, openBrowser } from '../browser.ts';
import { untilStopped } from '../lifetime.ts';
import { results } from '../places.ts';
import { startVscode, type VscodeServer } from './server.ts';
import { testSettings } from './settings.ts';

/** The page's own log comes the same way as what the tests print. */
const pageLog =
  /^(document '.*already exists|%c|\[[A-Z][A-Za-z :-]+\]|\[(lifecycle|driver|reconnection-grace-time)\]|Creating a socket|Resolv(ing|ed) connection token|Updating additional builtin|Ignoring fetching additional builtin| +at .*workbench\.js)/;

/** A suite that has not ended after this many milliseconds hangs. */
const longestRun = 180_000;

const { values, positionals } = parseArgs({
  // test-electron passes switches of Chromium and Electron too.
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});

process.exitCode = await main(untilStopped());
// Playwright's and the server's last timers need not be waited for.
process.exit();

async function main(signal: AbortSignal): Promise<number> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'gloss-host-'));
  try {
    const server = await startVscode({ dataFolder, settings: settingsGiven(), testDriver: true });
    try {
      const browser = await openBrowser();
      const code = await runSuite(server, browser, signal).finally(() => browser.close());
      if (code !== 0 && existsSync(server.logsFolder)) {
        cpSync(server.logsFolder, path.join(results, 'host-logs'), { recursive: true });
      }
      return code;
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** As on the desktop: the settings of the profile that test-electron names, over ours. */
function settingsGiven(): Record<string, unknown> {
  const profile = values['user-data-dir'];
  const file = typeof profile === 'string' ? path.join(profile, 'User', 'settings.json') : '';
  const given: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return { ...testSettings, ...(typeof given === 'object' ? given : {}) };
}

async function runSuite(server: VscodeServer, browser: Browser, signal: AbortSignal): Promise<number> {
  const page = await browser.context.newPage();
  const { promise: ended, resolve: end } = Promise.withResolvers<number>();
  // VS Code calls these two where they exist: with each line of the console, and with the suite's result.
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const line = format(...args);
    if (!pageLog.test(line)) (type === 'error' ? process.stderr : process.stdout).write(`${line}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  page.on('crash', () => end(70));
  signal.addEventListener('abort', () => end(Number(signal.reason)));
  const limit = setTimeout(() => {
    console.error(`The suite was still running after ${longestRun / 1000} s.`);
    end(124);
  }, longestRun);
  await page.goto(server.address(windowGiven()));
  const code = await ended;
  clearTimeout(limit);
  if (browser.refused.length === 0) return code;
  console.error(`The window asked for addresses outside this machine: ${[...new Set(browser.refused)].join(' ')}`);
  return code === 0 ? 1 : code;
}

function windowGiven(): Parameters<VscodeServer['address']>[0] {
  const folder = positionals.find((argument) => existsSync(argument) && statSync(argument).isDirectory());
  const { extensionDevelopmentPath: developmentPath, extensionTestsPath: testsPath } = values;
  return {
    ...(folder !== undefined && { folder }),
    ...(typeof developmentPath === 'string' && { developmentPath }),
    ...(typeof testsPath === 'string' && { testsPath }),
  };
}
