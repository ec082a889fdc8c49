/** Skills: uploaded from a folder or from files, with their versions, against the demo backend. */
import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../../test/harness/claudeCalls.ts';
import { demoClient } from '../../../../test/harness/demoClient.ts';
import { folderOf } from '../../../../test/harness/folders.ts';
import type { SkillFile } from './skillFiles.ts';

const instructions = '---\nname: my-skill\ndescription: Does it.\n---\nText';
const skill = { 'SKILL.md': instructions, 'scripts/run.py': 'print()', 'data/deep/a "b".txt': 'x' };
const files: readonly SkillFile[] = [
  { name: 'my-skill/SKILL.md', source: instructions },
  { name: 'my-skill/scripts/run.py', source: Buffer.from('print()') },
];

/** A folder of this name with files in it. */
function directoryOf(contents: Readonly<Record<string, string>> = skill, name = 'my-skill'): string {
  const named = Object.entries(contents).map(([file, text]) => [`${name}/${file}`, text] as const);
  return path.join(folderOf(Object.fromEntries(named)), name);
}

describe('a skill', () => {
  test('is uploaded as a folder, with the places of its files', async () => {
    const { claude, demo } = await demoClient();
    const directory = directoryOf({ ...skill, '.env': 'SECRET', '.git/config': 'x', 'data/.DS_Store': 'x' });
    const made = await claude.skills.create({ directory, displayName: 'Mine' });
    expect(made).toMatchObject({ display_name: 'Mine', source: { type: 'custom' } });
    const version = await claude.skills.versions.retrieve(made.id, made.latest_version_id ?? '');
    expect(version).toMatchObject({
      name: 'my-skill',
      description: 'Does it.',
      demo_files: ['my-skill/SKILL.md', 'my-skill/data/deep/a "b".txt', 'my-skill/scripts/run.py'],
    });
    expect(demo.requests[0]?.headers).not.toHaveProperty('anthropic-beta');
    expect(demo.requests[0]?.headers['content-length']).toMatch(/^\d+$/);
    expect(demo.requests[0]?.body).toMatchObject([{ name: 'display_name' }, { contentType: 'text/markdown' }, {}, {}]);
  });

  test('is uploaded as files from anywhere', async () => {
    const { claude } = await demoClient();
    const more = [
      ...files,
      { name: 'my-skill/a', source: Readable.from(['x']) },
      { name: 'my-skill/b', source: { path: path.join(directoryOf(), 'SKILL.md') }, contentType: 'text/x-own' },
    ];
    const { id } = await claude.skills.create({ files: more });
    const { data } = await claude.skills.versions.list(id);
    expect(data).toMatchObject([{ demo_files: more.map(({ name }) => name) }]);
  });

  test('has versions, which are listed over all pages and deleted', async () => {
    const { claude } = await demoClient();
    const { versions } = claude.skills;
    const { id } = await claude.skills.create({ files });
    const made = [await versions.create(id, { files }), await versions.create(id, { directory: directoryOf() })];
    const listed: string[] = [];
    for await (const version of versions.list(id, { limit: 2 })) listed.push(version.id);
    expect(listed.slice(0, 2)).toEqual(made.map((version) => version.id).toReversed());
    expect(listed).toHaveLength(3);
    expect(await versions.delete(id, made[0]?.id ?? '')).toMatchObject({ type: 'skill_version_deleted' });
    expect(await claude.skills.retrieve(id)).toMatchObject({ latest_version_id: made[1]?.id });
    expect(await claude.skills.delete(id)).toMatchObject({ id, type: 'skill_deleted' });
    expect(await failureOf(claude.skills.retrieve(id))).toMatchObject({ kind: 'not_found' });
  });

  test('is in the list, over all pages', async () => {
    const { claude, demo } = await demoClient();
    const made: string[] = [];
    for (let count = 0; count < 3; count++) made.push((await claude.skills.create({ files })).id);
    const listed: string[] = [];
    for await (const { id } of claude.skills.list({ limit: 1, source: 'custom' })) listed.push(id);
    expect(listed).toEqual(made.toReversed());
    expect(demo.requests.at(-1)?.query).toMatch(/^limit=1&page=page_.*|source=custom/);
  });
});

describe('nothing is sent', () => {
  const file = (name: string): SkillFile => ({ name, source: 'x' });
  test.each<[string, readonly SkillFile[]]>([
    ['without files', []],
    ['without instructions', [file('a/b.md')]],
    ['with instructions that lie deeper', [file('a/b/SKILL.md')]],
    ['outside of a folder', [file('SKILL.md')]],
    ['from two folders', [...files, file('other/a')]],
    ['twice to one place', [...files, file('my-skill/SKILL.md')]],
    ['S6: to a place above', [...files, file('my-skill/../../a')]],
    ['S6: to an absolute place', [...files, file('/my-skill/a')]],
    ['S6: with backslashes', [...files, file('my-skill\\..\\a')]],
    ['S6: with an empty part', [...files, file('my-skill//a')]],
    ['S6: with a line break', [...files, file('my-skill/a\r\nb')]],
  ])('%s', async (_name, given) => {
    const { claude, demo } = await demoClient();
    expect(await failureOf(claude.skills.create({ files: given }))).toMatchObject({
      kind: 'invalid_request',
      field: 'files',
    });
    expect(demo.requests).toEqual([]);
  });

  test.skipIf(process.platform === 'win32').each<[string, (folder: string) => void, RegExp]>([
    ['S7: a link', (folder) => symlinkSync('/etc/passwd', path.join(folder, 'a')), /is a link/],
    ['S7: a link to a folder', (folder) => symlinkSync('/etc', path.join(folder, 'a')), /is a link/],
    ['S41: a pipe', (folder) => execFileSync('mkfifo', [path.join(folder, 'a')]), /a pipe/],
    ['S41: folders without end', (folder) => execFileSync('mkdir', ['-p', path.join(folder, 'a/'.repeat(40))]), /deep/],
  ])('of a folder with %s', async (_name, add, message) => {
    const { claude, demo } = await demoClient();
    const directory = directoryOf();
    add(directory);
    expect((await failureOf(claude.skills.create({ directory }))).message).toMatch(message);
    expect(demo.requests).toEqual([]);
  });

  test.each([
    ['is not there', '/no/such/folder'],
    ['is a file', import.meta.filename],
  ])('of a folder that %s', async (_name, directory) => {
    const { claude, demo } = await demoClient();
    expect(await failureOf(claude.skills.create({ directory }))).toMatchObject({ field: 'path' });
    expect(demo.requests).toEqual([]);
  });
});

test('S8: a file that was changed after it was looked at is not sent', async () => {
  const { claude, demo } = await demoClient();
  const directory = directoryOf();
  const late = async function* () {
    writeFileSync(path.join(directory, 'SKILL.md'), 'something else, and longer');
    yield Buffer.from('x');
  };
  const from = { path: path.join(directory, 'SKILL.md') };
  const given = [
    { name: 's/a', source: late() },
    { name: 's/SKILL.md', source: from },
  ];
  expect(await failureOf(claude.skills.create({ files: given }))).toMatchObject({ kind: 'conflict' });
  expect(demo.requests).toEqual([]);
});
