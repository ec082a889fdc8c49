/** What a person does in the page of the chat panel in a VS Code window, by the mouse or by the keyboard alone. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, FrameLocator, Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Session } from './harness.ts';

export interface PanelPage {
  readonly frame: FrameLocator;
  /** Where the question is written. */
  readonly field: Locator;
  button(name: string | RegExp): Locator;
  /** Text that the page shows. */
  shows(text: string | RegExp): Promise<void>;
  /** Looks for text in the conversation, wherever it stands: only what is seen is drawn. */
  finds(text: string | RegExp): Promise<void>;
  /** Waits until nothing runs in the chat. */
  ended(): Promise<void>;
  /** What has the keyboard: its name, or what it is; empty where the keyboard is not in the page. */
  focused(): Promise<string>;
  fieldHasKeyboard(): Promise<void>;
  /** Presses Tab, or Shift+Tab, until what is called so has the keyboard. */
  tabTo(name: RegExp, key?: 'Tab' | 'Shift+Tab'): Promise<void>;
  /** What axe finds, a line each. */
  violations(): Promise<readonly string[]>;
}

/** Nothing of ours is further away. */
const mostTabs = 40;

export function panelPage(window: () => Session, index = 0): PanelPage {
  const at = <Of extends object>(find: (frame: FrameLocator) => Of) => find(window().webview(index));
  const page: PanelPage = {
    get frame() {
      return window().webview(index);
    },
    get field() {
      return at((frame) => frame.locator('textarea.text'));
    },
    button: (name) => at((frame) => frame.getByRole('button', { name, exact: typeof name === 'string' })),
    shows: (text) => at((frame) => frame.getByText(text).first()).waitFor({ timeout: 90_000 }),
    finds: (text) => expect.poll(() => isDrawnWhileScrolled(page.frame, text), { timeout: 60_000 }).toBe(true),
    // The words around it are there all the time.
    ended: () => expect.poll(() => page.button('Stop').count(), { timeout: 60_000 }).toBe(0),
    async focused() {
      return (await frameOf(page.frame)).evaluate(() => {
        const element = document.activeElement;
        if (!document.hasFocus() || element === null || element === document.body) return '';
        const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
        return label.trim() || element.localName;
      });
    },
    fieldHasKeyboard: () => expect.poll(() => page.focused(), { timeout: 20_000 }).toBe('Question'),
    async tabTo(name, key = 'Tab') {
      const way: string[] = [];
      for (let tabs = 0; tabs < mostTabs; tabs += 1) {
        await window().page.keyboard.press(key);
        const reached = await page.focused();
        if (name.test(reached)) return;
        way.push(reached.slice(0, 60));
      }
      throw new Error(`${name} was not reached by ${key}:\n${way.join('\n')}`);
    },
    async violations() {
      const frame = await frameOf(page.frame);
      await frame.evaluate(await axe());
      // The page lets through what is behind it, which axe cannot see.
      const behind = await window()
        .page.locator('.part.sidebar')
        .evaluate((part) => getComputedStyle(part).backgroundColor);
      await frame.evaluate((colour) => {
        document.documentElement.style.background = colour;
      }, behind);
      // The headings above those that are seen are drawn when they are scrolled to: their order cannot be told from a part.
      const found = await frame.evaluate(() =>
        (globalThis as unknown as { axe: Axe }).axe.run(document, { rules: { 'heading-order': { enabled: false } } }),
      );
      await frame.evaluate(() => {
        document.documentElement.style.background = '';
      });
      return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html}`));
    },
  };
  return page;
}

/** Looks once; where it is not drawn, the conversation is scrolled up a little, and from its top to its end again. */
async function isDrawnWhileScrolled(frame: FrameLocator, text: string | RegExp): Promise<boolean> {
  if ((await frame.getByText(text).count()) > 0) return true;
  const transcript = frame.locator('.transcript');
  if ((await transcript.count()) > 0)
    await transcript.evaluate((element) =>
      element.scrollTo({ top: element.scrollTop > 0 ? element.scrollTop - 150 : element.scrollHeight }),
    );
  return false;
}

interface Axe {
  run(of: Document, options: object): Promise<{ readonly violations: readonly Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly html: string }[];
}

const axe = () => readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function frameOf(locator: FrameLocator): Promise<Frame> {
  const frame = await (await locator.owner().elementHandle())?.contentFrame();
  if (frame === null || frame === undefined) throw new Error('The page is not there.');
  return frame;
}

/** Runs a command through the palette by keys alone. */
export async function palette({ page, quickInput }: Session, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await quickInput.waitFor();
  await page.keyboard.type(title);
  const label = JSON.stringify(title).slice(1, -1);
  const row = page
    .locator('.quick-input-list .monaco-list-row.focused')
    .and(page.locator(`[aria-label="${label}"], [aria-label^="${label},"]`));
  await row.waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

const themes = { dark: 'Dark Modern', light: 'Light Modern', contrast: 'Dark High Contrast' } as const;
type Theme = keyof typeof themes;

export async function chooseTheme(window: Session, theme: Theme): Promise<void> {
  const { page, quickInput } = window;
  await window.command('Preferences: Color Theme');
  await quickInput.locator('input[aria-label*="Theme"], .quick-input-box input').first().fill(themes[theme]);
  await quickInput.locator('.monaco-list-row.focused').filter({ hasText: themes[theme] }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.locator({ dark: '.vs-dark', light: '.vs', contrast: '.hc-black' }[theme]).first().waitFor();
}

/** Pictures of it in every theme, and what axe finds there. */
export async function looked(window: Session, panel: PanelPage, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'contrast', 'dark'] as const) {
    await chooseTheme(window, theme);
    await window.shot(`panel-${name}-${theme}`);
    found.push(...(await panel.violations()).map((line) => `${theme}: ${line}`));
  }
  return found;
}

/** Drags the edge of the side bar. */
export async function widen({ page }: Session, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('There is no side bar.');
  await page.mouse.move(box.x + box.width + 1, box.y + box.height / 3);
  await page.mouse.down();
  await page.mouse.move(box.x + width + 1, box.y + box.height / 3, { steps: 5 });
  await page.mouse.up();
}
