/** S6 to S8, S16, S41: what a model does to files with its tools over plain LSP, while somebody else plays with links, pipes and giants. */
import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { type ChatWindow, type ChatWindowOptions, chatWindow } from '../harness/chatWindow.ts';
import { folderOf } from '../harness/folders.ts';
import type { ScriptedCall } from '../harness/foreign/script.ts';
import { type ForeignService, type Script, scripted, startForeignService } from '../harness/foreignService.ts';
import { scaled } from '../harness/scale.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
  // A hundred thousand files go as well.
}, 120_000);

async function foreign(script: Script): Promise<ForeignService> {
  const service = await startForeignService({ script, remembered: 10_000 });
  open.push({ [Symbol.asyncDispose]: () => service.close() });
  return service;
}

async function window(options: ChatWindowOptions): Promise<ChatWindow> {
  const made = await chatWindow({ files: { 'a.txt': 'inside\n', 'src/b.txt': 'inside\n' }, ...options });
  open.push(made);
  await made.open();
  return made;
}

const allowing = (_message: string, titles: readonly string[]) =>
  ['Allow Once', 'Show', 'Go on'].find((title) => titles.includes(title)) ?? titles[0];
const canary = 'CANARY outside of the workspace';
/** Files that nobody may read or change, and what they are now. */
const outsideOf = () => folderOf({ 'theirs.txt': `theirs\n${canary}\n`, 'deep/theirs.txt': canary });
const stateOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((each) => path.join(each.parentPath, each.name))
    .toSorted()
    .map((file) => `${file} ${/txt$/.test(file) ? readFileSync(file, 'utf8') : ''}`);
const sent = ({ heard }: ForeignService): string => JSON.stringify(heard.map(({ body }) => body['messages']));

const edit = (command: string, at: string, more: object): ScriptedCall => ({
  name: 'str_replace_based_edit_tool',
  input: { command, path: at, ...more },
});

/** Everything that a path can be given to. */
const uses = (at: string): readonly ScriptedCall[] => [
  { name: 'read', input: { path: at } },
  { name: 'list', input: { path: at } },
  { name: 'search', input: { pattern: 'CANARY|theirs', below: at } },
  { name: 'glob', input: { glob: `${at}/**` } },
  { name: 'diagnostics', input: { path: at } },
  { name: 'symbols', input: { path: at } },
  { name: 'hover', input: { path: at, line: 1, name: 'theirs' } },
  edit('view', at, {}),
  edit('create', `${at}/new.txt`, { file_text: 'owned\n' }),
  edit('str_replace', at, { old_str: 'theirs', new_str: 'owned' }),
  edit('insert', at, { insert_line: 0, insert_text: 'owned\n' }),
  { name: 'delete_file', input: { path: at } },
  { name: 'move_file', input: { path: at, new_path: 'mine.txt' } },
  { name: 'move_file', input: { path: 'a.txt', new_path: at } },
  { name: 'rename_symbol', input: { path: at, line: 1, name: 'theirs', new_name: 'owned' } },
  { name: 'run', input: { command: 'touch owned', cwd: at } },
];

