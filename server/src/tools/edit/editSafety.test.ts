/** Edits that must be asked about, refused or kept to what was shown, whatever the command; and texts that are hard to edit. */
import { describe, expect, test } from 'vitest';
import { scaled } from '../../../../test/harness/scale.ts';
import { called, createToolWorld, streamed, type ToolWorld, uriOf } from '../../../../test/harness/toolWorld.ts';
import { deleteFile } from './deleteFile.ts';
import { editFile } from './editFile.ts';
import { moveFile } from './moveFile.ts';

const replace = (path: string, old_str: string, new_str: string) => ({
  command: 'str_replace',
  path,
  old_str,
  new_str,
});

const protectedFiles = [
  'package.json',
  '.vscode/tasks.json',
  '.github/workflows/ci.yml',
  'vite.config.ts',
  'Makefile',
  '.env.example',
];

/** Each command that makes something of a protected file. */
const ways = [
  ['str_replace', editFile, (path: string) => replace(path, 'one', 'uno')],
  ['edits', editFile, (path: string) => ({ command: 'edits', path, edits: [{ old_str: 'one', new_str: 'uno' }] })],
  ['insert', editFile, (path: string) => ({ command: 'insert', path, insert_line: 0, insert_text: 'zero' })],
  ['create', editFile, (path: string) => ({ command: 'create', path: `new/${path}`, file_text: 'zero\n' })],
  ['delete', deleteFile, (path: string) => ({ path })],
  ['move', moveFile, (path: string) => ({ path, new_path: 'plain.txt' })],
  ['move there', moveFile, (path: string) => ({ path: 'a.ts', new_path: `new/${path}` })],
] as const;

const disk = (path: string) => ({ [path]: 'one\ntwo\n', 'a.ts': 'one\n' });
const textsOf = (world: ToolWorld, path: string) =>
  [path, 'a.ts', `new/${path}`, 'plain.txt'].map((each) => world.text(each));

describe.each(protectedFiles)('S10, S38: %s', (path) => {
  test.each(ways)(
    'by %s: nothing is done before the person agrees, also in mode acceptEdits',
    async (_name, tool, input) => {
      for (const mode of ['ask', 'acceptEdits'] as const)
        for (const keepsPending of [true, false]) {
          const world = await createToolWorld({ saved: disk(path), mode, keepsPending });
          const before = textsOf(world, path);
          const asked: string[] = [];
          world.world.approve = (files) => {
            asked.push(...files.flatMap(({ reasons }) => reasons));
            return false;
          };
          const answer = await called(world, tool, input(path), { agrees: false });
          // Whoever asks: the engine before, the ledger with a preview, or a proposal that waits with its warning.
          const waiting = ['a.ts', path].flatMap((each) =>
            world.ledger.open(uriOf(each)).flatMap(({ warnings }) => warnings),
          );
          expect(
            [...asked, ...(answer.effective?.mustAsk ?? []), ...waiting].length,
            `${mode} ${keepsPending}`,
          ).toBeGreaterThan(0);
          expect(textsOf(world, path)).toEqual(before);
        }
    },
  );
});

test.each(ways)('S10: by %s, the person who agrees is asked once', async (_name, tool, input) => {
  for (const keepsPending of [true, false]) {
    const world = await createToolWorld({ saved: disk('package.json'), mode: 'acceptEdits', keepsPending });
    let asked = 0;
    world.world.approve = () => ++asked > 0;
    const answer = await called(world, tool, input('package.json'));
    expect(answer.failed).toBeUndefined();
    expect(asked + ((answer.effective?.mustAsk.length ?? 0) > 0 ? 1 : 0)).toBe(1);
  }
});

test('S10: a plain editor has no preview, so the question before the call names the reason', async () => {
  const world = await createToolWorld({ keepsPending: false, saved: disk('package.json') });
  const { effective } = await called(world, editFile, replace('package.json', 'one', 'uno'));
  expect(effective).toMatchObject({ mustAsk: [expect.stringContaining('script')], isReviewed: false });
  const nothing = await called(world, editFile, replace('package.json', 'none of this', 'uno'));
  expect(nothing.effective).toMatchObject({ mustAsk: [], isReviewed: true });
});

