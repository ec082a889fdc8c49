/** Explanations in an editor that knows nothing but LSP: actions, lenses, hovers, hints, documents and commands. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  type CodeAction,
  type CodeLens,
  type Hover,
  type InitializeParams,
  type InlayHint,
} from 'vscode-languageserver-protocol/node';
import type { Explanation } from '#shared/explain.ts';
import type { Annotated, ShownExplanation } from '#shared/explanations.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';
import { liveIn } from '../harness/markdownOracle.ts';
import { markdownSeeds } from '../harness/markdownSeeds.ts';
import { sample, scaled } from '../harness/scale.ts';

const uri = 'file:///work/cart.ts';
const code = `export function totalOf(items: number[], rate: number): number {
  return items.length * rate;
}

export function shippingOf(weight: number): number {
  return weight * 2;
}
`;
const lines = (first: number, last: number) => ({
  start: { line: first, character: 0 },
  end: { line: last, character: 0 },
});
const at = (line: number) => lines(line, line);

/** What a modern bare editor says of itself. */
const capable: InitializeParams['capabilities'] = {
  workspace: { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
  textDocument: {
    inlayHint: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, tagSupport: { valueSet: [1] } },
  },
  window: { showDocument: { support: true } },
};

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

async function bareEditor(options: EditorOptions = {}): Promise<FakeEditor> {
  const environment = { apiKey: demo.key, baseUrl: demo.url };
  const editor = await startEditor({ bare: true, environment, capabilities: capable, ...options });
  await editor.open(uri, code);
  return editor;
}

const about = { textDocument: { uri } };
const actionsOf = (editor: FakeEditor, context: object = {}, range = lines(0, 3)): Promise<CodeAction[]> =>
  editor.rpc.sendRequest('textDocument/codeAction', { ...about, range, context: { diagnostics: [], ...context } });
const lensesOf = (editor: FakeEditor): Promise<CodeLens[]> => editor.rpc.sendRequest('textDocument/codeLens', about);
const hintsOf = (editor: FakeEditor): Promise<InlayHint[]> =>
  editor.rpc.sendRequest('textDocument/inlayHint', { ...about, range: lines(0, 999) });
const hoverOf = async (editor: FakeEditor, line: number): Promise<string> => {
  const hover: Hover | null = await editor.rpc.sendRequest('textDocument/hover', {
    ...about,
    position: { line, character: 0 },
  });
  return hover === null ? '' : (hover.contents as { value: string }).value;
};
const explain = (editor: FakeEditor, more: object = {}): Promise<Explanation> =>
  editor.command('gloss.explain', { uri, range: at(1), ...more }) as Promise<Explanation>;
const titles = (lenses: readonly CodeLens[]) => lenses.map(({ command }) => command?.title).sort();
/** Does what an action or a lens does when it is chosen. */
const choose = (editor: FakeEditor, { command }: CodeAction | CodeLens): Promise<unknown> =>
  editor.command(command?.command ?? '', ...(command?.arguments ?? []));
const askedFor = (editor: FakeEditor, method: string) => editor.asked.filter((each) => each.method === method);

