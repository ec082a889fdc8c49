/** What goes wrong, in a VS Code window without a folder: no key, a wrong key, a service that fails, a server that dies. */
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { launch, type Session } from './harness.ts';

let window: Session;
let service: Demo;

beforeAll(async () => {
  service = await startDemo({ delay: 5 });
  window = await launch({ fixture: null, settings: { 'gloss.baseUrl': service.url } });
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
  await window.page.locator('.editor-group-container.empty').dblclick();
  await window.editor.waitFor();
  await window.page.keyboard.insertText(
    'def total(prices, rate):\n    if not prices:\n        return 0\n    return sum(prices) * rate\n',
  );
  await window.goto(2);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 40)}`);
  await window.page.keyboard.press('Escape');
});
afterAll(async () => {
  await window?.close();
  await service?.close();
});

const comment = (text: string | RegExp) => window.threads.locator('.comment-body').filter({ hasText: text });

async function explain(): Promise<void> {
  await window.command('Gloss: Explain Here');
}

async function typeKey(key: string): Promise<void> {
  const input = window.page.locator('.quick-input-box input[type="password"]');
  await input.waitFor();
  await input.fill(key);
  await window.page.keyboard.press('Enter');
}

test('without a key an untitled document shows what is missing, with what to do', async () => {
  await explain();
  await comment(/no API key/).waitFor();
  await window
    .notification(/no API key/)
    .getByRole('button', { name: 'Set API Key' })
    .waitFor();
  await window.shots('no-key');
  expect(service.requests).toEqual([]);
});

test('a wrong key is refused before it is stored, and a right one is kept', async () => {
  await window.command('Gloss: Set API Key');
  await typeKey('gloss-demo-wrong');
  const dialog = window.page.locator('.monaco-dialog-box');
  await dialog.filter({ hasText: /401|API key/ }).waitFor();
  await window.shot('wrong-key');
  await dialog.getByRole('button', { name: 'Try Again' }).click();
  await typeKey(service.key);
  await window.notification(/The key works/).waitFor();
  await window.command('Notifications: Clear All Notifications');
  await explain();
  await comment('no model is running').waitFor();
});

test('S32: the key is in no log and no settings of VS Code', async () => {
  const everything = Object.values(await window.logs()).join('\n');
  expect(everything).toContain('started, version');
  expect(everything).not.toContain(service.key);
});

test('R5: an error in the middle keeps the text, marks it and offers to try again', async () => {
  service.use({ text: ['This text ', 'had arrived'], errorAfter: 5 });
  await window.command('Gloss: Refresh Explanation');
  await comment('This text had arrived')
    .filter({ hasText: /too much to do/ })
    .waitFor();
  await window.shot('broken-off');
  service.use(undefined);
  await window.command('Notifications: Clear All Notifications');
});

test('S20: hostile Markdown loads nothing and becomes no link', async () => {
  service.use({
    text: 'See ![x](https://evil.example/x.png) <img src="https://evil.example/y.png"> [go](command:workbench.action.quit) [a](https://evil.example/?q=1)',
  });
  await window.command('Gloss: Refresh Explanation');
  await comment('evil.example/x.png').waitFor();
  const body = window.threads.locator('.comment-body').last();
  expect(await body.locator('img, a, iframe, svg').count()).toBe(0);
  expect(window.browser.refused.filter((url) => url.includes('evil'))).toEqual([]);
  service.use(undefined);
});

test('Stop keeps what had arrived', async () => {
  service.use({ text: ['Half of ', 'it'], hold: new Promise(() => undefined) });
  await window.command('Gloss: Refresh Explanation');
  await comment('Half of').waitFor();
  await window.command('Gloss: Stop Explaining');
  await comment('Half of').filter({ hasText: 'Stopped' }).waitFor();
  await expect.poll(() => service.requests.at(-1)?.aborted).toBe(true);
  service.use(undefined);
});

test('R24: a server that dies in the middle is started again, and the thread says what happened', async () => {
  service.use({ text: ['Meanwhile ', 'here'], hold: new Promise(() => undefined) });
  await window.command('Gloss: Refresh Explanation');
  await comment('Meanwhile').waitFor();
  process.kill(await languageServer(), 'SIGKILL');
  await comment('Meanwhile')
    .filter({ hasText: /server/i })
    .waitFor();
  await window.shot('server-died');
  service.use(undefined);
  await expect
    .poll(async () => {
      await window.command('Gloss: Refresh Explanation');
      return comment('no model is running').count();
    })
    .toBeGreaterThan(0);
});

test('Check Connection names the endpoint and where the key comes from', async () => {
  await window.command('Notifications: Clear All Notifications');
  await window.command('Gloss: Check Connection');
  const toast = window.notification(/works/);
  await toast
    .getByRole('button')
    .filter({ hasText: /Details|Report/ })
    .click();
  expect(await window.waitForText(/Key from/)).toContain(service.url);
  await window.shots('check-connection');
});

/** The process of our server, among all that this user runs. */
async function languageServer(): Promise<number> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [command, environment] = await Promise.all(
      ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
    );
    // Another window may run beside this one: ours has this window's folder in its environment.
    if (command?.includes('server.mjs') && environment?.includes(window.server.logsFolder.split('/data/')[0] ?? '?'))
      found.push(Number(pid));
  }
  expect(found).toHaveLength(1);
  return found[0] ?? 0;
}