test('S6, S7, S9: by no spelling and no link does a tool reach what is outside, though the person agrees to everything', async () => {
  const outside = outsideOf();
  const before = stateOf(outside);
  const name = path.basename(outside);
  const asked = [
    ...[`${outside}/theirs.txt`, outside, `../${name}/theirs.txt`, `src/../../${name}/theirs.txt`, `./.././${name}`],
    ...[pathToFileURL(`${outside}/theirs.txt`).href, `file://localhost${outside}/theirs.txt`, `src/..%2f..%2f${name}`],
    ...[`..\\${name}\\theirs.txt`, `a.txt\0${outside}`, `//${outside}`, `\\\\?\\${outside}`, `~/../..${outside}`],
    ...[
      'out/theirs.txt',
      'out',
      'file.txt',
      'chain/theirs.txt',
      'out/deep/../theirs.txt',
      'src/up/theirs.txt',
      'dangling',
    ],
    ...[
      'loop',
      '/etc/passwd',
      '/proc/self/environ',
      '/dev/stdin',
      'untitled:x',
      'http://evil.example/x',
      ' out/theirs.txt ',
    ],
  ];
  const service = await foreign(scripted(...asked.map((at) => ({ calls: uses(at) }))));
  const chat = await window({ service, choose: allowing, permissions: [{ tool: '*', decision: 'allow' }] });
  symlinkSync(outside, path.join(chat.folder, 'out'));
  symlinkSync(path.join(outside, 'theirs.txt'), path.join(chat.folder, 'file.txt'));
  symlinkSync('out', path.join(chat.folder, 'chain'));
  symlinkSync(`../../${name}`, path.join(chat.folder, 'src/up'));
  symlinkSync(path.join(outside, 'new.txt'), path.join(chat.folder, 'dangling'));
  symlinkSync('loop', path.join(chat.folder, 'loop'));
  await chat.editor.command('gloss.chat.mode', { uri: chat.uri, mode: 'acceptEdits' });
  await chat.say('Do it.');
  await chat.ended();
  expect(service.heard.length).toBeGreaterThan(asked.length);
  expect(stateOf(outside)).toEqual(before);
  expect(sent(service)).not.toContain('CANARY outside');
  expect(sent(service)).not.toContain('root:x:');
});

test('S7: a file with another name outside is asked about in every mode, and nothing happens when the answer is no', async () => {
  const outside = outsideOf();
  const before = stateOf(outside);
  const service = await foreign(
    scripted({ calls: [edit('str_replace', 'hard.txt', { old_str: 'theirs', new_str: 'owned' })] }, { text: 'Done.' }),
  );
  const chat = await window({
    service,
    choose: (_message, titles) => (titles.includes('Deny') ? 'Deny' : titles[0]),
  });
  linkSync(path.join(outside, 'theirs.txt'), path.join(chat.folder, 'hard.txt'));
  await chat.load('hard.txt');
  await chat.editor.command('gloss.chat.mode', { uri: chat.uri, mode: 'acceptEdits' });
  await chat.say('Do it.');
  expect([chat.messages.length > 0, await chat.file('hard.txt')]).toEqual([true, `theirs\n${canary}\n`]);
  expect(stateOf(outside)).toEqual(before);
});

