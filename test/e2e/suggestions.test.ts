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

/** Commands without a key of their own, as a person binds them. */
const keys = [
  { key: 'ctrl+alt+l', command: 'editor.action.inlineSuggest.acceptNextLine', when: 'inlineSuggestionVisible' },
  { key: 'ctrl+alt+w', command: 'gloss.suggest.why', when: 'editorTextFocus' },
  { key: 'ctrl+alt+s', command: 'gloss.suggest.trigger', when: 'editorTextFocus' },
];

/** Milliseconds. */
const patience = 20_000;

let window: Awaited<ReturnType<typeof launchWithDemo>>;
let project: string;
let files = 0;

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'gloss-suggestions-'));
  await writeFile(path.join(project, 'README.md'), '# Orders\n\n');
  for (let file = 1; file <= 20; file += 1) await writeFile(path.join(project, `order${file}.py`), code);
  window = await launchWithDemo({ fixture: project, settings: { 'gloss.suggestions.mode': 'automatic' } });
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
  await statusSays(/Suggestions/);
  await window.command('Preferences: Open Keyboard Shortcuts (JSON)');
  await window.editor.locator('.view-line').first().waitFor();
  await press('Control+A');
  await window.page.keyboard.insertText(JSON.stringify(keys));
  await press('Control+S');
  await press('Control+F4');
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
const ghost = () =>
  window.editor.locator('.ghost-text-decoration, .ghost-text-decoration-preview, .suggest-preview-text');
const isGone = () => expect.poll(() => ghost().count()).toBe(0);
const words = () => window.page.locator('.suggest-widget.visible');

/** All that is shown as ghost text: it comes in pieces of one colour each. */
async function shown(): Promise<string> {
  return (await ghost().allTextContents()).join('').replaceAll('\u00a0', ' ');
}

async function suggested(text: string): Promise<void> {
  await expect.poll(shown, { timeout: patience }).toContain(text);
}

async function statusSays(sentence: RegExp): Promise<void> {
  const item = window.statusItem('gloss.status');
  const label = (): Promise<string> =>
    item.evaluate((element) => [element, ...element.querySelectorAll('*')].map((each) => each.ariaLabel).join());
  for (let tries = 1; !sentence.test(await label()); tries += 1) {
    if (tries === 300) throw new Error(`The status bar says: ${await label()}`);
    await window.page.waitForTimeout(100);
  }
}

async function message(text: RegExp, button?: string): Promise<void> {
  const shown = window.notification(text);
  await shown.first().waitFor();
  if (button !== undefined) await shown.getByRole('button', { name: button }).first().click();
  await window.clearNotifications();
}

/** Asked by key, as often as it takes: the editor itself waits a little after a key before it asks for suggestions. */
async function whyBecomes(sentence: RegExp): Promise<void> {
  const told = window.notification(sentence).first();
  await expect
    .poll(
      async () => {
        if (!(await told.isVisible())) await press('Control+Alt+W');
        return told.isVisible();
      },
      { timeout: patience, interval: 500 },
    )
    .toBe(true);
}

