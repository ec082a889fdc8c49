/** Pending edits in a VS Code window: they grow in the file, and are reviewed, accepted and rejected by mouse and by keys. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchWithDemo } from './harness.ts';
import { type PendingEdits, pendingEdits, play, playUntil, replacing } from './pendingEdits.ts';

let window: Awaited<ReturnType<typeof launchWithDemo>>;
let edits: PendingEdits;

const code = `def first():
    return 1


def second():
    return 2


def third():
    return 3
`;
const names = ['parts.py', 'all.py', 'keys.py', 'beside.py', 'inside.py', 'split.py', 'one.py', 'two.py'];

beforeAll(async () => {
  window = await launchWithDemo();
  edits = pendingEdits(window);
  for (const name of names) await writeFile(path.join(window.folder, name), code);
  await window.statusItem('gloss.status').waitFor({ timeout: 30_000 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  window.demo.use(undefined);
  await window.page.keyboard.press('Escape');
});
afterAll(() => window?.close());

/** An edit of the function that returns this number. */
const raising = (name: string, number: number) =>
  replacing(name, `    return ${number}\n`, `    value = ${number} * 10\n    return value\n`);

/** The text after these edits. */
const raised = (...numbers: readonly number[]) =>
  numbers.reduce((text, n) => text.replace(`    return ${n}\n`, `    value = ${n} * 10\n    return value\n`), code);

test('An edit grows in the file while it is written; one undo takes all of it back, a redo brings it back', async () => {
  const before = await window.file('schedule.ts');
  const old = before.slice(before.indexOf('  const gaps'), before.indexOf('  return gaps;'));
  const half = '  const starts = [...busy.map(({ start }) => start), dayEnd];\n';
  const fresh = `  const busy = appointments.toSorted((one, other) => one.start - other.start);
${half}  const ends = [dayStart, ...busy.map(({ end }) => end)];
  const gaps = starts.map((end, index) => ({ start: ends[index] ?? dayStart, end }));
`;
  const release = playUntil(window.demo, half, replacing('schedule.ts', old, fresh));
  await window.openFile('schedule.ts');
  await window.select(17, 27);
  await edits.instruct('Compare starts and ends instead of a cursor');
  await edits.lens('writing …').waitFor();
  await window.waitForText(/const starts.*\n +const gaps/);
  await expect.poll(() => edits.decorated()).toBe(2);
  await window.shots('edit-streaming');
  release();
  await edits.hunks(1);
  await edits.lens('8 lines removed').waitFor();
  await expect.poll(() => edits.badge()).toBe('1');
  await expect.poll(() => edits.decorated()).toBe(4);
  await window.shots('edit-pending');

  await window.page.keyboard.press('Control+Z');
  await window.waitForText(/freeTime.*\n +const gaps: Gap/);
  await edits.hunks(0);
  await expect.poll(() => edits.badge()).toBe('');
  expect(await edits.decorated()).toBe(0);
  expect(await window.text()).not.toContain('const starts');
  await window.page.keyboard.press('Control+Y');
  await edits.hunks(1);
  await expect.poll(() => edits.badge()).toBe('1');
  await expect.poll(() => edits.decorated()).toBe(4);
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
  await edits.save();
  expect(await window.file('schedule.ts')).toBe(before);
});

test('Of several edits one is accepted by its lens and another rejected by its key; the saved file has exactly that', async () => {
  await window.openFile('parts.py');
  play(window.demo, ...[1, 2, 3].map((number) => raising('parts.py', number)));
  await edits.instruct('multiply by ten');
  await edits.hunks(3);
  await window.shot('edit-three');
  await edits
    .lens('1 of 3')
    .locator('a', { hasText: /^Accept$/ })
    .click();
  await edits.hunks(2);
  await window.goto(7);
  await edits.chord('x');
  await edits.hunks(1);
  await edits.save();
  expect(await window.file('parts.py')).toBe(raised(1, 3));
  await edits.hunks(1);
  await edits.go('j');
  await edits.chord('a');
  await edits.hunks(0);
  expect(await window.file('parts.py')).toBe(raised(1, 3));
});

