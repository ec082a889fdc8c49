/** Explanations through the real protocol: from an editor's request to what it shows. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import type { Explanation } from '#shared/explain.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';

const uri = 'file:///work/cart.ts';
const code = `import { tax } from './tax';

export function totalOf(items: Item[], rate: number): number {
  if (items.length === 0) return 0;
  return items.reduce((sum, item) => sum + tax(item.price, rate), 0);
}

const shipping = (weight: number) => weight * 2;
`;
const at = (line: number, character = 0) => ({ start: { line, character }, end: { line, character } });
const lines = (first: number, last: number) => ({
  start: { line: first, character: 0 },
  end: { line: last, character: 0 },
});

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

/** An editor with the code open, its server pointed at the demo backend. */
async function editorWith(options: EditorOptions = {}, text = code): Promise<FakeEditor> {
  const credential = { kind: 'apiKey', value: demo.key } as const;
  const editor = await startEditor({
    ...options,
    connection: { baseUrl: demo.url, credential, ...options.connection },
  });
  await editor.open(uri, text);
  return editor;
}

/** The documents that the server sent, each as its part and the texts of its blocks. */
function sentDocuments(): readonly (readonly string[])[] {
  const { messages } = (demo.requests.at(-1)?.body ?? { messages: [] }) as {
    messages: readonly {
      content: readonly { context?: string; source?: { content: readonly { text: string }[] } }[];
    }[];
  };
  return (messages[0]?.content ?? []).flatMap(({ context = '', source }) =>
    source === undefined ? [] : [[/part="(\w+)"/.exec(context)?.[1] ?? '', ...source.content.map(({ text }) => text)]],
  );
}

/** What the server sent as the code to explain. */
function sentCode(): string {
  return sentDocuments().at(-1)?.slice(1).join('\n') ?? '';
}

describe('explaining', () => {
  test('the enclosing function is explained when nothing is selected', async () => {
    await using editor = await editorWith();
    const explanation = await editor.explain({ uri, range: at(3, 4) });
    expect(explanation).toMatchObject({
      symbol: 'totalOf',
      demo: true,
      range: { start: { line: 2 }, end: { line: 5 } },
    });
    expect(explanation.markdown).toContain('totalOf');
    expect(sentCode()).toBe(code.split('\n').slice(2, 6).join('\n'));
  });

  test('text streams in pieces that add up to the whole', async () => {
    demo.use({ text: ['It **adds', '** up', ' prices.'] });
    await using editor = await editorWith();
    const explanation = await editor.explain({ uri, range: lines(2, 6) });
    expect(editor.chunks.map(({ text }) => text).join('')).toBe('It **adds** up prices.');
    expect(editor.chunks.map(({ seq }) => seq)).toEqual(editor.chunks.map((_, index) => index));
    expect(explanation.markdown.trim()).toBe('It **adds** up prices.');
  });

  test('the imports and the enclosing declaration go along, before the code', async () => {
    await using editor = await editorWith();
    await editor.explain({ uri, range: lines(4, 5) });
    expect(sentDocuments().map(([part]) => part)).toEqual(['imports', 'enclosing', 'code']);
    expect(sentDocuments()[0]).toContain("import { tax } from './tax';");
    expect(sentDocuments()[1]).toContain('export function totalOf(items: Item[], rate: number): number {');
  });

  test('unsaved changes are what is explained', async () => {
    await using editor = await editorWith();
    await editor.change(uri, 'function renamed() {\n  return 1;\n}\n');
    expect(await editor.explain({ uri, range: at(1) })).toMatchObject({ symbol: 'renamed' });
  });

  test('a follow-up goes on from the answer', async () => {
    await using editor = await editorWith();
    const { id } = await editor.explain({ uri, range: at(3) });
    const answer = await editor.explain({ uri, range: at(3), followUp: { id, question: 'What when it is empty?' } });
    expect(answer.id).toBe(id);
    const { messages } = (demo.requests.at(-1)?.body ?? {}) as { messages: { role: string }[] };
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });

  test('a follow-up to an explanation that the server does not know is refused with what to do', async () => {
    await using editor = await editorWith();
    await expect(editor.explain({ uri, range: at(3), followUp: { id: 'gone', question: 'Why?' } })).rejects.toThrow(
      /Refresh/,
    );
  });

  test('R27: a version that has moved on is refused, and nothing is sent', async () => {
    await using editor = await editorWith();
    await editor.change(uri, 'const a = 1;\n');
    await expect(editor.explain({ uri, range: at(0), version: 1 })).rejects.toThrow(/changed meanwhile/);
    expect(demo.requests).toHaveLength(0);
  });

  test.each([
    ['a selection outside the document', { range: at(900) }, /outside the document/],
    ['an empty document', { range: at(0), text: '' }, /no code here/],
    ['only blank lines', { range: lines(0, 3), text: '\n\n  \n\n' }, /no code here/],
  ])(
    '%s is refused with a reason',
    async (_name, { range, text }: { range: ReturnType<typeof at>; text?: string }, message) => {
      await using editor = await editorWith({}, text ?? code);
      await expect(editor.explain({ uri, range })).rejects.toThrow(message);
      expect(demo.requests).toHaveLength(0);
    },
  );

  test('a reversed selection is read the right way round', async () => {
    await using editor = await editorWith();
    const range = { start: { line: 5, character: 1 }, end: { line: 2, character: 0 } };
    expect(await editor.explain({ uri, range })).toMatchObject({ range: { start: { line: 2 }, end: { line: 5 } } });
  });

  test('CRLF, surrogate pairs and tabs arrive as they are', async () => {
    await using editor = await editorWith({}, 'const smile = "😀";\r\n\tconst next = 1;\r\n');
    await editor.explain({ uri, range: lines(0, 2) });
    expect(sentCode()).toBe('const smile = "😀";\n\tconst next = 1;');
  });

  test('a document of 100,000 lines is shortened, and the person is told', async () => {
    const long = Array.from({ length: 100_000 }, (_, line) => `const value${line} = ${line};`).join('\n');
    await using editor = await editorWith({}, long);
    const explanation = await editor.explain({ uri, range: lines(0, 99_999) });
    expect(explanation.notices.join()).toMatch(/lines were left out/);
    expect(sentCode().length).toBeLessThan(200_000);
  });

  test('an untitled document can be explained', async () => {
    await using editor = await editorWith();
    await editor.open('untitled:Untitled-1', 'def f(x):\n    return x\n', 'python');
    expect(await editor.explain({ uri: 'untitled:Untitled-1', range: at(1) })).toMatchObject({ symbol: 'f' });
  });
});

