/** The page of the chat panel in a real browser under its real policy, with a test in the extension's place: it answers what the page asks and tells it what happens. */

import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { pageHtml } from '../../client/src/panel/page.ts';
import { openBrowser } from '../../scripts/browser.ts';
import { dist, results, root } from '../../scripts/places.ts';
import type { ChatChange, Item, PanelState } from '../../shared/src/panel.ts';
import { type HostMessage, PageMessage, type Welcome } from '../../shared/src/panelHost.ts';
import { idleState } from './panelState.ts';

/** What a real VS Code gives a webview: colours, fonts, classes of its body, and the style that it puts in front. */
const { sheet, themes } = JSON.parse(
  await readFile(path.join(root, 'test', 'fixtures', 'panel', 'themes.json'), 'utf8'),
) as {
  readonly sheet: string;
  readonly themes: Readonly<
    Record<
      Theme,
      { readonly body: string; readonly kind: string; readonly variables: Readonly<Record<string, string>> }
    >
  >;
};

export type Theme = 'dark' | 'light' | 'hc' | 'hcLight';

/** For the person, as the extension words it. */
export class HostRefusal extends Error {
  readonly kind: string;

  constructor(message: string, kind = 'other') {
    super(message);
    this.kind = kind;
  }
}

// A test knows which method it answers, and the page checks what it gets.
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type Answer = (params: any) => unknown;

export interface PanelPageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: Theme;
  readonly welcome?: Partial<Welcome>;
  readonly items?: readonly Item[];
  readonly state?: Partial<PanelState>;
  /** Texts of items: see `gloss/chatContents`. */
  readonly contents?: Readonly<Record<string, { text?: string; input?: string; result?: string }>>;
  /** By method; what is not here is answered by default. */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** Where the built page is. Default: `dist/`. */
  readonly folder?: string;
  /** Emulates the operating system's choice. */
  readonly forcedColors?: boolean;
  readonly reducedMotion?: boolean;
}