test('All edits of a file are accepted or rejected by the buttons above the editor', async () => {
  const button = (name: string) =>
    window.page.locator('.editor-group-container.active .title').getByRole('button', { name });
  await window.openFile('all.py');
  play(window.demo, raising('all.py', 1), raising('all.py', 2));
  await edits.instruct('multiply by ten');
  await edits.hunks(2);
  await button('Reject All Edits in File').click();
  await edits.hunks(0);
  await window.waitForText(/return 1[\s\S]*return 2/);
  await edits.instruct('multiply by ten again');
  await edits.hunks(2);
  await button('Accept All Edits in File').click();
  await edits.hunks(0);
  await edits.save();
  expect(await window.file('all.py')).toBe(raised(1, 2));
});

test('Without the mouse: select, instruct, go to the next edit, compare it, go back, reject with a reason, accept', async () => {
  await window.openFile('keys.py');
  await window.select(1, 10);
  play(window.demo, raising('keys.py', 1), raising('keys.py', 2));
  await edits.instruct('multiply by ten');
  await edits.hunks(2);
  await edits.go('j');
  await edits.chord('b');
  await window.page.locator('.monaco-diff-editor').waitFor();
  await window.shot('edit-compare');
  await window.page.keyboard.press('Control+W');
  await window.line('def first').waitFor();
  await edits.go('j');
  await window.page.keyboard.press('Control+K');
  await window.page.keyboard.press('Shift+X');
  const box = window.quickInput.filter({ hasText: 'Reject Edit with Reason' });
  await box.locator('input').fill('ten is too much');
  await window.shot('edit-reason');
  await window.page.keyboard.press('Enter');
  await edits.hunks(1);
  await edits.go('k');
  await edits.chord('a');
  await edits.hunks(0);
  await edits.save();
  expect([raised(1), raised(2)]).toContain(await window.file('keys.py'));
});

test('Whoever types elsewhere in the file while an edit is written loses nothing, and the edit moves along', async () => {
  await window.openFile('beside.py');
  const fresh = '    value = 2 * 10\n    other = value\n    return other\n';
  const release = playUntil(window.demo, 'value = 2 * 10\n', replacing('beside.py', '    return 2\n', fresh));
  await edits.instruct('multiply by ten');
  await window.waitForText(/value = 2/);
  await window.goto(1);
  await window.page.keyboard.insertText('import math\n');
  await window.waitForText(/^import math\ndef first/);
  await window.goto(12);
  await window.page.keyboard.press('End');
  await window.page.keyboard.insertText(' + 4');
  release();
  await edits.hunks(1);
  expect(await window.waitForText(/return other/)).toContain('return 3 + 4');
  await window.command('Gloss: Reject All Edits');
  await edits.hunks(0);
  await edits.save();
  expect(await window.file('beside.py')).toBe(`import math\n${code.replace('return 3', 'return 3 + 4')}`);
});

test('Whoever types inside an edit that is being written makes it theirs: it stops there, and they are told', async () => {
  await window.openFile('inside.py');
  const fresh = '    value = 2 * 10\n    other = value\n    return other\n';
  const release = playUntil(window.demo, 'value = 2 * 10\n', replacing('inside.py', '    return 2\n', fresh));
  await edits.instruct('multiply by ten');
  await window.waitForText(/value = 2/);
  await window.goto(6);
  await window.page.keyboard.press('End');
  await window.page.keyboard.insertText('0');
  await window.waitForText(/value = 2 \* 100/);
  release();
  await window.notification(/You changed the code while it was being rewritten/).waitFor();
  await window.shot('edit-theirs');
  await edits.hunks(0);
  const text = await window.text();
  expect(text).toContain('value = 2 * 100');
  expect(text).not.toContain('return other');
  await window.clearNotifications();
});

