/** Explanations that stay, in a VS Code window as a person uses it: levels, stale code, the list, keys, a new window. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';
import { type PendingEdits, pendingEdits } from './pendingEdits.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;
let edits: PendingEdits;

beforeAll(async () => {
  window = await launchWithDemo();
  edits = pendingEdits(window);
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  window.demo.use(undefined);
  await window.page.keyboard.press('Escape');
});
afterAll(() => window?.close());

/** Folded threads are in the page as well. */
const shown = (selector: string) => window.threads.locator(selector).filter({ visible: true });
const answers = () => shown('.comment-body').filter({ hasText: 'no model is running' });
/** What stands above a thread, and beside its first answer. */
const title = () => shown('.review-title, .head').first();
const beside = () => shown('.comment-title').first();
const button = (name: string) => window.threads.getByRole('button', { name }).filter({ visible: true });
const asked = () => window.demo.requests.filter(({ path }) => path === '/v1/messages').length;
const pane = () => window.page.locator('.sidebar');
const rows = () => pane().locator('.monaco-list-row[aria-level="2"]');

async function showList(): Promise<void> {
  await window.command('Gloss: Focus on Explanations View');
  await rows().first().waitFor();
}

/** To the next or previous explanation by its keys: what is said of it, and where the cursor is. */
async function go(key: 'J' | 'K', number: string): Promise<void> {
  await window.page.keyboard.press('Control+K');
  await window.page.keyboard.press(`Shift+${key}`);
  await window.page
    .locator('.statusbar-item')
    .filter({ hasText: `Explanation ${number}` })
    .waitFor();
}

test('an explanation streams into a thread that stays the same while it grows', async () => {
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  window.demo.use({ hold });
  await window.openFile('schedule.ts');
  await window.goto(18);
  await window.command('Gloss: Explain Here');
  await window.threads.locator('.comment-body').filter({ hasText: /\w/ }).waitFor();
  const widget = await window.threads.elementHandle();
  await window.shot('explanations-streaming');
  release();
  await answers().waitFor();
  expect(await widget?.evaluate((element) => element.isConnected)).toBe(true);
  await expect.poll(() => title().textContent()).toContain('Explanation of freeTime');
  await window.shots('explanations-finished');
});

test('Deeper and Shorter explain at another level in the same thread, and end at the last one; an answer that is kept costs nothing', async () => {
  expect(asked()).toBe(1);
  await button('Deeper Explanation').click();
  await expect.poll(asked).toBe(2);
  await answers().waitFor();
  await button('Deeper Explanation').waitFor({ state: 'detached' });
  await window.shot('explanations-deep');
  await button('Shorter Explanation').click();
  await expect.poll(() => beside().textContent()).toContain('no cost');
  expect(asked()).toBe(2);
  expect(await window.threads.count()).toBe(1);
});

test('a follow-up is answered below', async () => {
  await shown('.comment-form, .review-thread-reply-button').first().click();
  await window.page.keyboard.type('What if two appointments overlap?');
  await button('Ask').click();
  await expect.poll(() => answers().count()).toBe(2);
  expect(asked()).toBe(3);
  await window.shots('explanations-follow-up');
});

test('typing in the code makes the thread say that the code has changed; Refresh explains it as it is now', async () => {
  await window.goto(20);
  await window.page.keyboard.press('End');
  await window.page.keyboard.type(' // one day');
  await expect.poll(() => title().textContent()).toContain('code has changed');
  await window.goto(17);
  await window.shots('explanations-stale');
  await window.command('Gloss: Refresh Explanation');
  await expect.poll(asked).toBe(4);
  await expect.poll(() => title().textContent()).not.toMatch(/changed|writing/);
});

test('Turn into Doc Comment writes the documentation as an edit that waits', async () => {
  await window.goto(30);
  await window.command('Gloss: Explain Here');
  await expect.poll(asked).toBe(5);
  await expect.poll(() => title().textContent()).not.toContain('writing');
  await window.goto(38);
  await window.command('Gloss: Explain Here');
  await answers().filter({ hasText: 'Calendar is a class' }).waitFor();
  expect(asked()).toBe(6);
  await window.goto(38);
  await window.command('Gloss: Turn into Doc Comment');
  await edits.hunks(1);
  expect(JSON.stringify(window.demo.requests.at(-1)?.body)).toContain('Calendar');
  await window.shot('explanations-doc-comment');
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
});

test('the list has them all, and dismisses one by its button', async () => {
  await showList();
  await expect.poll(() => rows().count()).toBe(3);
  await window.shots('explanations-list');
  // Only the row under the mouse has buttons.
  await rows().filter({ hasText: 'minutesOf' }).hover();
  await rows().filter({ hasText: 'minutesOf' }).getByRole('button', { name: 'Dismiss Explanation' }).click();
  await expect.poll(() => rows().count()).toBe(2);
});

test('after the window was loaded anew the threads are there, folded, and cost nothing; what was dismissed is not', async () => {
  await window.page.keyboard.press('Control+S');
  await window.page.reload();
  await window.statusItem('gloss.status').waitFor({ timeout: 60_000 });
  const before = asked();
  await window.openFile('schedule.ts');
  await showList();
  await expect.poll(() => rows().count()).toBe(2);
  await window.editor.locator('[class*="comment-thread"]').first().waitFor();
  expect(await shown('.comment-body').count()).toBe(0);
  await window.shot('explanations-restored');
  await rows().filter({ hasText: 'freeTime' }).click();
  await answers().first().waitFor();
  await expect.poll(() => beside().textContent()).toContain('no cost');
  expect(asked()).toBe(before);
  await window.shots('explanations-opened');
});

test('a follow-up of what was restored goes on from what was said', async () => {
  const before = asked();
  await shown('.comment-form, .review-thread-reply-button').first().click();
  await window.page.keyboard.type('And at night?');
  await button('Ask').first().click();
  await window.threads.locator('.comment-body').filter({ hasText: 'And at night?' }).waitFor();
  await expect.poll(asked).toBe(before + 1);
});

test('by keys from one explanation to the next and back', async () => {
  await window.goto(1);
  await go('J', '1 of 2');
  await go('J', '2 of 2');
  await go('K', '1 of 2');
  await go('K', '2 of 2');
});

test.each([
  ['Light High Contrast', 'hc-light'],
  ['Dark High Contrast', 'hc-black'],
])('in the theme %s everything can be seen', async (theme, kind) => {
  await window.command('Preferences: Color Theme');
  await window.page.keyboard.type(theme);
  await window.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: theme }).waitFor();
  await window.page.keyboard.press('Enter');
  await window.page.locator(`.monaco-workbench.${kind}`).waitFor();
  await window.shot(`explanations-${kind}`);
});

test('Export Explanations opens one document with all of them, which nobody has saved yet', async () => {
  await window.command('Gloss: Export Explanations');
  const text = await window.waitForText(/freeTime/);
  expect(text).toContain('Calendar');
  await window.page.locator('.tab.active.dirty').waitFor();
  await window.shot('explanations-export');
  await window.command('View: Revert and Close Editor');
  await window.openFile('schedule.ts');
});

test('Dismiss All takes everything away, and the list says how to begin', async () => {
  await window.command('Gloss: Dismiss All Explanations');
  await pane().getByRole('button', { name: 'Explain Here' }).waitFor();
  await window.threads.waitFor({ state: 'detached' });
  await window.shot('explanations-none');
});
