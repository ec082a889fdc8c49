/** Line notes through the real protocol: from the editor's request to the hints beside the lines. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver-protocol/node';
import type { Annotated, AnnotateTarget } from '#shared/explanations.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';
import { random, scaled } from '../harness/scale.ts';

const uri = 'file:///work/cart.ts';
const code = `import { tax } from './tax';

export function totalOf(items: Item[], rate: number): number {
  if (items.length === 0) return 0;
  let sum = 0;
  for (const item of items) {
    sum += tax(item.price, rate);
  }
  return sum;
}

export function shipping(weight: number): number {
  if (weight < 0) throw new RangeError('weight');
  return weight * 2;
}
`;
const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
const everywhere = { start: at(0).start, end: at(1_000).end };

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
});
afterEach(() => demo.close());

async function editorWith(options: EditorOptions = {}, text = code): Promise<FakeEditor> {
  const credential = { kind: 'apiKey', value: demo.key } as const;
  const editor = await startEditor({
    ...options,
    connection: { baseUrl: demo.url, credential, ...options.connection },
  });
  await editor.open(uri, text);
  return editor;
}

/** An editor that only speaks LSP. */
const bare = () => ({ bare: true, environment: { apiKey: demo.key, baseUrl: demo.url } });

const annotate = (editor: FakeEditor, asked: Partial<AnnotateTarget> & { fresh?: boolean; version?: number } = {}) =>
  editor.rpc.sendRequest<Annotated>('gloss/annotate', { uri, range: at(4), ...asked });

/** Each hint as `line: label`, lines counted from 1. */
async function hints(editor: FakeEditor): Promise<readonly string[]> {
  const asked = { textDocument: { uri }, range: everywhere };
  const all = await editor.rpc.sendRequest<InlayHint[] | null>('textDocument/inlayHint', asked);
  const sorted = (all ?? []).toSorted((one, other) => one.position.line - other.position.line);
  return sorted.map(({ position, label }) => `${position.line + 1}: ${String(label)}`);
}

const note = (line: number, quote: string, text: string) => ({ line, quote, note: text });
const answers = (...notes: readonly object[]) => demo.use({ text: JSON.stringify({ notes }) });

test('notes of the function around the cursor stand as hints at the ends of their lines', async () => {
  await using editor = await editorWith();
  const annotated = await annotate(editor);
  expect(annotated).toMatchObject({ dropped: 0, demo: true, notices: [], model: 'claude-sonnet-5-5' });
  const shown = await hints(editor);
  expect(shown).toMatchInlineSnapshot(`
    [
      "3: function totalOf, 8 lines, takes 2 values (demo)",
      "4: only if items.length === 0 (demo)",
      "6: once for each of items (demo)",
      "9: the result: sum (demo)",
    ]
  `);
  expect(annotated.notes).toBe(shown.length);
});

test('a note whose quote is not on its line is dropped and counted, wherever it was planted', async () => {
  const draw = random();
  const lines = code.split('\n');
  const quoted = (line: number) => (lines[line] ?? '').trim();
  const inside = [2, 4, 6, 8];
  for (let round = 0; round < scaled(100); round++) {
    await using editor = await editorWith();
    const right = inside.filter(() => draw() < 0.5);
    const wrong = inside.filter((line) => !right.includes(line));
    const notes = inside.map((line) =>
      note(line + 1, right.includes(line) ? quoted(line) : `${quoted(line)} planted`, `n${line}`),
    );
    answers(...notes);
    const { notes: count, dropped } = await annotate(editor);
    expect({ count, dropped }).toEqual({ count: right.length, dropped: wrong.length });
    expect(await hints(editor)).toEqual(right.map((line) => `${line + 1}: n${line}`));
  }
});