test('Two editors of one file both show its edits', async () => {
  await window.openFile('split.py');
  play(window.demo, raising('split.py', 1));
  await edits.instruct('multiply by ten');
  await edits.hunks(1);
  await window.command('View: Split Editor Right');
  const groups = window.page.locator('.editor-group-container').filter({ hasText: 'value = 1 * 10' });
  await expect.poll(() => groups.count()).toBe(2);
  await expect.poll(() => groups.locator('.view-overlays [class*="ced-"]').count()).toBe(4);
  await expect
    .poll(() =>
      groups
        .locator('.codelens-decoration a')
        .filter({ hasText: /^Accept$/ })
        .count(),
    )
    .toBe(2);
  await edits.go('j');
  await edits.chord('x');
  await expect.poll(() => groups.count()).toBe(0);
  await window.page.keyboard.press('Control+W');
});

test('Two files are edited at once; Stop ends the one in front and leaves its text whole', async () => {
  const fresh = '    value = 1 * 10\n    other = value\n    return other\n';
  await window.openFile('one.py');
  const first = playUntil(window.demo, 'value = 1 * 10\n', replacing('one.py', '    return 1\n', fresh));
  await edits.instruct('multiply by ten');
  await window.waitForText(/value = 1/);
  await window.openFile('two.py');
  const second = playUntil(window.demo, 'value = 1 * 10\n', replacing('two.py', '    return 1\n', fresh));
  await edits.instruct('multiply by ten');
  await window.waitForText(/value = 1/);
  await window.shot('edit-two-at-once');
  await edits.chord('q');
  await window.waitForText(/def first\(\):\n +return 1\n/);
  await edits.hunks(0);
  first();
  second();
  await window.openFile('one.py');
  await edits.hunks(1);
  expect(await window.text()).toContain('return other');
  await window.shot('edit-after-stop');
});

test('The list shows what waits in all files, with buttons for each edit, each file and everything', async () => {
  const bulk = `      if (item.quantity >= 10) {
        sum += item.price * item.quantity * 0.9;
      } else {
        sum += item.price * item.quantity;
      }
`;
  const shipping = '  if (order.express) sum += 15;\n  else if (sum < 50) sum += 5;\n';
  await window.openFile('orders.ts');
  play(
    window.demo,
    replacing('orders.ts', bulk, '      sum += item.price * item.quantity * (item.quantity >= 10 ? 0.9 : 1);\n'),
    replacing('orders.ts', shipping, '  sum += order.express ? 15 : sum < 50 ? 5 : 0;\n'),
    replacing('orders.ts', '  return Math.round(sum * 100) / 100;\n', '  return Number(sum.toFixed(2));\n'),
  );
  await edits.instruct('Fewer branches');
  await edits.hunks(3);
  await expect.poll(() => edits.badge()).toBe('4');
  await window.page
    .locator('.activitybar')
    .getByRole('tab', { name: /^Gloss/ })
    .click();
  const pane = window.page.locator('.pane').filter({ hasText: 'Pending Edits' });
  const rows = pane.locator('.monaco-list-row');
  await expect.poll(() => rows.count()).toBe(6);
  await rows.nth(2).hover();
  await window.shots('pending-edits');
  await window.command('Gloss: Review Pending Edits');
  await window.page.locator('.multiDiffEntry').nth(1).waitFor();
  await window.shots('review');
  await window.page.keyboard.press('Control+W');
  const row = rows.filter({ hasText: /^Line/ });
  await row.nth(1).hover();
  await row.nth(1).getByRole('button', { name: 'Reject Edit' }).click();
  await expect.poll(() => rows.count()).toBe(5);
  const title = pane.locator('.pane-header');
  await title.hover();
  await title.getByRole('button', { name: 'Accept All Edits' }).click();
  await expect.poll(() => edits.badge()).toBe('');
  await window.page.getByText('No edits are pending.').waitFor();
  await window.shot('pending-none');
});
