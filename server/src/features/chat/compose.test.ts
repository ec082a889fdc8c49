/** Questions put together in real folders. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { askedEntry, composedText, composing, uriOf } from '../../../../test/harness/composing.ts';
import { folderOf } from '../../../../test/harness/folders.ts';

test('a file, lines of another, and what is not there', async () => {
  const folder = folderOf({ 'src/a.ts': 'one\ntwo\nthree\nfour\n', 'a b.ts': 'blank\n' });
  const session = composing({ folders: [folder], storage: folderOf() });
  const turn = await session.compose('Compare @src/a.ts#L2-3, @"a b.ts" and @nothing.ts.');
  expect(composedText(turn)).toMatchInlineSnapshot(`
    "<gloss>
    Today is 2026-11-28.
    </gloss>
    <file path="src/a.ts" lines="2-3 of 4" id="D">
    2	two
    3	three
    </file D>
    <file path="a b.ts" lines="1-1 of 1" id="D">
    1	blank
    </file D>
    Compare @src/a.ts#L2-3, @"a b.ts" and @nothing.ts."
  `);
  expect(turn.notices).toMatchInlineSnapshot(`
    [
      "@nothing.ts is sent as text alone: there is no file or folder of this name.",
    ]
  `);
  expect(turn.attached.map(({ name, kind }) => [name, kind])).toEqual([
    ['@src/a.ts#L2-3', 'file'],
    ['@"a b.ts"', 'file'],
  ]);
  expect(turn.isData).toBe(true);
  expect(turn.sources.map(({ uri, firstLine, lastLine }) => [path.basename(uri), firstLine, lastLine])).toEqual([
    ['a.ts', 1, 2],
    ['a%20b.ts', 0, 0],
  ]);
});

const at = (line: number, character = 0) => ({ line, character });

/** What goes along in short: the first line of each block, and what the person is told. */
function inShort(turn: Awaited<ReturnType<ReturnType<typeof composing>['compose']>>): readonly string[] {
  const heads = composedText(turn)
    .split('\n')
    .filter((line) => line.endsWith('id="D">'));
  return [...heads, ...(turn.notices ?? [])];
}

test('a selection is its whole lines, the terminal its text as it is read, and both only when they are mentioned', async () => {
  const folder = folderOf({ 'a.ts': 'saved\n' });
  const file = path.join(folder, 'a.ts');
  const session = composing({ folders: [folder], storage: folderOf(), open: { [file]: 'one\ntwo unsaved\nthree\n' } });
  const given = {
    active: uriOf(file),
    selection: { uri: uriOf(file), range: { start: at(1, 4), end: at(2) } },
    terminal: '\u001b[31mFAIL\u001b[0m a.test.ts\n',
  };
  const turn = await session.compose({ ...given, text: 'Why does @terminal say this of @selection?' });
  expect(composedText(turn)).toMatchInlineSnapshot(`
    "<gloss>
    Today is 2026-11-28.
    </gloss>
    <terminal lines="1" id="D">
    FAIL a.test.ts
    </terminal D>
    <selection path="a.ts" lines="2-2 of 3" id="D">
    2	two unsaved
    </selection D>
    <editor path="a.ts" selected="2-2" id="D">
    The developer looks at this file.
    </editor D>
    Why does @terminal say this of @selection?"
  `);
  expect(inShort(await session.compose({ ...given, text: 'Hello' }))).toEqual([
    '<editor path="a.ts" selected="2-2" id="D">',
  ]);
  expect(
    inShort(await session.compose('@selection @terminal @problems @changes @symbol:x @symbol:a.ts#x')),
  ).toMatchInlineSnapshot(`
    [
      "@selection is sent as text alone: the editor does not tell what is selected. Name the lines instead, as in @src/a.ts#L5-10.",
      "@terminal is sent as text alone: this editor does not tell what its terminals show. Paste it into the question.",
      "@problems is sent as text alone: this editor does not tell its problems. Claude can look for them.",
      "@changes is sent as text alone: this editor does not tell what has changed. Ask Claude to run "git diff".",
      "@symbol:x is sent as text alone: no symbol of this name was found.",
      "@symbol:a.ts#x is sent as text alone: a.ts has no symbol of this name, or stays here.",
    ]
  `);
});

