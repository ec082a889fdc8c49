/** One who only looks at what would be sent: nobody is asked, nothing is read again that did not change, and what did is. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { composing, uriOf } from '../../../../test/harness/composing.ts';
import { folderOf } from '../../../../test/harness/folders.ts';

const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };

test('S3 who only looks is asked nothing: new instructions are told of, and asked about when it is sent', async () => {
  const folder = folderOf({ 'CLAUDE.md': 'Be brief.', 'a.ts': 'a\nb\nc\n' });
  const session = composing({ folders: [folder], storage: folderOf({}), agrees: () => true });
  const look = () => session.look('See @a.ts');
  const told = 'You are asked first whether the instructions in CLAUDE.md are to be followed.';
  expect(await look()).toMatchObject({ attached: [{ name: '@a.ts' }], notices: [told] });
  expect(session.approvals).toEqual([]);
  await session.compose('See @a.ts');
  expect(session.approvals).toHaveLength(1);
  expect(await look()).toMatchObject({ attached: [{ name: 'CLAUDE.md' }, { name: '@a.ts' }], notices: [] });
});

test('who looks again and again reads a file once, until it has changed', async () => {
  const folder = folderOf({ 'a.ts': 'one\n', 'b.ts': 'two\n' });
  const session = composing({ folders: [folder], storage: folderOf({}) });
  const textOf = async () => JSON.stringify((await session.look('@a.ts @b.ts')).content);
  const first = await textOf();
  expect(session.reads()).toBe(2);
  for (let time = 0; time < 5; time++) await textOf();
  expect(session.reads()).toBe(2);
  writeFileSync(path.join(folder, 'a.ts'), 'three\n');
  const changed = await textOf();
  expect(session.reads()).toBe(3);
  expect([first.includes('one'), changed.includes('one'), changed.includes('three')]).toEqual([true, false, true]);
});

test('the selection goes along once, with its switch or by its name, and not without', async () => {
  const folder = folderOf({ 'a.ts': 'a\nb\nc\n' });
  const active = uriOf(path.join(folder, 'a.ts'));
  const session = composing({ folders: [folder], storage: folderOf({}) });
  const selection = { uri: active, range };
  const names = async (text: string, withSelection: boolean) =>
    (await session.compose({ text, active, selection, withSelection })).attached.map(({ name }) => name);
  expect(await names('Why?', true)).toEqual(['@selection']);
  expect(await names('Why @selection?', true)).toEqual(['@selection']);
  expect(await names('/explain', true)).toEqual(['@selection']);
  expect(await names('/explain', false)).toEqual(['@selection']);
  expect(await names('Why?', false)).toEqual([]);
  expect((await session.compose({ text: 'Why?', active, withSelection: true })).notices).toEqual([]);
});