test('S8: while files and folders turn into links and back, nothing outside is read, changed or run in', {
  timeout: 300_000,
}, async () => {
  const outside = outsideOf();
  const before = stateOf(outside);
  const wanted = { operations: scaled(2_000), swaps: scaled(10_000) };
  const round: readonly ScriptedCall[] = [
    { name: 'read', input: { path: 'swap/theirs.txt' } },
    { name: 'read', input: { path: 'one.txt' } },
    { name: 'search', input: { pattern: 'CANARY', below: 'swap' } },
    { name: 'search', input: { pattern: 'CANARY' } },
    { name: 'list', input: { path: 'swap' } },
    { name: 'glob', input: { glob: 'swap/**' } },
    edit('str_replace', 'swap/theirs.txt', { old_str: 'theirs', new_str: 'owned' }),
    edit('create', 'swap/new.txt', { file_text: 'owned' }),
    { name: 'run', input: { command: 'touch ran', cwd: 'swap' } },
    { name: 'run', input: { command: 'cat theirs.txt', cwd: 'swap/deep' } },
  ];
  const rounds = Math.ceil(wanted.operations / round.length);
  // Each round is another one, or it would be taken for a loop.
  const replies = Array.from({ length: rounds }, (_, at) => ({
    calls: round.map(({ name, input }) =>
      name === 'read' ? { name, input: { ...(input as object), lines: at + 1 } } : { name, input },
    ),
  }));
  const service = await foreign(scripted(...replies));
  const chat = await window({ service, choose: allowing, settings: { chat: { maxRequests: 500 } } });
  const at = (name: string) => path.join(chat.folder, name);
  mkdirSync(at('swap/deep'), { recursive: true });
  for (const name of ['swap/theirs.txt', 'swap/deep/theirs.txt', 'one.txt']) writeFileSync(at(name), 'theirs\n');
  symlinkSync(outside, at('link'));
  symlinkSync(path.join(outside, 'theirs.txt'), at('link.txt'));
  let swaps = 0;
  const swap = (real: string, link: string): void => {
    renameSync(at(real), at('aside'));
    renameSync(at(link), at(real));
    renameSync(at('aside'), at(link));
    swaps += 1;
  };
  let isOver = false;
  const swapping = (async () => {
    while (!isOver) {
      swap('swap', 'link');
      swap('one.txt', 'link.txt');
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await chat.editor.command('gloss.chat.mode', { uri: chat.uri, mode: 'acceptEdits' });
  await chat.begin('Do it.');
  await expect.poll(() => service.heard.length > rounds, { timeout: 280_000, interval: 200 }).toBe(true);
  isOver = true;
  await swapping;
  await chat.ended();
  expect(swaps).toBeGreaterThanOrEqual(wanted.swaps);
  expect(stateOf(outside)).toEqual(before);
  expect(sent(service)).not.toContain(canary);
});

test('S16, S41: pipes, devices, giants, many entries, hostile patterns: each is answered or refused, and the editor is answered meanwhile', {
  // Forty searches of a hundred thousand files, each of which may take five seconds.
  timeout: 600_000,
}, async () => {
  const patterns = ['(a+)+$!', '[', '(?<n>a)\\k<m>', 'a'.repeat(1_000)];
  const globs = [
    `{${Array.from({ length: 200 }, (_, index) => `a${index}`).join()}}`,
    '**/'.repeat(60),
    '{a,b}'.repeat(60),
    '[',
    '../**',
    '/etc/**',
  ];
  const first: readonly ScriptedCall[] = [
    ...['pipe', 'zero', 'sparse.txt', 'many', 'long.txt'].flatMap((name) =>
      uses(name).filter((call) => call.name !== 'run'),
    ),
    ...patterns.map((pattern) => ({ name: 'search', input: { pattern } })),
    ...globs.flatMap((glob) => [
      { name: 'glob', input: { glob } },
      { name: 'search', input: { pattern: 'inside', glob } },
    ]),
    ...['--pre=sh', '-e', '--hostname-bin=x', '$(touch ran)', '`touch ran`', '; touch ran'].flatMap((word) => [
      { name: 'search', input: { pattern: word, glob: word } },
      { name: 'list', input: { path: word } },
    ]),
  ];
  const service = await foreign(scripted({ calls: first }, { text: 'Done.' }));
  const chat = await window({ service, choose: (_message, titles) => (titles.includes('Deny') ? 'Deny' : titles[0]) });
  const at = (name: string) => path.join(chat.folder, name);
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('/dev/zero', at('zero'));
  writeFileSync(at('sparse.txt'), '');
  truncateSync(at('sparse.txt'), 5 * 1024 ** 3);
  writeFileSync(at('long.txt'), `${'a'.repeat(5_000)}!\n`.repeat(200));
  mkdirSync(at('many'));
  const entries = scaled(100_000) < 100_000 ? Math.ceil(scaled(100_000) / 4) : 100_000;
  for (let index = 0; index < entries; index++) writeFileSync(at(`many/${index}.txt`), '');
  mkdirSync(at('tree'));
  for (let index = 0; index < 50; index++)
    writeFileSync(at(`tree/${index}.txt`), `${'inside '.repeat(20)}\n`.repeat(scaled(7_500)));
  const heap = process.memoryUsage().heapUsed;
  const told: string[] = [];
  await chat.begin('Look at everything.');
  // What the editor asks meanwhile is answered before all of that is done.
  const done = expect
    .poll(() => service.heard.length > 1, { timeout: 500_000 })
    .toBe(true)
    .then(() => chat.ended())
    .then(() => told.push('done'));
  for (let index = 0; index < 5; index++)
    await chat.lens('Stop').then((lens) => told.push(lens === undefined ? 'late' : 'lens'));
  await done;
  expect(told).toEqual([...Array(5).fill('lens'), 'done']);
  const [, results] = service.heard;
  const answers = JSON.stringify(results?.body['messages']).match(/"type":"tool_result"/g) ?? [];
  expect(answers).toHaveLength(first.length);
  expect(service.refused).toEqual([]);
  expect(readdirSync(chat.folder)).not.toContain('ran');
  expect(process.memoryUsage().heapUsed - heap).toBeLessThan(256 * 1024 ** 2);
  rmSync(at('sparse.txt'));
});
