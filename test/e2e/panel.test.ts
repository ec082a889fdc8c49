/** The chat panel in a VS Code window: opened, answered in, hidden, shown again, reloaded, and two pages of it at once. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';
import { panelPage } from './panelPage.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;

beforeAll(async () => {
  window = await launchWithDemo({});
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
});
afterAll(() => window?.close());

const field = (index = 0) => window.webview(index).getByRole('textbox').first();
const keyboardIsInField = (index = 0) =>
  field(index).evaluate(
    (element) => element.ownerDocument.hasFocus() && element === element.ownerDocument.activeElement,
  );
const said = (text: string | RegExp, index = 0) => panelPage(() => window, index).finds(text);
const key = (name: string) => window.page.keyboard.press(name);

test('Open Chat shows the panel with the keyboard in it, and a question is answered', async () => {
  await window.command('Gloss: Open Chat');
  await field().waitFor({ timeout: 30_000 });
  await expect.poll(() => keyboardIsInField()).toBe(true);
  await window.page.keyboard.type('What is in this workspace?');
  await key('Enter');
  await said('What is in this workspace?');
  await expect.poll(() => window.demo.requests.length).toBeGreaterThan(0);
  await window
    .webview()
    .getByText(/README\.md|orders\.ts/)
    .first()
    .waitFor();
  await window.shots('panel-answer');
}, 90_000);

test('hidden and shown again it has the same chat, and what was written and not sent', async () => {
  await window.command('Gloss: Focus Chat Input');
  await expect.poll(() => keyboardIsInField()).toBe(true);
  await window.page.keyboard.type('half a quest');
  await expect.poll(() => field().inputValue()).toBe('half a quest');
  await key('Control+Shift+E');
  await window.page.locator('iframe.webview.ready').waitFor({ state: 'hidden' });
  await window.command('Gloss: Open Chat');
  await said('What is in this workspace?');
  await expect.poll(() => field().inputValue()).toBe('half a quest');
}, 90_000);

test('what is selected is mentioned in the question, and so is a file', async () => {
  await window.openFile('orders.ts');
  await window.select(2, 3);
  await window.command('Gloss: Add Selection to Chat');
  await expect.poll(() => field().inputValue()).toMatch(/half a quest.*@orders\.ts#L2-3/);
  await expect.poll(() => keyboardIsInField()).toBe(true);
  await window.openFile('README.md');
  await window.command('Gloss: Add File to Chat');
  await expect.poll(() => field().inputValue()).toMatch(/@README\.md/);
  await expect.poll(() => keyboardIsInField()).toBe(true);
}, 90_000);

test('an answer takes no keyboard away from the editor', async () => {
  await key('Control+A');
  await window.page.keyboard.type('What is in this workspace, again?');
  const before = window.demo.requests.length;
  await key('Enter');
  await window.openFile('orders.ts');
  await window.goto(1);
  await window.page.keyboard.type('// mine while it answers ', { delay: 20 });
  await expect.poll(() => window.demo.requests.length).toBeGreaterThan(before);
  await window.waitForText(/^\/\/ mine while it answers /);
  await said('What is in this workspace, again?');
  await window.page.keyboard.type('and after');
  await window.waitForText(/^\/\/ mine while it answers and after/);
  await key('Control+Z');
}, 90_000);

test('two pages at once: the same chat in a tab hears what the other says', async () => {
  await window.command('Gloss: Open Chat');
  await window.command('Gloss: Open Chat in Editor');
  await window.page
    .locator('.tab')
    .filter({ hasText: /What is in this/ })
    .waitFor();
  for (const index of [0, 1]) await said('What is in this workspace, again?', index);
  await expect.poll(async () => (await keyboardIsInField(0)) !== (await keyboardIsInField(1))).toBe(true);
  await window.page.keyboard.type('Third question?');
  await key('Enter');
  for (const index of [0, 1]) await said('Third question?', index);
  await window.shots('panel-two-pages');
}, 90_000);

test('R45: after a reload of the window the tab and the view have their chat and the draft', async () => {
  await window.command('Gloss: Focus Chat Input');
  const drafts = () => Promise.all([field(0).inputValue(), field(1).inputValue()]);
  await expect.poll(async () => (await keyboardIsInField(0)) || (await keyboardIsInField(1))).toBe(true);
  await window.page.keyboard.type('to be kept');
  await expect.poll(drafts).toContain('to be kept');
  // As a person does it: VS Code keeps what it has before it goes.
  await Promise.all([window.page.waitForEvent('load'), window.command('Developer: Reload Window')]);
  await window.statusItem('gloss.status').waitFor({ timeout: 60_000 });
  await expect.poll(() => window.page.locator('iframe.webview.ready').count(), { timeout: 60_000 }).toBe(2);
  for (const index of [0, 1]) await said('Third question?', index);
  await expect.poll(drafts).toContain('to be kept');
  await window.shot('panel-reloaded');
}, 120_000);

test('R24: with a server started again every page goes on in its chat', async () => {
  await window.command('Gloss: Restart Server');
  await window.command('Gloss: Focus Chat Input');
  const count = await window.page.locator('iframe.webview.ready').count();
  const pages = Array.from({ length: count }, (_, index) => index);
  await expect.poll(async () => (await Promise.all(pages.map(keyboardIsInField))).filter(Boolean).length).toBe(1);
  await window.page.keyboard.press('Control+A');
  await window.page.keyboard.type('Who is there again?');
  await key('Enter');
  for (const index of pages) await said('Who is there again?', index);
  await expect.poll(() => JSON.stringify(window.demo.requests.at(-1)?.body)).toContain('Who is there again?');
}, 120_000);
