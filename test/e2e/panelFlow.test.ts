/** A whole conversation in the panel of a VS Code window by the mouse, with the demo: it looks around, edits three files, runs a command, an edit is rejected, it is stopped, forked, and goes on after a reload. Looked at on the way by axe, in three themes. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';
import { chooseTheme, looked, panelPage, widen } from './panelPage.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;
const panel = panelPage(() => window);

beforeAll(async () => {
  window = await launchWithDemo({});
  await window.statusItem('gloss.status').waitFor(patience);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
});
afterAll(() => window?.close());

/** Whether the model was told so with one of the newest questions. */
const isTold = (words: RegExp) => () =>
  window.demo.requests.slice(-3).some(({ body }) => words.test(JSON.stringify(body)));
/** All of it is several requests, edits and commands long. */
const patience = { timeout: 90_000 };
const question = (text: string) => panel.frame.locator('.ask').filter({ hasText: text }).last();

async function send(text: string): Promise<void> {
  await panel.field.click();
  await panel.field.fill(text);
  await panel.button('Send').click();
  await question(text).waitFor(patience);
}

/** What has just appeared is not meant by a click. */
async function allow(shown: string): Promise<void> {
  await panel.frame.locator('.card.approval').filter({ hasText: shown }).waitFor(patience);
  await expect
    .poll(async () => {
      if (await panel.button('Allow Once').isVisible()) await panel.button('Allow Once').click({ timeout: 1_000 });
      return panel.frame.locator('.card.approval').filter({ hasText: shown }).count();
    }, patience)
    .toBe(0);
}

test('it is opened from the activity bar, and an empty chat says what can be done', async () => {
  await window.page.locator('.activitybar .action-label[aria-label^="Gloss"]').click();
  await panel.field.waitFor(patience);
  await widen(window, 280);
  expect(await looked(window, panel, 'empty')).toEqual([]);
}, 240_000);

test('it looks around, edits three files, and asks before it runs a command', async () => {
  await send('Tidy up this workspace.');
  await panel.frame.locator('.card.approval').waitFor(patience);
  expect(await looked(window, panel, 'approval')).toEqual([]);
  await allow('git status --short');
  await allow('node --version');
  await panel.shows('3 changed files');
  await panel.ended();
  await widen(window, 400);
  expect(await looked(window, panel, 'answer')).toEqual([]);
  await panel.frame.locator('.transcript').evaluate((element) => element.scrollTo({ top: 0 }));
  await window.shot('panel-answer-top');
}, 240_000);

test('an edit that is rejected is told with the next question', async () => {
  await panel.frame.locator('.transcript').evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await panel.frame.locator('.changedFile').filter({ hasText: 'orders.ts' }).click();
  await window.page.locator('.tab.active').filter({ hasText: 'orders.ts (pending edits)' }).waitFor();
  await window.page.locator('.tab[data-resource-name="orders.ts"]').first().click();
  await window
    .codeLens(/^Reject$/)
    .first()
    .click();
  await expect.poll(() => window.codeLens(/^Reject$/).count()).toBe(0);
  await send('What is in this workspace?');
  await panel.ended();
  await expect.poll(isTold(/orders\.ts, line \d+: rejected/)).toBe(true);
}, 240_000);

test('an answer is stopped in the middle', async () => {
  window.demo.use({ text: Array.from({ length: 2_000 }, (_, at) => `word ${at} `), delay: 30 });
  await send('Tell me everything.');
  await panel.shows(/word 20/);
  await window.shot('panel-streaming');
  await panel.button('Stop').click();
  await panel.shows('Stopped.');
  await panel.ended();
  await expect.poll(() => window.demo.requests.at(-1)?.aborted).toBe(true);
}, 240_000);

test('what fails says why, and what can be done', async () => {
  window.demo.use({ error: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' } });
  await send('And now?');
  await panel.button('Set API Key').waitFor(patience);
  await panel.ended();
  expect(await looked(window, panel, 'error')).toEqual([]);
}, 240_000);

test('a fork has what was said before, and the question to be changed', async () => {
  await panel.frame.locator('.transcript').evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await question('Tell me everything.').scrollIntoViewIfNeeded();
  await question('Tell me everything.').hover();
  await question('Tell me everything.').getByRole('button', { name: 'Fork From Here' }).click();
  await expect.poll(() => panel.field.inputValue()).toBe('Tell me everything.');
  await expect.poll(() => question('And now?').count()).toBe(0);
  await panel.finds('What is in this workspace?');
}, 240_000);

test('R45: after a reload of the window, with another server, the fork goes on with its draft', async () => {
  await window.page.reload();
  await window.statusItem('gloss.status').waitFor({ timeout: 60_000 });
  await panel.finds('What is in this workspace?');
  await expect.poll(() => panel.field.inputValue()).toBe('Tell me everything.');
  await panel.field.click();
  await panel.button('Send').click();
  await question('Tell me everything.').waitFor();
  await panel.ended();
  await expect.poll(isTold(/What is in this workspace\?.*Tell me everything\./)).toBe(true);
}, 240_000);

test('the list has both chats, and opens the one before', async () => {
  await window.page.locator('.pane-header').filter({ hasText: /^Chat/ }).hover();
  await window.page.getByRole('button', { name: 'Show Chats' }).first().click();
  await expect.poll(() => panel.frame.locator('.chatRow').count()).toBe(2);
  expect(await looked(window, panel, 'list')).toEqual([]);
  await panel.frame.locator('.chatRow:not(.current) .rowMain').click();
  await question('And now?').waitFor();
  await widen(window, 280);
}, 240_000);

test('in a tab of the editor it is as wide as it is read', async () => {
  await chooseTheme(window, 'dark');
  await window.command('Gloss: Open Chat in Editor');
  await window.page
    .locator('.tab.active')
    .filter({ hasText: /Tidy up/ })
    .waitFor();
  const tab = panelPage(() => window, 1);
  await tab.field.waitFor();
  await window.command('View: Close Primary Side Bar');
  await window.shots('panel-tab');
}, 240_000);
