/** S6, S7, S8, S9, S41: the one door for reading files lets nothing out of the workspace folders, and nothing but text in. */
import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scaled } from '../../../test/harness/scale.ts';
import { Refusal } from '../ports.ts';
import { createFiles, type WorkspaceFiles } from './files.ts';

const canary = 'CANARY outside of the workspace';
const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'gloss-files-')));
const at = (...parts: readonly string[]) => path.join(base, ...parts);
const uriOf = (file: string) => pathToFileURL(file).href;

/** Folders by shape: plain, reached through a link, nested in a folder that is not open. */
const shapes = { plain: at('ws'), linked: at('link'), nested: at('ws', 'inner', 'root') } as const;

beforeAll(() => {
  for (const folder of ['ws/inner/root/src', 'ws/src', 'ws-evil', 'outside'])
    mkdirSync(at(folder), { recursive: true });
  for (const file of ['secret.txt', 'outside/secret.txt', 'ws-evil/secret.txt', 'ws/inner/secret.txt'])
    writeFileSync(at(file), canary);
  for (const file of ['ws/a.txt', 'ws/src/a.txt', 'ws/inner/root/a.txt', 'ws/inner/root/src/a.txt'])
    writeFileSync(at(file), 'inside');
  symlinkSync(at('ws'), at('link'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const open = (...roots: readonly string[]) => createFiles(() => roots.map(uriOf));

/** What came of reading: the text, or the refusal's kind and message. Anything but a refusal fails the test. */
async function outcome(reading: Promise<string | undefined>): Promise<string> {
  try {
    return (await reading) ?? 'nothing';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.kind}: ${error.message}`;
  }
}

const ups = [
  '..',
  '%2e%2e',
  '%2E.',
  '.%2e',
  '..%2f..',
  '..%5c..',
  '..\\',
  '%252e%252e',
  '．．',
  '..%c0%af',
  '..;',
  '....',
  '.. ',
  '..%00',
  '..%20',
  '%u002e%u002e',
  '..%0a',
  './..',
  '..//..',
  '...',
];
const allGoals = ['secret.txt', 'outside/secret.txt', 'ws-evil/secret.txt', 'ws/inner/secret.txt'];
/** The last goal is inside the larger folders. */
const goalsOutside = (root: string) => (root === shapes.nested ? allGoals : allGoals.slice(0, 3));

function escapesFrom(root: string): readonly string[] {
  const rootUri = uriOf(root);
  const goals = goalsOutside(root);
  return [
    ...ups.flatMap((up) =>
      goals.flatMap((goal) => [1, 2, 3].map((depth) => `${rootUri}/${`${up}/`.repeat(depth)}${goal}`)),
    ),
    ...goals.flatMap((goal) => [
      uriOf(at(goal)),
      `${rootUri}-evil/secret.txt`,
      `${rootUri}/src/../../${goal}`,
      `${rootUri}/missing/../../${goal}`,
      `FILE://${at(goal)}`,
      `file:${at(goal)}`,
      `file:/${at(goal)}`,
      `file://localhost${at(goal)}`,
      `file://server${at(goal)}`,
      `file:////server${at(goal)}`,
      `file:///%5c%5cserver${at(goal)}`,
      `file:///%3f%3f${at(goal)}`,
      `file:///?${at(goal)}`,
      `file:///proc/self/root${at(goal)}`,
      `file:///proc/self/cwd/../../../../../../../../${at(goal)}`,
      `${rootUri}/%00/../../${goal}`,
      `${rootUri}\0/../${goal}`,
      `${rootUri}/a.txt#/../../${goal}`,
      `${rootUri}/a.txt?/../../${goal}`,
      `${rootUri}/${'a/'.repeat(2000)}${'../'.repeat(2001)}${goal}`,
      `${rootUri}/a.txt/../../${goal}`,
      `file:///C:/../../${at(goal)}`,
      `file:///\\\\?\\C:\\${goal}`,
      `vscode-remote://ssh${at(goal)}`,
      `vscode-userdata:${at(goal)}`,
      `untitled:${at(goal)}`,
      `http://127.0.0.1${at(goal)}`,
      at(goal),
      `../${goal}`,
      goal,
      '',
      'file://',
      'file:///',
      'file:///dev/stdin',
      'file:///dev/fd/0',
      'file:///%',
    ]),
  ];
}

const operations: Readonly<Record<string, (files: WorkspaceFiles, root: string, uri: string) => Promise<string>>> = {
  read: (files, _root, uri) => outcome(files.read(uri)),
  readBytes: (files, _root, uri) => outcome(files.readBytes(uri, 1_000).then((bytes) => Buffer.from(bytes).toString())),
  'read as configuration': (files, root, uri) => outcome(files.readConfiguration(root, uri.replace(uriOf(root), ''))),
  'read as configuration of the URI': (files, root, uri) => outcome(files.readConfiguration(root, uri)),
  'read as configuration elsewhere': (files, root, uri) =>
    outcome(files.readConfiguration(uri.replace('file://', ''), path.basename(root))),
};

test.each(Object.keys(shapes) as (keyof typeof shapes)[])(
  'S6: nothing outside of a %s folder is read, however its path is written',
  async (shape) => {
    const root = shapes[shape];
    const files = open(root);
    const real = realpathSync(root);
    const escapes = escapesFrom(root);
    expect(escapes.length).toBeGreaterThanOrEqual(200);
    for (const uri of escapes) {
      for (const [name, operation] of Object.entries(operations))
        expect(await operation(files, root, uri), `${name} ${uri}`).not.toContain(canary);
      const place = files.place(uri);
      if (place !== undefined)
        expect(
          place.root === real && !place.path.split('/').includes('..') && !readable(place).includes(canary),
          `place of ${uri}`,
        ).toBe(true);
    }
  },
);

function readable({ root, path: below }: { readonly root: string; readonly path: string }): string {
  try {
    return readFileSync(path.join(root, below), 'utf8');
  } catch {
    return '';
  }
}

test.each(Object.keys(shapes) as (keyof typeof shapes)[])('files inside a %s folder are read', async (shape) => {
  const root = shapes[shape];
  const files = open(root);
  for (const below of ['a.txt', 'src/a.txt', 'src/../a.txt', './a.txt', 'src//a.txt']) {
    expect(await files.read(`${uriOf(root)}/${below}`)).toBe('inside');
  }
  expect(files.place(`${uriOf(root)}/src/a.txt`)).toEqual({ root: realpathSync(root), path: 'src/a.txt' });
  expect(await files.readConfiguration(realpathSync(root), 'src/a.txt')).toBe('inside');
  expect(await files.readConfiguration(realpathSync(root), 'missing/.glossignore')).toBeUndefined();
  expect(await files.readConfiguration(realpathSync(root), 'a.txt/.glossignore')).toBeUndefined();
});

test('S6: without folders nothing is read, and folders elsewhere hold nothing', async () => {
  for (const roots of [[], ['untitled:x'], ['vscode-remote://ssh/'], [''], ['file:///%00'], [uriOf(at('missing'))]]) {
    const files = createFiles(() => roots);
    expect(await outcome(files.read(uriOf(at('ws/a.txt'))))).toMatch(/^outside: /);
    expect(files.place(uriOf(at('ws/a.txt')))).toBeUndefined();
  }
});

test('S6: folders count as they are at the moment', async () => {
  let roots: readonly string[] = [];
  const files = createFiles(() => roots);
  expect(files.place(uriOf(at('ws/a.txt')))).toBeUndefined();
  roots = [uriOf(at('ws'))];
  expect(await files.read(uriOf(at('ws/a.txt')))).toBe('inside');
});

test('of nested folders the outermost counts, so that its ignore files do', () => {
  const files = open(at('ws', 'inner', 'root'), at('ws'));
  expect(files.place(uriOf(at('ws/inner/root/a.txt')))).toEqual({ root: at('ws'), path: 'inner/root/a.txt' });
});

test('R33: at home a file is in the innermost of nested folders, in whatever order they are', () => {
  for (const roots of [
    ['ws', 'ws/inner/root', 'ws/inner'],
    ['ws/inner/root', 'ws'],
    ['ws/inner', 'ws/inner/root'],
  ]) {
    const files = open(...roots.map((root) => at(root)));
    expect(files.home(uriOf(at('ws/inner/root/a.txt')))).toEqual({ root: at('ws/inner/root'), path: 'a.txt' });
  }
  expect(open(at('ws')).home(uriOf(at('elsewhere/a.txt')))).toBeUndefined();
});

/** A tree of links in a folder of its own: the path that is asked for, and where it leads. */
interface Tree {
  readonly name: string;
  readonly build: (root: string) => string;
  /** Below `base`. */
  readonly leadsTo: string | undefined;
}

const chain = (length: number, target: (root: string) => string) => (root: string) => {
  for (let index = 0; index < length; index++)
    symlinkSync(index === 0 ? target(root) : `l${index - 1}`, path.join(root, `l${index}`));
  return `l${length - 1}`;
};
const outsideFile = () => at('outside', 'secret.txt');
const trees: readonly Tree[] = [
  ...Array.from(
    { length: 20 },
    (_, index): Tree => ({
      name: `a chain of ${index + 1} links out`,
      build: chain(index + 1, outsideFile),
      leadsTo: 'outside/secret.txt',
    }),
  ),
  ...Array.from(
    { length: 10 },
    (_, index): Tree => ({
      name: `a relative chain of ${index + 1} out`,
      build: chain(index + 1, (root) => path.relative(root, outsideFile())),
      leadsTo: 'outside/secret.txt',
    }),
  ),
  ...Array.from(
    { length: 10 },
    (_, index): Tree => ({
      name: `a dangling chain of ${index + 1} out`,
      build: chain(index + 1, () => at('outside', 'missing.txt')),
      leadsTo: 'outside/missing.txt',
    }),
  ),
  ...[
    ['../..', 'outside/secret.txt'],
    ['../../outside', 'secret.txt'],
    ['../../../', `${path.basename(base)}/outside/secret.txt`],
    ['/', outsideFile().slice(1)],
    [base, 'outside/secret.txt'],
  ].map(
    ([target = '', below = '']): Tree => ({
      name: `a folder linked to ${target}`,
      build: (root) => {
        symlinkSync(target, path.join(root, 'd'));
        return `d/${below}`;
      },
      leadsTo: 'outside/secret.txt',
    }),
  ),
  ...['a', 'a/b', 'a/b/c'].map(
    (below): Tree => ({
      name: `a linked folder below ${below}`,
      build: (root) => {
        mkdirSync(path.join(root, below), { recursive: true });
        symlinkSync(at('outside'), path.join(root, below, 'd'));
        return `${below}/d/secret.txt`;
      },
      leadsTo: 'outside/secret.txt',
    }),
  ),
  ...['self', 'pair', 'with a way out'].map(
    (kind): Tree => ({
      name: `a loop: ${kind}`,
      build: (root) => {
        symlinkSync(kind === 'self' ? 'x' : 'y', path.join(root, 'x'));
        if (kind !== 'self') symlinkSync('x', path.join(root, 'y'));
        return kind === 'with a way out' ? 'x/../../outside/secret.txt' : 'x';
      },
      leadsTo: undefined,
    }),
  ),
  { name: 'sixty links', build: chain(60, outsideFile), leadsTo: undefined },
  {
    name: 'a link to the process',
    build: chain(1, () => `/proc/self/root${outsideFile()}`),
    leadsTo: 'outside/secret.txt',
  },
  {
    name: 'a link to a neighbour with the same beginning',
    build: chain(1, () => at('ws-evil', 'secret.txt')),
    leadsTo: 'ws-evil/secret.txt',
  },
  {
    name: 'a link with dots in it',
    build: chain(1, (root) => `${root}/./x/../../../outside/./secret.txt`),
    leadsTo: 'outside/secret.txt',
  },
  {
    name: 'a link through a link',
    build: (root) => {
      symlinkSync(at('outside'), path.join(root, 'd'));
      symlinkSync('d/secret.txt', path.join(root, 'f'));
      return 'f';
    },
    leadsTo: 'outside/secret.txt',
  },
  {
    name: 'a link back from a linked folder',
    build: (root) => {
      mkdirSync(path.join(root, 'a'));
      symlinkSync(root, path.join(root, 'a', 'up'));
      symlinkSync('a/up/../../outside/secret.txt', path.join(root, 'f'));
      return 'f';
    },
    leadsTo: undefined,
  },
  ...['x', 'x.txt', '.glossignore', '.aiexclude'].map(
    (name): Tree => ({
      name: `a link called ${name}`,
      build: (root) => {
        symlinkSync(outsideFile(), path.join(root, name));
        return name;
      },
      leadsTo: 'outside/secret.txt',
    }),
  ),
];

test('S7: no tree of links leads out, and the refusal names the link and where it leads', async () => {
  expect(trees.length).toBeGreaterThanOrEqual(60);
  for (const [index, { name, build, leadsTo }] of trees.entries()) {
    const root = at('trees', String(index));
    mkdirSync(root, { recursive: true });
    const below = build(root);
    const files = open(root);
    const result = await outcome(files.read(`${uriOf(root)}/${below}`));
    expect(result, name).toMatch(/^(?:outside|links|missing): /);
    if (leadsTo !== undefined) {
      expect(result, name).toContain(root);
      expect(result, name).toMatch(new RegExp(`the link /\\S+ leads to ${at(leadsTo)}, which is outside`));
    }
    expect(files.place(`${uriOf(root)}/${below}`), name).toBeUndefined();
    expect(await outcome(files.readConfiguration(root, below)), name).not.toContain(canary);
  }
});

test('S7: a link that stays inside is followed, and both its names are told', async () => {
  const root = at('inner-links');
  mkdirSync(path.join(root, 'src'), { recursive: true });
  writeFileSync(path.join(root, '.env'), 'A=1');
  symlinkSync('../.env', path.join(root, 'src', 'notes.txt'));
  const files = open(root);
  expect(await files.read(uriOf(path.join(root, 'src', 'notes.txt')))).toBe('A=1');
  expect(files.place(uriOf(path.join(root, 'src', 'notes.txt')))).toEqual({
    root,
    path: '.env',
    asked: 'src/notes.txt',
  });
  expect(open(at('ws')).realPath(uriOf(path.join(root, 'src', 'notes.txt')))).toBe(path.join(root, '.env'));
  expect(files.realPath('untitled:x')).toBeUndefined();
});

test('S7: a hard link may be read', async () => {
  linkSync(at('ws/a.txt'), at('ws/hard.txt'));
  expect(await open(at('ws')).read(uriOf(at('ws/hard.txt')))).toBe('inside');
});

test('S8: a folder that becomes a link while files are read never lets one from outside through', {
  timeout: 120_000,
}, async () => {
  const root = at('swapped');
  for (const folder of ['real', 'elsewhere'])
    mkdirSync(path.join(folder === 'real' ? root : base, folder), { recursive: true });
  writeFileSync(path.join(root, 'real', 'f.txt'), 'inside');
  writeFileSync(at('elsewhere', 'f.txt'), canary);
  const swap = `
    const { renameSync, symlinkSync } = require('node:fs');
    const { workerData: { root, away } } = require('node:worker_threads');
    symlinkSync(away, root + '/link');
    for (let turn = 0; ; turn++) {
      try { renameSync(root + '/real', root + '/kept'); renameSync(root + '/link', root + '/real'); renameSync(root + '/real', root + '/link'); renameSync(root + '/kept', root + '/real'); } catch {}
      if (turn === 0) require('node:worker_threads').parentPort.postMessage('swapping');
    }`;
  const worker = new Worker(swap, { eval: true, workerData: { root, away: at('elsewhere') } });
  try {
    await new Promise((resolve) => worker.once('message', resolve));
    const files = open(root);
    const results = new Set<string>();
    for (let turn = 0; turn < scaled(20_000); turn++)
      results.add((await outcome(files.read(uriOf(path.join(root, 'real', 'f.txt'))))).replace(/:.*/s, ''));
    expect([...results].filter((result) => !['inside', 'outside', 'missing', 'unreadable'].includes(result))).toEqual(
      [],
    );
    expect(results.size).toBeGreaterThan(1);
  } finally {
    await worker.terminate();
  }
});

test('S9: names that mean another file on some system are refused or stay inside', async () => {
  const targets = [
    '.env',
    'a.txt',
    'secret.pem',
    '.ssh/id_rsa',
    '.npmrc',
    '.git/config',
    '.aws/credentials',
    'src/a.txt',
    'x.key',
    '.netrc',
    '.docker/config.json',
    '.kube/config',
    'b.p12',
    '.pypirc',
    'secrets.json',
  ];
  const root = shapes.plain;
  const spellings = targets.flatMap((target) => [
    `file://server/share/${target}`,
    `file:////./${target}`,
    `file:////?/C:/${target}`,
    `file:///??/C:/${target}`,
    `file:///%5c%5c.%5c${target}`,
    `\\\\?\\C:\\${target}`,
    `${uriOf(root)}\\${target}`,
    `${uriOf(root)}/..%5c${target}`,
    `${uriOf(root)}/%00${target}`,
  ]);
  expect(spellings.length).toBeGreaterThanOrEqual(120);
  for (const spelling of spellings) {
    expect(await outcome(open(root).read(spelling)), spelling).toMatch(/^(?:path|outside|missing): /);
    expect(open(root).place(spelling), spelling).toBeUndefined();
  }
});

test('S41: pipes, devices, sockets and folders are refused without waiting for them', async () => {
  const root = at('odd');
  mkdirSync(path.join(root, 'folder'), { recursive: true });
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(path.join(root, 'socket'), resolve));
  try {
    for (const name of ['pipe', 'socket', 'folder']) {
      expect(await outcome(open(root).read(uriOf(path.join(root, name)))), name).toMatch(
        /^notAFile: .* is not a regular file\.$/,
      );
      expect(await outcome(open(root).readConfiguration(root, name)), name).toMatch(/^notAFile: /);
    }
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  for (const name of ['zero', 'null', 'tty', 'random', 'full'])
    expect(await outcome(open('/dev').read(`file:///dev/${name}`)), name).toMatch(/^(?:notAFile|missing): /);
});

test('S41: a file of five gigabytes is refused by its size alone', async () => {
  const huge = at('ws', 'huge.txt');
  writeFileSync(huge, '');
  truncateSync(huge, 5 * 2 ** 30);
  const before = process.memoryUsage().arrayBuffers;
  expect(await outcome(open(at('ws')).read(uriOf(huge)))).toMatch(/^tooLarge: .* larger than 10240 KB\.$/);
  expect(await outcome(open(at('ws')).readConfiguration(at('ws'), 'huge.txt'))).toMatch(
    /^tooLarge: .* larger than 256 KB\.$/,
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
});

test('S41: the size limit is exact, and a file that says it is empty is read to its end', async () => {
  const file = at('ws', 'limit.txt');
  writeFileSync(file, 'x'.repeat(10 * 2 ** 20));
  expect((await open(at('ws')).read(uriOf(file))).length).toBe(10 * 2 ** 20);
  writeFileSync(file, 'x'.repeat(10 * 2 ** 20 + 1));
  expect(await outcome(open(at('ws')).read(uriOf(file)))).toMatch(/^tooLarge: /);
  expect(await open('/proc').read(`file:///proc/${process.pid}/status`)).toContain(`Pid:\t${process.pid}`);
});

test.each([
  ['plain text', 'a\r\nb\n', 'a\r\nb\n'],
  ['nothing', '', ''],
  ['a byte order mark, which goes', '\ufeffa', 'a'],
  ['letters of all kinds', 'é漢🎉', 'é漢🎉'],
])('text is read: %s', async (_name, content, text) => {
  writeFileSync(at('ws', 'text.txt'), content);
  expect(await open(at('ws')).read(uriOf(at('ws', 'text.txt')))).toBe(text);
});

test.each([
  ['UTF-16', Buffer.from('\ufeffab', 'utf16le'), 'UTF-16'],
  ['UTF-16, the other way round', Buffer.from('\ufeffab', 'utf16le').swap16(), 'UTF-16'],
  ['UTF-16 without a mark', Buffer.from('ab', 'utf16le'), 'binary'],
  ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'binary'],
  ['Latin-1', Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'not UTF-8'],
  ['half a letter', Buffer.from([0x61, 0xe6, 0xbc]), 'not UTF-8'],
])('what is not text is refused: %s', async (_name, content, reason) => {
  writeFileSync(at('ws', 'binary.bin'), content);
  expect(await outcome(open(at('ws')).read(uriOf(at('ws', 'binary.bin'))))).toMatch(
    new RegExp(`^notText: .*${reason}`),
  );
});

test('names with blanks, percent signs and letters of all kinds are found', async () => {
  for (const name of [
    'a b.txt',
    '100%.txt',
    'é漢.txt',
    "it's.txt",
    '#1.txt',
    'a+b.txt',
    '[x].txt',
    '..a',
    'a..',
    '-x',
  ]) {
    writeFileSync(at('ws', name), name);
    expect(await open(at('ws')).read(uriOf(at('ws', name)))).toBe(name);
    expect(open(at('ws')).place(uriOf(at('ws', name)))?.path).toBe(name);
  }
});

test('a missing file is told from one outside', async () => {
  expect(await outcome(open(at('ws')).read(uriOf(at('ws', 'no.txt'))))).toMatch(/^missing: .*no such file/);
});

test('S41: bytes are read as they are, and never more of them than were asked for', async () => {
  const bytes = Buffer.from([0x89, 0x50, 0, 0xff, 0xfe]);
  writeFileSync(at('ws/a.png'), bytes);
  const files = open(at('ws'));
  expect(Buffer.from(await files.readBytes(uriOf(at('ws/a.png')), 5))).toEqual(bytes);
  expect(await outcome(files.readBytes(uriOf(at('ws/a.png')), 4).then(String))).toMatch(/^tooLarge: /);
});
