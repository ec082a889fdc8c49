/** Files, folders and the workspace folder itself that go while a chat runs or while its edits wait: nothing is made halfway, nothing comes back from the dead, and the model is told. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type ChatWindow, type ChatWindowOptions, chatWindow } from '../harness/chatWindow.ts';
import type { Reply, ScriptedCall } from '../harness/foreign/script.ts';
import { type ForeignService, scripted, startForeignService } from '../harness/foreignService.ts';
import { closedAfterEach } from '../harness/perTest.ts';

const project = {
  'a.ts': 'export const a = 1;\n',
  'src/b.ts': 'export const b = 2;\n',
  'src/c.ts': 'export const c = 3;\n',
};
const files = Object.keys(project);
const open = closedAfterEach();

interface Played {
  readonly chat: ChatWindow;
  readonly service: ForeignService;
  /** The last turn that the model heard, as JSON. */
  news(): string;
}

async function played(replies: readonly Reply[], options: Partial<ChatWindowOptions> = {}): Promise<Played> {
  const service = await startForeignService({ script: scripted(...replies, { text: 'So.' }, { text: 'So.' }) });
  open.push({ [Symbol.asyncDispose]: () => service.close() });
  const allowing = (_message: string, titles: readonly string[]) => titles.find((title) => title === 'Allow Once');
  const chat = await chatWindow({ ...{ service, files: project, choose: allowing }, ...options });
  open.push(chat);
  await chat.open();
  await chat.load(...files);
  const turns = () => service.heard.at(-1)?.body['messages'] as readonly unknown[];
  return { chat, service, news: () => JSON.stringify(turns().at(-1)) };
}

const edit = (file: string): ScriptedCall => {
  const name = path.basename(file, '.ts');
  const input = {
    command: 'str_replace',
    path: file,
    old_str: `export const ${name} = `,
    new_str: `export const ${name} = 10 + `,
  };
  return { name: 'str_replace_based_edit_tool', input };
};

/** The person deletes it, as an editor tells of it: what is open is closed. */
async function deleted({ chat }: Played, what: string): Promise<void> {
  await rm(path.join(chat.folder, what), { recursive: true });
  for (const file of files.filter((each) => each === what || each.startsWith(`${what}/`)))
    await chat.editor.rpc.sendNotification('textDocument/didClose', { textDocument: { uri: chat.uriOf(file) } });
}

async function withoutFolder({ chat }: Played): Promise<void> {
  const removed = [{ uri: pathToFileURL(chat.folder).href, name: 'work' }];
  await chat.editor.rpc.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed } });
  // What is answered after it is answered with it known.
  await chat.lens('Stop');
}

async function decideAll({ chat }: Played, decision: 'accept' | 'reject') {
  return chat.editor.rpc.sendRequest('gloss/decide', { decision, which: { kind: 'all' } });
}

const textsOf = ({ chat }: Played) => files.map((file) => chat.editor.text(chat.uriOf(file)));
const onDisk = async ({ chat }: Played) => (await readdir(chat.folder, { recursive: true })).toSorted();
const shows = ({ chat }: Played, text: string | RegExp) =>
  expect.poll(() => chat.text(), { timeout: 10_000 }).toMatch(text);
const goneNews = (file: string) => `${file}, line 1: not there any more: the developer has deleted or moved the file.`;

