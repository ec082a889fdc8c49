/** A whole conversation in the panel of a VS Code window by the keyboard alone, with the demo: nowhere does it get stuck, and nowhere is it taken away. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';
import { palette, panelPage } from './panelPage.ts';
import { pendingEdits } from './pendingEdits.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;
const panel = panelPage(() => window);
const key = (name: string) => window.page.keyboard.press(name);
const type = (text: string) => window.page.keyboard.type(text);

beforeAll(async () => {
  window = await launchWithDemo({});
  await window.statusItem('gloss.status').waitFor(patience);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
});
afterAll(() => window?.close());

/** All of it is several requests, edits and commands long. */
const patience = { timeout: 90_000 };
const isTold = (words: RegExp) => () =>
  window.demo.requests.slice(-3).some(({ body }) => words.test(JSON.stringify(body)));
const question = (text: string) => panel.frame.locator('.ask').filter({ hasText: text }).last();

async function ask(text: string): Promise<void> {
  await palette(window, 'Gloss: Focus Chat Input');
  await panel.fieldHasKeyboard();
  await type(text);
  await key('Enter');
  await question(text).waitFor(patience);
}

test('it is opened by a command, the keyboard is in the question, and Tab goes round the page', async () => {
  await palette(window, 'Gloss: Open Chat');
  await panel.fieldHasKeyboard();
  for (const name of [/^Add Files/, /^Permission mode/, /^Model and effort/, /^Send$/]) await panel.tabTo(name);
  await panel.tabTo(/^Question$/, 'Shift+Tab');
  await panel.tabTo(/^\/review$/, 'Shift+Tab');
  await panel.tabTo(/^Question$/);
}, 240_000);

test('leave is given by the keyboard, twice, and it goes on in the question', async () => {
  await ask('Tidy up this workspace.');
  for (const shown of ['git status --short', 'node --version']) {
    const card = panel.frame.locator('.card.approval').filter({ hasText: shown });
    await card.waitFor(patience);
    await panel.fieldHasKeyboard();
    await panel.tabTo(/^Allow Once$/, 'Shift+Tab');
    // What has just appeared is not meant by a key either.
    await expect
      .poll(async () => {
        if ((await panel.focused()) === 'Allow Once') await key('Enter');
        return card.count();
      }, patience)
      .toBe(0);
    await panel.fieldHasKeyboard();
  }
  await panel.shows('3 changed files');
  await panel.ended();
}, 240_000);

test('the changes are reviewed from the transcript; an edit is rejected, and that is told', async () => {
  await panel.tabTo(/^orders\.ts/, 'Shift+Tab');
  await key('Enter');
  await window.page.locator('.tab.active').filter({ hasText: 'orders.ts (pending edits)' }).waitFor();
  await window.openFile('orders.ts');
  await window.goto(14);
  await pendingEdits(window).chord('x');
  await expect.poll(() => window.codeLens(/^Reject$/).count()).toBe(0);
  await ask('What is in this workspace?');
  await expect.poll(isTold(/orders\.ts, line \d+: rejected/)).toBe(true);
  await panel.ended();
}, 240_000);

test('no letter is lost in the editor while it streams, asks for leave and finishes', async () => {
  await ask('Tidy up this workspace again.');
  await window.openFile('README.md');
  await window.goto(1);
  const words = 'the quick brown fox jumps over the lazy dog while somebody else writes and asks ';
  await window.page.keyboard.type(words, { delay: 40 });
  await window.waitForText(new RegExp(`^${words}`));
  await panel.frame.locator('.card.approval').waitFor(patience);
  await window.page.keyboard.type('and here ', { delay: 20 });
  await window.waitForText(new RegExp(`^${words}and here `));
  expect(await panel.focused()).toBe('');
  await palette(window, 'Gloss: Stop Chat');
  await panel.ended();
}, 240_000);

test('an answer is stopped in the middle by the keyboard', async () => {
  window.demo.use({ text: Array.from({ length: 2_000 }, (_, at) => `word ${at} `), delay: 30 });
  await ask('Tell me everything.');
  await panel.shows(/word 20/);
  await panel.tabTo(/^Stop$/);
  await key('Enter');
  await panel.ended();
  await panel.shows('Stopped.');
  // The button is gone: the keyboard is not.
  await panel.fieldHasKeyboard();
}, 240_000);

test('a question is forked from, renamed, and found in the list', async () => {
  await palette(window, 'Gloss: Go to Previous Question');
  await expect.poll(() => panel.focused()).not.toBe('');
  await panel.tabTo(/^Fork From Here$/);
  await key('Enter');
  await expect.poll(() => panel.field.inputValue()).toMatch(/Tell me everything|Tidy up/);
  await panel.fieldHasKeyboard();
  await palette(window, 'Gloss: Show Chats');
  await expect.poll(() => panel.focused()).toBe('Search in chats');
  await expect.poll(() => panel.frame.locator('.chatRow').count()).toBe(2);
  await key('ArrowDown');
  await key('ArrowDown');
  await key('F2');
  await expect.poll(() => panel.focused()).toBe('New name');
  await type('The first one');
  await key('Enter');
  await expect.poll(() => panel.focused()).toMatch(/^The first one/);
  await key('Enter');
  await panel.fieldHasKeyboard();
  await panel.shows('The first one');
}, 240_000);

test('R45: after a reload of the window it is opened again by the keyboard, and goes on', async () => {
  await window.page.reload();
  await window.statusItem('gloss.status').waitFor({ timeout: 60_000 });
  await panel.field.waitFor({ timeout: 60_000 });
  window.demo.use({ text: 'All of it is here.' });
  await ask('What is in this workspace, then?');
  await expect.poll(isTold(/Tidy up this workspace\..*What is in this workspace, then\?/)).toBe(true);
  await panel.shows('All of it is here.');
  await panel.ended();
}, 240_000);
