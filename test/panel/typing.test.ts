/** Nothing that is typed into the panel is lost: not before its field has the keyboard, not just after all of it was selected. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { openPanelPage, type PanelPage } from '../harness/panelPage.ts';

let panel: PanelPage;
afterEach(() => panel.close());

async function opened(): Promise<Page> {
  panel = await openPanelPage({});
  await panel.page.locator('textarea.text').waitFor();
  return panel.page;
}

const field = () => panel.page.getByRole('textbox', { name: 'Question' });

test('what is typed while nothing has the keyboard goes into the field', async () => {
  const page = await opened();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await page.keyboard.type('not lost');
  expect(await field().inputValue()).toBe('not lost');
});

test('the key that selects all of a question is not heard by the editor, which would select once more, later', async () => {
  const page = await opened();
  await field().fill('before');
  // As VS Code listens in a webview.
  await page.evaluate(() => {
    const heard: string[] = [];
    window.addEventListener('keydown', ({ key }) => heard.push(key));
    Object.assign(globalThis, { heard });
  });
  await field().press('Control+a');
  await page.keyboard.type('b');
  expect(await field().inputValue()).toBe('b');
  expect(await page.evaluate(() => Reflect.get(globalThis, 'heard'))).toEqual(['Control', 'b']);
});
