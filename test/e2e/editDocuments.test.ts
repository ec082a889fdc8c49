/** Pending edits and what else happens to documents in a VS Code window: saving, formatting, closing, reloading, Git, and files of every kind. */
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';
import { type PendingEdits, pendingEdits, play, replacing } from './pendingEdits.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;
let edits: PendingEdits;

const code = `def first():
    return 1


def second():
    return 2


cherry = 3
apple = 1
banana = 2
`;
const raised = code.replace('    return 1\n', '    value = 1 * 10\n    return value\n');
const settings = '{\n  "editor.tabSize": 2\n}\n';
const manifest = '{\n  "name": "shop",\n  "scripts": {\n    "test": "node test.js"\n  }\n}\n';
const notebook = {
  cells: [{ cell_type: 'code', metadata: {}, outputs: [], source: code }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};
/** VS Code's formatter of JSON takes the last line end away. */
const list = '{\n  "one": 1,\n  "two": [\n    1,\n    2\n  ]\n}';

beforeAll(async () => {
  window = await launchWithDemo({
    settings: {
      'files.hotExit': 'onExitAndWindowClose',
      'files.readonlyFromPermissions': true,
      '[json]': { 'editor.formatOnSave': true },
      'gloss.edit.review': 'preview',
    },
  });
  edits = pendingEdits(window);
  const write = (name: string, text: string) => writeFile(path.join(window.folder, name), text);
  for (const name of ['save', 'close', 'drop', 'restart', 'reload', 'git', 'sort', 'preview', 'locked'])
    await write(`${name}.py`, code);
  await mkdir(path.join(window.folder, '.vscode'));
  await write('.vscode/settings.json', settings);
  await write('package.json', manifest);
  await write('list.json', list);
  await write('book.ipynb', JSON.stringify(notebook));
  await chmod(path.join(window.folder, 'locked.py'), 0o444);
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  window.demo.use(undefined);
  await window.page.keyboard.press('Escape');
});
afterAll(() => window?.close());

/** Opens a file and has its first function changed. */
async function edited(name: string): Promise<void> {
  await window.openFile(name);
  play(window.demo, replacing(name, '    return 1\n', '    value = 1 * 10\n    return value\n'));
  await edits.instruct('multiply by ten');
  await edits.hunks(1);
}

const logged = async () => Object.values(await window.logs()).join('\n');

/** What VS Code keeps of unsaved text. */
const backups = async () => {
  const folder = path.join(window.server.logsFolder, '../User/Backups');
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = files.filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name));
  return Promise.all(names.map((name) => readFile(name, 'utf8').catch(() => '')));
};

const dialog = () => window.page.locator('.monaco-dialog-box');

test('Saving keeps what is on the screen and decides nothing', async () => {
  await edited('save.py');
  await edits.save();
  expect(await window.file('save.py')).toBe(raised);
  await edits.hunks(1);
});

test('Typing, undo and redo mix with pending edits as with any other change', async () => {
  await window.goto(7);
  await window.page.keyboard.press('End');
  await window.page.keyboard.type('5');
  await window.waitForText(/return 25/);
  await edits.hunks(1);
  await window.page.keyboard.press('Control+Z');
  await window.waitForText(/return 2\n/);
  await window.page.keyboard.press('Control+Z');
  await edits.hunks(0);
  await window.waitForText(/return 1\n/);
  await window.page.keyboard.press('Control+Y');
  await edits.hunks(1);
  await window.page.keyboard.press('Control+Y');
  await window.waitForText(/return 25/);
  await edits.hunks(1);
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
  await edits.save();
  expect(await window.file('save.py')).toBe(code.replace('return 2', 'return 25'));
});

test('A formatter that runs on saving leaves an edit pending, and rejecting it still brings back what was there', async () => {
  await window.openFile('list.json');
  play(window.demo, replacing('list.json', '    1,\n    2\n', '    1,\n        2,\n        3\n'));
  await window.goto(3);
  await edits.instruct('add three');
  await edits.hunks(1);
  await edits.save();
  expect(await window.file('list.json')).toBe(list.replace('    2\n', '    2,\n    3\n'));
  await edits.hunks(1);
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
  await edits.save();
  expect(await window.file('list.json')).toBe(list);
});

test('A file that was closed and is opened again has its edits, with marks and lenses', async () => {
  await edited('close.py');
  await edits.save();
  await window.page.keyboard.press('Control+W');
  await window.page.locator('.tab[data-resource-name="close.py"]').waitFor({ state: 'detached' });
  await window.openFile('close.py');
  await edits.hunks(1);
  await expect.poll(() => edits.decorated()).toBe(2);
  await edits.go('j');
  await edits.chord('x');
  await edits.hunks(0);
  await edits.save();
  expect(await window.file('close.py')).toBe(code);
});