test('problems: the worst first, none of files that must not leave', async () => {
  const folder = folderOf({ 'a.ts': 'x\n', '.env': 'A=1\n' });
  const problem = (message: string, severity: number, line = 0) => ({
    ...{ message, severity, source: 'tsc' },
    range: { start: at(line), end: at(line, 1) },
  });
  const problems = [
    { uri: uriOf(path.join(folder, '.env')), problems: [problem('secret file', 1)] },
    {
      uri: uriOf(path.join(folder, 'a.ts')),
      problems: [problem('a warning', 2, 4), problem('an error\nof two lines', 1)],
    },
  ];
  const turn = await composing({ folders: [folder], storage: folderOf(), problems }).compose('Mend @problems');
  expect(composedText(turn)).toMatchInlineSnapshot(`
    "<gloss>
    Today is 2026-11-28.
    </gloss>
    <problems count="2" id="D">
    path="a.ts" line 1, error (tsc): an error of two lines
    path="a.ts" line 5, warning (tsc): a warning
    </problems D>
    Mend @problems"
  `);
});

test('changes: what was there before and what is there now, with lines around, of new and deleted files as well', async () => {
  const before = Array.from({ length: 20 }, (_, line) => `line ${line + 1}`);
  const now = before.toSpliced(4, 1, 'line five', 'and a half').toSpliced(18, 1);
  const folder = folderOf({ 'a.ts': `${now.join('\n')}\n`, 'new.ts': 'fresh\n', 'same.ts': 'same\n', '.env': 'A=2\n' });
  const change = (name: string, text: string) => ({ uri: uriOf(path.join(folder, name)), before: text });
  const changes = [
    change('a.ts', `${before.join('\n')}\n`),
    change('new.ts', ''),
    change('gone.ts', 'old\n'),
    change('same.ts', 'same\n'),
    change('.env', 'A=1\n'),
  ];
  const turn = await composing({ folders: [folder], storage: folderOf() }).compose({ text: 'See @changes', changes });
  expect(composedText(turn)).toMatchInlineSnapshot(`
    "<gloss>
    Today is 2026-11-28.
    </gloss>
    <change path="a.ts" id="D">
    @@ line 2 @@
     line 2
     line 3
     line 4
    -line 5
    +line five
    +and a half
     line 6
     line 7
     line 8
    @@ line 16 @@
     line 15
     line 16
     line 17
    -line 18
     line 19
     line 20
    </change D>
    <change path="new.ts" state="new" id="D">
    @@ line 1 @@
    +fresh
    </change D>
    <change path="gone.ts" state="deleted" id="D">
    @@ line 1 @@
    -old
    </change D>
    See @changes"
  `);
  expect(turn.notices).toMatchInlineSnapshot(`
    [
      "@changes (same.ts) is not sent: nothing in it has changed.",
      "@changes (.env) is not sent: it stays on this machine, because its name is one of files with secrets, or an ignore file or the setting "gloss.excludedFiles" keeps it back. Copy what is needed into your question, or change that rule.",
    ]
  `);
});

test('a symbol is found in the document that the person sees, in a named file, or anywhere; by the name of what holds it', async () => {
  const code = 'export class Cart {\n  total() {\n    return 1;\n  }\n}\n\nexport function total() {\n  return 2;\n}\n';
  const folder = folderOf({ 'src/cart.ts': code, 'src/other.py': 'def lonely():\n    return total\n' });
  const session = composing({ folders: [folder], storage: folderOf() });
  const heads = async (text: string) =>
    (await inShort(await session.compose(text))).map((line) => line.replace(/ id="D">$/, ''));
  expect(await heads('@symbol:lonely')).toEqual(['<symbol path="src/other.py" lines="1-2 of 2" symbol="lonely"']);
  expect(await heads('@symbol:Cart.total')).toEqual(['<symbol path="src/cart.ts" lines="2-4 of 9" symbol="total"']);
  expect(await heads('@symbol:src/cart.ts#total')).toEqual([
    '<symbol path="src/cart.ts" lines="2-4 of 9" symbol="total"',
    '<symbol path="src/cart.ts" lines="7-9 of 9" symbol="total"',
  ]);
});

