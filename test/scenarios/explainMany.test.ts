/** Very many explanations in one document: what every editor asks for stays bounded and true, also while all are exported. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CodeAction, CodeLens, Hover } from 'vscode-languageserver-protocol/node';
import { createExplanations } from '../../server/src/explanations/store.ts';
import { createJournal } from '../../server/src/system/journals.ts';
import { explained, typedDocuments } from '../harness/explained.ts';
import { type FakeEditor, startEditor } from '../harness/fakeEditor.ts';
import { scaled } from '../harness/scale.ts';

const uri = 'file:///work/many.ts';
const about = { textDocument: { uri } };
const count = scaled(1_000);
const text = Array.from({ length: count }, (_, at) => `export function f${at}() {\n  return ${at};\n}\n`).join('');

/** What an earlier session left: every function explained. */
async function fill(storage: string): Promise<void> {
  const [workspace = ''] = await readdir(path.join(storage, 'explanations'));
  const log = { clean: (line: string) => line, debug() {}, info() {}, warn() {}, error() {} };
  const journal = createJournal(storage, `explanations/${workspace}`, log);
  const store = createExplanations({ documents: typedDocuments(), journal, log });
  const records = Array.from({ length: count }, (_, at) =>
    explained(`e${at}`, { uri, text, first: at * 3, last: at * 3 + 2 }),
  );
  await Promise.all(records.map((record) => store.put(record)));
  await store.close();
}

async function hoverOf(editor: FakeEditor, line: number): Promise<string> {
  const hover: Hover | null = await editor.rpc.sendRequest('textDocument/hover', {
    ...about,
    position: { line, character: 0 },
  });
  return hover === null ? '' : (hover.contents as { value: string }).value;
}

test(`${count} explanations in a document: lenses, hovers and actions have them at their code, moved by an edit`, async () => {
  await using first = await startEditor({ bare: true });
  // Its folder is made when it is needed first.
  await first.command('gloss.startDemo');
  await first.open('file:///work/a.ts', 'export const a = 1;\n');
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
  await first.command('gloss.explain', { uri: 'file:///work/a.ts', range });
  await fill(first.storage);
  await using editor = await startEditor({ bare: true, initializationOptions: { storage: first.storage } });
  await editor.open(uri, `// one line more\n${text}`);
  const lenses: CodeLens[] = await editor.rpc.sendRequest('textDocument/codeLens', about);
  const showing = lenses.filter(({ command }) => command?.command === 'gloss.showExplanation');
  expect(showing).toHaveLength(count);
  expect(showing.map(({ range: { start } }) => start.line)).toEqual(showing.map((_, at) => at * 3 + 1));

  expect(await hoverOf(editor, 1)).toContain('It explains **e0**');

  const exporting = editor.command('gloss.exportExplanations') as Promise<{ count: number; markdown: string }>;
  const last = count - 1;
  expect(await hoverOf(editor, last * 3 + 2)).toContain(`It explains **e${last}**`);
  const context = { diagnostics: [], only: ['gloss.explain'] };
  const at = { line: last * 3 + 2, character: 0 };
  const asked = { ...about, range: { start: at, end: at }, context };
  const actions: CodeAction[] = await editor.rpc.sendRequest('textDocument/codeAction', asked);
  expect(actions.find(({ title }) => title === 'Show Explanation')?.command?.arguments).toEqual([{ id: `e${last}` }]);
  const { count: all, markdown } = await exporting;
  expect(all).toBe(count + 1);
  expect(markdown.match(/^It explains \*\*e\d+\*\*/gm)).toHaveLength(count);

  const ids = Array.from({ length: count }, (_, each) => `e${each}`);
  expect(await editor.command('gloss.dismissExplanations', { ids })).toEqual({ dismissed: count });
  expect(await hoverOf(editor, 1)).toBe('');
});
