/** Explaining code in a VS Code window, as a person does it; run from the sources and from the packed extension. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';
import { portsOf } from './listeners.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;

beforeAll(async () => {
  window = await launchWithDemo();
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  await window.page.keyboard.press('Escape');
});
afterAll(() => window?.close());

/** Where a locator's first match is drawn. */
async function boxOf(locator: ReturnType<typeof window.line>) {
  const box = await locator.first().boundingBox();
  if (box === null) throw new Error('It is not drawn.');
  return box;
}

test('Explain Here streams an explanation into a thread under the code', async () => {
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  window.demo.use({ hold });
  await window.openFile('schedule.ts');
  await window.select(17, 27);
  await window.command('Gloss: Explain Here');

  const comment = window.threads.locator('.comment-body');
  await comment.filter({ hasText: /\w/ }).waitFor();
  const first = await comment.textContent();
  await window.shot('explain-streaming');
  release();
  await comment.filter({ hasText: 'freeTime' }).filter({ hasText: 'no model is running' }).waitFor();
  expect(await comment.textContent()).not.toBe(first);
  expect(await comment.locator('code, strong, li').count()).toBeGreaterThan(0);
  expect(await comment.textContent()).not.toContain('**');
  const [thread, lastLine] = [await boxOf(window.threads), await boxOf(window.line('return gaps;'))];
  expect(thread.y).toBeGreaterThan(lastLine.y);
  window.demo.use(undefined);
  await window.shots('explain');
});

test('a follow-up is answered in the same thread', async () => {
  await window.threads.locator('.comment-form, .review-thread-reply-button').first().click();
  await window.page.keyboard.type('What if two appointments overlap?');
  await window.threads.getByRole('button', { name: 'Ask' }).click();
  await window.threads.locator('.comment-body').nth(2).waitFor();
  const answer = window.threads.locator('.comment-body').last();
  await answer.filter({ hasText: 'no model is running' }).waitFor();
  await window.shot('explain-follow-up');
});

test('Copy as Markdown puts question and answers on the clipboard', async () => {
  await window.command('Gloss: Copy as Markdown');
  const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/freeTime[\s\S]*> What if two appointments overlap\?/);
});

test('What Was Sent opens the exact request, with its price and without the key', async () => {
  await window.command('Gloss: What Was Sent');
  const text = await window.waitForText(/What was sent/);
  expect(text).toMatch(/Price +\$/);
  expect(text).not.toContain(window.demo.key);
  await window.shots('what-was-sent');
  await window.page.keyboard.press('Control+W');
  await window.line('return gaps;').waitFor();
});

test('Dismiss takes the thread away', async () => {
  await window.command('Gloss: Dismiss Explanation');
  await window.threads.waitFor({ state: 'detached' });
});

test('the lens above a function explains that function', async () => {
  await window.goto(30);
  await window.codeLens('Explain').first().click();
  // The store may have it with what was asked about it.
  await window.threads.locator('.comment-body').filter({ hasText: 'no model is running' }).first().waitFor();
  await window.command('Gloss: Dismiss All Explanations');
  await window.threads.waitFor({ state: 'detached' });
});

test('the page asked for nothing outside this machine, and every request went to the demo backend', async () => {
  expect(window.browser.refused).toEqual([]);
  expect(window.demo.requests.filter(({ path }) => path === '/v1/messages').length).toBeGreaterThanOrEqual(2);
});

test('S26: VS Code with Gloss at work listens on the port of its window and on no other', async () => {
  expect(await portsOf(window.server.processGroup)).toEqual([window.server.port]);
});

test('a request to the outside would have been seen: it is refused and recorded', async () => {
  const page = await window.browser.context.newPage();
  await expect(page.goto('http://gloss.invalid/')).rejects.toThrow('ERR_INTERNET_DISCONNECTED');
  await page.close();
  expect(window.browser.refused).toEqual(['http://gloss.invalid/']);
});
