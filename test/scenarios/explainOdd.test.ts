/** Explanations among odd clients: arguments of every shape, requests that are none, editors that support nothing, several at once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeLens, Command, InitializeParams } from 'vscode-languageserver-protocol/node';
import type { Explanation } from '#shared/explain.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';
import { scaled } from '../harness/scale.ts';

const uri = 'file:///work/cart.ts';
const code = 'export function totalOf(items: number[]): number {\n  return items.length;\n}\n';
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
const about = { textDocument: { uri } };

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

async function editorWith(options: EditorOptions = {}): Promise<FakeEditor> {
  const environment = { apiKey: demo.key, baseUrl: demo.url };
  const editor = await startEditor({ bare: true, environment, ...options });
  await editor.open(uri, code);
  return editor;
}

const explain = (editor: FakeEditor): Promise<Explanation> =>
  editor.command('gloss.explain', { uri, range }) as Promise<Explanation>;
const hoverOf = (editor: FakeEditor) =>
  editor.rpc.sendRequest('textDocument/hover', { ...about, position: range.start });

/** Things that are nothing, and values in which one part is wrong. */
function shapesFor(id: string): Readonly<Record<string, readonly unknown[]>> {
  const right = { uri, range };
  const odd = [null, 0, true, '', 'x', [], [[]], { uri: 5 }, { uri: '' }, { uri: 'x'.repeat(5_000) }, { extra: 1 }];
  const deep = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`);
  const places = [null, {}, { start: range.start }, { start: { line: -1, character: 0 }, end: range.end }];
  const noTargets = [
    ...odd,
    deep,
    {},
    { uri },
    { ...right, extra: 1 },
    ...places.map((place) => ({ uri, range: place })),
  ];
  const subjects = [
    {},
    { kind: 'url' },
    { kind: 'problem' },
    { kind: 'problem', problem: {} },
    { kind: 'terminal', text: '' },
  ];
  const followUps = [
    {},
    { id },
    { id, question: ' ' },
    { id: 'x'.repeat(65), question: 'x' },
    { id, question: 'x'.repeat(20_001) },
  ];
  return {
    'gloss.explain': [
      ...noTargets,
      ...subjects.map((subject) => ({ ...right, subject })),
      ...followUps.map((followUp) => ({ ...right, followUp })),
      { ...right, followUp: { id: '../../x', question: 'x' } },
      { ...right, uri: 'file:///work/other.ts', followUp: { id, question: 'x' } },
      { ...right, version: 'x' },
      { ...right, fresh: 'yes' },
    ],
    'gloss.annotate': [...noTargets, { ...right, level: 'line' }, { ...right, followUp: followUps[1] }],
    'gloss.showExplanation': [
      ...odd,
      deep,
      {},
      { id: 5 },
      { id: '' },
      { id: '../../x' },
      { id: 'x'.repeat(65) },
      { id, extra: 1 },
      { ids: [id] },
    ],
    'gloss.dismissExplanations': [
      ...[
        ...odd,
        deep,
        {},
        { ids: id },
        { ids: [''] },
        { ids: [5] },
        { ids: { 0: id, length: 1 } },
        { ids: [id], extra: 1 },
      ],
      { ids: Array.from({ length: 20_001 }, () => id) },
    ],
    'gloss.exportExplanations': [...odd, deep, { uri, extra: 1 }],
  };
}

test('S36: the commands for explanations do nothing with arguments that are not exactly right', async () => {
  await using editor = await editorWith({ capabilities: { window: { showDocument: { support: true } } } });
  const { id } = await explain(editor);
  const hover = await hoverOf(editor);
  const asked = editor.asked.length;
  for (const [command, values] of Object.entries(shapesFor(id)))
    for (const given of [[], ...values.map((value) => [value]), ...values.map((value) => [value, value])])
      if (command !== 'gloss.exportExplanations' || given.length > 0)
        await expect(
          editor.command(command, ...given),
          `${command} ${JSON.stringify(given).slice(0, 200)}`,
        ).rejects.toThrow();
  expect(editor.asked.length).toBe(asked);
  expect(await hoverOf(editor)).toEqual(hover);
  expect(demo.requests).toHaveLength(1);
});

test(`R37: ${scaled(2_000)} requests with parameters that are none are answered, and the server goes on`, async () => {
  await using editor = await editorWith();
  await explain(editor);
  const methods = ['codeAction', 'codeLens', 'hover', 'inlayHint'].map((name) => `textDocument/${name}`);
  const values: readonly unknown[] = [
    undefined,
    null,
    5,
    '',
    [],
    {},
    -1,
    1e300,
    'x'.repeat(9_999),
    { uri },
    { line: -1 },
  ];
  const pick = (count: number) => values[count % values.length];
  for (let count = 0; count < scaled(2_000); count++) {
    const method = [...methods, 'workspace/executeCommand', 'codeAction/resolve'][count % 6] ?? '';
    const position = count % 2 === 0 ? pick(count) : { line: pick(count), character: pick(count + 3) };
    const params = {
      textDocument: count % 3 === 0 ? pick(count >> 2) : { uri: count % 3 === 1 ? uri : pick(count) },
      ...{ position, range: count % 5 === 0 ? pick(count) : { start: position, end: position } },
      ...{ context: count % 7 === 0 ? pick(count) : { diagnostics: pick(count), only: pick(count + 1) } },
      ...{ command: pick(count), arguments: pick(count + 2), data: pick(count) },
    };
    await editor.rpc.sendRequest(method, params).catch(() => undefined);
  }
  expect(await hoverOf(editor)).not.toBeNull();
  expect(demo.requests).toHaveLength(1);
});

describe('an editor that supports nothing', () => {
  // Even `capabilities` may be missing from a sloppy client, whatever the types say.
  const nothing = [{}, { textDocument: {}, workspace: {}, window: {} }] satisfies InitializeParams['capabilities'][];

  test.each(nothing)('explains and shows all the same, and is asked for nothing', async (capabilities) => {
    await using editor = await editorWith({ capabilities: { ...capabilities, ...emptied }, initializationOptions: {} });
    const { id, markdown } = await explain(editor);
    expect(markdown).toContain('totalOf');
    expect(JSON.stringify(await hoverOf(editor))).toContain('totalOf');
    const lenses: CodeLens[] = await editor.rpc.sendRequest('textDocument/codeLens', about);
    expect(lenses.map(({ command }) => command?.command)).toEqual(['gloss.explain', 'gloss.showExplanation']);
    expect(await editor.command('gloss.showExplanation', { id })).toMatchObject({ summary: { id } });
    expect(await editor.command('gloss.exportExplanations')).toMatchObject({ count: 1 });
    expect(await editor.command('gloss.dismissExplanations', { ids: [id] })).toEqual({ dismissed: 1 });
    expect(editor.asked).toEqual([]);
    expect(demo.requests).toHaveLength(1);
  });

  const emptied = { experimental: null } as const;

  test('is given commands where it knows no code actions', async () => {
    await using editor = await editorWith({ capabilities: { textDocument: { codeAction: {}, inlayHint: {} } } });
    const context = { diagnostics: [], only: ['gloss.explain'] };
    const found: Command[] = await editor.rpc.sendRequest('textDocument/codeAction', { ...about, range, context });
    expect(found.map(({ title, command }) => `${title}: ${command}`)).toEqual([
      'Explain: gloss.explain',
      'Add Line Notes: gloss.annotate',
      'Explain File: gloss.explain',
    ]);
    expect(await editor.command('gloss.explain', ...(found[0]?.arguments ?? []))).toMatchObject({ symbol: 'totalOf' });
  });
});

test('what a command answers has its citations drawn, as links to lines that were verified', async () => {
  await using editor = await editorWith();
  const { markdown, citations } = await explain(editor);
  expect(citations.length).toBeGreaterThan(0);
  expect(markdown).not.toMatch(/[⟦⟧]/);
  expect(markdown).toMatch(/\[lines? [\d–]+\]\(file:\/\/\/work\/cart\.ts#L\d+/);
});

describe('several servers on one storage', () => {
  const functions = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => `export function ${name}${at}() {\n  return ${at};\n}\n`).join('');
  const exported = (editor: FakeEditor) =>
    editor.command('gloss.exportExplanations') as Promise<{ markdown: string; count: number }>;

  test('what was explained is there for the next one, at no cost, and dismissed for both', async () => {
    await using first = await editorWith();
    const { id } = await explain(first);
    await using second = await editorWith({ initializationOptions: { storage: first.storage } });
    // Asked for at once, before anything else has made the server read its storage.
    expect(await second.command('gloss.showExplanation', { id })).toMatchObject({ summary: { id, state: 'current' } });
    expect(JSON.stringify(await hoverOf(second))).toContain('totalOf');
    expect(await explain(second)).toMatchObject({ id, usage: { inputTokens: 0 }, stored: expect.any(String) });
    expect(await second.command('gloss.dismissExplanations', { ids: [id] })).toEqual({ dismissed: 1 });
    expect(await exported(first)).toMatchObject({ count: 0 });
    await expect(first.command('gloss.showExplanation', { id })).rejects.toThrow(/no such explanation/);
    expect(demo.requests).toHaveLength(1);
  });

  test('what another one explained can be dismissed before anything else was asked', async () => {
    await using first = await editorWith();
    const { id } = await explain(first);
    await using second = await editorWith({ initializationOptions: { storage: first.storage } });
    expect(await second.command('gloss.dismissExplanations', { ids: [id] })).toEqual({ dismissed: 1 });
  });

  test(`${scaled(200)} explanations of each at the same time are all there, in both`, async () => {
    await using first = await editorWith();
    await using second = await editorWith({ initializationOptions: { storage: first.storage } });
    const count = scaled(200);
    const fill = async (editor: FakeEditor, name: string) => {
      const other = `file:///work/${name}.ts`;
      await editor.open(other, functions(name, count));
      const places = Array.from({ length: count }, (_, at) => ({ line: at * 3 + 1, character: 0 }));
      await Promise.all(
        places.map((place) => editor.command('gloss.explain', { uri: other, range: { start: place, end: place } })),
      );
    };
    await Promise.all([fill(first, 'left'), fill(second, 'right')]);
    for (const { count: all, markdown } of await Promise.all([exported(first), exported(second)])) {
      expect(all).toBe(2 * count);
      expect(markdown.match(/^### `(left|right)\d+`/gm)).toHaveLength(2 * count);
    }
  });
});
