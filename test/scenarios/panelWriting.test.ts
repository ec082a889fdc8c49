/** What a chat panel writes, over plain LSP with the real server: sent once, looked at for nothing, and code that goes where it belongs and nowhere else. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { panelRequests } from '#shared/panelRequests.ts';
import { type ChatWindow, type ChatWindowOptions, chatWindow } from '../harness/chatWindow.ts';
import { folderOf } from '../harness/folders.ts';
import { type ForeignService, type Script, scripted, startForeignService } from '../harness/foreignService.ts';
import { random, scaled } from '../harness/scale.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

interface Panel extends ChatWindow {
  readonly service: ForeignService;
  readonly chat: string;
  ask(method: string, params: object): Promise<unknown>;
  /** Sends, and waits for the answer. */
  tell(text: string, more?: object): Promise<unknown>;
  /** Ids of the answers, the newest last. */
  answers(): string[];
}

async function panel(script: Script, options: Partial<ChatWindowOptions> = {}): Promise<Panel> {
  const service = await startForeignService({ script, remembered: 10_000 });
  open.push({ [Symbol.asyncDispose]: () => service.close() });
  const changes: { is: string; item?: { is: string; id: string } }[] = [];
  const window = await chatWindow({
    ...options,
    service,
    files: { 'src/a.ts': 'export const a = 1;\nexport const b = 2;\n', 'src/deep/other.ts': 'x\n', ...options.files },
    onNotification(method, params) {
      if (method === 'gloss/chatChanged') changes.push(...(params as { changes: typeof changes }).changes);
    },
  });
  open.push(window);
  const ask = (method: string, params: object) => window.editor.rpc.sendRequest(`gloss/${method}`, params);
  const { chat } = (await ask('chatOpen', {})) as { chat: string };
  const ends = () => changes.filter(({ is }) => is === 'ended').length;
  return Object.assign(Object.create(window), {
    ...{ service, chat, ask },
    async tell(text: string, more: object = {}) {
      const before = ends();
      const sent = await ask('chatSend', { chat, draft: draft(text), ...more });
      await expect.poll(ends, { timeout: 20_000 }).toBeGreaterThan(before);
      return sent;
    },
    answers: () => [...new Set(changes.flatMap(({ item }) => (item?.is === 'answer' ? item.id : [])))],
  }) as Panel;
}

const pending = ({ editor, uriOf }: Panel) =>
  editor.hunks(uriOf('src/a.ts')).filter(({ state }) => state === 'proposed').length;
const at = (line: number, character = 0) => ({ start: { line, character }, end: { line, character } });
const draft = (text: string) => ({ text, media: [], selection: false });
const says = (...texts: readonly string[]) => scripted(...texts.map((text) => ({ text })));
const questions = ({ heard }: ForeignService) => heard.map(({ body }) => JSON.stringify(body['messages']));