describe('standard LSP', () => {
  test('the command works for a bare client, and the hover shows the explanation afterwards', async () => {
    await using editor = await startEditor({ bare: true, environment: { apiKey: demo.key, baseUrl: demo.url } });
    await editor.open(uri, code);
    const hover = () =>
      editor.rpc.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 3, character: 0 } });
    expect(await hover()).toBeNull();
    const answer = (await editor.command('gloss.explain', { uri, range: at(3), level: 'line' })) as Explanation;
    expect(answer).toMatchObject({
      markdown: expect.stringContaining('totalOf'),
      usage: { inputTokens: expect.any(Number) },
      model: expect.any(String),
    });
    expect(JSON.stringify(await hover())).toContain('totalOf');
  });

  test('a hover follows its code, and says when the code has changed', async () => {
    await using editor = await editorWith();
    await editor.explain({ uri, range: at(3) });
    const hover = async (line: number) =>
      JSON.stringify(
        await editor.rpc.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character: 0 } }),
      );
    await editor.change(uri, `// one\n// two\n${code}`);
    expect(await hover(2)).toBe('null');
    expect(await hover(7)).not.toContain('has changed');
    await editor.change(uri, code.replace('return 0', 'return 1'));
    expect(await hover(3)).toContain('has changed');
  });

  test('lenses stand above functions and classes, and go when they are switched off', async () => {
    const lenses = (editor: FakeEditor) =>
      editor.rpc.sendRequest('textDocument/codeLens', { textDocument: { uri } }) as Promise<
        { range: { start: { line: number } } }[]
      >;
    await using editor = await editorWith();
    expect((await lenses(editor)).map(({ range }) => range.start.line)).toContain(2);
    await using quiet = await editorWith({ settings: { codeLens: { enabled: false } } });
    expect(await lenses(quiet)).toEqual([]);
  });

  test('the action Explain is there when asked for, and not on every line the cursor passes', async () => {
    await using editor = await editorWith();
    const actions = (context: object, range = at(3)) =>
      editor.rpc.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: [], ...context },
      });
    expect(await actions({ only: ['gloss'] })).toMatchObject([
      { title: 'Explain', kind: 'gloss.explain' },
      { title: 'Add Line Notes' },
    ]);
    expect(await actions({ triggerKind: 2 })).toEqual([]);
    expect(await actions({ only: ['gloss'], triggerKind: 2 }, lines(2, 4))).toHaveLength(2);
    expect(await actions({ only: ['quickfix'] })).toEqual([]);
  });

  test('the receipt says what was sent, where and at what price, and never the key', async () => {
    await using editor = await editorWith();
    const { receipt } = await editor.explain({ uri, range: at(3) });
    const { text } = (await editor.rpc.sendRequest('workspace/textDocumentContent', { uri: receipt })) as {
      text: string;
    };
    expect(text).toContain('export function totalOf');
    expect(text).toMatch(/Price +\$/);
    expect(text).toContain(new URL(demo.url).host);
    expect(text).not.toContain(demo.key);
    expect(await editor.command('gloss.whatWasSent')).toEqual({ uri: receipt, text });
  });

  test('cancelling closes the socket and answers as cancelled', async () => {
    const release = Promise.withResolvers<void>();
    demo.use({ text: ['first ', 'second'], hold: release.promise });
    await using editor = await editorWith();
    const source = new CancellationTokenSource();
    const asked = editor.explain({ uri, range: at(3) }, source.token);
    await expect.poll(() => demo.requests.length).toBe(1);
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32800 });
    await expect.poll(() => demo.openSockets()).toBe(0);
    release.resolve();
  });
});
