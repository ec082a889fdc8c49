/** Suggestions while typing in a VS Code window: shown, taken whole and in parts, typed through, put away; never in the way of the list of words. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';

const code = `class Order:
    def __init__(self, price, count):
        self.price = price
        self.count = count


def amount_of(order, rate):
    amount =

    return amount
`;
/** The line that is written on. */
const open = 8;

let window: Awaited<ReturnType<typeof launchWithDemo>>;
let project: string;
let files = 0;

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'gloss-suggestions-'));
  await writeFile(path.join(project, 'README.md'), '# Orders\n\n');
  for (let file = 1; file <= 20; file += 1) await writeFile(path.join(project, `order${file}.py`), code);
  window = await launchWithDemo({ fixture: project, settings: { 'gloss.suggestions.mode': 'automatic' } });
  await window.statusItem('gloss.status').filter({ hasText: 'Gloss' }).waitFor({ timeout: 30_000 });
});
beforeEach(async () => {
  answer('order.price * order.count');
  files += 1;
  await window.openFile(`order${files}.py`);
  await window.goto(open, 14);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  await window.page.keyboard.press('Escape');
  await window.page.keyboard.press('Escape');
});
afterAll(async () => {
  await window?.close();
  await rm(project, { recursive: true, force: true });
});

const answer = (text: string) => window.demo.use({ text: [text] });
const type = (text: string) => window.page.keyboard.type(text, { delay: 30 });
const press = (key: string) => window.page.keyboard.press(key);
const asked = () => window.demo.requests.filter(({ path: way }) => way === '/v1/messages').length;
const ghost = () => window.editor.locator('.ghost-text-decoration, .ghost-text-decoration-preview');
const isGone = () => expect.poll(() => ghost().count()).toBe(0);
const words = () => window.page.locator('.suggest-widget.visible');

/** In a fresh window the very first one may not come by itself. */
async function suggested(text: string): Promise<void> {
  await ghost().filter({ hasText: text }).first().waitFor({ state: 'attached' });
}

async function statusSays(sentence: RegExp): Promise<void> {
  const label = window.statusItem('gloss.status').locator('a, [aria-label]').first();
  await expect.poll(() => label.getAttribute('aria-label')).toMatch(sentence);
}

async function message(text: RegExp, button?: string): Promise<void> {
  const shown = window.notification(text);
  await shown.first().waitFor();
  if (button !== undefined) await shown.getByRole('button', { name: button }).first().click();
  await window.clearNotifications();
}

