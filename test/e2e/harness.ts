/** Opens a real VS Code window with Gloss in it, on a private copy of a folder, for one test file. */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, openBrowser } from '../../scripts/browser.ts';
import { results, root } from '../../scripts/places.ts';
import { startVscode, type VscodeServer } from '../../scripts/vscode/server.ts';
import { testSettings } from '../../scripts/vscode/settings.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

export interface LaunchOptions {
  /** A folder that is copied for this window; null opens a window without a folder. Default: the sample workspace. */
  readonly fixture?: string | null;
  /** User settings on top of the calm ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of VS Code and of the language server. Nothing of Anthropic's is inherited from the caller. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `source`: this repository, linked. Else the path of a `.vsix`. Default: what `GLOSS_VSIX` names, else `source`. */
  readonly extension?: string;
  /** Workspace trust: `off` trusts everything, `restricted` opens in Restricted Mode. Default: `off`. */
  readonly trust?: 'off' | 'restricted';
  readonly theme?: keyof typeof themes;
  /** For a second start that finds the state of the first: the same port, data folder and browser profile. */
  readonly state?: SavedState;
  /** Answers the request for half of the key that encrypts secrets, so that they outlive a reload. Default: true. */
  readonly persistentSecrets?: boolean;
}

/** State that outlives a window; the caller removes the folder. */
export interface SavedState {
  readonly folder: string;
  readonly port: number;
}

export interface Session extends Workbench {
  readonly server: VscodeServer;
  readonly browser: Browser;
  /** What the page and the extension host wrote to the console. */
  readonly console: readonly string[];
  close(): Promise<void>;
}

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' } as const;

/**
 * Starts VS Code and waits until its window is drawn. Extensions may still be starting: wait for a sign of yours.
 * Everything ends with `close()`, and with this process.
 */
export async function launch(options: LaunchOptions = {}): Promise<Session> {
  await mkdir(results, { recursive: true });
  const scratch = await mkdtemp(path.join(tmpdir(), 'gloss-e2e-'));
  const closers: (() => Promise<void>)[] = [() => rm(scratch, { recursive: true, force: true })];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const folder = await workspaceCopy(options.fixture, scratch);
    const server = await startVscode(serverOptions(options, scratch));
    closers.push(() => server.stop());
    const browser = await openBrowser(
      options.state ? { profileFolder: path.join(options.state.folder, 'profile') } : {},
    );
    closers.push(() => browser.close());
    return { ...(await openWindow(options, { server, browser, folder })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A window whose server talks to a demo backend of its own, with that backend's key in the environment. */
export async function launchWithDemo(options: LaunchOptions = {}): Promise<Session & { readonly demo: Demo }> {
  const demo = await startDemo();
  try {
    const session = await launch({
      ...options,
      settings: { 'gloss.baseUrl': demo.url, ...options.settings },
      environment: { ANTHROPIC_API_KEY: demo.key, ANTHROPIC_BASE_URL: demo.url, ...options.environment },
    });
    const close = async () => {
      await session.close();
      await demo.close();
    };
    return { ...session, demo, close };
  } catch (error) {
    await demo.close();
    throw error;
  }
}

async function workspaceCopy(fixture: string | null | undefined, scratch: string): Promise<string | undefined> {
  if (fixture === null) return undefined;
  const folder = path.join(scratch, 'workspace');
  await cp(fixture ?? path.join(root, 'sample'), folder, { recursive: true });
  return folder;
}

function serverOptions(options: LaunchOptions, scratch: string): Parameters<typeof startVscode>[0] {
  const extension = options.extension ?? process.env['GLOSS_VSIX'] ?? 'source';
  const trust =
    options.trust === 'restricted'
      ? { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' }
      : {};
  const theme = { 'workbench.colorTheme': themes[options.theme ?? 'dark'] };
  const state = options.state;
  return {
    dataFolder: path.join(state?.folder ?? scratch, 'data'),
    settings: { ...testSettings, 'comments.openView': 'never', ...theme, ...trust, ...options.settings },
    environment: { ...withoutAccounts, ...options.environment },
    extensions: [extension === 'source' ? root : extension],
    ...(state && { port: state.port }),
  };
}

/** A test never uses the account of whoever runs it. */
const withoutAccounts = {
  ANTHROPIC_API_KEY: undefined,
  ANTHROPIC_AUTH_TOKEN: undefined,
  ANTHROPIC_BASE_URL: undefined,
  HTTPS_PROXY: undefined,
  https_proxy: undefined,
};

interface Opened {
  readonly server: VscodeServer;
  readonly browser: Browser;
  readonly folder: string | undefined;
}

async function openWindow(
  options: LaunchOptions,
  { server, browser, folder }: Opened,
): Promise<Omit<Session, 'close'>> {
  const { context } = browser;
  const keyHalf = { contentType: 'application/octet-stream', body: Buffer.alloc(32, 7) };
  if (options.persistentSecrets !== false) await context.route('**/mint-key', (route) => route.fulfill(keyHalf));
  const page = context.pages()[0] ?? (await context.newPage());
  const lines: string[] = [];
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`error: ${error.message}`));
  await page.goto(server.address(folder === undefined ? {} : { folder }));
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  const drawn = folder === undefined ? '.part.statusbar' : '.explorer-folders-view .monaco-list-row';
  await page.locator(drawn).first().waitFor({ timeout: 60_000 });
  const workbench = createWorkbench(page, { folder, logsFolder: server.logsFolder });
  return { ...workbench, server, browser, console: lines };
}