export interface PanelPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** All that the page has asked so far. */
  readonly asked: readonly { readonly method: string; readonly params: unknown }[];
  /** Params of the questions of one method. */
  askedOf(method: string): readonly unknown[];
  /** Waits until the page has asked so often for it. */
  waitForAsked(method: string, count?: number): Promise<unknown>;
  /** Whatever the page loaded or tried to load besides itself, its script and its style. */
  readonly requests: readonly string[];
  /** What its policy refused, and errors of scripts. */
  readonly troubles: readonly string[];
  /** How chats are answered from now on: also what the next `gloss/chatOpen` gives. */
  readonly chat: { seq: number; items: Item[]; state: PanelState; contents: Record<string, object> };
  /** Answers from now on. */
  answer(method: string, answer: Answer): void;
  tell(message: HostMessage): Promise<void>;
  /** Tells changes of the chat that is open, and waits until they are drawn. */
  change(...changes: ChatChange[]): Promise<void>;
  theme(theme: Theme): Promise<void>;
  /** In test-results/, to be looked at. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

const welcome: Welcome = { place: 'side', sendKey: 'enter', history: [], words: {}, folders: 1 };

/** Opens it, and waits until it has asked for its welcome. The page has to be built. */
export async function openPanelPage(options: PanelPageOptions = {}): Promise<PanelPage> {
  const folder = options.folder ?? dist;
  const server = await serve(folder);
  const browser = await openBrowser();
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  await page.setViewportSize({ width: options.width ?? 380, height: options.height ?? 800 });
  await page.emulateMedia({
    ...(options.forcedColors === true && { forcedColors: 'active' }),
    reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
  });
  const asked: { method: string; params: unknown }[] = [];
  const requests: string[] = [];
  const troubles: string[] = [];
  const drawn = new Map<number, () => void>();
  const chat = {
    seq: 0,
    items: [...(options.items ?? [])],
    state: { ...idleState, ...options.state },
    contents: { ...options.contents } as Record<string, object>,
  };
  const answers = new Map<string, Answer>([
    ...Object.entries(defaultAnswers(chat, { ...welcome, ...options.welcome })),
    ...Object.entries(options.answers ?? {}),
  ]);
  const tell = (message: HostMessage) => page.evaluate((data) => window.postMessage(data, '*'), message);
  const hear = async (data: unknown): Promise<void> => {
    const message = PageMessage.parse(data);
    if (message.is === 'drawn') {
      drawn.get(message.n)?.();
      drawn.delete(message.n);
      return;
    }
    if (message.is === 'focused') return;
    const { n, method, params } = message;
    asked.push({ method, params });
    try {
      await tell({ is: 'answer', n, result: (await answers.get(method)?.(params)) ?? {} });
    } catch (error) {
      // A page that was closed meanwhile hears nothing any more.
      if (page.isClosed()) return;
      const { message: text, kind } = error instanceof HostRefusal ? error : { message: String(error), kind: 'other' };
      await tell({ is: 'failed', n, message: text, kind });
    }
  };
  page.on('request', (request) => void requests.push(request.url()));
  page.on('pageerror', (error) => void troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  await page.exposeFunction('__gloss_hear', (data: unknown) => void hear(data));
  await page.addInitScript(fakeFrame);
  const theme = (name: Theme) => page.evaluate(applyTheme, themes[name]);
  await page.addInitScript(applyTheme, themes[options.theme ?? 'dark']);
  await page.goto(server.address);
  const waitForAsked = async (method: string, count = 1): Promise<unknown> => {
    for (;;) {
      const found = asked.filter((one) => one.method === method);
      if (found.length >= count) return found[count - 1]?.params;
      await page.waitForTimeout(10);
    }
  };
  await waitForAsked('panel/ready');
  let told = 0;
  return {
    page,
    context: browser.context,
    asked,
    askedOf: (method) => asked.filter((one) => one.method === method).map(({ params }) => params),
    waitForAsked,
    get requests() {
      return [...requests.filter((url) => !url.startsWith(server.address)), ...browser.refused];
    },
    troubles,
    chat,
    answer: (method, answer) => void answers.set(method, answer),
    tell,
    async change(...changes) {
      told += 1;
      chat.seq += 1;
      const { promise, resolve } = Promise.withResolvers<void>();
      drawn.set(told, resolve);
      await tell({ is: 'told', n: told, chat: 'c1', seq: chat.seq, changes });
      await promise;
    },
    theme,
    async screenshot(name) {
      await mkdir(results, { recursive: true });
      await page.screenshot({ path: path.join(results, `${name}.png`) });
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Answers of an extension and a server in which nothing is amiss. */
function defaultAnswers(chat: PanelPage['chat'], greeting: Welcome): Readonly<Record<string, Answer>> {
  return {
    'panel/ready': () => greeting,
    'panel/apply': () => ({ message: 'Applied.' }),
    'panel/confirm': () => ({ yes: true }),
    'panel/attach': () => ({ mentions: [], media: [], notices: [] }),
    'panel/dropped': () => ({ mentions: [], media: [], notices: [] }),
    'gloss/chats': () => ({ chats: [] }),
    'gloss/chatSearch': () => ({ found: [] }),
    'gloss/chatOpen': () => ({ chat: 'c1', seq: chat.seq, items: chat.items, state: chat.state, texts: [] }),
    'gloss/chatContents': ({ items }: { items: string[] }) => ({
      contents: items.flatMap((id) =>
        chat.contents[id] === undefined ? [] : [{ text: '', ...chat.contents[id], id }],
      ),
    }),
    'gloss/chatStop': () => ({ unheard: [] }),
    'gloss/chatUnqueue': () => ({ taken: true }),
    'gloss/chatDecide': () => ({ decided: true }),
    'gloss/chatAnswer': () => ({ answered: true }),
    'gloss/chatFork': () => ({ chat: 'c2', text: 'forked' }),
    'gloss/chatMarkdown': () => ({ markdown: 'markdown' }),
    'gloss/chatComplete': () => ({ suggestions: [] }),
    'gloss/chatPreview': () => ({ chips: [], tokens: 0, before: 0, notices: [] }),
    'gloss/chatMention': () => ({ mentions: [] }),
    'gloss/chatModels': () => ({
      models: [{ id: 'claude-sonnet-4-5', efforts: ['low', 'medium', 'high'], window: 200_000 }],
    }),
    'gloss/chatPlaces': () => ({ places: [] }),
  };
}

/** Runs in the page before its script: what VS Code's frame gives. */
function fakeFrame(): void {
  const frame = {
    postMessage: (message: unknown) =>
      (window as unknown as { __gloss_hear(data: unknown): void }).__gloss_hear(message),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  };
  Object.assign(window, { acquireVsCodeApi: () => frame });
}

/** Runs in the page, as VS Code's frame does it. */
function applyTheme({ body, kind, variables }: (typeof themes)[Theme]): void {
  const apply = () => {
    document.documentElement.removeAttribute('style');
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
    // What the view stands on.
    document.documentElement.style.backgroundColor = 'var(--vscode-sideBar-background)';
    document.body.className = body;
    document.body.dataset['vscodeThemeKind'] = kind;
    document.body.setAttribute('role', 'document');
  };
  if (document.body === null) document.addEventListener('DOMContentLoaded', apply);
  else apply();
}

async function serve(folder: string): Promise<{ readonly address: string; close(): Promise<void> }> {
  const types: Readonly<Record<string, string>> = { '.mjs': 'text/javascript', '.css': 'text/css' };
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://x').pathname;
    if (name === '/') {
      const { port } = server.address() as AddressInfo;
      const html = pageHtml({
        ...{ script: '/panel.mjs', style: '/panel.css', source: `http://127.0.0.1:${port}` },
        ...{ nonce: 'nonceOfThisTest', language: 'en', title: 'Gloss' },
      });
      response.setHeader('content-type', 'text/html; charset=utf-8');
      // VS Code puts its own style before all else, where the policy does not reach it.
      response.end(html.replace('<head>', `<head><style id="_defaultStyles">${sheet}</style>`));
      return;
    }
    readFile(path.join(folder, path.normalize(name)))
      .then((bytes) => {
        response.setHeader('content-type', types[path.extname(name)] ?? 'application/json');
        response.end(bytes);
      })
      .catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