describe('code actions', () => {
  const problem = { range: lines(1, 1), message: 'Type error', severity: 1, source: 'ts', code: 2322 };

  test('offer what can be explained, below one kind, marked as made by a model, none preferred', async () => {
    await using editor = await bareEditor();
    const found = await actionsOf(editor, { only: ['gloss'], diagnostics: [problem] });
    expect(found.map(({ title, kind }) => [title, kind])).toEqual([
      ['Explain', 'gloss.explain'],
      ['Explain Problem', 'gloss.explain.problem'],
      ['Add Line Notes', 'gloss.explain.notes'],
      ['Explain File', 'gloss.explain.file'],
    ]);
    expect(found.every(({ tags, isPreferred }) => tags?.[0] === 1 && isPreferred === undefined)).toBe(true);
    expect(found[1]?.diagnostics).toEqual([problem]);
    expect(found[1]?.command?.arguments).toMatchObject([
      { subject: { kind: 'problem', problem: { message: 'Type error', code: '2322' } } },
    ]);
    expect(await actionsOf(editor, { only: ['gloss.explain.file'] })).toMatchObject([{ title: 'Explain File' }]);
    expect(await actionsOf(editor, { only: ['gloss'], triggerKind: 2 }, at(1))).toEqual([]);
  });

  test('of several problems each says which it is', async () => {
    await using editor = await bareEditor();
    const others = [problem, { ...problem, message: `${'long '.repeat(40)}\n$(trash)` }];
    const found = await actionsOf(editor, { only: ['gloss.explain.problem'], diagnostics: others });
    expect(found.map(({ title }) => title)).toEqual([
      'Explain Problem: Type error',
      expect.stringMatching(/^Explain Problem: (long )+long…$/),
    ]);
  });

  test('S36: diagnostics that are none by the protocol are not offered, and keep nothing else away', async () => {
    await using editor = await bareEditor();
    const odd = [
      { ...problem, severity: 9 },
      { ...problem, message: undefined },
      { ...problem, range: lines(-1, 0) },
      { range: lines(0, 0) },
      { ...problem, source: 5 },
    ];
    const ask = async (diagnostics: unknown) =>
      (await actionsOf(editor, { only: ['gloss.explain'], diagnostics })).map(({ title }) => title);
    const others = ['Explain', 'Add Line Notes', 'Explain File'];
    expect(await ask([...odd, problem, null])).toEqual(['Explain', 'Explain Problem', ...others.slice(1)]);
    expect(await ask(undefined)).toEqual(others);
    expect(await ask(Array.from({ length: 5_000 }, () => problem))).toHaveLength(others.length + 5);
  });

  test('where something was explained they show it, go deeper, refresh it and take it away', async () => {
    await using editor = await bareEditor();
    await explain(editor);
    const here = async () => (await actionsOf(editor, { only: ['gloss'] }, at(1))).map(({ title }) => title);
    expect(await here()).toEqual(
      expect.arrayContaining(['Show Explanation', 'Explain in Depth', 'Dismiss Explanation']),
    );
    expect(await here()).not.toContain('Refresh Explanation');
    await editor.change(uri, code.replace('* rate', '/ rate'));
    expect(await here()).toContain('Refresh Explanation');
    const [away] = await actionsOf(editor, { only: ['gloss.explain.dismiss'] }, at(1));
    expect(await choose(editor, away as CodeAction)).toEqual({ dismissed: 1 });
    expect(await here()).not.toContain('Show Explanation');
    expect(await hoverOf(editor, 1)).toBe('');
    expect(demo.requests).toHaveLength(1);
  });

  test('our own client gets commands of its own', async () => {
    await using editor = await bareEditor({ bare: false });
    const found = await actionsOf(editor, { only: ['gloss'], diagnostics: [problem] });
    expect(found.map(({ title, command }) => [title, command?.command])).toEqual([
      ['Explain', 'gloss.explainHere'],
      ['Explain Problem', 'gloss.explainProblem'],
      ['Add Line Notes', 'gloss.annotateHere'],
    ]);
  });
});

describe('code lenses', () => {
  test('say in a few words what was explained, and that its code has changed; they show it at no cost', async () => {
    demo.use({ text: 'Multiplies the number of items by the rate, and nothing else whatsoever. More of it.' });
    await using editor = await bareEditor();
    expect(titles(await lensesOf(editor))).toEqual(['Explain', 'Explain']);
    const { id } = await explain(editor);
    const [lens, ...more] = (await lensesOf(editor)).filter(({ command }) => command?.title !== 'Explain');
    expect(more).toEqual([]);
    expect(lens).toMatchObject({
      range: { start: { line: 0 } },
      command: { title: 'Explained: Multiplies the number of items by the rate, and…', arguments: [{ id }] },
    });
    const shown = (await choose(editor, lens as CodeLens)) as ShownExplanation;
    expect(shown.markdown).toContain('Multiplies the number');
    await editor.change(uri, `// one\n${code.replace('* rate', '/ rate')}`);
    expect(titles(await lensesOf(editor))).toEqual(['Explain', 'Explain', 'Explained, code has changed']);
    expect(demo.requests).toHaveLength(1);
  });

  test('the editor is told to ask again when there is something new, and not when code only moves', async () => {
    await using editor = await bareEditor();
    const refreshed = () => askedFor(editor, 'workspace/codeLens/refresh').length;
    await explain(editor);
    await expect.poll(refreshed).toBe(1);
    expect(askedFor(editor, 'workspace/inlayHint/refresh')).toEqual([]);
  });
});

