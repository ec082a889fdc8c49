/** A VS Code window as a person uses it: the keyboard, the palette, the editor, comment threads, notifications. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { results } from '../../scripts/places.ts';

export interface Workbench {
  readonly page: Page;
  /** The folder that is open: a private copy. */
  readonly folder: string;
  /** The active editor. */
  readonly editor: Locator;
  /** Comment threads in the active editor. */
  readonly threads: Locator;
  /** Runs a command by its title through the palette. */
  command(title: string): Promise<void>;
  /** Opens a file of the folder by its relative path. */
  openFile(name: string): Promise<void>;
  /** Puts the cursor on a line and column, counted from 1. */
  goto(line: number, column?: number): Promise<void>;
  /** Selects whole lines, counted from 1, from the first to the end of the last. */
  select(firstLine: number, lastLine: number): Promise<void>;
  /** The painted lines of the active editor from top to bottom, with plain spaces. */
  text(): Promise<string>;
  /** Waits until the painted text matches. */
  waitForText(pattern: RegExp, timeout?: number): Promise<string>;
  /** A painted line by a part of its text. */
  line(part: string): Locator;
  /** Opens the code action menu at the cursor and picks the entry with exactly this title. */
  codeAction(title: string): Promise<void>;
  /** Code lenses of the active editor with this text. */
  codeLens(text: string | RegExp): Locator;
  /** Shown hovers with this text. */
  hover(text: string | RegExp): Locator;
  /** Notification toasts with this text. */
  notification(text: string | RegExp): Locator;
  clearNotifications(): Promise<void>;
  /** A status bar item of ours by its id. */
  statusItem(id: string): Locator;
  /** An open quick input (palette, picker or input box). */
  readonly quickInput: Locator;
  /** The document inside the n-th visible webview. */
  webview(index?: number): FrameLocator;
  /** A file of the folder, from the disk. */
  file(name: string): Promise<string>;
  /** All log files of the session by relative path. */
  logs(): Promise<Readonly<Record<string, string>>>;
  /** A screenshot in test-results/, to be looked at. */
  shot(name: string): Promise<void>;
  /** Screenshots in the dark and the light theme. */
  shots(name: string): Promise<void>;
}

/** The id of the extension as VS Code knows it. */
const extensionId = 'gloss.gloss-language-server';

interface Places {
  readonly folder: string | undefined;
  readonly logsFolder: string;
}

export function createWorkbench(page: Page, { folder = '', logsFolder }: Places): Workbench {
  const editor = page.locator('.editor-group-container.active .monaco-editor[data-uri]').first();
  const quickInput = page.locator('.quick-input-widget:not(.hidden)');
  return {
    page,
    folder,
    editor,
    quickInput,
    threads: editor.locator('.review-widget'),
    command: (title) => runCommand(page, title),
    openFile: (name) => openFile(page, path.join(folder, name)),
    goto: (line, column = 1) => goTo(page, line, column),
    select: (first, last) => selectLines(page, first, last),
    text: () => paintedText(editor),
    waitForText: (pattern, timeout = 10_000) => waitForText(editor, pattern, timeout),
    line: (part) => editor.locator('.view-lines .view-line').filter({ hasText: part }).first(),
    codeAction: (title) => pickCodeAction(page, title),
    codeLens: (text) => editor.locator('.codelens-decoration a').filter({ hasText: text }),
    hover: (text) => page.locator('.monaco-hover:not(.hidden)').filter({ hasText: text }),
    notification: (text) => page.locator('.notifications-toasts .notification-toast').filter({ hasText: text }),
    clearNotifications: () => clearNotifications(page),
    statusItem: (id) => page.locator(`[id="${extensionId}.${id}"]`),
    webview: (index = 0) => page.frameLocator('iframe.webview.ready').nth(index).frameLocator('iframe#active-frame'),
    file: (name) => readFile(path.join(folder, name), 'utf8'),
    logs: () => readLogs(logsFolder),
    shot: (name) => screenshot(page, name),
    shots: (name) => screenshotsOfBothThemes(page, name),
  };
}

function quickInputBox(page: Page): Locator {
  return page.locator('.quick-input-widget:not(.hidden) .quick-input-box input');
}