describe('while edits wait', () => {
  const waiting = async () => {
    const it = await played([{ calls: files.map(edit) }], { pendingEdits: true });
    await it.chat.say('Change all.');
    expect(await it.chat.lens('Review Edits (3)')).toBeDefined();
    return it;
  };

  test.each([
    ['a file', 'a.ts', ['a.ts'], ['src', 'src/b.ts', 'src/c.ts']],
    ['a folder', 'src', ['src/b.ts', 'src/c.ts'], ['a.ts']],
  ])(
    'R36: %s that is deleted takes its edits along, the others stay, and the model is told',
    async (_what, what, lost, left) => {
      const it = await waiting();
      await deleted(it, what);
      await expect.poll(() => it.chat.lens(`Review Edits (${3 - lost.length})`)).toBeDefined();
      await shows(it, 'the developer has deleted or moved the file');
      expect(await decideAll(it, 'reject')).toEqual({ settled: 3 - lost.length, failed: [] });
      const rest = files.filter((file) => !lost.includes(file));
      for (const file of rest)
        expect(it.chat.editor.text(it.chat.uriOf(file))).toBe(project[file as keyof typeof project]);
      expect(await onDisk(it)).toEqual(left);
      await it.chat.say('And?');
      for (const file of lost) expect(it.news()).toContain(goneNews(file));
      expect(it.news()).not.toContain('still await');
      expect(await it.chat.lens('Review Edits')).toBeUndefined();
    },
  );

  test('R36: a file that comes back as it was has its edit waiting again', async () => {
    const it = await waiting();
    const text = it.chat.editor.text(it.chat.uriOf('a.ts'));
    await deleted(it, 'a.ts');
    await expect.poll(() => it.chat.lens('Review Edits (2)')).toBeDefined();
    await writeFile(path.join(it.chat.folder, 'a.ts'), text);
    await it.chat.editor.open(it.chat.uriOf('a.ts'), text);
    await expect.poll(() => it.chat.lens('Review Edits (3)')).toBeDefined();
    expect(await decideAll(it, 'reject')).toEqual({ settled: 3, failed: [] });
    expect(textsOf(it)).toEqual(Object.values(project));
  });

  test.each(['accept', 'reject'] as const)(
    'R36: without the workspace folder they can be decided all the same: %s',
    async (decision) => {
      const it = await waiting();
      await withoutFolder(it);
      expect(await decideAll(it, decision)).toEqual({ settled: 3, failed: [] });
      const texts = Object.values(project);
      expect(textsOf(it)).toEqual(decision === 'reject' ? texts : texts.map((text) => text.replace('= ', '= 10 + ')));
      await it.chat.say('And?');
      for (const name of ['a', 'b', 'c'])
        expect(it.news()).toMatch(new RegExp(`[\\n/]?${name}\\.ts, line 1: ${decision}ed`));
      // Where the folder lies is nobody's business any more.
      expect(it.news()).not.toContain(it.chat.folder);
    },
  );
});

describe('while a chat runs', () => {
  /** Something happens between two answers of the model. */
  function between(calls: readonly ScriptedCall[]) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const looking = { name: 'read', input: { path: 'a.ts' } };
    const replies: readonly Reply[] = [
      { text: 'I look at it.', calls: [looking] },
      { text: 'Now I do it.', calls, hold: { after: 1, until: promise } },
    ];
    return { replies, goOn: resolve };
  }
  const all: readonly ScriptedCall[] = [
    ...files.map(edit),
    { name: 'str_replace_based_edit_tool', input: { command: 'create', path: 'src/new.ts', file_text: 'new\n' } },
    { name: 'delete_file', input: { path: 'src/b.ts' } },
    { name: 'move_file', input: { path: 'src/c.ts', new_path: 'd.ts' } },
  ];

  test.each([true, false])(
    'R36: in a folder that is deleted nothing is done, the rest is (edits wait: %s)',
    async (pendingEdits) => {
      const { replies, goOn } = between([
        edit('a.ts'),
        edit('src/b.ts'),
        { name: 'delete_file', input: { path: 'src/c.ts' } },
      ]);
      const it = await played(replies, { pendingEdits });
      await it.chat.begin('Change all.');
      await expect.poll(() => it.service.heard.length, { timeout: 10_000 }).toBe(2);
      await deleted(it, 'src');
      goOn();
      await it.chat.ended();
      expect(it.news()).toContain('There is no file src/b.ts');
      expect(it.news()).toContain('There is no file src/c.ts');
      expect(it.chat.editor.text(it.chat.uriOf('a.ts'))).toBe('export const a = 10 + 1;\n');
      expect(await onDisk(it)).toEqual(['a.ts']);
    },
  );

  test.each([true, false])(
    'R36, S7: without the workspace folder no call does or reads anything, and the chat goes on (edits wait: %s)',
    async (pendingEdits) => {
      const { replies, goOn } = between([
        ...all,
        { name: 'read', input: { path: 'a.ts' } },
        { name: 'search', input: { pattern: 'export' } },
        { name: 'list', input: { path: '.' } },
        { name: 'run', input: { command: 'touch ran' } },
      ]);
      const it = await played(replies, { pendingEdits });
      const before = await onDisk(it);
      await it.chat.begin('Change all.');
      await expect.poll(() => it.service.heard.length, { timeout: 10_000 }).toBe(2);
      await withoutFolder(it);
      goOn();
      await it.chat.ended();
      const answers = JSON.parse(it.news()) as { readonly content: readonly { readonly is_error?: boolean }[] };
      expect(it.news()).not.toContain('export const');
      expect(textsOf(it)).toEqual(Object.values(project));
      expect(await onDisk(it)).toEqual(before);
      expect(answers.content.filter(({ is_error }) => is_error === true).length).toBeGreaterThanOrEqual(all.length + 1);
      expect(it.service.refused).toEqual([]);
      await it.chat.say('And now?');
      await shows(it, /And now\?[\s\S]*So\./);
    },
  );
});
