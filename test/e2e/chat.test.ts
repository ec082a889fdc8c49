/** A chat as a document in a VS Code window: sent by code lens, a command that waits for leave, gone on with after a restart of the server. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;

beforeAll(async () => {
  window = await launchWithDemo({});
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
});
afterAll(() => window?.close());

/** Only what is on the screen is painted: the end of the document is. */
async function end(): Promise<string> {
  await window.page.keyboard.press('Control+End');
  return window.text();
}

/** Lenses are drawn anew while a document changes: a click that met none is made once more. */
async function click(lens: RegExp, until: RegExp): Promise<void> {
  const act = async () => {
    if (until.test(await end())) return true;
    const found = window.codeLens(lens).last();
    if (await found.isVisible()) await found.click({ timeout: 1_000 }).catch(() => undefined);
    return false;
  };
  await expect.poll(act, { timeout: 30_000, interval: 700 }).toBe(true);
}

async function write(text: string): Promise<void> {
  await end();
  await window.page.keyboard.type(text);
}

test('a chat is opened, written in and answered in its document', async () => {
  await window.command('Gloss: Open Chat as Document');
  await window.waitForText(/Write below the last/, 30_000);
  await write('What is in this workspace?');
  await window.shots('chat-document-question');
  await click(/^Send$/, /tokens in/);
  await window.shots('chat-document-answer');
});

test('S17: a command waits for leave in the document, with all of it', async () => {
  await write('Tidy up the files.');
  await click(/^Send$/, /Argument 2: --short/);
  await window.shots('chat-document-approval');
});

test('R24: after a restart of the server the same document goes on', async () => {
  await write('Written meanwhile.');
  await window.command('Gloss: Restart Server');
  await click(/^Send$/, /Written meanwhile\.\s+## Gloss/);
});