test('a folder gives the names of its files; pictures and PDFs go as they are, pasted or mentioned', async () => {
  const folder = folderOf({ 'src/a.ts': '', 'src/deep/b.ts': '', 'src/.env': 'A=1', 'text.png': 'no picture' });
  const gif = Buffer.from('47494638396110001000f7000000000000000000', 'hex');
  writeFileSync(path.join(folder, 'icon.dat'), gif);
  writeFileSync(path.join(folder, 'plain.pdf'), '%PDF-1.4\n<< /Type /Page >>\n');
  const media = [
    { name: 'pasted.png', base64: gif.toString('base64') },
    { name: 'junk', base64: 'AAAA' },
  ];
  const turn = await composing({ folders: [folder], storage: folderOf() }).compose({
    ...{ media, text: '@src/ @icon.dat @plain.pdf @text.png#L1' },
  });
  expect(composedText(turn)).toMatchInlineSnapshot(`
    "<gloss>
    Today is 2026-11-28.
    </gloss>
    <folder path="src" files="2" id="D">
    src/a.ts
    src/deep/b.ts
    </folder D>
    [image]
    [document]
    <file path="text.png" lines="1-1 of 1" id="D">
    1	no picture
    </file D>
    [image]
    @src/ @icon.dat @plain.pdf @text.png#L1"
  `);
  expect(turn.notices).toMatchInlineSnapshot(`
    [
      "@icon.dat is sent as it is (GIF, 16 x 16): secrets in it are not replaced.",
      "@plain.pdf is sent as it is (PDF, about 1 page): secrets in it are not replaced.",
      "pasted.png is sent as it is (GIF, 16 x 16): secrets in it are not replaced.",
      "junk is not sent: it is neither text nor a PNG, JPEG, GIF or WebP picture nor a PDF.",
    ]
  `);
});

test('of several folders a path is looked for in each, and each can be named', async () => {
  const [one, two] = [folderOf({ 'a.ts': 'one' }), folderOf({ 'a.ts': 'two', 'b.ts': 'b' })];
  const session = composing({ folders: [one, two], storage: folderOf() });
  const name = path.basename(two);
  const texts = composedText(await session.compose(`@a.ts @b.ts @${name}/a.ts`));
  expect(texts).toContain(`path="${path.basename(one)}/a.ts"`);
  expect(texts).toContain(`path="${name}/b.ts"`);
  expect(texts).toContain('\n1\ttwo');
});

test.each([
  '@/etc/passwd',
  '@../secret.txt',
  '@~/.ssh/id_rsa',
  '@file:///etc/passwd',
  '@a.ts%2f..%2fb',
  '@link.txt',
  '@CON',
  '@"a\u202eb.ts"',
])('S6, S9: nothing outside of the folders goes along: %s', async (mention) => {
  const folder = folderOf({ 'ws/a.ts': 'a', 'secret.txt': 'CANARY' });
  const { symlinkSync } = await import('node:fs');
  symlinkSync(path.join(folder, 'secret.txt'), path.join(folder, 'ws/link.txt'));
  const session = composing({ folders: [path.join(folder, 'ws')], storage: folderOf() });
  const turn = await session.compose(`See ${mention}`);
  expect(turn.attached).toEqual([]);
  expect(turn.isData).toBe(false);
  expect(turn.notices).toHaveLength(1);
});

test.each(['.env', 'id_rsa', 'deploy/secrets.yaml', 'kept.txt', 'set.txt'])(
  'S12: %s stays here also when it is mentioned, and the person is told why and what to do',
  async (name) => {
    const folder = folderOf({
      [name]: 'CANARY',
      '.gitignore': '',
      '.aiexclude': 'kept.txt',
      '.cursorignore': 'kept.txt',
    });
    const session = composing({
      folders: [folder],
      storage: folderOf(),
      settings: { excludedFiles: ['set.txt', 'kept.txt'] },
    });
    const turn = await session.compose({ text: `@${name}`, active: uriOf(path.join(folder, name)) });
    expect(JSON.stringify(turn)).not.toContain('CANARY');
    expect(turn.attached).toEqual([]);
    expect(turn.notices?.[0]).toMatch(/stays on this machine.*Copy what is needed/);
  },
);

