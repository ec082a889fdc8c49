/** A chat's edits in editors that know nothing of Gloss: one whole edit each, and the model is told what the editor really did (product decision 10.3). */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { type ChatWindow, type ChatWindowOptions, chatWindow } from '../harness/chatWindow.ts';
import type { ScriptedCall } from '../harness/foreign/script.ts';
import { type ForeignService, scripted, startForeignService } from '../harness/foreignService.ts';
import { closedAfterEach } from '../harness/perTest.ts';

const project = {
  'a.ts': 'export function one(x: number) {\n  return x;\n}\n',
  'b.ts': "import { one } from './a.ts';\nexport const two = one(2);\n",
  'c.ts': 'export const three = 3;\n',
};

const open = closedAfterEach();

interface Played {
  readonly chat: ChatWindow;
  readonly service: ForeignService;
  /** What the model heard last, as JSON. */
  heard(): string;
}

/** The model makes these calls, all in one answer, and says a word to each question after that. */
async function played(
  calls: readonly ScriptedCall[],
  options: Partial<ChatWindowOptions> & { readonly loaded?: readonly string[] } = {},
): Promise<Played> {
  const service = await startForeignService({ script: scripted({ calls }, { text: 'So.' }, { text: 'I see.' }) });
  open.push({ [Symbol.asyncDispose]: () => service.close() });
  const chat = await chatWindow({
    ...{ service, files: project },
    choose: (_message, titles) => titles.find((title) => /^(?:Allow Once|Apply)/.test(title)),
    ...options,
  });
  open.push(chat);
  await chat.open();
  await chat.load(...(options.loaded ?? ['a.ts']));
  return { chat, service, heard: () => JSON.stringify(service.heard.at(-1)?.body['messages']) };
}

const edit = (file: string, old_str: string, new_str: string): ScriptedCall => ({
  name: 'str_replace_based_edit_tool',
  input: { command: 'str_replace', path: file, old_str, new_str },
});
const create: ScriptedCall = {
  name: 'str_replace_based_edit_tool',
  input: { command: 'create', path: 'new/d.ts', file_text: 'export const four = 4;\n' },
};
const remove: ScriptedCall = { name: 'delete_file', input: { path: 'c.ts' } };
const move: ScriptedCall = { name: 'move_file', input: { path: 'c.ts', new_path: 'e.ts' } };
const one = edit('a.ts', '  return x;', '  return x + 1;');

const editing = (workspaceEdit: object): NonNullable<ChatWindowOptions['capabilities']> => ({
  window: { showDocument: { support: true }, showMessage: { messageActionItem: {} } },
  workspace: { workspaceFolders: true, applyEdit: true, workspaceEdit },
});
const filing = editing({ documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] });

test('three files in one answer, open or not: each is one edit, of exactly the lines, and accepted when it has arrived', async () => {
  const edits: WorkspaceEdit[] = [];
  const { chat, service, heard } = await played([one, edit('b.ts', 'one(2)', 'one(20)'), edit('c.ts', '3;', '33;')], {
    loaded: ['a.ts', 'b.ts'],
    async applyEdit(make, whole) {
      edits.push(whole);
      await make();
      return { applied: true };
    },
  });
  await chat.say('Change them.');
  expect(await chat.file('a.ts')).toContain('return x + 1;');
  expect(await chat.file('b.ts')).toContain('one(20)');
  expect(await chat.file('c.ts')).toContain('33;');
  expect(edits).toHaveLength(3);
  for (const file of ['a.ts, line 2', 'b.ts, line 2', 'c.ts, line 1'])
    expect(heard()).toContain(`Done: ${file}. The editor has made it.`);
  await chat.say('And?');
  // The results have said so: it is no news.
  expect(heard()).not.toContain('What became of your edits');
  expect(service.refused).toEqual([]);
});

test('an editor without versioned edits gets them by document', async () => {
  const { chat, heard } = await played([one], { capabilities: editing({}) });
  await chat.say('Change it.');
  expect(await chat.file('a.ts')).toContain('return x + 1;');
  expect(heard()).toContain('The editor has made it.');
});

describe('files that come, go and move', () => {
  test('where the editor makes such changes for a server', async () => {
    const { chat, heard } = await played([create, move, { name: 'delete_file', input: { path: 'b.ts' } }], {
      capabilities: filing,
      loaded: ['a.ts', 'b.ts'],
    });
    await chat.say('Tidy.');
    expect(await chat.file('new/d.ts')).toBe('export const four = 4;\n');
    const isThere = (file: string) => existsSync(path.join(chat.folder, file));
    expect(['c.ts', 'e.ts', 'b.ts'].map(isThere)).toEqual([false, true, false]);
    for (const said of ['Made new/d.ts. The editor has made it.', 'Moved c.ts to e.ts.', 'Deleted b.ts.'])
      expect(heard()).toContain(said);
  });

  test('where it does not, nothing is done, and both are told', async () => {
    const { chat, heard } = await played([create, move, remove], { capabilities: editing({ documentChanges: true }) });
    await chat.say('Tidy.');
    expect(existsSync(path.join(chat.folder, 'c.ts'))).toBe(true);
    expect(existsSync(path.join(chat.folder, 'new'))).toBe(false);
    const said = heard();
    expect(said.match(/cannot make, move or delete files for a language server/g)).toHaveLength(3);
    expect(said).not.toMatch(/has made it|Moved c|Deleted c/);
  });
});