async function choose(command: string, entry: string): Promise<void> {
  await window.command(command);
  await window.quickInput.locator('.monaco-list-row').filter({ hasText: entry }).first().click();
  await window.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

test('a suggestion comes after a pause, is taken by Tab, and is in the file only then', async () => {
  await type(' ');
  await suggested('order.price * order.count');
  await window.shot('suggestion-dark');
  await press('Escape');
  await isGone();
  await type(' ');
  await suggested('order.price');
  await press('Control+S');
  await expect.poll(() => window.file(`order${files}.py`)).toMatch(/amount = +\n/);
  await suggested('order.price');
  await press('Tab');
  await window.waitForText(/amount = +order\.price \* order\.count$/m);
});

test('several lines are shown below each other; each is taken by a key', async () => {
  answer('order.price * rate\n    if amount > 100:\n        amount = 100\n    amount = round(amount)');
  await window.goto(open + 1, 1);
  await type('    for _ in range(3):\n');
  answer('amount = amount * rate\n        amount = round(amount)\n        order.price = amount');
  await press('Control+Alt+S');
  await suggested('order.price = amount');
  await window.shot('suggestion-lines-dark');
  await press('Control+Alt+L');
  await window.waitForText(/ {8}amount = amount \* rate$/m);
  await suggested('order.price = amount');
  await press('Control+Alt+L');
  await window.waitForText(/ {8}amount = round\(amount\)$/m);
  await suggested('order.price = amount');
  await press('Control+Alt+L');
  await window.waitForText(/amount = amount \* rate\n {8}amount = round\(amount\)\n {8}order\.price = amount/);
});

test('a word of it is taken by its key, the rest stays without a new request', async () => {
  await type(' ');
  await suggested('order.price');
  const before = asked();
  await press('Control+ArrowRight');
  await window.waitForText(/amount = +order/m);
  await suggested('order.count');
  await window.shot('suggestion-word-dark');
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
  await window.shot('suggestion-typed-through-dark');
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
  await window.shot('suggestion-other-dark');
});

test('the list of words is not disturbed: nothing is suggested over it, its keys are its own', async () => {
  await window.page.keyboard.insertText('rat');
  await press('Control+Space');
  await words().locator('.monaco-list-row.focused').filter({ hasText: 'rate' }).waitFor();
  await window.shot('suggestion-list-of-words-dark');
  expect(await ghost().filter({ hasText: 'order.price' }).count()).toBe(0);
  await press('Tab');
  await window.waitForText(/amount = *rate/m);
  await window.page.keyboard.insertText(' + am');
  await press('Control+Space');
  await words().locator('.monaco-list-row').filter({ hasText: 'amount' }).first().waitFor();
  await press('Enter');
  await window.waitForText(/amount = *rate \+ amount/m);
});

test('by hand nothing comes while typing, and a suggestion comes when it is asked for', async () => {
  await choose('Gloss: Choose Suggestion Mode', 'By Hand');
  await statusSays(/when you ask/);
  const before = asked();
  await type(' ');
  await whyBecomes(/only when you ask/);
  await window.clearNotifications();
  expect(asked()).toBe(before);
  await press('Control+Alt+S');
  await suggested('order.price');
  await press('Escape');
  await choose('Gloss: Choose Suggestion Mode', 'Automatic');
  await statusSays(/while you type/);
});

test('a language is turned off and on again, where the message offers it', async () => {
  await window.command('Gloss: Turn Suggestions On or Off for This Language');
  await message(/off for python/);
  const before = asked();
  await type(' ');
  await window.command('Gloss: Why No Suggestion?');
  await window.notification(/turned off here/).waitFor();
  await window.shot('suggestion-why-dark');
  expect(asked()).toBe(before);
  await message(/turned off here/, 'Turn On');
  // A key that comes before the setting has arrived asks for nothing.
  const typedOnceMore = async (): Promise<number> => {
    await type(' ');
    return asked();
  };
  await expect.poll(typedOnceMore, { timeout: patience, interval: 2_000 }).toBeGreaterThan(before);
  await suggested('order.price');
});

test('snoozed they rest, which the status bar says, until that is ended', async () => {
  await choose('Gloss: Snooze Suggestions', '15 Minutes');
  await window.statusItem('gloss.status').locator('.codicon-bell-slash').waitFor();
  const before = asked();
  await type(' ');
  await whyBecomes(/resting/);
  await window.clearNotifications();
  expect(asked()).toBe(before);
  await window.statusItem('gloss.status').click();
  await window.quickInput.locator('.monaco-list-row').filter({ hasText: 'Snooze Longer' }).waitFor();
  await window.shot('suggestion-menu-dark');
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
  // The editor asks a moment after its command: until then the answer is about the request before.
  const why = async (): Promise<string> => {
    await window.clearNotifications();
    await window.command('Gloss: Why No Suggestion?');
    return window.notification(/./).first().innerText();
  };
  await expect.poll(why, { timeout: 30_000 }).toMatch(/may hold keys|must not leave/);
  expect(asked()).toBe(before);
});

test('in a light theme they look like it', async () => {
  await window.command('Preferences: Toggle between Light/Dark Themes');
  await window.page.locator('.monaco-workbench.vs').waitFor();
  await type(' ');
  await suggested('order.price * order.count');
  await window.shot('suggestion-light');
  await press('Control+ArrowRight');
  await expect.poll(shown).toMatch(/^\.?price/);
  await window.shot('suggestion-word-light');
  await press('Tab');
  await window.statusItem('gloss.status').click();
  await window.quickInput.locator('.monaco-list-row').filter({ hasText: 'Why No Suggestion?' }).waitFor();
  await window.shot('suggestion-menu-light');
  await press('Escape');
});

test('what came of them is a page that says where it is kept', async () => {
  await window.command('Gloss: Suggestion Statistics');
  const text = await window.waitForText(/Accepted: +[1-9]/);
  expect(text).toMatch(/kept on this machine only/);
  expect(text).toMatch(/Shown: +[1-9]/);
  await window.shot('suggestion-statistics-dark');
  await window.command('Gloss: Reset Suggestion Statistics');
  await message(/counted anew/);
  await window.command('Gloss: Suggestion Statistics');
  await window.waitForText(/Accepted: +0/);
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
