/** Actions of the person's own: what is not one is told and does no harm. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Trust } from '../../ports.ts';
import { createFiles } from '../../system/files.ts';
import { createCustomActions } from './customActions.ts';

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'gloss-own-'));
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

const logger = { title: 'Use Our Logger', instruction: 'Replace print by log.' };

/** Writes actions into a folder, and returns it. */
async function folderWith(name: string, files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = path.join(scratch, name);
  await mkdir(path.join(folder, '.gloss', 'actions'), { recursive: true });
  for (const [file, content] of Object.entries(files)) await write(folder, file, content);
  return folder;
}

function write(folder: string, file: string, content: unknown): Promise<void> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return writeFile(path.join(folder, '.gloss', 'actions', file), text);
}

function actionsOver(folders: readonly string[], trust: () => Trust = () => 'trusted') {
  const told: string[] = [];
  const log = {
    clean: (text: string) => text,
    debug() {},
    info() {},
    warn: (text: string) => void told.push(text),
    error() {},
  };
  const files = createFiles(() => folders.map((folder) => pathToFileURL(folder).href));
  const actions = createCustomActions({ files, trust, log });
  const idsFor = async (folder: string) =>
    (await actions.for(pathToFileURL(path.join(folder, 'a.ts')).href)).map(({ id }) => id);
  return { actions, idsFor, told };
}

test('each file is an action, in the order of their names', async () => {
  const folder = await folderWith('w', { 'logger.json': logger, 'a b.json': { ...logger, scope: 'selection' } });
  const { idsFor, told } = actionsOver([folder]);
  expect(await idsFor(folder)).toEqual(['custom:a b', 'custom:logger']);
  expect(told).toEqual([]);
});

describe('what is no action is left out, and the log says which file and why', () => {
  test.each<[string, unknown, string]>([
    ['broken JSON', '{ "title": ', 'JSON'],
    ['an empty file', '', 'JSON'],
    ['something that is no object', '5', 'expected object'],
    ['a field of the wrong kind', { ...logger, title: 5 }, 'title: '],
    ['a missing field', { title: 'x' }, 'instruction: '],
    ['an unknown field', { ...logger, command: 'rm -rf /' }, '"command"'],
    ['an unknown scope', { ...logger, scope: 'file' }, 'scope: '],
    ['an empty title', { ...logger, title: ' ' }, 'title: '],
    ['a title that is too long', { ...logger, title: 'x'.repeat(81) }, 'title: '],
    ['a prototype', '{ "__proto__": { "title": "x", "instruction": "y" } }', 'title'],
    ['a binary file', 'a\0b', 'binary'],
    ['a file that is too large', `"${'x'.repeat(300_000)}"`, 'larger than'],
  ])('%s', async (_what, content, why) => {
    const folder = await folderWith('w', { 'bad.json': content, 'good.json': logger });
    const { idsFor, told } = actionsOver([folder]);
    expect(await idsFor(folder)).toEqual(['custom:good']);
    expect(told).toEqual([expect.stringContaining(`${folder}/.gloss/actions/bad.json is no action: `)]);
    expect(told[0]).toContain(why);
  });

  test('it is told once, and again when it is something else', async () => {
    const folder = await folderWith('w', { 'a.json': '{' });
    const { idsFor, told } = actionsOver([folder]);
    await idsFor(folder);
    await idsFor(folder);
    expect(told).toHaveLength(1);
    await write(folder, 'a.json', { title: 'x' });
    await idsFor(folder);
    expect(told).toHaveLength(2);
    await write(folder, 'a.json', logger);
    expect(await idsFor(folder)).toEqual(['custom:a']);
    await write(folder, 'a.json', { title: 'x' });
    await idsFor(folder);
    expect(told).toHaveLength(3);
  });

  test('more than fifty: the first fifty count', async () => {
    const names = Array.from({ length: 53 }, (_, index) => `a${String(index).padStart(2, '0')}.json`);
    const folder = await folderWith('w', Object.fromEntries(names.map((name) => [name, logger])));
    const { idsFor, told } = actionsOver([folder]);
    const ids = await idsFor(folder);
    expect([ids.length, ids.at(-1)]).toEqual([50, 'custom:a49']);
    expect(told).toEqual([`${folder}/.gloss/actions has 53 actions: only the first 50 count`]);
  });

  test('other files and folders are none', async () => {
    const folder = await folderWith('w', { 'README.md': '# x', 'x.jsonc': logger });
    await mkdir(path.join(folder, '.gloss/actions/folder.json'));
    const { idsFor, told } = actionsOver([folder]);
    expect(await idsFor(folder)).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('S7: a link does not lead out', () => {
  test('a file that is a link', async () => {
    const folder = await folderWith('w', {});
    await writeFile(path.join(scratch, 'outside.json'), JSON.stringify(logger));
    await symlink(path.join(scratch, 'outside.json'), path.join(folder, '.gloss/actions/link.json'));
    expect(await actionsOver([folder]).idsFor(folder)).toEqual([]);
  });

  test.each(['.gloss', '.gloss/actions'])('the folder %s that is a link, which is told', async (link) => {
    const elsewhere = await folderWith('elsewhere', { 'logger.json': logger });
    const folder = path.join(scratch, 'w');
    await mkdir(path.dirname(path.join(folder, link)), { recursive: true });
    await symlink(path.join(elsewhere, link), path.join(folder, link));
    const { idsFor, told } = actionsOver([folder]);
    expect(await idsFor(folder)).toEqual([]);
    expect(told).toEqual([expect.stringContaining('outside the workspace folders')]);
  });
});

test.each<Trust>(['restricted', 'unknown'])('S2: where the workspace is %s nothing is read', async (trust) => {
  const folder = await folderWith('w', { 'logger.json': logger, 'bad.json': '{' });
  let now = trust;
  const { idsFor, told } = actionsOver([folder], () => now);
  expect(await idsFor(folder)).toEqual([]);
  expect(told).toEqual([]);
  now = 'trusted';
  expect(await idsFor(folder)).toEqual(['custom:logger']);
});

test('each workspace folder has its own, and a document outside has none', async () => {
  const [one, two] = [await folderWith('one', { 'a.json': logger }), await folderWith('two', { 'b.json': logger })];
  const { idsFor } = actionsOver([one, two]);
  expect([await idsFor(one), await idsFor(two), await idsFor(scratch)]).toEqual([['custom:a'], ['custom:b'], []]);
});

test('what changes between two listings counts in the second', async () => {
  const folder = await folderWith('w', { 'a.json': logger });
  const { actions, idsFor } = actionsOver([folder]);
  await idsFor(folder);
  await write(folder, 'a.json', { ...logger, title: 'Another' });
  await write(folder, 'b.json', logger);
  const found = await actions.for(pathToFileURL(path.join(folder, 'a.ts')).href);
  expect(found.map(({ title }) => title)).toEqual(['Another', 'Use Our Logger']);
  await rm(path.join(folder, '.gloss'), { recursive: true });
  expect(await idsFor(folder)).toEqual([]);
});