describe('line notes', () => {
  const titlesHere = async (editor: FakeEditor) =>
    (await actionsOf(editor, { only: ['gloss.explain'] })).map(({ title }) => title);

  test('are put by an action, come as hints, and go by another; only putting them asks the model', async () => {
    await using editor = await bareEditor();
    const [add] = await actionsOf(editor, { only: ['gloss.explain.notes'] });
    const { notes } = (await choose(editor, add as CodeAction)) as Annotated;
    const hints = await hintsOf(editor);
    expect(hints.length).toBe(notes);
    expect(notes).toBeGreaterThan(0);
    await expect.poll(() => askedFor(editor, 'workspace/inlayHint/refresh').length).toBe(1);
    expect(await titlesHere(editor)).toEqual(expect.arrayContaining(['Hide Line Notes']));
    expect(await titlesHere(editor)).not.toContain('Add Line Notes');
    const [hide] = await actionsOf(editor, { only: ['gloss.explain.hideNotes'] });
    expect(await choose(editor, hide as CodeAction)).toEqual({ dismissed: 1 });
    expect(await hintsOf(editor)).toEqual([]);
    expect(await titlesHere(editor)).toContain('Add Line Notes');
    expect(demo.requests).toHaveLength(1);
  });

  test('are not offered where the editor could not show them', async () => {
    await using editor = await bareEditor({ capabilities: { window: { showDocument: { support: true } } } });
    expect(await titlesHere(editor)).toEqual(['Explain', 'Explain File']);
  });
});