test('A file that was closed without saving has neither the text nor the edits', async () => {
  await edited('drop.py');
  await window.page.keyboard.press('Control+W');
  await dialog().getByRole('button', { name: "Don't Save" }).click();
  await window.page.locator('.tab[data-resource-name="drop.py"]').waitFor({ state: 'detached' });
  await window.openFile('drop.py');
  await window.waitForText(/return 1\n/);
  await edits.hunks(0);
});

test('Edits are there again after the server was restarted', async () => {
  await edited('restart.py');
  const started = async () => (await logged()).split('started, version').length;
  const before = await started();
  await window.command('Gloss: Restart Server');
  await expect.poll(started).toBe(before + 1);
  await edits.hunks(1);
  await expect.poll(() => edits.decorated()).toBe(2);
  await edits.go('j');
  await edits.chord('x');
  await edits.hunks(0);
  await window.waitForText(/return 1\n/);
});

test('Edits are there again after the window was loaded anew, unsaved text as well', async () => {
  await edited('reload.py');
  await window.page.locator('.tab.active.dirty').waitFor();
  await expect.poll(backups).toContainEqual(expect.stringMatching(/reload\.py[\s\S]*value = 1 \* 10/));
  await window.page.reload();
  await window.statusItem('gloss.status').waitFor({ timeout: 60_000 });
  await window.openFile('reload.py');
  await window.waitForText(/value = 1/);
  await edits.hunks(1);
  await expect.poll(() => edits.decorated()).toBe(2);
  await window.page.locator('.tab.active.dirty').waitFor();
  await window.shot('edit-reloaded');
  await window.line('value = 1').click();
  await edits.chord('x');
  await edits.hunks(0);
  await window.waitForText(/return 1\n/);
});

test('When Git puts another version of the file on the disk, its edits go and nothing is overwritten', async () => {
  await edited('git.py');
  await edits.save();
  await writeFile(path.join(window.folder, 'git.py'), code.replace('cherry', 'cerise'));
  await window.waitForText(/return 1\n[\s\S]*cerise/);
  await edits.hunks(0);
  expect(await window.file('git.py')).toBe(code.replace('cherry', 'cerise'));
});

test('Another command that changes the file leaves an edit pending, and makes it yours where it changes the edit itself', async () => {
  await edited('sort.py');
  await window.select(10, 12);
  await window.command('Sort Lines Ascending');
  await window.waitForText(/apple = 1\nbanana = 2\ncherry = 3/);
  await edits.hunks(1);
  await window.select(2, 3);
  await window.command('Sort Lines Ascending');
  await window.waitForText(/return value\n +value = 1/);
  await edits.hunks(0);
});

test('With the setting "preview" an action opens the refactor preview first', async () => {
  await window.openFile('preview.py');
  play(window.demo, replacing('preview.py', '    return 1\n', '    value = 1 * 10\n    return value\n'));
  await window.goto(2);
  await window.codeAction('Simplify');
  const panel = window.page.locator('.bulk-edit-panel');
  await panel.getByRole('button', { name: 'Apply' }).waitFor();
  await window.shots('edit-preview');
  expect(await window.text()).not.toContain('value = 1');
  await panel.locator('.monaco-list-row').filter({ hasText: 'value = 1' }).getByRole('checkbox').first().click();
  await panel.getByRole('button', { name: 'Apply' }).click();
  await window.waitForText(/value = 1/);
  await panel.waitFor({ state: 'hidden' });
  await edits.hunks(0);
});

test('A file that is read-only in the editor is not changed, and it is said why', async () => {
  await window.openFile('locked.py');
  play(window.demo, replacing('locked.py', '    return 1\n', '    value = 1 * 10\n    return value\n'));
  await edits.instruct('multiply by ten');
  await window.notification(/locked\.py is read-only/).waitFor();
  await window.shot('edit-read-only');
  expect(await window.text()).not.toContain('value = 1');
  await window.clearNotifications();
});

test('Output is refused, with the reason; without any editor it says what to open', async () => {
  await window.command('Gloss: Show Log');
  const output = window.page.locator('.panel .monaco-editor[data-uri]').first();
  await output.locator('.view-line').first().click();
  await window.command('Gloss: Edit with Instruction');
  await window.notification(/virtual/).waitFor();
  await window.clearNotifications();
  await window.command('View: Close All Editor Groups');
  await dialog().getByRole('button', { name: "Don't Save" }).click();
  await window.page.keyboard.press('Control+J');
  await window.command('Gloss: Edit with Instruction');
  await window.notification(/Open a file/).waitFor();
  await window.clearNotifications();
});