describe('a question', () => {
  test('twice the same within a moment is one; asked again it is on a branch of its own', async () => {
    const it = await panel(says('One.', 'Two.'));
    await Promise.all([it.tell('What is it?'), it.ask('chatSend', { chat: it.chat, draft: draft('What is it?') })]);
    expect(it.service.heard).toHaveLength(1);
    const { items } = (await it.ask('chatOpen', { chat: it.chat })) as { items: { is: string; id: string }[] };
    const asked = items.find(({ is }) => is === 'asked')?.id;
    await it.tell('What is it now?', { from: asked });
    const [, again = ''] = questions(it.service);
    expect(again).toContain('What is it now?');
    expect(again).not.toContain('What is it?');
    await expect(it.ask('chatSend', { chat: it.chat, draft: draft('x'), from: 'nothing' })).rejects.toThrow();
    await expect(it.ask('chatSend', { chat: it.chat, draft: draft('  ') })).rejects.toThrow('Write a question first.');
    expect(await it.ask('chatSend', { chat: it.chat, draft: draft('/help') })).toMatchObject({
      answer: expect.stringContaining('/explain'),
    });
    expect(it.service.heard).toHaveLength(2);
  });

  test('is looked at before it is sent, with chips and price, and nothing leaves; the model that was chosen is asked', async () => {
    const it = await panel(says('One.'));
    const looked = { chat: it.chat, draft: draft('What is @src/a.ts and @nothing.ts?'), open: false };
    const preview = (await it.ask('chatPreview', looked)) as { price: { least: number; most: number } };
    expect(preview).toMatchObject({
      chips: [{ name: '@src/a.ts', kind: 'file' }],
      notices: [expect.stringContaining('@nothing.ts is sent as text alone')],
    });
    expect(preview.price.most).toBeGreaterThan(preview.price.least);
    expect(await it.ask('chatPreview', { ...looked, draft: draft('') })).toMatchObject({ chips: [], tokens: 0 });
    const many = await Promise.allSettled(
      ['Wh', 'Wha', 'What'].map((text) => it.ask('chatPreview', { ...looked, draft: draft(text) })),
    );
    expect(many.at(-1)?.status).toBe('fulfilled');
    expect(it.service.heard).toEqual([]);
    await expect(it.ask('chatChoose', { chat: it.chat, model: 'claude-unknown', mode: 'plan' })).rejects.toThrow(
      'not known',
    );
    await it.ask('chatChoose', { chat: it.chat, model: 'claude-haiku-4-5' });
    await it.tell('Now.');
    expect(it.service.heard.map(({ body }) => body['model'])).toEqual(['claude-haiku-4-5']);
    const { models } = (await it.ask('chatModels', {})) as { models: { id: string }[] };
    expect(models.map(({ id }) => id)).toContain('claude-sonnet-5-5');
  });
});

test('files, folders, symbols and commands are offered by a part of their names, those that are open first', async () => {
  const it = await panel(says(), {
    files: {
      'src/b/other.ts': 'y\n',
      'my notes.md': 'n\n',
      '.env': 'KEY=1\n',
      'src/code.ts': 'export function area() {}\n',
    },
  });
  const complete = async (line: string) => {
    const { suggestions } = (await it.ask('chatComplete', { chat: it.chat, line })) as {
      suggestions: { insert: string }[];
    };
    return suggestions.map(({ insert }) => insert);
  };
  expect((await complete('See @othr'))[0]).toBe('@src/b/other.ts');
  await it.load('src/deep/other.ts');
  expect((await complete('See @other'))[0]).toBe('@src/deep/other.ts');
  expect(await complete('@deep')).toContain('@src/deep/');
  expect(await complete('@notes')).toContain('@"my notes.md"');
  expect(await complete('@.env')).not.toContain('@.env');
  expect(await complete('@symbol:src/code.ts#ar')).toEqual(['@symbol:src/code.ts#area']);
  expect(await complete('/expl')).toContain('/explain');
  expect(await complete('@prob')).toContain('@problems');
  expect(await complete('no word')).toEqual([]);
  const place = {
    uri: it.uriOf('src/a.ts'),
    range: { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } },
  };
  const { mentions } = (await it.ask('chatMention', {
    places: [place, { uri: it.uriOf('my notes.md') }, { uri: 'file:///etc/passwd' }],
  })) as { mentions: string[] };
  expect(mentions).toEqual(['@src/a.ts#L1-2', '@"my notes.md"', '']);
});