describe('hovers', () => {
  test('S20: are bounded, say how to go on, and are whole Markdown wherever they are cut', async () => {
    await using editor = await bareEditor();
    demo.use({ text: `First.\n\n\`\`\`ts\n${'const a = 1;\n'.repeat(4_000)}\`\`\`\n` });
    await explain(editor);
    const hover = await hoverOf(editor, 1);
    expect(hover.length).toBeLessThan(8_000);
    expect(hover.match(/^```/gm)).toHaveLength(2);
    expect(hover).toContain('Show Explanation');
  });

  test('show the newest turns when there is not room for all', async () => {
    await using editor = await bareEditor();
    demo.use({ text: `Old. ${'word '.repeat(2_000)}` });
    const { id } = await explain(editor);
    demo.use({ text: `New. ${'word '.repeat(2_000)}` });
    await explain(editor, { followUp: { id, question: 'Why is it ![so](https://evil.example)?' } });
    const hover = await hoverOf(editor, 1);
    expect(hover).toContain('New.');
    expect(hover).not.toContain('Old.');
    expect(hover).toMatch(/^> Why is it/m);
    expect(liveIn(hover)).toEqual([]);
  });

  test('plain text is sent as such to an editor that takes nothing else', async () => {
    const textDocument = { hover: { contentFormat: ['plaintext' as const] } };
    await using editor = await bareEditor({ capabilities: { ...capable, textDocument } });
    await explain(editor);
    const hover = await editor.rpc.sendRequest('textDocument/hover', { ...about, position: { line: 1, character: 0 } });
    expect(hover).toMatchObject({ contents: { kind: 'plaintext' } });
  });
});

const hidden = ['\u202E', '\u200B', '\u{E0041}', '\u0007', '\u2066'];

test(`S20, S24: ${sample(markdownSeeds).length} hostile answers are inert in hovers and documents, plain and visible in lenses`, async () => {
  await using editor = await bareEditor();
  for (const [count, attack] of sample(markdownSeeds).entries()) {
    const mark = hidden[count % hidden.length] ?? '';
    demo.use({ text: `$(trash) a${mark}b ${attack}` });
    const { id } = await explain(editor, { fresh: true });
    const hover = await hoverOf(editor, 1);
    const { markdown } = (await editor.command('gloss.showExplanation', { id })) as ShownExplanation;
    const plain = titles(await lensesOf(editor)).join('\n');
    expect([...liveIn(hover), ...liveIn(markdown)], attack).toEqual([]);
    expect(`${hover}${markdown}${plain}`).not.toContain(mark);
    expect(plain).not.toContain('$(');
    await editor.command('gloss.dismissExplanations', { ids: [id] });
  }
});

describe('documents', () => {
  const shownFiles = (editor: FakeEditor) =>
    readdir(path.join(editor.storage, 'shown')).catch(() => [] as readonly string[]);
  const opened = (editor: FakeEditor) =>
    askedFor(editor, 'window/showDocument').map(({ params }) => (params as { uri: string }).uri);

  test('an explanation opens as a file, which a follow-up writes anew and dismissing takes away', async () => {
    await using editor = await bareEditor();
    const { id } = await explain(editor);
    demo.use({ text: 'Because of the tax.' });
    await explain(editor, { followUp: { id, question: 'Why?' } });
    const [first, second] = opened(editor);
    expect(second).toBe(first);
    const text = await readFile(fileURLToPath(first ?? ''), 'utf8');
    expect(text).toContain('**Explained:** `totalOf` in `cart.ts`, lines 1-3');
    expect(text).toContain('> Why?\n\nBecause of the tax.');
    expect(await shownFiles(editor)).toHaveLength(1);
    await editor.command('gloss.dismissExplanations', { ids: [id] });
    expect(await shownFiles(editor)).toEqual([]);
    await expect(editor.command('gloss.showExplanation', { id })).rejects.toThrow(/no such explanation/);
  });

  test('no more than 50 files are kept', async () => {
    await using editor = await bareEditor();
    for (let count = 0; count < 55; count++) {
      await editor.change(uri, `function f${count}() {\n  return ${count};\n}\n`);
      await explain(editor);
    }
    const files = await shownFiles(editor);
    expect(files.length).toBeGreaterThan(40);
    expect(files.length).toBeLessThanOrEqual(51);
  });

  test('where the editor reads documents of our scheme it is one of those, asked for again when there is more', async () => {
    const workspace = { ...capable.workspace, textDocumentContent: {} };
    await using editor = await bareEditor({ capabilities: { ...capable, workspace } });
    const { id } = await explain(editor);
    expect(opened(editor)).toEqual([`gloss:/explanations/${id}.md`]);
    const read = async () =>
      ((await editor.rpc.sendRequest('workspace/textDocumentContent', { uri: opened(editor)[0] })) as { text: string })
        .text;
    expect(await read()).toContain('totalOf');
    demo.use({ text: 'Because of the tax.' });
    await explain(editor, { followUp: { id, question: 'Why?' } });
    await expect.poll(() => askedFor(editor, 'workspace/textDocumentContent/refresh').length).toBeGreaterThan(0);
    expect(await read()).toContain('Because of the tax.');
    expect(await shownFiles(editor)).toEqual([]);
  });

  test('without either a message says where to read it', async () => {
    const { window: _window, ...others } = capable;
    await using editor = await bareEditor({ capabilities: others });
    const messages: string[] = [];
    editor.rpc.onNotification('window/showMessage', ({ message }: { message: string }) => void messages.push(message));
    await explain(editor);
    expect(messages).toEqual([expect.stringMatching(/Hover over line 1 /)]);
  });
});

test(`nothing but a person's own command is paid for: ${scaled(200)} of every request the server answers`, async () => {
  await using editor = await bareEditor();
  await explain(editor);
  const position = { line: 1, character: 0 };
  const requests: readonly (readonly [string, object])[] = [
    ['textDocument/codeAction', { ...about, range: lines(0, 3), context: { diagnostics: [] } }],
    ['textDocument/codeAction', { ...about, range: at(1), context: { diagnostics: [], triggerKind: 2 } }],
    ['textDocument/codeLens', about],
    ['textDocument/hover', { ...about, position }],
    ['textDocument/inlayHint', { ...about, range: lines(0, 9) }],
    ['codeAction/resolve', { title: 'Explain', kind: 'gloss.explain' }],
    ['workspace/textDocumentContent', { uri: 'gloss:/explanations/x.md' }],
    ['gloss/listExplanations', {}],
    ['gloss/readExplanation', { id: 'x' }],
  ];
  for (let count = 0; count < scaled(200); count++)
    for (const [method, params] of requests) await editor.rpc.sendRequest(method, params).catch(() => undefined);
  expect(demo.requests).toHaveLength(1);
});

test(`R37: of ${scaled(10_000)} requests, most of them cancelled, each is answered once`, async () => {
  await using editor = await bareEditor();
  await explain(editor);
  const kinds: readonly (readonly [string, object])[] = [
    ['textDocument/hover', { ...about, position: { line: 1, character: 0 } }],
    ['textDocument/codeLens', about],
    ['textDocument/inlayHint', { ...about, range: lines(0, 9) }],
    ['textDocument/codeAction', { ...about, range: lines(0, 3), context: { diagnostics: [] } }],
    ['workspace/executeCommand', { command: 'gloss.showExplanation', arguments: [{ id: 'x' }] }],
  ];
  let answered = 0;
  const all = Array.from({ length: scaled(10_000) }, async (_, count) => {
    const [method, params] = kinds[count % kinds.length] ?? ['', {}];
    const source = new CancellationTokenSource();
    const asked = editor.rpc.sendRequest(method, params, source.token);
    if (count % 10 !== 0) source.cancel();
    await asked.then(
      () => answered++,
      () => answered++,
    );
  });
  await Promise.all(all);
  expect(answered).toBe(scaled(10_000));
  expect(await hoverOf(editor, 1)).toContain('totalOf');
  expect(demo.requests).toHaveLength(1);
});

describe('commands', () => {
  test('export all explanations, or those of a document, by place, as Markdown that opens', async () => {
    await using editor = await bareEditor();
    await editor.open('file:///work/tax.ts', 'export const tax = 7;\n');
    expect(await editor.command('gloss.exportExplanations')).toEqual({ markdown: '# Explanations\n', count: 0 });
    demo.use({ text: 'Of the tax. ![x](https://evil.example/x.png)' });
    await explain(editor, { uri: 'file:///work/tax.ts', range: lines(0, 0) });
    demo.use({ text: 'Of the weight.' });
    await explain(editor, { range: at(5) });
    demo.use({ text: 'Of the total.' });
    const { id } = await explain(editor);
    await explain(editor, { followUp: { id, question: 'Why?' } });
    type Exported = { markdown: string; count: number };
    const { markdown, count } = (await editor.command('gloss.exportExplanations')) as Exported;
    expect(count).toBe(3);
    expect(markdown.match(/^(##.*|>.*|Of the .*)$/gm)).toEqual([
      '## `cart.ts`',
      '### `totalOf`, lines 1-3',
      'Of the total.',
      '> Why?',
      'Of the total.',
      '### `shippingOf`, lines 5-7',
      'Of the weight.',
      '## `tax.ts`',
      '### line 1',
      expect.stringMatching(/^Of the tax\./),
    ]);
    expect(liveIn(markdown)).toEqual([]);
    const opened = askedFor(editor, 'window/showDocument').at(-1)?.params as { uri: string };
    expect(await readFile(fileURLToPath(opened.uri), 'utf8')).toBe(markdown);
    const one = (await editor.command('gloss.exportExplanations', { uri: 'file:///work/tax.ts' })) as Exported;
    expect([one.count, one.markdown.includes('cart.ts')]).toEqual([1, false]);
    expect(demo.requests).toHaveLength(4);
  });

  test('S36: in a folder that is not trusted nothing is asked', async () => {
    await using editor = await bareEditor({ initializationOptions: { trusted: false } });
    await expect(explain(editor)).rejects.toThrow(/not trusted/);
    await expect(editor.command('gloss.annotate', { uri, range: at(1) })).rejects.toThrow(/not trusted/);
    expect(demo.requests).toEqual([]);
  });

  test('S36: what only other editors need is not offered to ours, and does nothing there', async () => {
    await using editor = await bareEditor({ bare: false });
    expect(editor.initialized.capabilities.executeCommandProvider?.commands).toEqual([
      'gloss.explain',
      'gloss.edit',
      'gloss.whatWasSent',
      'gloss.suggestionAccepted',
      'gloss.chat',
      'gloss.chat.send',
      'gloss.chat.stop',
      'gloss.chat.mode',
      'gloss.chat.withdraw',
      'gloss.chat.plan',
      'gloss.chat.carryOut',
      'gloss.chat.approve',
      'gloss.chat.deny',
      'gloss.chat.why',
      'gloss.chat.answer',
      'gloss.chat.fork',
      'gloss.chat.whatWillBeSent',
      'gloss.chat.export',
    ]);
    await expect(editor.command('gloss.dismissExplanations', { ids: [] })).rejects.toThrow(/no command/);
  });

  test('cancelling ends the request to the service, and the progress', async () => {
    const release = Promise.withResolvers<void>();
    demo.use({ text: ['first ', 'second'], hold: release.promise });
    await using editor = await bareEditor();
    const source = new CancellationTokenSource();
    const asked = editor.rpc.sendRequest(
      'workspace/executeCommand',
      { command: 'gloss.explain', arguments: [{ uri, range: at(1) }] },
      source.token,
    );
    await expect.poll(() => demo.requests.length).toBe(1);
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32800 });
    await expect.poll(() => demo.openSockets()).toBe(0);
    release.resolve();
    expect(await hintsOf(editor)).toEqual([]);
  });
});