describe('asked again', () => {
  test('the same code is answered from the store at no cost, also after it was dismissed', async () => {
    await using editor = await editorWith(bare());
    const first = await annotate(editor);
    await editor.command('gloss.dismissExplanations', { ids: [first.id] });
    expect(await hints(editor)).toEqual([]);
    const second = await annotate(editor);
    expect(second).toMatchObject({
      id: first.id,
      notes: first.notes,
      demo: true,
      usage: { inputTokens: 0, outputTokens: 0 },
    });
    expect(second.stored).toBeDefined();
    expect(await hints(editor)).toHaveLength(first.notes);
    expect(demo.requests).toHaveLength(1);
  });

  test('at two places of the same code: each has its notes, and the second costs nothing', async () => {
    const twice = `function f() {\n  return sum;\n}\n`.repeat(2);
    await using editor = await editorWith({}, twice);
    answers(note(2, 'return sum;', 'the sum'));
    await annotate(editor, { range: at(1) });
    await annotate(editor, { range: at(4) });
    expect(await hints(editor)).toEqual(['2: the sum', '5: the sum']);
    expect(demo.requests).toHaveLength(1);
  });

  test('twice at once is asked once', async () => {
    await using editor = await editorWith();
    const [first, second] = await Promise.all([annotate(editor), annotate(editor)]);
    expect(first.id).toBe(second.id);
    expect(demo.requests).toHaveLength(1);
  });

  test('another model is asked anew', async () => {
    let model = 'claude-sonnet-5-5';
    await using editor = await editorWith({
      answer: (method) => (method === 'workspace/configuration' ? [{ explain: { model } }] : undefined),
    });
    await annotate(editor);
    model = 'claude-haiku-5-5';
    await editor.rpc.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(await annotate(editor)).not.toHaveProperty('stored');
    expect(demo.requests).toHaveLength(2);
  });

  test('fresh asks the model, and the new notes stand instead of the earlier ones', async () => {
    await using editor = await editorWith();
    await annotate(editor);
    answers(note(9, 'return sum;', 'the sum'));
    expect(await annotate(editor, { fresh: true })).toMatchObject({ notes: 1 });
    expect(await hints(editor)).toEqual(['9: the sum']);
    expect(demo.requests).toHaveLength(2);
  });

  test('changed code is asked about anew, other code has notes of its own', async () => {
    await using editor = await editorWith();
    answers(note(9, 'return sum;', 'the sum'));
    await annotate(editor);
    answers(note(14, 'return weight * 2;', 'twice'));
    await annotate(editor, { range: at(12) });
    expect(await hints(editor)).toEqual(['9: the sum', '14: twice']);
    await editor.change(uri, code.replace('let sum = 0', 'let sum = 1'));
    answers(note(9, 'return sum;', 'changed'));
    await annotate(editor);
    expect(demo.requests).toHaveLength(3);
    expect(await hints(editor)).toEqual(['9: changed', '14: twice']);
  });

  test('an answer that was cut is shown, said to be cut, and asked for again', async () => {
    await using editor = await editorWith();
    demo.use({
      text: '{"notes": [{"line": 9, "quote": "return sum;", "note": "the sum"}, {"li',
      stopReason: 'max_tokens',
    });
    const { notes, notices } = await annotate(editor);
    expect({ notes, notices }).toEqual({ notes: 1, notices: [expect.stringContaining('cut at the length limit')] });
    expect(await annotate(editor)).not.toHaveProperty('stored');
    expect(demo.requests).toHaveLength(2);
  });
});

test('a refusal is said as such, and earlier notes stay', async () => {
  await using editor = await editorWith();
  await annotate(editor);
  const before = await hints(editor);
  demo.use({ text: '', stopReason: 'refusal' });
  const refused = await annotate(editor, { fresh: true });
  expect(refused).toMatchObject({ notes: 0, notices: [expect.stringContaining('declined')] });
  expect(refused).not.toHaveProperty('id');
  expect(await hints(editor)).toEqual(before);
});

test('another version than the person saw is refused, and nothing is sent', async () => {
  await using editor = await editorWith();
  await expect(annotate(editor, { version: 7 })).rejects.toThrow(/changed meanwhile/);
  expect(demo.requests).toHaveLength(0);
});

test('S12: secrets in the code stay here, and a note beside such a line stands', async () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  await using editor = await editorWith(
    {},
    `function login() {\n  const token = '${secret}';\n  return send(token);\n}\n`,
  );
  answers(note(2, "const token = '", 'what opens the door'));
  const { notices } = await annotate(editor, { range: at(1) });
  expect(JSON.stringify(demo.requests.map(({ body }) => body))).not.toContain('a1B2a1B2');
  expect(notices.join()).toMatch(/Replaced before sending/);
  expect(await hints(editor)).toEqual(['2: what opens the door']);
});

test('S12: a file of the secret class is not annotated', async () => {
  await using editor = await startEditor({
    connection: { baseUrl: demo.url, credential: { kind: 'apiKey', value: demo.key } },
  });
  await editor.open('file:///work/.env', 'A=1\nB=2\n', 'shellscript');
  await expect(annotate(editor, { uri: 'file:///work/.env', range: at(0) })).rejects.toThrow(/stays on this machine/);
  expect(demo.requests).toHaveLength(0);
});

test('S24, S19: what hides or steers is shown or gone in every hint', async () => {
  await using editor = await editorWith();
  answers(note(9, 'return sum;', 'a\u202eb\u200bc\u001b[31md\ne'));
  await annotate(editor);
  expect(await hints(editor)).toEqual(['9: a⟨U+202E⟩b⟨U+200B⟩cd e']);
});

test('the command of any editor does the same', async () => {
  await using editor = await editorWith(bare());
  answers(note(9, 'return sum;', 'the sum'));
  expect(await editor.command('gloss.annotate', { uri, range: at(4) })).toMatchObject({ notes: 1 });
  expect(await hints(editor)).toEqual(['9: the sum']);
});

test('line notes cannot be asked on: nothing is sent, and they stay as they are', async () => {
  await using editor = await editorWith(bare());
  const { id = '' } = (await editor.command('gloss.annotate', { uri, range: at(4) })) as Annotated;
  const asked = { uri, range: at(4), followUp: { id, question: 'Why?' } };
  await expect(editor.command('gloss.explain', asked)).rejects.toThrow(/line notes/i);
  expect(demo.requests).toHaveLength(1);
});
