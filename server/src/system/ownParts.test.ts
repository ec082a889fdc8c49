import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const own = pathToFileURL(path.join(import.meta.dirname, 'ownParts.ts')).href;

test('own parts are found beside each other without a look at the disk; all else is found as always', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gloss parts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  await mkdir(path.join(folder, 'server'));
  await mkdir(path.join(folder, 'node_modules/other'), { recursive: true });
  await write('node_modules/other/package.json', '{ "exports": "./index.mjs" }');
  await write('node_modules/other/index.mjs', "export const other = 'another package';");
  await write('server/a.mjs', "export { b } from './b.mjs'; export { other } from 'other';");
  await write('elsewhere.mjs', 'export const b = import.meta.url;');
  // Who looks where a link leads finds another place.
  await symlink('../elsewhere.mjs', path.join(folder, 'server/b.mjs'));
  await write(
    'main.mjs',
    `import { findOwnParts } from ${JSON.stringify(own)};
    findOwnParts(import.meta.url);
    const { b, other } = await import('./server/a.mjs');
    const missing = await import('./server/missing.mjs').catch(({ code }) => code);
    console.log(JSON.stringify({ b: b === new URL('server/b.mjs', import.meta.url).href, other, missing }));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['main.mjs'], { cwd: folder, encoding: 'utf8' });
  expect({ stdout: stdout === '' ? '' : JSON.parse(stdout), stderr }).toEqual({
    stdout: { b: true, other: 'another package', missing: expect.stringMatching(/ENOENT|ERR_MODULE_NOT_FOUND/) },
    stderr: '',
  });
});
