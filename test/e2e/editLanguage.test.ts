/** Edits with TypeScript's own support beside them in a VS Code window, from a start without a key: the demo, new problems, rename and extract. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { launch, type Session } from './harness.ts';
import { type PendingEdits, pendingEdits, play, replacing } from './pendingEdits.ts';

let service: Demo;
let window: Session;
let edits: PendingEdits;

const prices = `export function calc(a: number, b: number): number {
  const sum = a + b;
  return sum * 1.19;
}
`;
const shop = `import { calc } from './prices';

export const total = calc(1, 2);
export const wrong: string = 3;
`;

beforeAll(async () => {
  service = await startDemo();
  window = await launch({ settings: { 'gloss.baseUrl': service.url } });
  edits = pendingEdits(window);
  const write = (name: string, text: string) => writeFile(path.join(window.folder, name), text);
  await write(
    'tsconfig.json',
    '{ "compilerOptions": { "strict": true, "target": "es2023", "module": "esnext", "moduleResolution": "bundler" } }\n',
  );
  await write('prices.ts', prices);
  await write('shop.ts', shop);
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  service.use(undefined);
  await window.page.keyboard.press('Escape');
});
afterAll(async () => {
  await window?.close();
  await service?.close();
});

/** The menu of code actions waits for every provider, and TypeScript's takes a while to start. */
async function action(title: string): Promise<void> {
  await window.page.locator('[class*="lightbulb"], .lightBulbWidget').first().waitFor({ timeout: 60_000 });
  await window.codeAction(title);
}

test('Without a key an edit says what is missing, and "Start Demo" goes on with it', async () => {
  await window.openFile('orders.ts');
  await window.select(10, 46);
  await action('Simplify');
  const toast = window.notification(/no API key/);
  await toast.waitFor();
  await window.shot('edit-no-key');
  await toast.getByRole('button', { name: 'Start Demo' }).click();
  await expect.poll(() => edits.badge(), { timeout: 30_000 }).not.toBe('');
  await window
    .codeLens(/^Accept$/)
    .first()
    .waitFor();
  await window.shots('edit-demo-simplify');
});

test('The demo writes documentation by rules', async () => {
  await window.openFile('schedule.ts');
  await window.select(50, 52);
  await action('Write Documentation');
  await window
    .codeLens(/^Accept$/)
    .first()
    .waitFor();
  await window.shot('edit-demo-document');
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
});

test('When the demo was stopped an edit says what to do, and goes on with a key', async () => {
  await window.command('Gloss: Stop Demo');
  await window.openFile('prices.ts');
  play(service, replacing('prices.ts', '  return sum * 1.19;\n', '  return sum * rate;\n'));
  await edits.instruct('use the rate');
  const toast = window.notification(/no API key/);
  await toast.getByRole('button', { name: 'Set API Key' }).click();
  const input = window.page.locator('.quick-input-box input[type="password"]');
  await input.fill(service.key);
  await window.page.keyboard.press('Enter');
  await window.waitForText(/sum \* rate/);
  await edits.hunks(1);
});

test('An edit that breaks something says so, offers a fix, and goes by one key', async () => {
  await edits.lens('1 new error').filter({ hasText: 'Fix' }).waitFor({ timeout: 60_000 });
  await window.notification(/1 new error/).waitFor();
  await window.shots('edit-new-error');
  await window.clearNotifications();
  play(service, replacing('prices.ts', '  const sum = a + b;\n', '  const rate = 1.19;\n  const sum = a + b;\n'));
  await edits.lens('1 new error').locator('a', { hasText: /^Fix$/ }).click();
  await edits.hunks(2);
  await edits.lens('1 new error').waitFor({ state: 'detached' });
  await window.shot('edit-fix');
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
  await window.waitForText(/return sum \* 1\.19/);
});

test('An edit that mends something says so', async () => {
  await window.openFile('shop.ts');
  await window.editor.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
  play(service, replacing('shop.ts', 'wrong: string = 3', 'wrong: string = "3"'));
  await window.goto(4);
  await edits.instruct('make it a string');
  await edits.lens('fixes 1 problem').waitFor({ timeout: 60_000 });
  await window.shot('edit-fixes');
  await edits.go('j');
  await edits.chord('x');
  await edits.hunks(0);
});

test("Rename for Clarity renames in every file, by TypeScript's own rename", async () => {
  await window.openFile('prices.ts');
  await window.goto(1, 18);
  await window.page.keyboard.press('Control+D');
  service.use({ text: '`grossPrice`' });
  await action('Rename for Clarity');
  await window.waitForText(/function grossPrice/);
  await expect.poll(() => edits.badge()).toBe('2');
  await window.page.locator('.tab.dirty').nth(1).waitFor();
  await window.shot('edit-rename');
  await window.openFile('shop.ts');
  await window.waitForText(/import \{ grossPrice \}[\s\S]*total = grossPrice\(1, 2\)/);
  await edits.hunks(1);
  expect(await window.file('shop.ts')).toBe(shop);
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
  await window.openFile('prices.ts');
  await window.waitForText(/function calc/);
});

test("Extract to Function uses TypeScript's own refactoring, and the model finds the name", async () => {
  await window.openFile('prices.ts');
  await window.select(2, 2);
  service.use({ text: '`netSum`' });
  await action('Extract to Function');
  await window.waitForText(/const sum = netSum\(a, b\)[\s\S]*function netSum\(/);
  await window.shot('edit-extract');
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
});