describe('an editor that does not make the edit', () => {
  test('refused: with its reason, and nothing counts as done', async () => {
    const { chat, heard } = await played([one], {
      applyEdit: () => ({ applied: false, failureReason: 'a.ts is read only' }),
    });
    await chat.say('Change it.');
    expect(await chat.file('a.ts')).toBe(project['a.ts']);
    expect(heard()).toContain('a.ts is read only');
    expect(heard()).toContain('"is_error":true');
    expect(heard()).not.toMatch(/Done|has made it/);
  });

  test('a document that changed between leave and edit: its editor refuses the version', async () => {
    const { chat, heard } = await played([one], {
      async applyEdit(make) {
        await chat.editor.change(chat.uriOf('a.ts'), `// mine\n${project['a.ts']}`);
        await make();
        return { applied: false, failureReason: 'the document has changed' };
      },
    });
    await chat.say('Change it.');
    expect(await chat.file('a.ts')).toBe(`// mine\n${project['a.ts']}`);
    expect(heard()).toContain('the document has changed');
    expect(heard()).not.toMatch(/Done|has made it/);
  });

  test('S8: a file that changed while the person was asked: what was shown is not there any more, so nothing is done', async () => {
    const { chat, heard } = await played([one], {
      async choose(message, titles) {
        if (/Edit/.test(message))
          await chat.editor.change(chat.uriOf('a.ts'), project['a.ts'].replace('return x;', 'return x - 1;'));
        return titles.find((title) => title.startsWith('Allow Once'));
      },
    });
    await chat.say('Change it.');
    expect(await chat.file('a.ts')).toContain('return x - 1;');
    expect(heard()).toContain('The file has changed since this was shown to the developer.');
  });
});

describe('an editor that does not tell', () => {
  test('late: it says yes at once, and the change arrives later', async () => {
    const { chat, heard } = await played([one], {
      applyEdit(make) {
        setTimeout(() => void make(), 1_000);
        return { applied: true };
      },
    });
    await chat.say('Change it.');
    expect(heard()).toContain('Done: a.ts, line 2. The editor has made it.');
  });

  test('never: it says yes and nothing changes; that is unknown, and so it is told', async () => {
    const { chat, heard } = await played([one], { applyEdit: () => ({ applied: true }) });
    await chat.say('Change it.');
    expect(heard()).toContain(
      'Not known: a.ts, line 2. The editor was given the change and has not told whether it made it.',
    );
    expect(heard()).not.toContain('The editor has made it.');
    await chat.editor.change(chat.uriOf('a.ts'), project['a.ts'].replace('return x;', 'return x + 1;'));
    await chat.say('And now?');
    expect(heard()).toContain('a.ts, line 2: accepted as it was proposed.');
  });

  test('S5: one that never answers is left by Stop at once, and the model hears that it is not known', async () => {
    let late: (() => Promise<void>) | undefined;
    const { chat, heard } = await played([one], {
      applyEdit(make) {
        late = make;
        return new Promise(() => undefined);
      },
    });
    await chat.begin('Change it.');
    await expect.poll(() => late).toBeDefined();
    await chat.click('Stop');
    await chat.ended();
    await chat.say('Go on.');
    expect(heard()).toContain('Stopped before it was finished');
  });
});

test('a rename in an editor without one: the model is told how else, and does it by the places with the word', async () => {
  const { chat, heard, service } = await played([
    { name: 'rename_symbol', input: { path: 'a.ts', line: 1, name: 'one', new_name: 'first' } },
    { name: 'references', input: { path: 'a.ts', line: 1, name: 'one' } },
  ]);
  await chat.say('Rename it.');
  expect(heard()).toContain('The editor has no rename for a.ts');
  expect(heard()).toContain('language support');
  for (const line of ['export function one', 'import { one }', 'one(2)']) expect(heard()).toContain(line);
  service.use(
    scripted(
      {
        calls: [
          edit('a.ts', 'function one(', 'function first('),
          edit(
            'b.ts',
            "import { one } from './a.ts';\nexport const two = one(2);",
            "import { first } from './a.ts';\nexport const two = first(2);",
          ),
        ],
      },
      { text: 'Renamed.' },
    ),
  );
  await chat.say('Then so.');
  expect(await chat.file('a.ts')).toContain('function first(');
  expect(await chat.file('b.ts')).toBe("import { first } from './a.ts';\nexport const two = first(2);\n");
});
