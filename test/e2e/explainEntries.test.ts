/** The ways to an explanation in a VS Code window besides Explain Here: problem, change, file, line, terminal, line notes. By mouse or keyboard, with a real Git. */
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/places.ts';
import { launchWithDemo } from './harness.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;
let project: string;

const broken = 'export function total(prices: number[]): number {\n  const sum: string = 0;\n  return sum;\n}\n';

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'gloss-entries-'));
  await cp(path.join(root, 'sample'), project, { recursive: true });
  await writeFile(path.join(project, 'broken.ts'), broken);
  const git = (...words: string[]) => execFileSync('git', words, { cwd: project, env: { ...process.env, ...author } });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'First');
  const orders = await readFile(path.join(project, 'orders.ts'), 'utf8');
  await writeFile(path.join(project, 'orders.ts'), orders.replace('export', '// Changed since.\nexport'));
  window = await launchWithDemo({
    fixture: project,
    settings: { 'git.enabled': true, 'git.openRepositoryInParentFolders': 'never' },
  });
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  window.demo.use(undefined);
  if (task.result?.state === 'fail') await window.page.keyboard.press('Escape');
  await window.page.keyboard.press('Escape');
});
afterAll(async () => {
  await window?.close();
  await rm(project, { recursive: true, force: true });
});

const author = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** An entry of the menu that is open. */
const menuEntry = (title: string) =>
  window.page.locator('.monaco-menu .action-label', { hasText: new RegExp(`^${title}$`) });

/** A menu takes no click in its first moment: it stays open then, and is clicked once more. */
async function choose(title: string): Promise<void> {
  const entry = menuEntry(title);
  await entry.waitFor();
  const isThere = async (): Promise<boolean> => {
    if (await entry.isVisible()) await entry.click();
    return entry.isVisible();
  };
  await expect.poll(isThere, { interval: 500 }).toBe(false);
}

const answered = 'no model is running';

/** What was sent last, as one text. */
const sent = () =>
  JSON.stringify(window.demo.requests.filter(({ path: way }) => way === '/v1/messages').at(-1)?.body ?? '');

const preview = () => window.webview().locator('body');

async function closePreview(): Promise<void> {
  const tab = window.page.locator('.tab', { hasText: /^Explanation of/ });
  await tab.click({ button: 'middle' });
  await tab.waitFor({ state: 'detached' });
}

async function dismissAll(): Promise<void> {
  await window.command('Gloss: Dismiss All Explanations');
  await window.threads.waitFor({ state: 'detached' });
}

test('Explain Problem explains the problem at the cursor, by its key', async () => {
  await window.openFile('broken.ts');
  await window.editor.locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
  await window.goto(2, 10);
  await window.page.keyboard.press('Control+K');
  await window.page.keyboard.press('Shift+G');
  await window.threads.locator('.comment-body').filter({ hasText: answered }).waitFor();
  expect(sent()).toContain("Type 'number' is not assignable to type 'string'");
  await window.shots('explain-problem');
  await dismissAll();
});

test('Explain Problem at a place without one says so', async () => {
  await window.goto(4, 1);
  await window.command('Gloss: Explain Problem');
  await window.notification('There is no problem at the cursor.').waitFor();
  await window.clearNotifications();
});

test('the menu of a line number explains the line', async () => {
  await window.openFile('schedule.ts');
  await window.goto(14);
  await window.editor.locator('.line-numbers', { hasText: /^14$/ }).click({ button: 'right' });
  await menuEntry('Explain Line').waitFor();
  await window.shot('explain-line-menu');
  await choose('Explain Line');
  await window.threads.locator('.comment-body').filter({ hasText: answered }).waitFor();
  await window.shot('explain-line');
  await dismissAll();
});

test('the menu of a file explains the file in a document beside the code, which keeps the focus', async () => {
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  window.demo.use({ hold });
  await window.goto(20);
  await window.page
    .locator('.explorer-folders-view .monaco-list-row', { hasText: 'text_wrap.py' })
    .click({ button: 'right' });
  await choose('Explain File');
  await preview().filter({ hasText: 'writing' }).waitFor();
  await window.shot('explain-file-streaming');
  release();
  await preview().filter({ hasText: answered }).waitFor();
  expect(await window.page.evaluate(() => document.activeElement?.tagName)).not.toBe('IFRAME');
  await window.shots('explain-file');
  await preview().getByRole('link', { name: 'lines 6–34' }).click();
  await window.page.locator('.tab.active[data-resource-name="text_wrap.py"]').waitFor();
  await closePreview();
});

