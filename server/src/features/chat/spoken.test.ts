/** Slash commands: built in, and of the project. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { composedText, composing, uriOf } from '../../../../test/harness/composing.ts';
import { folderOf } from '../../../../test/harness/folders.ts';

const signal = new AbortController().signal;
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };

function session(
  files: Readonly<Record<string, string>> = {},
  trust: 'trusted' | 'restricted' | 'unknown' = 'trusted',
) {
  const folder = folderOf({ 'a.ts': 'one\ntwo\n', ...files });
  const active = uriOf(path.join(folder, 'a.ts'));
  return { folder, active, ...composing({ folders: [folder], storage: folderOf(), trust }) };
}

const names = (turn: { readonly attached: readonly { readonly name: string }[] }) =>
  turn.attached.map(({ name }) => name);

test.each([
  ['/explain', ['@selection']],
  ['/fix it @a.ts', ['@a.ts']],
  ['/tests', ['@selection']],
  ['/doc briefly', ['@selection']],
  ['/review', ['@changes (a.ts)']],
  ['/commit', ['@changes (a.ts)']],
])('%s asks in words of its own, with what it is about', async (text, along) => {
  const { compose, active } = session();
  const given = { active, selection: { uri: active, range }, changes: [{ uri: active, before: 'one\n' }] };
  const turn = await compose({ ...given, text });
  expect(names(turn)).toEqual(along);
  expect(turn.text).toBe(text);
  const rest = text.slice(text.indexOf(' ') + 1);
  if (text.includes(' ')) expect(composedText(turn).endsWith(`\n\n${rest}`)).toBe(true);
  expect(composedText(turn).length).toBeGreaterThan(150);
});

test('without a selection a command is about the document that the person sees', async () => {
  const { compose, active } = session();
  expect(names(await compose({ text: '/explain', active }))).toEqual(['a.ts']);
  expect(names(await compose('/explain'))).toEqual([]);
});

test('/compact asks nothing, and /help answers by itself', async () => {
  const { compose, active } = session({
    '.claude/commands/ship.md': '---\ndescription: Ships it\nargument-hint: where\n---\nShip.',
  });
  expect(await compose({ text: '/compact keep the names', active })).toEqual({
    ...{ text: '/compact keep the names', content: [{ type: 'text', text: 'keep the names' }], command: 'compact' },
    ...{ attached: [], sources: [], replaced: [], tokens: 3, isData: false },
  });
  expect((await compose('/compact')).content).toEqual([]);
  await expect(compose('/help')).rejects.toMatchObject({
    ...{ kind: 'help', message: expect.stringContaining('/ship [where]: Ships it') },
  });
});

test('what only looks like a command is text', async () => {
  const { compose } = session();
  for (const text of ['/usr/bin/env is missing', '/ 2', 'see /explain', '//explain', '/1'])
    expect((await compose(text)).notices, text).toEqual([]);
  expect((await compose('/nothing here')).notices).toEqual([
    '/nothing is no command here, so it is sent as text. /help lists the commands.',
  ]);
});

test('a command of the project stands for its text, which is shown; its arguments are put in once, and nothing in it is run', async () => {
  const { compose, folder } = session({
    '.claude/commands/fix/issue.md':
      'Fix $1 in $2, not $10: $ARGUMENTS.\n!`touch ran`\nSee @a.ts and @../../etc/passwd.',
  });
  const turn = await compose('/fix:issue "the bug" $1 $ARGUMENTS');
  const text = 'Fix the bug in $1, not $10: "the bug" $1 $ARGUMENTS.\n!`touch ran`\nSee @a.ts and @../../etc/passwd.';
  expect(composedText(turn).endsWith(text)).toBe(true);
  expect(turn.notices?.[0]).toBe(`/fix:issue stands for the text in .claude/commands/fix/issue.md:\n${text}`);
  expect(names(turn)).toEqual(['@a.ts']);
  expect(turn.isData).toBe(true);
  expect(turn.text).toBe('/fix:issue "the bug" $1 $ARGUMENTS');
  expect(() => readFileSync(path.join(folder, 'ran'))).toThrow('ENOENT');
});

test.each([
  ['Do it.', '', 'Do it.'],
  ['Do it.', 'now', 'Do it.\n\nnow'],
  ['Do $1!', '', 'Do !'],
  ['$ARGUMENTS and $ARGUMENTS', 'x', 'x and x'],
  ['---\nmodel: any\nbroken\n---\nBody', '', 'Body'],
  ['---\nno end', '', '---\nno end'],
  ['\ufeff---\r\ndescription: "d"\r\n---\r\nBody', '', 'Body'],
])('%j with %j says %j', async (file, rest, expected) => {
  const { compose } = session({ '.claude/commands/own.md': file });
  expect((await compose(`/own ${rest}`)).content.at(-1)).toEqual({ type: 'text', text: expected });
});

test('commands are offered by name, the built-in ones first and never replaced by a file', async () => {
  const { feature, compose } = session({
    '.claude/commands/review.md': 'Hijacked.',
    '.claude/commands/zeta.md': 'Z.',
    '.claude/commands/deep/a/b/c/d.md': 'Too deep.',
    '.claude/commands/has blank.md': 'No name.',
    '.claude/commands/notes.txt': 'No command.',
  });
  const offered = await feature.commands(signal);
  expect(offered.map(({ name }) => name)).toEqual([
    ...['explain', 'fix', 'tests', 'doc', 'review', 'commit', 'compact', 'help', 'zeta'],
  ]);
  expect(offered.at(-1)?.description).toBe('From .claude/commands/zeta.md');
  expect(composedText(await compose('/review'))).not.toContain('Hijacked');
});

test.each(['restricted', 'unknown'] as const)('S2: where the trust is %s no file is a command', async (trust) => {
  const { feature, compose } = session({ '.claude/commands/own.md': 'Own.' }, trust);
  expect((await feature.commands(signal)).map(({ name }) => name)).not.toContain('own');
  expect(composedText(await compose('/own'))).not.toContain('Own.');
});
