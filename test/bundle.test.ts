/** What is shipped: the list of files in the `.vsix`, its size, its bytes, and bundles that run with nothing beside them. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { version } from '#shared/version.ts';
import { buildBundles, inputsOf } from '../scripts/bundles.ts';
import { root } from '../scripts/places.ts';
import { runToEnd } from '../scripts/processes.ts';
import { packExtension } from '../scripts/vsix.ts';
import { startDemo } from '../server/src/demo/server.ts';
import { startEditor } from './harness/fakeEditor.ts';
import { unzip } from './harness/unzip.ts';

let scratch: string;
let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'gloss-bundle-'));
  await packExtension(path.join(scratch, 'first.vsix'));
  await buildBundles({ folder: path.join(scratch, 'built'), minify: true, together: true });
  files = unzip(await readFile(path.join(scratch, 'first.vsix')));
}, 60_000);

afterAll(() => rm(scratch, { recursive: true, force: true }));

function text(name: string): string {
  const found = files.get(name);
  if (found === undefined) throw new Error(`${name} is not in the package: there are ${[...files.keys()].join(', ')}.`);
  return found.toString('utf8');
}

/** A folder with the packed server and its parts, and nothing else. */
async function serverAlone(): Promise<string> {
  const alone = await mkdtemp(path.join(scratch, 'alone-'));
  await mkdir(path.join(alone, 'server'));
  for (const [name, contents] of files) {
    const part = /^extension\/dist\/(server(?:\.mjs|\/.*))$/.exec(name)?.[1];
    if (part !== undefined) await writeFile(path.join(alone, part), contents);
  }
  return alone;
}

test('nothing that is packed for V8 makes it hold two bytes for each letter', () => {
  const parts = [...files.keys()].filter((name) => name.endsWith('.mjs'));
  expect(parts.length).toBeGreaterThan(20);
  for (const name of parts) expect(/.{0,30}[^\0-\x7f]/.exec(text(name))?.[0], name).toBeUndefined();
});

test('S42: the package holds what VS Code needs and nothing else', async () => {
  const media = (await readdir(path.join(root, 'media'))).map((name) => `extension/media/${name}`);
  const translations = (await readdir(root)).filter((name) => /^package\.nls(\..+)?\.json$/.test(name));
  const wanted = [
    '[Content_Types].xml',
    'extension.vsixmanifest',
    'extension/LICENSE.txt',
    'extension/THIRD-PARTY-NOTICES.txt',
    'extension/changelog.md',
    'extension/dist/extension.mjs',
    'extension/dist/panel.css',
    'extension/dist/panel.mjs',
    'extension/dist/server.mjs',
    ...(await readdir(path.join(scratch, 'built', 'server'))).map((name) => `extension/dist/server/${name}`),
    'extension/package.json',
    'extension/readme.md',
    'extension/schemas/action.schema.json',
    ...translations.map((name) => `extension/${name}`),
    ...media,
  ];
  expect([...files.keys()].sort()).toEqual(wanted.sort());
});

test('what is loaded later is in a few parts, and still not loaded at the start', async () => {
  const names = [...files.keys()].filter((name) => name.startsWith('extension/dist/server/'));
  expect(names.length).toBeLessThan(100);
  for (const group of ['window', 'requests', 'chats'])
    expect(names.filter((name) => new RegExp(`/${group}-\\w+\\.mjs$`).test(name))).toHaveLength(1);
  const first = ['extension.mjs', 'server.mjs'].map((bundle) => inputsOf(bundle, path.join(scratch, 'built'), 'first'));
  const later =
    /^client\/src\/(commands\/(?!index)|edit\/(?!throttle)|explain\/expl)|^server\/src\/(agent|features\/\w+\/(run|index))/;
  expect((await Promise.all(first)).flat().filter((file) => later.test(file))).toEqual([]);
});

test('the package is at most 870,400 bytes', async () => {
  expect((await readFile(path.join(scratch, 'first.vsix'))).length).toBeLessThanOrEqual(870_400);
});

test('S42: nothing in the package names a place on this machine, a source map or a repository file', () => {
  for (const [name, contents] of files) {
    const all = contents.toString('latin1');
    for (const leak of [root, scratch, tmpdir() + path.sep, 'sourceMappingURL'])
      expect(all.includes(leak), `${name} names ${leak}`).toBe(false);
    // A path into it; the ledger knows the folder itself, to keep edits out.
    expect(/node_modules\/[@\w]/.exec(all)?.[0], name).toBeUndefined();
  }
});

test('S42: packing twice gives the same bytes', async () => {
  await packExtension(path.join(scratch, 'second.vsix'));
  const hashes = ['first.vsix', 'second.vsix'].map(async (name) =>
    createHash('sha256')
      .update(await readFile(path.join(scratch, name)))
      .digest('hex'),
  );
  const [first, second] = await Promise.all(hashes);
  expect(second).toBe(first);
});

test('S42: the notices name every package that is in the bundles', async () => {
  const inputs = ['extension.mjs', 'server.mjs'].map((bundle) => inputsOf(bundle, path.join(scratch, 'built')));
  const names = (await Promise.all(inputs))
    .flat()
    .flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const notices = text('extension/THIRD-PARTY-NOTICES.txt');
  expect(names.length).toBeGreaterThan(0);
  for (const name of new Set(names)) expect(notices).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'));
});

test('the manifest in the package keeps what VS Code reads and drops what npm reads', () => {
  const manifest: Record<string, unknown> = JSON.parse(text('extension/package.json'));
  expect(manifest).toMatchObject({ publisher: 'gloss', version, main: './dist/extension.mjs' });
  for (const name of ['scripts', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'imports', 'private'])
    expect(manifest).not.toHaveProperty(name);
});