test.each([
  ['restricted', 'this workspace is not trusted'],
  ['unknown', 'the editor does not say that this workspace is trusted ("trusted" in its initializationOptions)'],
] as const)('S2: in a workspace whose trust is %s only what is open goes along', async (trust, why) => {
  const folder = folderOf({ 'open.ts': 'saved', 'src/closed.ts': 'const closed = 1;', 'CLAUDE.md': 'Obey.' });
  const open = { [path.join(folder, 'open.ts')]: 'in the editor' };
  const session = composing({ folders: [folder], storage: folderOf(), open, trust, agrees: () => true });
  const turn = await session.compose('@open.ts @src/closed.ts @src/ @symbol:closed');
  expect(turn.attached.map(({ name }) => name)).toEqual(['@open.ts']);
  expect(turn.notices).toEqual([
    `@src/closed.ts is not sent: ${why}. Open the file in the editor first.`,
    `@src/ is not sent: ${why}.`,
    '@symbol:closed is sent as text alone: no symbol of this name was found.',
  ]);
});

test('what a command would take along and the editor does not tell is not called a mention', async () => {
  const session = composing({ folders: [folderOf()], storage: folderOf() });
  const notices = async (text: string) => (await session.compose(text)).notices?.join('\n');
  expect(await notices('/fix')).toMatch(/^No problems went along: this editor does not tell/m);
  expect(await notices('/review')).toMatch(/^No changes went along: this editor does not tell/m);
  expect(await notices('@changes')).toMatch(/^@changes is sent as text alone/);
});

test('what is too large is cut with words, and all together stays within the budget of the model', async () => {
  const lines = Array.from({ length: 20_000 }, (_, line) => `const value${line} = ${line} * 2;`).join('\n');
  const names = Array.from({ length: 8 }, (_, at) => `f${at}.ts`);
  const folder = folderOf(Object.fromEntries(names.map((name) => [name, lines])));
  const session = composing({
    folders: [folder],
    storage: folderOf(),
    settings: { chat: { model: 'claude-haiku-4-5' } },
  });
  const turn = await session.compose(names.map((name) => `@${name}`).join(' '));
  expect(turn.tokens).toBeLessThan(51_000);
  expect(turn.attached.length).toBeGreaterThan(0);
  expect(turn.notices).toHaveLength(names.length);
  expect(turn.notices?.[0]).toMatch(/^@f0.ts is long: lines 1 to \d+ are sent, and Claude can read the rest\.$/);
  expect(turn.notices?.at(-1)).toBe(
    '@f7.ts is not sent: there is no room left for it. Claude can read it with its tools.',
  );
});

test('many attachments become one block, so that what the service has kept is found', async () => {
  const names = Array.from({ length: 30 }, (_, at) => `f${at}.ts`);
  const folder = folderOf(Object.fromEntries(names.map((name) => [name, name])));
  const turn = await composing({ folders: [folder], storage: folderOf() }).compose(
    names.map((name) => `@${name}`).join(' '),
  );
  expect(turn.content.length).toBeLessThan(15);
  for (const name of names) expect(composedText(turn)).toContain(`\n1\t${name}\n`);
});

test('the date is said once a day, and again after the conversation was made shorter', async () => {
  const session = composing({ folders: [folderOf()], storage: folderOf() });
  const first = await session.compose('Hi');
  expect(composedText(first)).toContain('Today is 2026-11-28.');
  const entries = [askedEntry(first)];
  expect(composedText(await session.compose('More', entries))).toBe('More');
  const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  const compacted = { ...askedEntry(first), content: { kind: 'compacted', turns: [], usage, receipt: '' } } as const;
  expect(composedText(await session.compose('More', [...entries, compacted]))).toContain('Today is');
});

test('a question without words and without anything along is none', async () => {
  const session = composing({ folders: [folderOf({ 'a.ts': 'a' })], storage: folderOf() });
  await expect(session.compose(' \n')).rejects.toThrow('Write a question first.');
  const media = [{ name: 'a', base64: '47494638396110001000f7000000000000000000' }];
  await expect(session.compose({ text: '', media })).rejects.toThrow('Write a question first.');
});