async function choose(command: string, entry: string): Promise<void> {
  await window.command(command);
  await window.quickInput.locator('.monaco-list-row').filter({ hasText: entry }).first().click();
  await window.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

test('a suggestion comes after a pause, is taken by Tab, and is in the file only then', async () => {
  await type(' ');
  await suggested('order.price * order.count');
  await window.shots('suggestion');
  await press('Escape');
  await isGone();
  await type(' ');
  await suggested('order.price');
  await press('Control+S');
  await expect.poll(() => window.file(`order${files}.py`)).not.toContain('order.price *');
  await suggested('order.price');
  await press('Tab');
  await window.waitForText(/amount = +order\.price \* order\.count$/m);
  await isGone();
});

test('several lines are shown below, and taken together', async () => {
  answer('order.price\n    amount = amount * order.count\n    amount = amount * rate');
  await type('(');
  await press('Backspace');
  await window.goto(open + 1, 1);
  await type('    if rate > 1:');
  answer('raise ValueError("rate")');
  await press('Enter');
  await suggested('raise ValueError');
  await press('Tab');
  await window.waitForText(/if rate > 1:\n {8}raise ValueError\("rate"\)/);
});

test('a word of it is taken by its key, the rest stays without a new request', async () => {
  await type(' ');
  await suggested('order.price');
  const before = asked();
  await press('Control+ArrowRight');
  await window.waitForText(/amount = +order/m);
  await suggested('order.count');
  await window.shots('suggestion-word');
  await press('Control+ArrowRight');
  await suggested('order.count');
  expect(asked()).toBe(before);
  await press('Tab');
  await window.waitForText(/amount = +order\.price \* order\.count$/m);
});

test('whoever types what it says keeps it, and nothing is asked anew', async () => {
  await type(' ');
  await suggested('order.price');
  const before = asked();
  await window.page.keyboard.insertText('order');
  await suggested('.price * order.count');
  await window.page.keyboard.insertText('.price *');
  await suggested(' order.count');
  await window.shots('suggestion-typed-through');
  expect(asked()).toBe(before);
  await press('Tab');
  await window.waitForText(/amount = +order\.price \* order\.count$/m);
});

test('whoever types something else loses it, and gets another one', async () => {
  await type(' ');
  await suggested('order.price');
  answer('len(orders) + 1');
  const before = asked();
  await window.page.keyboard.insertText('2 * ');
  await suggested('len(orders)');
  expect(asked()).toBeGreaterThan(before);
  expect(await ghost().filter({ hasText: 'order.price' }).count()).toBe(0);
  await window.shots('suggestion-other');
});

test('the list of words is not disturbed: nothing is suggested over it, its keys are its own', async () => {
  await window.page.keyboard.insertText('ra');
  await press('Control+Space');
  await words().locator('.monaco-list-row.focused').filter({ hasText: 'rate' }).waitFor();
  await window.shots('suggestion-list-of-words');
  expect(await ghost().filter({ hasText: 'order.price' }).count()).toBe(0);
  await press('Tab');
  await window.waitForText(/amount = +rate$/m);
  await window.page.keyboard.insertText(' + am');
  await press('Control+Space');
  await words().locator('.monaco-list-row').filter({ hasText: 'amount' }).first().waitFor();
  await press('Enter');
  await window.waitForText(/amount = +rate \+ amount/m);
});

test('by hand nothing comes while typing, and a suggestion comes when it is asked for', async () => {
  await choose('Gloss: Choose Suggestion Mode', 'By Hand');
  const before = asked();
  await type(' ');
  await window.command('Gloss: Why No Suggestion?');
  await message(/only when you ask/);
  expect(asked()).toBe(before);
  await window.command('Gloss: Trigger Suggestion');
  await suggested('order.price');
  await press('Escape');
  await choose('Gloss: Choose Suggestion Mode', 'Automatic');
});

test('a language is turned off and on again, where the message offers it', async () => {
  await window.command('Gloss: Turn Suggestions On or Off for This Language');
  await message(/off for python/);
  const before = asked();
  await type(' ');
  await window.command('Gloss: Why No Suggestion?');
  await window.notification(/turned off here/).waitFor();
  await window.shots('suggestion-why');
  expect(asked()).toBe(before);
  await message(/turned off here/, 'Turn On');
  await type(' ');
  await suggested('order.price');
});

test('snoozed they rest, which the status bar says, until that is ended', async () => {
  await choose('Gloss: Snooze Suggestions', '15 Minutes');
  await window.statusItem('gloss.status').locator('.codicon-bell-slash').waitFor();
  const before = asked();
  await type(' ');
  await window.command('Gloss: Why No Suggestion?');
  await message(/resting/);
  expect(asked()).toBe(before);
  await window.statusItem('gloss.status').click();
  await window.quickInput.locator('.monaco-list-row').filter({ hasText: 'Snooze Longer' }).waitFor();
  await window.shots('suggestion-menu');
  await press('Escape');
  await choose('Gloss: Snooze Suggestions', 'End Snooze');
  await window.statusItem('gloss.status').locator('.codicon-bell-slash').waitFor({ state: 'detached' });
  await window.goto(open, 15);
  await type(' ');
  await suggested('order.price');
});

test('S12: in a file that may hold keys nothing is suggested, and it is said why', async () => {
  await writeFile(path.join(window.folder, '.env'), 'TOKEN=\n');
  await window.openFile('.env');
  await window.goto(1, 7);
  const before = asked();
  await window.command('Gloss: Trigger Suggestion');
  await window.command('Gloss: Why No Suggestion?');
  await message(/may hold keys|must not leave/);
  expect(asked()).toBe(before);
});

test('S18: a workspace takes suggestions away, and never turns on what the person has turned off', async () => {
  await window.openFile('README.md');
  await window.command('Gloss: Why No Suggestion?');
  await message(/turned off here/);
  const settings = { 'gloss.suggestions.languages': { markdown: 'automatic', python: 'off' } };
  await mkdir(path.join(window.folder, '.vscode'));
  await writeFile(path.join(window.folder, '.vscode/settings.json'), JSON.stringify(settings));
  await window.openFile(`order${files}.py`);
  await statusSays(/off for python/);
  await window.openFile('README.md');
  await statusSays(/off for markdown/);
  await window.openFile(`order${files}.py`);
  await window.command('Gloss: Turn Suggestions On or Off for This Language');
  await message(/workspace allow less/);
});

test('what came of them is a page that says where it is kept', async () => {
  await window.command('Gloss: Suggestion Statistics');
  const text = await window.waitForText(/Accepted: +[1-9]/);
  expect(text).toMatch(/kept on this machine only/);
  expect(text).toMatch(/Shown: +[1-9]/);
  await window.shots('suggestion-statistics');
  await window.command('Gloss: Reset Suggestion Statistics');
  await message(/counted anew/);
  await window.command('Gloss: Suggestion Statistics');
  await window.waitForText(/Accepted: +0/);
});