/** Opens it by a key and fills it. An editor that opens just then takes the focus, which closes it: then once more. */
async function quickInput(page: Page, key: string, text: string, row: Locator): Promise<void> {
  for (let tries = 1; ; tries++) {
    await page.keyboard.press(key);
    try {
      await quickInputBox(page).fill(text, { timeout: 10_000 });
      return await row.waitFor({ timeout: 10_000 });
    } catch (error) {
      if (tries === 3) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

async function runCommand(page: Page, title: string): Promise<void> {
  // The first entry may be another one that begins with the same words: what it is called ends with its label, maybe with
  // dots, or with a comma before its key.
  const [label, dots] = [title, `${title}...`].map((each) => JSON.stringify(each).slice(1, -1));
  const wanted = [label, dots].flatMap((each) => [`[aria-label="${each}"]`, `[aria-label^="${each},"]`]).join();
  const row = page.locator('.quick-input-list .monaco-list-row').and(page.locator(wanted)).first();
  await quickInput(page, 'F1', `>${title}`, row);
  await row.click();
  await quickInputBox(page).and(page.locator('[aria-label*="command to run"]')).waitFor({ state: 'hidden' });
}

/** By absolute path: the list of files behind the quick open is cached, and may not know a file that is new. */
async function openFile(page: Page, file: string): Promise<void> {
  const name = path.basename(file);
  // At first the list shows what was open lately: only the first entry counts.
  const row = page.locator('.quick-input-list .monaco-list-row[data-index="0"]').filter({ hasText: name });
  await quickInput(page, 'Control+P', file, row);
  await page.keyboard.press('Enter');
  await page.locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor[data-uri] .view-line').first().waitFor();
}

async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+G');
  await quickInputBox(page).fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

async function selectLines(page: Page, first: number, last: number): Promise<void> {
  await goTo(page, first, 1);
  for (let line = first; line < last; line += 1) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+End');
}

/** The elements of the lines are not in the order of the lines. */
async function paintedText(editor: Locator): Promise<string> {
  const lines = await editor.locator('.view-lines .view-line').evaluateAll((elements) =>
    elements.map((element) => ({
      top: element instanceof HTMLElement ? Number.parseFloat(element.style.top) : 0,
      text: (element.textContent ?? '').replaceAll('\u00a0', ' '),
    })),
  );
  lines.sort((one, other) => one.top - other.top);
  return lines.map(({ text }) => text).join('\n');
}

async function waitForText(editor: Locator, pattern: RegExp, timeout: number): Promise<string> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const text = await paintedText(editor);
    if (pattern.test(text)) return text;
    if (performance.now() > deadline) throw new Error(`${pattern} did not appear in the editor:\n${text}`);
    await editor.page().waitForTimeout(50);
  }
}

async function pickCodeAction(page: Page, title: string): Promise<void> {
  // There is a second one for submenus.
  const menu = page.locator('.action-widget:not(.action-list-submenu-panel)');
  const row = menu
    .locator('.monaco-list-row.action')
    .filter({ has: page.getByText(title, { exact: true }) })
    .first();
  // What a language server still publishes closes the menu, as it does under a person's hand: it is opened again then.
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await page.keyboard.press('Control+.');
    const isPicked = await row.click({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (isPicked) return menu.waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
  }
  throw new Error(`The code action "${title}" was not offered.`);
}

async function clearNotifications(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await page.locator('.notification-toast').first().waitFor({ state: 'detached' });
}

async function readLogs(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(files.map((file, index) => [path.relative(folder, file), texts[index] ?? '']));
}

async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(results, `${name}.png`) });
}

/** `vs-dark` and `vs` are what the workbench calls the two kinds of theme. */
async function screenshotsOfBothThemes(page: Page, name: string): Promise<void> {
  for (const [kind, other] of [
    ['dark', 'vs'],
    ['light', 'vs-dark'],
  ] as const) {
    await page.locator(`.monaco-workbench.${kind === 'dark' ? 'vs-dark' : 'vs'}`).waitFor();
    await screenshot(page, `${name}-${kind}`);
    await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
    await page.locator(`.monaco-workbench.${other}`).waitFor();
  }
}
