/** The head of the page: renaming in its place, and what of it stands in a view and in a tab. */
import { afterEach, expect, test } from 'vitest';
import { openPanelPage, type PanelPage, type PanelPageOptions } from '../harness/panelPage.ts';
import { storyItems } from '../harness/panelStory.ts';

let panel: PanelPage;
afterEach(() => panel.close());

async function opened(options: PanelPageOptions = {}) {
  panel = await openPanelPage(options);
  await panel.page.locator('textarea.text').waitFor();
  return panel.page;
}

const focused = () => panel.page.evaluate(() => document.activeElement?.className ?? '');

test('a click on the title, or the command, renames in its place, and the keyboard goes back', async () => {
  const page = await opened({ items: storyItems, state: { title: 'Limits' } });
  await page.getByRole('button', { name: 'Limits' }).press('Enter');
  await page.keyboard.type('Rates');
  await page.keyboard.press('Enter');
  expect(await panel.waitForAsked('gloss/chatRename')).toEqual({ chat: 'c1', title: 'Rates' });
  await expect.poll(focused).toBe('titleButton');
  await page.locator('textarea.text').focus();
  await panel.tell({ is: 'do', what: 'rename' });
  await expect.poll(focused).toMatch(/rowName/);
  await page.keyboard.type('not this');
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('text');
  expect(panel.askedOf('gloss/chatRename')).toHaveLength(1);
});

test('in a view there are no buttons that its title has, until another chat waits; a tab has them', async () => {
  const page = await opened();
  const buttons = () =>
    page.locator('.head button').evaluateAll((all) => all.map((button) => button.getAttribute('title')));
  expect(await buttons()).toEqual([]);
  await panel.tell({ is: 'states', chats: [{ id: 'c2', title: 'Other', state: 'waiting' }] });
  await expect.poll(buttons).toEqual(['Chats, 1 other waits for you']);
  await panel.close();
  await opened({ welcome: { place: 'editor' } });
  expect(await panel.page.locator('.head button').count()).toBe(2);
});

test('the command Stop stops', async () => {
  await opened({ state: { running: true } });
  await panel.tell({ is: 'do', what: 'stop' });
  expect(await panel.waitForAsked('gloss/chatStop')).toEqual({ chat: 'c1' });
});

test('who leaves the list by Escape or by the button goes on in the question', async () => {
  const page = await opened();
  for (const leave of [() => page.keyboard.press('Escape'), () => page.getByTitle('Back to the Chat').press('Enter')]) {
    await panel.tell({ is: 'show', what: 'chats' });
    await page.getByRole('searchbox').waitFor();
    await leave();
    await expect.poll(focused).toBe('text');
  }
});

test('whoever was on Stop when it ends goes on in the question', async () => {
  const page = await opened({ state: { running: true } });
  await page.getByRole('button', { name: 'Stop' }).focus();
  await panel.change({ is: 'state', state: { ...panel.chat.state, running: false } });
  await expect.poll(focused).toBe('text');
});