test('S38: our own records are refused whatever the command', async () => {
  for (const [, tool, input] of ways.filter(([name]) => !/create|there/.test(name))) {
    const world = await createToolWorld({ saved: { 'own/x.json': 'one\n', 'a.ts': 'one\n' } });
    expect((await called(world, tool, input('own/x.json'))).text).toMatch(/Gloss keeps its own records there/);
    expect(world.text('own/x.json')).toBe('one\n');
  }
});

test('S8: in a plain editor nothing is done but what was shown', async () => {
  const world = await createToolWorld({ keepsPending: false, open: { 'a.ts': 'one\ntwo\n' } });
  const context = world.context('c');
  const input = { command: 'edits', path: 'a.ts', edits: [{ old_str: 'two', new_str: 'TWO' }] };
  const effective = await editFile.effective(context, input);
  if ('impossible' in effective) throw new Error(effective.impossible);
  expect(effective.facts).toEqual([
    { name: 'File', value: 'a.ts' },
    { name: 'Change', value: '@@ -1,2 +1,2 @@\n one\n-two\n+TWO' },
  ]);
  world.world.change(uriOf('a.ts'), [{ start: 4, end: 7, text: 'twos and two' }]);
  await world.world.settle();
  const answer = await world.during(editFile.run(context, input, effective));
  expect(answer.text).toMatch(/has changed since this was shown/);
  expect(world.text('a.ts')).toBe('one\ntwos and two\n');
});

test('an edit that has begun to grow is shown as it was written', async () => {
  const world = await createToolWorld({ open: { 'a.ts': 'one\ntwo\n' } });
  const input = replace('a.ts', 'two', 'TWO');
  await streamed(world, editFile, input, { call: '1' });
  expect((await called(world, editFile, input, { call: '1' })).effective?.facts).toEqual([
    { name: 'File', value: 'a.ts' },
    { name: 'Change', value: '@@ -1 +1 @@\n-two\n+TWO' },
  ]);
});

test('R27: a person who types while the plain editor makes the edit loses nothing', async () => {
  const world = await createToolWorld({ keepsPending: false, open: { 'a.ts': 'one\ntwo\n' } });
  const context = world.context('c');
  const input = replace('a.ts', 'two', 'TWO');
  const effective = await editFile.effective(context, input);
  if ('impossible' in effective) throw new Error(effective.impossible);
  const running = editFile.run(context, input, effective);
  // The edit is on its way by now.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  world.world.change(uriOf('a.ts'), [{ start: 0, end: 3, text: 'ONE' }]);
  const answer = await world.during(running);
  expect(world.text('a.ts')).toBe('ONE\ntwo\n');
  expect(answer.text).toContain('The document has changed.');
  expect((await called(world, editFile, input)).failed).toBeUndefined();
  expect(world.text('a.ts')).toBe('ONE\nTWO\n');
});

test('S5: who agrees after everything was stopped agrees to nothing', async () => {
  const world = await createToolWorld({ saved: disk('package.json') });
  const stop = new AbortController();
  world.world.approve = () => {
    stop.abort(new Error('stopped'));
    return true;
  };
  await called(world, editFile, replace('package.json', 'one', 'uno'), { signal: stop.signal });
  expect(world.text('package.json')).toBe('one\ntwo\n');
});

const token = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
const secretFile = `const name = 'x';\nconst token = '${token}';\nconst end = 1;\n`;

