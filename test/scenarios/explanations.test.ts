/** Explanations that stay, through the real protocol: told when a document opens, listed, read, dismissed, exported, renamed. */
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';

const uri = 'file:///work/a.ts';
const text = "export function greet(name: string) {\n  return 'hello ' + name;\n}\n";
const at = { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } };

interface Told {
  readonly uri: string;
  readonly version: number;
  readonly explanations: readonly ExplanationSummary[];
}

interface Hearing {
  readonly editor: FakeEditor;
  /** What the server said of explanations, newest last. */
  readonly told: Told[];
}

const folders = ['file:///work'];

async function started(options: EditorOptions = {}): Promise<Hearing> {
  const told: Told[] = [];
  const gloss = { connection: true, symbols: true, status: true, explanations: true };
  const editor = await startEditor({
    folders,
    capabilities: {
      experimental: { gloss },
      workspace: { configuration: true, workspaceFolders: true, fileOperations: { didRename: true, didDelete: true } },
    },
    ...options,
    onNotification(method, params) {
      if (method === 'gloss/explanations') told.push(params as Told);
    },
  });
  await editor.rpc.sendRequest('gloss/demo', { run: true });
  await editor.open(uri, text);
  return { editor, told };
}

test('an explanation is told of, follows its code, is read, exported, and dismissed', async () => {
  const { editor, told } = await started();
  await using _editor = editor;
  const { id } = await editor.explain({ uri, range: at });
  await expect
    .poll(() => told.at(-1)?.explanations.map(({ state, range }) => `${state} ${range.start.line}`))
    .toEqual(['current 0']);
  await editor.change(uri, `// new\n${text}`);
  await expect
    .poll(() => told.at(-1))
    .toMatchObject({ version: 2, explanations: [{ id, state: 'current', range: { start: { line: 1 } } }] });
  await editor.change(uri, `// new\n${text.replace('hello', 'good day')}`);
  await expect.poll(() => told.at(-1)).toMatchObject({ version: 3, explanations: [{ id, state: 'changed' }] });
  expect(await editor.rpc.sendRequest('gloss/readExplanation', { id })).toMatchObject({
    summary: { id, symbol: 'greet' },
    turns: [{ answer: { markdown: expect.stringContaining('greet') } }],
  });
  expect(await editor.rpc.sendRequest('gloss/exportExplanations', {})).toMatchObject({
    count: 1,
    markdown: expect.stringContaining('`a.ts`'),
  });
  expect(await editor.rpc.sendRequest('gloss/dismissExplanations', { ids: [id] })).toEqual({ dismissed: 1 });
  expect(told.at(-1)?.explanations).toEqual([]);
  expect(await editor.rpc.sendRequest('gloss/listExplanations', {})).toEqual([]);
  expect(await editor.rpc.sendRequest('gloss/readExplanation', { id })).toBeNull();
});

test('it comes back in the next session, follows a renamed folder, and is gone with a deleted one', async () => {
  const first = await started();
  const { id } = await first.editor.explain({ uri, range: at });
  const { storage } = first.editor;
  await first.editor.rpc.sendRequest('shutdown');
  const next = await started({ initializationOptions: { storage } });
  // Its folder goes last.
  await using _first = first.editor;
  await using _next = next.editor;
  await expect.poll(() => next.told.at(-1)?.explanations.map((each) => each.id)).toEqual([id]);
  await next.editor.rpc.sendNotification('workspace/didRenameFiles', {
    files: [{ oldUri: 'file:///work', newUri: 'file:///play' }],
  });
  await expect
    .poll(async () => next.editor.rpc.sendRequest('gloss/listExplanations', {}))
    .toMatchObject([{ id, uri: 'file:///play/a.ts' }]);
  await next.editor.rpc.sendNotification('workspace/didDeleteFiles', { files: [{ uri: 'file:///play' }] });
  await expect
    .poll(async () => next.editor.rpc.sendRequest('gloss/listExplanations', {}))
    .toMatchObject([{ id, state: 'gone' }]);
});

test('R33: each set of workspace folders has explanations of its own, in whatever order they are named', async () => {
  const first = await started({ folders: ['file:///work', 'file:///other'] });
  await using _first = first.editor;
  const { id } = await first.editor.explain({ uri, range: at });
  const { storage } = first.editor;
  const idsWith = async (its: readonly string[]) => {
    const { editor } = await started({ folders: its, initializationOptions: { storage } });
    await using _editor = editor;
    const all: readonly ExplanationSummary[] = await editor.rpc.sendRequest('gloss/listExplanations', {});
    return all.map((each) => each.id);
  };
  expect(await idsWith(['file:///other', 'file:///work'])).toEqual([id]);
  expect(await idsWith(['file:///work'])).toEqual([]);
  expect(await idsWith([])).toEqual([]);
});

test('R32: a document that is no file is explained and followed like any other', async () => {
  for (const virtual of ['untitled:Untitled-1', 'vscode-vfs://github/a/b.ts', 'vscode-notebook-cell:/w/n.ipynb#W0s']) {
    const { editor, told } = await started();
    await using _editor = editor;
    await editor.open(virtual, text);
    const { id } = await editor.explain({ uri: virtual, range: at });
    await editor.change(virtual, `\n${text}`);
    await expect
      .poll(() => told.at(-1))
      .toMatchObject({ uri: virtual, explanations: [{ id, state: 'current', range: { start: { line: 1 } } }] });
  }
});

test('S37: what is kept can be read by this person only, also under umask 000', async () => {
  const before = process.umask(0);
  try {
    const { editor } = await started();
    await using _editor = editor;
    await editor.explain({ uri, range: at });
    const name = createHash('sha256').update(JSON.stringify(folders)).digest('hex').slice(0, 32);
    const folder = path.join(editor.storage, 'explanations', name);
    const [file = ''] = await readdir(folder);
    const modes = await Promise.all(
      [path.dirname(folder), folder, path.join(folder, file)].map(async (one) => (await stat(one)).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  } finally {
    process.umask(before);
  }
});

test('S37: in Restricted Mode nothing of the workspace is read to list what was explained', async () => {
  const { editor } = await started({ connection: { trusted: false } });
  await using _editor = editor;
  expect(await editor.rpc.sendRequest('gloss/listExplanations', {})).toEqual([]);
  expect(await editor.rpc.sendRequest('gloss/exportExplanations', {})).toMatchObject({ count: 0 });
});