test.each([
  { flag: '--version', says: version },
  { flag: '--help', says: '--stdio' },
])('the packed server answers $flag with nothing but its parts beside it', async ({ flag, says }) => {
  const alone = await serverAlone();
  expect(await runToEnd(process.execPath, ['server.mjs', flag], { cwd: alone })).toContain(says);
});

test('the packed server explains with what is left of its packages', async () => {
  const demo = await startDemo({ delay: 0 });
  onTestFinished(() => demo.close());
  const connection = { baseUrl: demo.url, credential: { kind: 'apiKey', value: demo.key } } as const;
  const main = path.join(await serverAlone(), 'server.mjs');
  const uri = 'file:///work/a.ts';
  const asked = { uri, range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } } };
  const code = "export function greet(name: string) {\n  return 'hello ' + name;\n}\n";
  await using editor = await startEditor({ connection, process: {}, main });
  await editor.open(uri, code);
  expect((await editor.explain(asked)).markdown).toContain('greet');
  await using without = await startEditor({ connection, process: { UNDICI_NO_WASM_SIMD: '1' }, main });
  await without.open(uri, code);
  await expect(without.explain(asked)).rejects.toThrow(/SIMD/);
});

test('what packages bring for servers and services of another kind is left out', async () => {
  const parts = [...files].filter(([name]) => name.endsWith('.mjs')).map(([, contents]) => contents.toString('utf8'));
  // Words of undici's for HTTP/2 and forms, of semver's, and of the language client's for notebooks.
  for (const words of ['goaway', '----formdata', 'MAX_SAFE_COMPONENT', 'notebookDidOpen'])
    expect(parts.filter((part) => part.includes(words)).length, words).toBe(0);
});

test('`initialize` waits for the LSP library and a little of ours: no zod, no undici, no Markdown', async () => {
  const inputs = await inputsOf('server.mjs', path.join(scratch, 'built'), 'first');
  const packages = inputs.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const library = ['jsonrpc', 'languageserver', 'languageserver-protocol', 'languageserver-types'];
  expect([...new Set(packages)].sort()).toEqual(library.map((name) => `vscode-${name}`));
  expect(inputs.filter((file) => /server\/src\/(claude|demo|egress|ledger)\//.test(file))).toEqual([]);
});

test('what both ends use is in the package once, and of two HTTP parsers only the one that is used', async () => {
  const built = path.join(scratch, 'built');
  const [extension, server] = await Promise.all(['extension.mjs', 'server.mjs'].map((name) => inputsOf(name, built)));
  const shared = extension?.filter((file) => server?.includes(file)) ?? [];
  for (const both of ['mdast-util-from-markdown', 'vscode-languageserver-protocol'])
    expect(shared.filter((file) => file.includes(`/${both}/`))).not.toEqual([]);
  expect(server?.filter((file) => /node_modules\/.*node_modules\//.test(file))).toEqual([]);
  const copies = [...files].filter(([, contents]) => contents.includes('CounterClockwiseContourIntegral'));
  expect(copies.map(([name]) => name)).toEqual([expect.stringMatching(/^extension\/dist\/server\/chunk-/)]);
  expect(server?.filter((file) => file.includes('/undici/lib/milo/'))).toEqual([]);
});

test('the page of the panel loads nothing that asks for a module of Node or of VS Code', async () => {
  const loaded = new Set(['extension/dist/panel.mjs']);
  for (const name of loaded)
    for (const [, other = ''] of text(name).matchAll(/(?:from|import) ?\(?["'](\.[^"']+)["']/g))
      loaded.add(path.posix.join(path.posix.dirname(name), other));
  expect(loaded.size).toBeGreaterThan(1);
  for (const name of loaded) {
    expect(text(name), name).not.toMatch(/(?:from|import) ?\(?["'](?!\.)/);
    expect(text(name), name).not.toMatch(/\b(?:Buffer|process)\.(?!getBuiltinModule)|import\.meta\.(?!url)/);
  }
  const inputs = await inputsOf('panel.mjs', path.join(scratch, 'built'));
  expect(inputs.filter((file) => /^(client|server)\/|\/(undici|vscode-[^/]+)\//.test(file))).toEqual([]);
});

test('of the Claude client, what only other programs use is not in the package', () => {
  const names = [...files.keys()].join('\n');
  // These are parts that its own `import()` would bring: profiles, commands that print a key, tools of Anthropic's.
  for (const part of ['profileFiles', 'command', 'commands'])
    expect(names).not.toMatch(new RegExp(`/server/${part}-[^/]*$`, 'm'));
});

test('the bundle of the client for the Claude API brings neither zod nor undici', async () => {
  const inputs = await inputsOf('claude.mjs', path.join(scratch, 'built'));
  expect(inputs.length).toBeGreaterThan(0);
  expect(inputs.filter((file) => !file.startsWith('server/src/claude/'))).toEqual([]);
  expect(await readFile(path.join(scratch, 'built', 'claude.mjs'), 'utf8')).toMatch(/from ?"zod"/);
});

test('the client for the Claude API can be imported by its package name', async () => {
  await buildBundles();
  const script =
    "import('gloss-language-server/claude').then(({ Claude, ClaudeError }) => console.log(Claude.name, ClaudeError.name))";
  expect((await runToEnd(process.execPath, ['-e', script], { cwd: root })).trim()).toBe('Claude ClaudeError');
});