describe('S12', () => {
  const mark = '[secret:github-token:1]';

  test.each([true, false])(
    'a placeholder becomes the secret again in its own file (pending: %s)',
    async (keepsPending) => {
      const world = await createToolWorld({ keepsPending, open: { 'a.ts': secretFile } });
      const input = replace(
        'a.ts',
        `const token = '${mark}';\nconst end = 1;`,
        `const key = '${mark}';\nconst end = 2;`,
      );
      if (keepsPending) await streamed(world, editFile, input, { call: '1' });
      expect((await called(world, editFile, input, { call: '1' })).failed).toBeUndefined();
      expect(world.text('a.ts')).toBe(secretFile.replace('token =', 'key =').replace('end = 1', 'end = 2'));
    },
  );

  test('it is written to no other file, neither one that is there nor a new one', async () => {
    const world = await createToolWorld({ open: { 'a.ts': secretFile, 'b.ts': 'const b = 1;\n' } });
    const input = replace('b.ts', 'const b = 1;', `const b = '${mark}';`);
    await streamed(world, editFile, input, { call: '1' });
    const answer = await called(world, editFile, input, { call: '1' });
    expect(answer.text).toContain('stands for a secret of another file');
    expect(world.text('b.ts')).toBe('const b = 1;\n');
    const made = await called(world, editFile, { command: 'create', path: 'c.ts', file_text: `x = '${mark}'\n` });
    expect(made.text).toContain('cannot be written to another file');
    expect(world.text('c.ts')).toBeUndefined();
  });

  test('what is told of a place that was not found has no secret in it', async () => {
    const world = await createToolWorld({ open: { 'a.ts': secretFile } });
    const answer = await called(
      world,
      editFile,
      replace('a.ts', `const name = 'x';\nconst tokens = 1;\nconst end = 1;`, 'x'),
    );
    expect(answer.text).toContain(mark);
    expect(answer.text).not.toContain(token);
    expect(answer).toMatchObject({ isData: true, sources: [{ uri: uriOf('a.ts'), firstLine: 0, lastLine: 2 }] });
    expect(answer.replaced).toHaveLength(1);
  });

  test('of a file that must not leave nothing is told, and nothing changed', async () => {
    const world = await createToolWorld({ saved: { 'key.pem': 'KEY=secret\n' } });
    world.excluded.add(uriOf('key.pem'));
    const guesses = await Promise.all(
      ['KEY=secret', 'KEY=other'].map((guess) => called(world, editFile, replace('key.pem', guess, ''))),
    );
    expect(new Set(guesses.map(({ text }) => text)).size).toBe(1);
    expect(world.text('key.pem')).toBe('KEY=secret\n');
  });
});

test.each([
  [
    'carriage returns and tabs',
    'if (a) {\r\n\tb();\r\n}\r\n',
    'if (a) {\n\tb();\n}',
    'if (a) {\n\tc();\n\td();\n}',
    'if (a) {\r\n\tc();\r\n\td();\r\n}\r\n',
  ],
  ['spaces for tabs', 'if (a) {\n\tb();\n}\n', '    b();', '    c();', 'if (a) {\n\tc();\n}\n'],
  ['no final line end', 'a\nb', 'b', 'c', 'a\nc'],
  ['a byte order mark', '\ufeffa\nb\n', 'a', 'c', '\ufeffc\nb\n'],
])('R29: %s', async (_name, text, old, fresh, result) => {
  for (const keepsPending of [true, false]) {
    const world = await createToolWorld({ keepsPending, open: { 'a.ts': text } });
    await called(world, editFile, replace('a.ts', old, fresh));
    expect(world.text('a.ts')).toBe(result);
  }
});

test('S24: hidden characters are shown to the person who is asked', async () => {
  const world = await createToolWorld({ keepsPending: false, open: { 'a.ts': 'one\n' } });
  const { effective } = await called(world, editFile, replace('a.ts', 'one', 'o\u202ene'));
  expect(effective?.facts.map(({ value }) => value).join('\n')).toContain('+o⟨U+202E⟩ne');
  expect(effective?.facts.at(-1)).toEqual({ name: 'Warning', value: '1 hidden characters, shown as ⟨U+…⟩' });
});

test('a long change is shown as far as it goes, with how much more there is and a hash of all of it', async () => {
  const world = await createToolWorld({ keepsPending: false, open: { 'a.ts': 'one\n' } });
  const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index}`).join('\n');
  const { effective } = await called(world, editFile, replace('a.ts', 'one', lines));
  expect(effective?.facts[1]?.value).toMatch(/… and 602 more lines of the change\.$/);
  expect(effective?.facts[2]?.value).toMatch(/^[\da-f]{64}$/);
});

test('a file of 10 MB: the one place, and what is told where there is none', async () => {
  const line = (index: number) => `export const value${index} = ${index};\n`;
  const count = Math.max(60_000, scaled(300_000));
  const large = Array.from({ length: count }, (_, index) => line(index)).join('');
  const world = await createToolWorld({ open: { 'a.ts': large } });
  expect((await called(world, editFile, replace('a.ts', line(50_000), '// gone\n'))).failed).toBeUndefined();
  expect(world.text('a.ts')?.length).toBe(large.length - line(50_000).length + '// gone\n'.length);
  const answer = await called(world, editFile, replace('a.ts', 'export const value7 = 8;', ''));
  expect(answer.text).toContain('the closest is at line 8, which is `export const value7 = 7;`');
});