test('the list of changes explains what changed in a file', async () => {
  await window.command('Source Control: Focus on Changes View');
  const row = window.page.locator('.scm-view .resource', { hasText: 'orders.ts' });
  await row.click({ button: 'right' });
  await menuEntry('Explain This Change').waitFor();
  await window.shot('explain-change-menu');
  await choose('Explain This Change');
  await preview().filter({ hasText: answered }).waitFor();
  expect(sent()).toContain('Changed since.');
  await window.shots('explain-change');
  await closePreview();
});

test('in a diff editor the change at the cursor is explained under it', async () => {
  await window.page.locator('.scm-view .resource', { hasText: 'orders.ts' }).click();
  await window.page.locator('.modified-in-monaco-diff-editor .view-line', { hasText: 'Changed since.' }).click();
  await window.page.getByRole('button', { name: 'Explain This Change' }).waitFor();
  await window.page.getByRole('button', { name: 'Explain This Change' }).click();
  const thread = window.page.locator('.modified-in-monaco-diff-editor .review-widget .comment-body');
  await thread.filter({ hasText: answered }).waitFor();
  await window.shots('explain-change-diff');
  await window.command('Gloss: Dismiss All Explanations');
  await window.command('View: Show Explorer');
});

test('Explain This Change of a file that has not changed says so', async () => {
  await window.openFile('schedule.ts');
  await window.command('Gloss: Explain This Change');
  await window.notification('schedule.ts has not changed.').waitFor();
  await window.clearNotifications();
});

test('R32: a document that is neither a file nor untitled is not explained, and each way says why', async () => {
  const before = window.demo.requests.length;
  await window.command('Gloss: What Was Sent');
  await window.waitForText(/What was sent/);
  for (const way of ['Explain File', 'Explain Here', 'Explain Problem', 'Explain This Change', 'Add Line Notes']) {
    await window.command(`Gloss: ${way}`);
    await window.notification('This document is of another kind (gloss').waitFor();
    await window.clearNotifications();
  }
  expect(window.demo.requests.length).toBe(before);
  await window.page.keyboard.press('Control+W');
});

test('line notes are put beside the lines by a key, and taken away by the same', async () => {
  await window.openFile('schedule.ts');
  await window.goto(20);
  await window.page.keyboard.press('Control+K');
  await window.page.keyboard.press('L');
  await window.page.locator('.statusbar-item', { hasText: /line notes? · / }).waitFor();
  const note = window.line('the result: gaps');
  await note.waitFor();
  await window.shots('line-notes');
  await window.page.keyboard.press('Control+K');
  await window.page.keyboard.press('L');
  await window.page.locator('.statusbar-item', { hasText: 'Line notes hidden' }).waitFor();
  await note.waitFor({ state: 'detached' });
});

test('the menu of a terminal explains what is selected in it, and the clipboard is what it was', async () => {
  await window.page.evaluate(() => navigator.clipboard.writeText('mine'));
  await window.command('Terminal: Create New Terminal');
  const terminal = window.page.locator('.terminal-wrapper.active .xterm-screen');
  await terminal.click();
  await window.page.keyboard.type('echo "segmentation fault at 0x0" | tee said.txt\n');
  await expect.poll(() => window.file('said.txt').catch(() => '')).toContain('fault');
  await window.command('Terminal: Select All');
  await terminal.click({ button: 'right' });
  await menuEntry('Explain Terminal Selection').waitFor();
  await window.shot('explain-terminal-menu');
  await choose('Explain Terminal Selection');
  await preview().filter({ hasText: answered }).waitFor();
  expect(sent()).toContain('segmentation fault');
  expect(await window.page.evaluate(() => navigator.clipboard.readText())).toBe('mine');
  await window.shots('explain-terminal');
  await closePreview();
});
