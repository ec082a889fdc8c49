/** The same question again: answered from the store at no cost, through the real protocol. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import type { ExplanationSummary } from '#shared/explanations.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';

const uri = 'file:///work/cart.ts';
const code = `export function totalOf(items: number[], rate: number): number {
  if (items.length === 0) return 0;
  return items.length * rate;
}
`;
const other = `\nexport function nameOf(id: number): string {\n  return String(id);\n}\n`;
const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

async function editorWith(text = code, options: EditorOptions = {}): Promise<FakeEditor> {
  const credential = { kind: 'apiKey', value: demo.key } as const;
  const editor = await startEditor({ ...options, connection: { baseUrl: demo.url, credential } });
  await editor.open(uri, text);
  return editor;
}

const nothing = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0 };

test('the same code is asked about once, and the text comes as one piece', async () => {
  await using editor = await editorWith();
  const first = await editor.explain({ uri, range: at(1) });
  editor.chunks.length = 0;
  const again = await editor.explain({ uri, range: at(2) });
  expect(demo.requests).toHaveLength(1);
  expect(first.citations.length).toBeGreaterThan(0);
  expect(again).toEqual({ ...first, usage: nothing, stored: expect.any(String) });
  expect(editor.chunks).toEqual([{ seq: 0, text: first.markdown, citations: first.citations }]);
});

test('two equal requests at once are one call', async () => {
  await using editor = await editorWith();
  const both = await Promise.all([1, 2].map((line) => editor.explain({ uri, range: at(line) })));
  expect(demo.requests).toHaveLength(1);
  expect(both.map(({ stored }) => stored === undefined)).toEqual([true, false]);
});

test('when the first of two is stopped the second asks', async () => {
  const release = Promise.withResolvers<void>();
  demo.use({ text: ['Some ', 'words.'], hold: release.promise });
  await using editor = await editorWith();
  const source = new CancellationTokenSource();
  const first = editor.explain({ uri, range: at(1) }, source.token);
  await expect.poll(() => demo.requests.length).toBe(1);
  const second = editor.explain({ uri, range: at(1) });
  source.cancel();
  await expect(first).rejects.toMatchObject({ code: -32800 });
  release.resolve();
  expect(await second).toMatchObject({ markdown: 'Some words.' });
  expect(demo.requests).toHaveLength(2);
});

test('Refresh asks again, and its answer is the one that counts', async () => {
  demo.use({ text: 'Old.', afterwards: { text: 'New.' } });
  await using editor = await editorWith();
  const { id } = await editor.explain({ uri, range: at(1) });
  expect(await editor.explain({ uri, range: at(1), fresh: true })).toMatchObject({ id, markdown: 'New.' });
  expect(await editor.explain({ uri, range: at(1) })).toMatchObject({ markdown: 'New.', usage: nothing });
  expect(demo.requests).toHaveLength(2);
});

test.each([
  ['another level', { level: 'deep' as const }, code],
  ['other code', {}, code.replace('return 0', 'return 1')],
])('%s is another question', async (_name, change, text) => {
  await using editor = await editorWith();
  await editor.explain({ uri, range: at(1) });
  await editor.change(uri, text);
  await editor.explain({ uri, range: at(1), ...change });
  expect(demo.requests).toHaveLength(2);
});

test.each([
  ['that was cut', { stopReason: 'max_tokens' }],
  ['that was declined', { stopReason: 'refusal' }],
])('an answer %s answers nothing for good', async (_name, end) => {
  demo.use({ text: 'It begins', ...end, afterwards: { text: 'Whole.' } });
  await using editor = await editorWith();
  await editor.explain({ uri, range: at(1) }).catch(() => undefined);
  expect(await editor.explain({ uri, range: at(1) })).toMatchObject({ markdown: 'Whole.' });
  expect(demo.requests).toHaveLength(2);
});

test('code that has moved is answered from the store, with its lines where they are now', async () => {
  await using editor = await editorWith();
  const first = await editor.explain({ uri, range: at(1) });
  await editor.change(uri, `// one\n// two\n${code}`);
  const again = await editor.explain({ uri, range: at(4) });
  expect(again).toMatchObject({ id: first.id, range: { start: { line: 2 } }, usage: nothing });
  expect(again.citations).toEqual(
    first.citations.map((citation) => ({
      ...citation,
      ...{ firstLine: citation.firstLine + 2, lastLine: citation.lastLine + 2 },
    })),
  );
  expect(demo.requests).toHaveLength(1);
});

test('the same code at a second place has an explanation of its own, and each cites its own lines', async () => {
  await using editor = await editorWith(`${code}${other}\n${code}`);
  const first = await editor.explain({ uri, range: at(1) });
  const second = await editor.explain({ uri, range: at(10) });
  expect(demo.requests).toHaveLength(1);
  expect(second.id).not.toBe(first.id);
  expect(second.range.start.line).toBe(9);
  expect(second.citations.map(({ firstLine }) => firstLine)).toEqual(
    first.citations.map(({ firstLine }) => firstLine + 9),
  );
  expect(second.citations.every(({ state }) => state === 'verified')).toBe(true);
});

test('one that was dismissed comes back at no cost', async () => {
  await using editor = await startEditor({ bare: true, environment: { apiKey: demo.key, baseUrl: demo.url } });
  await editor.open(uri, code);
  const { id } = await editor.explain({ uri, range: at(1) });
  await editor.command('gloss.dismissExplanations', { ids: [id] });
  const hover = () => editor.rpc.sendRequest('textDocument/hover', { textDocument: { uri }, position: at(1).start });
  expect(await hover()).toBeNull();
  expect(await editor.explain({ uri, range: at(1) })).toMatchObject({ id, usage: nothing });
  expect(await hover()).not.toBeNull();
  expect(demo.requests).toHaveLength(1);
});

test('two questions at once about one explanation are both answered, one after the other, and neither is lost', async () => {
  await using editor = await editorWith();
  const { id } = await editor.explain({ uri, range: at(1) });
  await Promise.all(
    ['What when it is empty?', 'What does it return?'].map((question) =>
      editor.explain({ uri, range: at(1), followUp: { id, question } }),
    ),
  );
  const { messages } = (demo.requests.at(-1)?.body ?? {}) as { messages: { role: string }[] };
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user']);
});

test('the words of the demo are not given for those of a model', async () => {
  let key = demo.key;
  await using editor = await editorWith(code, {
    answer: (method) =>
      method === 'gloss/connection'
        ? {
            ...{ baseUrl: demo.url, environmentKeyAllowed: false, headers: {}, trusted: true },
            credential: { kind: 'apiKey', value: key },
          }
        : undefined,
  });
  expect(await editor.explain({ uri, range: at(1) })).toMatchObject({ demo: true });
  // A key of a real service: the demo refuses it, but it is asked.
  key = 'another-key';
  await editor.rpc.sendNotification('gloss/connectionChanged', {});
  await expect(editor.explain({ uri, range: at(1) })).rejects.toThrow();
  expect(demo.requests).toHaveLength(2);
});

describe('a place has one explanation', () => {
  const listed = async (editor: FakeEditor) => {
    const list: ExplanationSummary[] = await editor.rpc.sendRequest('gloss/listExplanations', {});
    return list.map(({ id }) => id);
  };

  test('one of code that has changed goes when the code is explained again, also where its last lines are new', async () => {
    await using editor = await editorWith(`${code}${other}`);
    const neighbour = await editor.explain({ uri, range: at(6) });
    const { id } = await editor.explain({ uri, range: at(1) });
    await editor.explain({ uri, range: at(1), followUp: { id, question: 'Why?' } });
    await editor.change(
      uri,
      `${code.replace('return items', 'const all = items').replace('}', '  return all;\n}')}${other}`,
    );
    const again = await editor.explain({ uri, range: at(1) });
    expect(again.id).not.toBe(id);
    expect((await listed(editor)).toSorted()).toEqual([neighbour.id, again.id].toSorted());
  });

  test('so it does where the new answer is from the store', async () => {
    await using editor = await editorWith();
    const first = await editor.explain({ uri, range: at(1) });
    await editor.change(uri, code.replace('return 0', 'return 1'));
    await editor.explain({ uri, range: at(1) });
    await editor.change(uri, code);
    expect(await editor.explain({ uri, range: at(1) })).toMatchObject({ id: first.id, usage: nothing });
    expect(await listed(editor)).toEqual([first.id]);
  });

  test('another level takes the place, and the one before comes back at no cost', async () => {
    await using editor = await editorWith();
    const normal = await editor.explain({ uri, range: at(1) });
    const deep = await editor.explain({ uri, range: at(1), level: 'deep' });
    expect(await listed(editor)).toEqual([deep.id]);
    expect(await editor.explain({ uri, range: at(1) })).toMatchObject({ id: normal.id, usage: nothing });
    expect(await listed(editor)).toEqual([normal.id]);
  });

  test.each<[string, (editor: FakeEditor, id: string) => Promise<{ id: string }>]>([
    [
      'one that somebody has asked on',
      async (editor, id) => {
        await editor.explain({ uri, range: at(1), followUp: { id, question: 'Why?' } });
        return editor.explain({ uri, range: at(1), level: 'deep' });
      },
    ],
    [
      'one of some lines in it',
      (editor) => editor.explain({ uri, range: { start: { line: 1, character: 0 }, end: { line: 1, character: 20 } } }),
    ],
    [
      'one of a problem there',
      async (editor) => {
        const range = at(1);
        const explained = await editor.explain({
          uri,
          range,
          subject: { kind: 'problem', problem: { range, message: 'No.' } },
        });
        await editor.explain({ uri, range, fresh: true });
        return explained;
      },
    ],
  ])('%s stays beside it', async (_name, then) => {
    await using editor = await editorWith();
    const { id } = await editor.explain({ uri, range: at(1) });
    const { id: second } = await then(editor, id);
    expect((await listed(editor)).toSorted()).toEqual([id, second].toSorted());
  });
});
