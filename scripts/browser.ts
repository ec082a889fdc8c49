/** A headless browser for VS Code's window, which reaches loopback and nothing else. */
import { type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';
import { chromiumPath } from './chromium.ts';

export interface Browser {
  readonly context: BrowserContext;
  /** Addresses outside this machine that the page asked for. Each was refused. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

export interface BrowserOptions {
  /** Where the profile (local storage, and with it secrets) lives. Default: nowhere, gone with the browser. */
  readonly profileFolder?: string;
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // Whatever goes round the page's routes (sockets, the browser's own errands) finds no host.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
const page = { viewport: { width: 1400, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] };

/** Opens a browser; it ends with this process. */
export async function openBrowser({ profileFolder }: BrowserOptions = {}): Promise<Browser> {
  const executablePath = await chromiumPath((step) => console.error(step));
  const context = await openContext({ executablePath, args }, profileFolder);
  const refused: string[] = [];
  await context.route(isOutside, async (route) => {
    refused.push(route.request().url());
    await route.abort('internetdisconnected');
  });
  return { context, refused, close: () => closeAll(context) };
}

async function openContext(options: LaunchOptions, profileFolder: string | undefined): Promise<BrowserContext> {
  if (profileFolder !== undefined) return chromium.launchPersistentContext(profileFolder, { ...options, ...page });
  const browser = await chromium.launch(options);
  return browser.newContext(page);
}

async function closeAll(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  await context.close();
  await browser?.close();
}

function isOutside({ protocol, hostname }: URL): boolean {
  if (!/^(https?|wss?):$/.test(protocol)) return false;
  // Names that VS Code's own service worker answers inside the page.
  if (/\.vscode-(cdn|resource|webview)\.net$/.test(hostname)) return false;
  return !['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
