/** Explanations whose documents got another name, or were changed while nobody had them open: what is cited is where it says, and nothing leaves under an old name. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { citing, documentsIn } from '../harness/citedDocuments.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';

const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
const lookups = { connection: true, symbols: true, status: true, lookups: true };

let demo: Demo;
let folder: string;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
  folder = mkdtempSync(path.join(tmpdir(), 'gloss-moved-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await demo.close();
});

const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;

function editorWith(options: EditorOptions = {}): Promise<FakeEditor> {
  return startEditor({
    folders: [pathToFileURL(folder).href],
    connection: { baseUrl: demo.url, credential: { kind: 'apiKey', value: demo.key } },
    capabilities: {
      experimental: { gloss: lookups },
      workspace: { configuration: true, workspaceFolders: true, fileOperations: { didRename: true } },
    },
    ...options,
  });
}

/** Every answer cites line `line` of each document of this part. */
function cites(part: string, line: number): void {
  demo.use({
    texts: (messages) => [
      ...documentsIn(messages)
        .filter((document) => document.part === part)
        .map((document) => ({ text: 'It is so.', citations: [citing(document, line)] })),
      { text: ' No more.' },
    ],
  });
}

const listed = (editor: FakeEditor) => editor.rpc.sendRequest<ExplanationSummary[]>('gloss/listExplanations', {});

describe('a document that gets another name', () => {
  const code = 'function f() {\n  const x = 1;\n  return x;\n}\n';

  async function renamed(to: string) {
    cites('code', 1);
    const editor = await editorWith();
    const [before, after] = [uriOf('a.ts'), uriOf(to)];
    await editor.open(before, code);
    const { id } = await editor.explain({ uri: before, range: at(1) });
    await editor.rpc.sendNotification('workspace/didRenameFiles', { files: [{ oldUri: before, newUri: after }] });
    await editor.rpc.sendNotification('textDocument/didClose', { textDocument: { uri: before } });
    await editor.open(after, code);
    await expect.poll(() => listed(editor)).toMatchObject([{ uri: after }]);
    return { editor, id, uri: after };
  }

  test('is cited by that from then on: in the answer from the store, in follow-ups, in the list', async () => {
    const { editor, id, uri } = await renamed('b.ts');
    await using _editor = editor;
    const verified = { uri, firstLine: 1, lastLine: 1, state: 'verified' };
    expect(await editor.explain({ uri, range: at(1) })).toMatchObject({
      id,
      stored: expect.any(String),
      citations: [verified],
    });
    const followUp = { id, question: 'Why?' };
    expect(await editor.explain({ uri, range: at(1), followUp })).toMatchObject({ citations: [verified] });
    expect(await listed(editor)).toMatchObject([{ uri, citations: [verified, verified] }]);
  });

  test('R27: and what it cites is looked at where it is: a changed line is not verified by a follow-up', async () => {
    const { editor, id, uri } = await renamed('b.ts');
    await using _editor = editor;
    await editor.change(uri, code.replace('x = 1', 'x = 2'));
    const { citations } = await editor.explain({ uri, range: at(1), followUp: { id, question: 'Why?' } });
    expect(citations).toMatchObject([{ uri, state: 'changed' }]);
    expect((await listed(editor))[0]?.citations.map(({ state }) => state)).toEqual(['changed', 'changed']);
  });

  test('S12: under a name of the secret class nothing more of it is sent', async () => {
    const { editor, id, uri } = await renamed('.env');
    await using _editor = editor;
    await expect(editor.explain({ uri, range: at(1), followUp: { id, question: 'Why?' } })).rejects.toThrow(
      /stays on this machine/,
    );
    expect(demo.requests).toHaveLength(1);
  });
});

describe('another file that is cited, and not open', () => {
  const code = "import { one } from './one';\nfunction f() {\n  return one(1);\n}\n";
  const one = 'export function one(n: number): number {\n  return n + 1;\n}\n';

  async function explainedBy(change: () => void) {
    writeFileSync(path.join(folder, 'one.ts'), one);
    cites('definition', 0);
    await using editor = await editorWith({
      answer: (method, params) =>
        method === 'gloss/definitions'
          ? (params as { positions: unknown[] }).positions.map(() => ({ uri: uriOf('one.ts'), range: at(0) }))
          : undefined,
    });
    const place = { uri: uriOf('a.ts'), range: at(2) };
    await editor.open(place.uri, code);
    const first = await editor.explain(place);
    expect(first.citations).toMatchObject([{ uri: uriOf('one.ts'), firstLine: 0, state: 'verified' }]);
    change();
    const again = await editor.explain(place);
    expect(again).toMatchObject({ id: first.id, stored: expect.any(String) });
    const list = await listed(editor);
    return { again, list, next: await editor.explain({ ...place, followUp: { id: first.id, question: 'Why?' } }) };
  }

  test('is looked at on disk when the answer is from the store, and for a follow-up', async () => {
    const { again, list, next } = await explainedBy(() => writeFileSync(path.join(folder, 'one.ts'), '// nothing\n'));
    expect(again.citations).toMatchObject([{ state: 'changed' }]);
    expect(list[0]?.citations).toMatchObject([{ state: 'changed' }]);
    expect(next.citations).toMatchObject([{ state: 'changed' }]);
  });

  test('and linked where its lines are by now', async () => {
    const { again, list, next } = await explainedBy(() => writeFileSync(path.join(folder, 'one.ts'), `\n\n${one}`));
    expect(next.citations).toMatchObject([{ state: 'verified', firstLine: 2, lastLine: 2 }]);
    expect(again.citations).toMatchObject([{ state: 'verified', firstLine: 2, lastLine: 2 }]);
    expect(list[0]?.citations).toMatchObject([{ state: 'verified', firstLine: 2, lastLine: 2 }]);
  });

  test('one that is gone has nothing that is verified', async () => {
    const { again } = await explainedBy(() => rmSync(path.join(folder, 'one.ts')));
    expect(again.citations).toMatchObject([{ state: 'changed' }]);
  });
});