test('S20 only what names a file of the workspace and a line that it has becomes a link', async () => {
  const outside = folderOf({ 'theirs.ts': 'x\n' });
  const it = await panel(says(), { files: { '.env': 'KEY=1\n' } });
  symlinkSync(outside, path.join(it.folder, 'out'));
  mkdirSync(path.join(it.folder, 'dir'));
  const named = ['src/a.ts', 'src/a.ts:2', 'src/a.ts:2:5', 'src/a.ts#L1', '.env:1'];
  const others = [
    ...[
      'src/a.ts:99',
      'src/a.ts:0',
      'src/none.ts',
      'dir',
      'out/theirs.ts',
      '../x.ts',
      '/etc/passwd',
      'src',
      'e.g.',
      ' ',
    ],
    ...[
      'https://example.org/a.ts',
      'command:x',
      path.join(outside, 'theirs.ts'),
      `file://${outside}/theirs.ts`,
      'src/a.ts\0',
    ],
  ];
  const { places } = (await it.ask('chatPlaces', { texts: [...named, ...others] })) as { places: { text: string }[] };
  expect(places.map(({ text }) => text)).toEqual(named);
  expect(places).toContainEqual({ text: 'src/a.ts:2', uri: it.uriOf('src/a.ts'), line: 1 });
});

describe.each([
  ['that keeps edits pending', true],
  ['that applies whole edits', false],
])('code of an answer, in an editor %s', (_name, pendingEdits) => {
  const answer =
    'So:\n\n```ts\nexport const a = 10;\n```\n\n- And a file:\n\n  ```ts src/new.ts\n  export const n = 1;\n  ```\n';
  const capabilities: ChatWindowOptions['capabilities'] = {
    workspace: {
      ...{ workspaceFolders: true, applyEdit: true },
      workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    },
  };

  test('S22 goes where it belongs; what is no block of this answer, or not for this place, changes nothing', async () => {
    const it = await panel(says(answer), { pendingEdits, capabilities });
    await it.load('src/a.ts');
    await it.tell('How?');
    const item = it.answers().at(-1);
    const asked = { chat: it.chat, item, how: 'apply', uri: it.uriOf('src/a.ts'), selection: at(1) };
    const refused = [
      { code: 'export const evil = 1;' },
      { code: 'export const a = 10' },
      { code: 'So:' },
      { code: answer },
      { code: 'export const a = 10;', item: 'nothing' },
      { code: 'export const a = 10;', chat: 'nothing' },
      { code: 'export const a = 10;', uri: 'file:///etc/passwd' },
      { code: 'export const a = 10;', uri: it.uriOf('src/deep/other.ts') },
      { code: 'export const a = 10;', selection: at(99) },
    ];
    const before = await it.file('src/a.ts');
    for (const wrong of refused)
      await expect(it.ask('chatApply', { ...asked, ...wrong }), JSON.stringify(wrong)).rejects.toThrow();
    expect(await it.file('src/a.ts')).toBe(before);
    const { message } = (await it.ask('chatApply', { ...asked, code: 'export const a = 10;\n' })) as {
      message: string;
    };
    expect(message).toContain('src/a.ts');
    expect(await it.file('src/a.ts')).toContain('export const a = 10;');
    await expect.poll(() => pending(it)).toBe(pendingEdits ? 1 : 0);
    await it.ask('chatApply', { ...asked, code: 'export const n = 1;' });
    const made = () => (pendingEdits ? it.editor.text(it.uriOf('src/new.ts')) : it.file('src/new.ts'));
    expect(await made()).toBe('export const n = 1;\n');
    await it.ask('chatApply', { ...asked, how: 'insert', selection: at(2, 19), code: 'export const n = 1;' });
    expect(await it.file('src/a.ts')).toContain('export const b = 2;export const n = 1;');
    await expect.poll(() => pending(it)).toBe(pendingEdits ? 1 : 0);
  });
});

test('S10 code that would go into a file that runs something is asked about, and stays out when the person does not agree', async () => {
  for (const pendingEdits of [true, false]) {
    const it = await panel(says('```json\n  "scripts": { "test": "evil" },\n```\n'), {
      ...{ pendingEdits, choose: () => undefined, files: { 'package.json': '{\n\n}\n' } },
    });
    await it.load('package.json');
    await it.tell('How?');
    const asked = { chat: it.chat, item: it.answers().at(-1), uri: it.uriOf('package.json'), selection: at(1) };
    for (const how of ['apply', 'insert'])
      await expect(it.ask('chatApply', { ...asked, how, code: '  "scripts": { "test": "evil" },' })).rejects.toThrow();
    expect(await it.file('package.json')).toBe('{\n\n}\n');
  }
});

