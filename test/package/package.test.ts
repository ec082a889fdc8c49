/** The npm package as a stranger gets it: what is in it, and that it works with nothing of this folder beside it. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { root } from '../../scripts/places.ts';
import { npm, runToEnd } from '../../scripts/processes.ts';
import { startDemo } from '../../server/src/demo/server.ts';

let scratch: string;
let installed: string;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'gloss-package-'));
  const PATH = [path.join(root, 'node_modules', '.bin'), process.env['PATH']].join(path.delimiter);
  await runToEnd(process.execPath, ['scripts/build.ts'], { cwd: root, env: { ...process.env, PATH } });
  await npm(['pack', '--pack-destination', scratch], root);
  const [archive = ''] = await readdir(scratch);
  const modules = path.join(scratch, 'node_modules');
  installed = path.join(modules, 'gloss-language-server');
  await mkdir(installed, { recursive: true });
  await runToEnd('tar', ['-xzf', path.join(scratch, archive), '-C', installed, '--strip-components=1']);
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')));
  // What `npm install` would fetch: the packages that it asks for, and no others.
  for (const name of Object.keys(dependencies))
    await symlink(path.join(root, 'node_modules', name), path.join(modules, name));
}, 120_000);

afterAll(() => rm(scratch, { recursive: true, force: true }));

test('S42: the package holds the server, the client with its types, and what a reader needs', async () => {
  const all = await readdir(installed, { recursive: true, withFileTypes: true });
  const files = all
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  const parts = await readdir(path.join(root, 'dist', 'server'));
  expect(files.filter((file) => file.startsWith('dist/server/')).sort()).toEqual(
    parts.filter((name) => name.endsWith('.mjs')).map((name) => `dist/server/${name}`),
  );
  const others = files.filter((file) => !/^dist\/(types\/claude\/.*\.d\.ts|server\/.*)$/.test(file)).sort();
  expect(others).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/claude.mjs',
    'dist/server.mjs',
    'docs/claude-client.md',
    'package.json',
  ]);
  expect(files.length).toBeGreaterThan(others.length + 20);
  expect(files.filter((file) => file.includes('.test.'))).toEqual([]);
});

test('a program that has only the package asks and streams', async () => {
  const demo = await startDemo({ delay: 0 });
  const program = `
    import { Claude, ClaudeError } from 'gloss-language-server/claude';
    const claude = new Claude({ apiKey: process.argv[2], baseURL: process.argv[3] });
    const request = { model: 'claude-sonnet-5-5', max_tokens: 100, messages: [{ role: 'user', content: 'x = 1' }] };
    const message = await claude.messages.create(request);
    let text = '';
    for await (const piece of claude.messages.stream(request).text()) text += piece;
    const refused = await claude.messages.create({ ...request, model: '' }).catch((error) => error);
    console.log(message.role, text.length > 0, refused instanceof ClaudeError, refused.field);
    await claude.close();`;
  await writeFile(path.join(scratch, 'program.mjs'), program);
  const said = await runToEnd(process.execPath, ['program.mjs', demo.key, demo.url], { cwd: scratch });
  await demo.close();
  expect(said.trim()).toBe('assistant true true model');
});
