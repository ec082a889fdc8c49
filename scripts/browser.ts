/** A headless browser for VS Code's window, which reaches loopback and nothing else. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium, type LaunchOptions } from 'playwright-core';
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
  /** Webviews in processes of their own, which takes a profile. Default: they share the window's only thread. */
  readonly hasWebviewsApart?: boolean;
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
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost',
];
const page = { viewport: { width: 1400, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] };

/** Opens a browser; it ends with this process. */
export async function openBrowser({ profileFolder, hasWebviewsApart }: BrowserOptions = {}): Promise<Browser> {
  const executablePath = await chromiumPath((step) => console.error(step));
  const options = { executablePath, args, ...page, bypassCSP: hasWebviewsApart === true };
  if (profileFolder !== undefined && hasWebviewsApart === true) await allowOtherSites(profileFolder);
  const context = await openContext(options, profileFolder);
  if (hasWebviewsApart === true) await context.addInitScript(setWebviewsApart);
  const refused: string[] = [];
  await context.route(isOutside, async (route) => {
    refused.push(route.request().url());
    await route.abort('internetdisconnected');
  });
  return { context, refused, close: () => closeAll(context) };
}

async function openContext(
  options: LaunchOptions & BrowserContextOptions,
  profileFolder: string | undefined,
): Promise<BrowserContext> {
  if (profileFolder !== undefined) return chromium.launchPersistentContext(profileFolder, options);
  const browser = await chromium.launch(options);
  return browser.newContext(options);
}

/** A site within another's page has no service worker otherwise, and a webview is nothing without one. */
async function allowOtherSites(profileFolder: string): Promise<void> {
  const folder = path.join(profileFolder, 'Default');
  await mkdir(folder, { recursive: true });
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  await writeFile(path.join(folder, 'Preferences'), JSON.stringify(preferences));
}

/**
 * In the page: VS Code's server lends webviews its own address; under a name below localhost they are another site, and
 * with it another process, as they are on the desktop. The page's policy for frames does not know that name.
 */
function setWebviewsApart(): void {
  const read = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = read.call(this, name);
    if (this.id !== 'vscode-workbench-web-configuration' || name !== 'data-settings' || value === null) return value;
    const settings: Record<string, unknown> = JSON.parse(value);
    const endpoint = `http://{{uuid}}.localhost:${location.port}/${settings['webviewEndpoint']}`;
    return JSON.stringify({ ...settings, webviewEndpoint: endpoint });
  };
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
  return !/^(127\.0\.0\.1|(.+\.)?localhost|\[::1\])$/.test(hostname);
}