test('what the model asks is answered by plain words, once', async () => {
  const asking = { name: 'ask', input: { question: 'Which one?' } };
  const it = await panel(scripted({ calls: [asking] }, { text: 'Good.' }));
  const done = it.tell('Do it.');
  await expect
    .poll(
      async () =>
        ((await it.ask('chatOpen', { chat: it.chat })) as { state: { questions: object[] } }).state.questions.length,
    )
    .toBe(1);
  await it.ask('chatSend', { chat: it.chat, draft: draft('The first.') });
  await done;
  expect(questions(it.service)).toHaveLength(2);
  expect(questions(it.service).at(-1)).toContain('The first.');
});

test('S22 whatever a panel asks, nothing that is not exactly right has an effect, and the server goes on', async () => {
  const it = await panel(says('One.'), { files: { 'keep.txt': 'kept\n' } });
  await it.load('src/a.ts');
  const next = random();
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)] as Value;
  const odd = [
    ...[
      null,
      true,
      -1,
      0,
      1e21,
      '',
      'x',
      '../x',
      '\0',
      '\u202e',
      'x'.repeat(5_000),
      [],
      {},
      ['x'],
      { __proto__: null },
    ],
    ...[
      { text: '', media: [], selection: 1 },
      'file:///etc/passwd',
      { start: 1 },
      'claude-x',
      ['a'.repeat(2_000)],
      Number.MAX_VALUE,
    ],
  ];
  // Values that some field takes: a request may be all but right.
  const right: readonly unknown[] = [
    ...[
      'apply',
      'insert',
      'once',
      'session',
      'deny',
      'steer',
      'queue',
      'ask',
      it.uriOf('src/a.ts'),
      'export const a = 1;',
    ],
    ...[
      at(0),
      at(1),
      at(9_999),
      { text: ' ', media: [], selection: true },
      ['src/a.ts'],
      'sixty-four-hex-digits',
      true,
      0,
    ],
  ];
  const someOf = (field: string): unknown => {
    if (field === 'chat' && next() < 0.6) return it.chat;
    return next() < 0.6 ? pick(right) : pick(odd);
  };
  const paramsOf = ({ method, params }: (typeof panelRequests)[number]): unknown => {
    if (next() < 0.05) return pick(odd);
    const own = Object.keys((params as unknown as z.ZodObject).shape).filter(() => next() < 0.9);
    const fields = next() < 0.1 ? [...own, pick(['extra', '__proto__', 'constructor'])] : own;
    const made = Object.fromEntries(fields.map((field) => [field, someOf(field)]));
    // What a person may well want: to have it gone, or a plan carried out.
    return /Remove|Plan/.test(method) ? { ...made, chat: 'nothing' } : made;
  };
  const stateOf = () =>
    readdirSync(it.folder, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .map((name) => `${name} ${/\.\w+$/.test(name) ? readFileSync(path.join(it.folder, name), 'utf8') : ''}`);
  writeFileSync(path.join(it.folder, 'more.txt'), 'more\n');
  const before = stateOf();
  const buffer = await it.file('src/a.ts');
  for (let time = 0; time < scaled(2_000); time++) {
    const spec = pick(panelRequests);
    const { method } = spec;
    const asked = paramsOf(spec);
    await it.editor.rpc.sendRequest(method, asked as object).catch(() => undefined);
  }
  expect(stateOf()).toEqual(before);
  expect(await it.file('src/a.ts')).toBe(buffer);
  expect(it.service.heard).toEqual([]);
  expect(it.messages).toEqual([]);
  // Each method has somebody who answers it, and none fails but with words for people.
  expect(it.editor.logs.filter((line) => line.includes('a request failed'))).toEqual([]);
  // Somebody may have said that nobody looks at it any more.
  await it.ask('chatOpen', { chat: it.chat });
  await it.tell('Are you there?');
  expect(it.service.heard).toHaveLength(1);
});