test('A document that was never saved is edited like any other', async () => {
  await window.page.locator('.editor-group-container.empty').dblclick();
  await window.editor.waitFor();
  await window.page.keyboard.insertText(code);
  await window.waitForText(/banana/);
  play(window.demo, replacing('Untitled-1', '    return 1\n', '    value = 1 * 10\n    return value\n'));
  await window.goto(2);
  await edits.instruct('multiply by ten');
  await edits.hunks(1);
  await edits.go('j');
  await edits.chord('x');
  await edits.hunks(0);
  await window.waitForText(/return 1\n/);
});

test('A cell of a notebook is edited, and its edit is decided on by keys', async () => {
  await window.page.keyboard.press('Control+P');
  await window.quickInput.locator('input').first().fill(path.join(window.folder, 'book.ipynb'));
  await window.page
    .locator('.quick-input-list .monaco-list-row[data-index="0"]')
    .filter({ hasText: 'book.ipynb' })
    .waitFor();
  await window.page.keyboard.press('Enter');
  const cell = window.page.locator('.notebookOverlay .monaco-editor[data-uri]').first();
  await cell.locator('.view-line').filter({ hasText: 'return 1' }).click();
  play(window.demo, replacing('book.ipynb', '    return 1\n', '    value = 1 * 10\n    return value\n'));
  await edits.instruct('multiply by ten');
  await cell.locator('.view-line').filter({ hasText: 'value = 1' }).waitFor();
  await expect.poll(() => edits.badge()).toBe('1');
  await window.shot('edit-cell');
  await edits.go('j');
  await edits.chord('x');
  await cell.locator('.view-line').filter({ hasText: 'return 1' }).waitFor();
  await expect.poll(() => edits.badge()).toBe('');
});

test('S10: a file that runs or configures something is asked about, and Cancel changes nothing', async () => {
  await window.openFile('package.json');
  play(
    window.demo,
    replacing(
      'package.json',
      '    "test": "node test.js"\n',
      '    "test": "node test.js",\n    "postinstall": "node fetch.js"\n',
    ),
  );
  await edits.instruct('run fetch.js after installing');
  await dialog().filter({ hasText: 'package.json' }).waitFor();
  await window.shot('edit-asks');
  await window.page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await window.notification(/did not agree/).waitFor();
  await window.shot('edit-asked-no');
  await window.clearNotifications();
  await expect.poll(() => edits.badge()).toBe('');
  await window.openFile('package.json');
  expect(await window.text()).not.toContain('postinstall');
  expect(await window.file('package.json')).toBe(manifest);
});

test('S10: what was agreed to is done, and waits like any other edit', async () => {
  await window.openFile('.vscode/settings.json');
  play(window.demo, replacing('.vscode/settings.json', '  "editor.tabSize": 2\n', '  "editor.tabSize": 4\n'));
  await edits.instruct('four columns');
  await dialog().getByRole('button', { name: 'Apply' }).click();
  await edits.hunks(1);
  await window.waitForText(/"editor.tabSize": 4/);
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
  expect(await window.file('.vscode/settings.json')).toBe(settings);
});

test('An edit whose place changed meanwhile is not made, and stays in the list with the reason', async () => {
  await window.openFile('package.json');
  await window.page.locator('.tab.active:not(.dirty)').waitFor();
  play(window.demo, replacing('package.json', '    "test": "node test.js"\n', '    "test": "node all.js"\n'));
  await edits.instruct('test everything');
  await dialog().getByRole('button', { name: 'Look at the Change' }).click();
  const waiting = window.notification(/waits for your decision/);
  await waiting.waitFor();
  await window.shot('edit-look');
  await window.openFile('package.json');
  await window.goto(4, 14);
  await window.page.keyboard.insertText('now ');
  await window.waitForText(/"test": "now node/);
  await waiting.getByRole('button', { name: 'Decide' }).click();
  await dialog().getByRole('button', { name: 'Apply' }).click();
  await edits.lens('not applied').waitFor();
  await window.shot('edit-conflict');
  expect(await window.text()).toContain('"test": "now node test.js"');
  await window.page
    .locator('.activitybar')
    .getByRole('tab', { name: /^Gloss/ })
    .click();
  await window.page.locator('.pane-body .monaco-list-row').filter({ hasText: 'not applied' }).waitFor();
  await window.shot('pending-conflict');
  await edits.lens('not applied').locator('a', { hasText: 'Dismiss' }).click();
  await expect.poll(() => edits.badge()).toBe('');
});
