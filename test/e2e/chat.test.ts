/** A chat as a document in a VS Code window: sent by lens, leave given by lens and by message, edits reviewed, stopped, planned, gone on with after a restart of the server. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { chatDocument } from './chatDocument.ts';
import { launchWithDemo } from './harness.ts';
import { pendingEdits } from './pendingEdits.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;

beforeAll(async () => {
  window = await launchWithDemo({});
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
});
afterAll(() => window?.close());

const { click, shows, write } = chatDocument(() => window);

/** All that the model was told with the newest question. */
const lastAsked = () => JSON.stringify(window.demo.requests.at(-1)?.body);

const chatTab = () => window.page.locator('.editor-group-container .tab').filter({ hasText: /^Chat$/ });

test('a chat is opened, written in and answered in its document', async () => {
  await window.command('Gloss: Open Chat as Document');
  await window.waitForText(/Write below the last/, 30_000);
  await chatTab().waitFor();
  await write('What is in this workspace?');
  await window.shots('chat-document-question');
  await click(/^Send$/, /tokens in/);
  await window.shots('chat-document-answer');
});

test('S17: a command waits for leave in the document, with all of it; the message has what differs', async () => {
  await write('Tidy up the files.');
  await click(/^Send$/, /Argument 2: --short/);
  const message = window.notification(/Run git status --short \(Program: .*; Folder: .*\)/);
  await message.waitFor();
  expect(await message.textContent()).not.toContain('GIT_');
  await window.shots('chat-document-approval');
});

test('S19: leave is given by the lens or by the message, and the command runs where it is seen', async () => {
  // The folder is no repository: another command is asked about then.
  await click(/^Allow Once$/, /May Gloss do this\? Run node --version/);
  await window.page.locator('.part.panel').filter({ hasText: 'Run git status --short' }).waitFor();
  await window.shots('chat-document-terminal');
  await window
    .notification(/Run node --version/)
    .getByRole('button', { name: 'Allow Once' })
    .click();
  await shows(/tokens in[\s\S]*\n## You/);
  await window.clearNotifications();
  await window.page.keyboard.press('Control+J');
  await window.page.locator('.part.panel').waitFor({ state: 'hidden' });
});

test('edits of a chat wait in their files; what is rejected there is told with the next question', async () => {
  await expect.poll(isShown(/^Review Edits \(\d+\)$/)).toBe(true);
  await window.shots('chat-document-edits');
  const edits = pendingEdits(window);
  await window.openFile('orders.ts');
  await edits
    .lens(/Reject/)
    .first()
    .waitFor();
  await window.shots('chat-edits-in-file');
  await window
    .codeLens(/^Reject$/)
    .first()
    .click();
  await expect.poll(() => window.codeLens(/^Reject$/).count()).toBe(0);
  await chatTab().click();
  await write('What is in this workspace?');
  await click(/^Send$/, /What is in this workspace\?\s+## Gloss[\s\S]*tokens in/);
  expect(lastAsked()).toMatch(/orders\.ts, line \d+: rejected/);
});

test('S18: the mode stands at the top; a plan opens as a document and is carried out', async () => {
  await click(/^Mode: Ask$/, isShown(/^Mode: Accept Edits$/));
  await click(/^Mode: Accept Edits$/, isShown(/^Mode: Plan$/));
  await write('Tidy up text_wrap.py.');
  await click(/^Send$/, /nothing was changed yet[\s\S]*tokens in/);
  const planTab = window.page.locator('.tab.active').filter({ hasText: /^Plan$/ });
  await click(/^Open Plan$/, () => planTab.isVisible());
  await window.waitForText(/## Plan/);
  await window.shots('chat-plan');
  await chatTab().click();
  await click(/^Carry Out: Ask$/, /May Gloss do this\?/);
});

/** A lens may be there twice for a moment, while it is drawn anew. */
const isShown = (lens: RegExp) => () => window.codeLens(lens).last().isVisible();

test('Stop ends it, whatever waits', async () => {
  await click(/^Stop$/, /> Stopped\./);
  await expect.poll(isShown(/^Send$/)).toBe(true);
  await window.clearNotifications();
});

test('what is selected beside the chat goes along when it is mentioned', async () => {
  await window.openFile('schedule.ts');
  await window.select(2, 3);
  await chatTab().click();
  await write('Explain @selection please.');
  await click(/^Send$/, /Explain @selection please\.\s+## Gloss[\s\S]*tokens in/);
  expect(JSON.stringify(window.demo.requests.map(({ body }) => body))).toMatch(
    /<selection path=\\+"schedule\.ts\\+" lines=\\+"2-3/,
  );
});

test('R24: after a restart of the server the same document goes on', async () => {
  await write('Written meanwhile.');
  await window.command('Gloss: Restart Server');
  await click(/^Send$/, /Written meanwhile\.\s+## Gloss/);
  await window.clearNotifications();
  await window.page.keyboard.press('Control+1');
  await window.page.keyboard.press('Control+Home');
  await window.shots('chat-document-top');
});
