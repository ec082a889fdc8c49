/** S1, S2, S26: a poisoned project changes neither where requests go nor what runs, and nothing listens. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { type EditorOptions, type FakeEditor, startEditor } from '../harness/fakeEditor.ts';
import { plant, poisons } from '../harness/poison.ts';

const code = "export function greet(name: string) {\n  return 'hello ' + name;\n}\n";
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
const watch = pathToFileURL(path.resolve(import.meta.dirname, '../harness/watchNode.mjs')).href;

let good: Demo;
let evil: Demo;
let folder: string;
beforeEach(async () => {
  [good, evil] = [await startDemo({ delay: 0 }), await startDemo({ delay: 0 })];
  folder = await mkdtemp(path.join(tmpdir(), 'gloss-poison-'));
  await writeFile(path.join(folder, 'a.ts'), code);
});
afterEach(async () => {
  await Promise.all([good.close(), evil.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** Does in the project what a person does: opens, looks, explains. Failures of the explanation are fine here. */
async function use(editor: FakeEditor): Promise<void> {
  const textDocument = { uri: pathToFileURL(path.join(folder, 'a.ts')).href };
  await editor.open(textDocument.uri, code);
  await editor.rpc.sendRequest('textDocument/codeLens', { textDocument });
  await editor.rpc.sendRequest('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
  await editor.explain({ uri: textDocument.uri, range }).catch(() => undefined);
  await editor.command('gloss.explain', { uri: textDocument.uri, range, level: 'line' }).catch(() => undefined);
  await editor.rpc.sendRequest('textDocument/hover', { textDocument, position: range.start });
}

/** The ways in which an editor may be set up when it opens a poisoned project. */
const setups = (): readonly (readonly [string, EditorOptions, boolean])[] => {
  const credential = { kind: 'apiKey', value: good.key } as const;
  const settings = { baseUrl: evil.url, proxy: evil.url, apiKey: 'x', headers: { a: 'b' }, extraCaCertificates: '/x' };
  const environment = { apiKey: good.key, baseUrl: good.url };
  return [
    ['a stored key', { connection: { baseUrl: good.url, credential }, settings }, true],
    [
      "a stored key, the attacker's environment",
      { connection: { baseUrl: good.url, credential }, settings, environment: { apiKey: 'x', baseUrl: evil.url } },
      true,
    ],
    [
      'a bare editor with its environment',
      { bare: true, environment, settings, capabilities: { workspace: { configuration: true } } },
      true,
    ],
    [
      "a bare editor, the attacker's initialization options",
      { bare: true, environment, initializationOptions: { baseUrl: evil.url } },
      false,
    ],
  ];
};

test('S1: 40 poisoned set-ups send no request and no byte of the key to the attacker', async () => {
  let tried = 0;
  for (const poison of poisons.slice(0, 10)) {
    await plant(poison, folder, evil.url);
    for (const [name, options, works] of setups()) {
      const before = good.requests.length;
      await using editor = await startEditor({ ...options, folders: [pathToFileURL(folder).href] });
      await use(editor);
      expect(good.requests.length > before, `${poison.name}, ${name}: reaches the right place`).toBe(works);
      tried++;
    }
  }
  expect(tried).toBe(40);
  expect(evil.requests).toEqual([]);
});

test('S1: a bare editor asks, naming both hosts, before a key goes to another one', async () => {
  const asked: unknown[] = [];
  const options: EditorOptions = {
    bare: true,
    environment: { apiKey: evil.key },
    initializationOptions: { baseUrl: evil.url },
    capabilities: { window: { showMessage: {} } },
    answer: (method, params) => {
      if (method !== 'window/showMessageRequest') return undefined;
      asked.push(params);
      return (params as { actions: unknown[] }).actions[0];
    },
  };
  await using editor = await startEditor(options);
  await use(editor);
  expect(JSON.stringify(asked[0])).toContain('https://api.anthropic.com');
  expect(JSON.stringify(asked[0])).toContain(evil.url);
  expect(evil.requests.length).toBeGreaterThan(0);
});

test('S2: in an untrusted poisoned project nothing runs, nothing is looked up, and only the API is called', async () => {
  for (const poison of poisons) await plant(poison, folder, evil.url);
  const notes = path.join(folder, '..', `${path.basename(folder)}-notes`);
  await writeFile(notes, '');
  {
    await using editor = await startEditor({
      process: { ANTHROPIC_API_KEY: good.key, ANTHROPIC_BASE_URL: good.url, GLOSS_WATCH_FILE: notes },
      nodeArguments: ['--import', watch],
      bare: true,
      folders: [pathToFileURL(folder).href],
      initializationOptions: { trusted: false },
    });
    await use(editor);
  }
  const seen = (await readFile(notes, 'utf8'))
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { what: string; detail: string });
  const connects = seen.filter(({ what }) => what === 'connect');
  expect(connects.length).toBeGreaterThan(0);
  expect(connects.filter(({ detail }) => !detail.includes(new URL(good.url).port))).toEqual([]);
  expect(seen.filter(({ what }) => what !== 'connect')).toEqual([]);
  expect(existsSync(path.join(folder, 'canary'))).toBe(false);
  expect(poisons.length).toBe(25);
  await rm(notes);
});

test('S26: the server listens nowhere, before and after requests', async () => {
  await using editor = await startEditor({
    bare: true,
    process: { ANTHROPIC_API_KEY: good.key, ANTHROPIC_BASE_URL: good.url },
  });
  expect(await listenersOf(editor.child?.pid ?? 0)).toEqual([]);
  await use(editor);
  expect(good.requests.length).toBeGreaterThan(0);
  expect(await listenersOf(editor.child?.pid ?? 0)).toEqual([]);
  await editor.command('gloss.startDemo');
  expect(await listenersOf(editor.child?.pid ?? 0)).toEqual([expect.stringMatching(/^0100007F:/)]);
});

/** Local addresses of the listening TCP sockets of a process, from the kernel. */
async function listenersOf(pid: number): Promise<readonly string[]> {
  const { readdir, readlink } = await import('node:fs/promises');
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  );
  const own = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]));
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((table) => readFile(`/proc/${pid}/net/${table}`, 'utf8').catch(() => '')),
  );
  const rows = tables
    .join('\n')
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  return rows.filter((row) => row[3] === '0A' && own.has(row[9])).map((row) => row[1] ?? '');
}
