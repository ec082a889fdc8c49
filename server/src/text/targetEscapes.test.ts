/** S6, S7: whatever a model writes for a path, nothing outside of the workspace folders is changed. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles } from '../system/files.ts';
import { type Target, targetOf } from './target.ts';

const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'gloss-target-')));
const at = (...parts: readonly string[]) => path.join(base, ...parts);
const uriOf = (file: string) => pathToFileURL(file).href;
const canary = 'CANARY outside of the workspace';

/** Folders by shape; the document lies in the first one. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  plain: [at('ws')],
  'linked to': [at('link')],
  nested: [at('ws'), at('ws/inner/root')],
};

beforeAll(() => {
  for (const folder of ['ws/src', 'ws/inner/root/src', 'ws-evil', 'outside'])
    mkdirSync(at(folder), { recursive: true });
  for (const file of ['secret.txt', 'outside/secret.txt', 'ws-evil/secret.txt']) writeFileSync(at(file), canary);
  for (const file of ['ws/a.txt', 'ws/src/a.txt', 'ws/src/b.txt', 'ws/inner/root/a.txt'])
    writeFileSync(at(file), 'inside');
  symlinkSync(at('ws'), at('link'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** What is meant by a path, asked from a document in the first folder. */
function asking(roots: readonly string[], document = 'src/a.txt'): (asked: string) => Target {
  const { place } = createFiles(() => roots.map(uriOf));
  const uri = uriOf(path.join(roots[0] ?? '', document));
  return (asked) => targetOf(asked, { document: uri, roots: roots.map(uriOf), place, isOpen: () => false });
}

const words = (text: TemplateStringsArray) => String.raw(text).trim().split(/\s+/);

const ups = [
  ...words`.. %2e%2e %2E. .%2e ..%2f.. ..%5c.. ..\ %252e%252e ．． ‥ ..%c0%af ..; .... ..%00 %u002e%u002e ./.. ..//.. ...
    %25252e%25252e %ef%bc%8e%ef%bc%8e`,
  ...['.. ', '..\u200b'],
];
const goals = words`secret.txt outside/secret.txt ws-evil/secret.txt new.txt`;

/** `GOAL` lies below `BASE`, which holds the folder `ROOT` as well. */
const forms = [
  ...words`BASE/GOAL /BASE/GOAL //serverBASE/GOAL ROOT-evil/secret.txt ROOT/../GOAL ROOT/src/../../GOAL src/../../GOAL
    missing/../../GOAL src/a.txt/../../../GOAL ./../GOAL /../GOAL file://BASE/GOAL FILE://BASE/GOAL file:BASE/GOAL file:../GOAL
    vscode-remote://sshBASE/GOAL untitled:BASE/GOAL http://127.0.0.1BASE/GOAL /proc/self/rootBASE/GOAL
    /proc/self/cwd/../../../../../../..BASE/GOAL /dev/fd/9/../..BASE/GOAL ..\GOAL src\..\..\GOAL \\?\C:\GOAL \??\C:\GOAL
    \\server\share\GOAL //?/C:/GOAL /??/C:/GOAL C:\GOAL C:../GOAL c:GOAL ~/GOAL ~root/GOAL ..／GOAL ..＼GOAL ..℀/../../GOAL`,
  ...[
    '..\0/GOAL',
    '\0../GOAL',
    '../GOAL\0.txt',
    'src/\n../../GOAL',
    '\ud800../GOAL',
    '../GOAL\u202e',
    ' ../GOAL',
    '../GOAL ',
  ],
  ...[`x/${'../'.repeat(40)}BASE/GOAL`, `${'a/'.repeat(2000)}${'../'.repeat(2001)}GOAL`],
];
const others = [
  ...words`. ./ .. / // ../ src/.. src/../.. src/ src/. file:// file:/// /dev/stdin /dev/fd/0 % /etc/passwd`,
  ...['', ' ', 'a'.repeat(300), 'a'.repeat(2000)],
];

function escapesFrom(root: string): readonly string[] {
  const climbing = ups.flatMap((up) => [1, 2, 3].map((depth) => `${`${up}/`.repeat(depth)}GOAL`));
  const filled = [...climbing, ...forms].flatMap((form) =>
    goals.map((goal) => form.replace('GOAL', goal).replace('BASE', base).replace('ROOT', root)),
  );
  return [...filled, ...others];
}

/** What an edit does to a file that it was let at. */
const operations: Readonly<Record<string, (file: string) => void>> = {
  edit: (file) => writeFileSync(file, 'changed'),
  insert: (file) => appendFileSync(file, 'changed'),
  create: (file) => existsSync(file) || writeFileSync(file, 'changed'),
  delete: (file) => rmSync(file, { recursive: true, force: true }),
  'rename away': (file) => existsSync(file) && renameSync(file, at('ws', 'renamed')),
  'rename to': (file) => {
    writeFileSync(at('ws', 'renamed'), 'changed');
    renameSync(at('ws', 'renamed'), file);
  },
  empty: (file) => writeFileSync(file, ''),
};

/** Every file with its text, without those of the workspace; links are not followed. */
function outside(folder = base): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => folder !== base || entry.name !== 'ws',
  );
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return outside(file);
    return `${file}: ${entry.isFile() ? readFileSync(file, 'utf8') : readlinkSync(file)}`;
  });
}

test.each(Object.entries(shapes))('S6: no path leaves %s folders, whatever is done with it', (_name, roots) => {
  const meant = asking(roots);
  const escapes = escapesFrom(roots[0] ?? '');
  expect(escapes.length).toBeGreaterThanOrEqual(200);
  const before = outside();
  let refusals = 0;
  for (const asked of escapes) {
    for (const [name, operation] of Object.entries(operations)) {
      const target = meant(asked);
      if (target.kind === 'refused') {
        refusals++;
        expect(target.message, asked).toMatch(
          /^".*" was not changed: .+\. Name a file by its path below the workspace/u,
        );
        expect(target.message, asked).not.toMatch(/[\p{Cc}\u202e\ud800]/u);
      } else {
        const file = fileURLToPath(target.uri);
        expect(`${realpathSync(deepest(file))}/`, `${name} ${asked}`).toMatch(new RegExp(`^${at('ws')}/`));
        if (target.kind === 'file') expect(target.root, asked).toBe(at('ws'));
        mkdirSync(path.dirname(file), { recursive: true });
        operation(file);
      }
    }
  }
  expect(outside()).toEqual(before);
  expect(refusals).toBeGreaterThan(escapes.length * 6);
});

/** What is there already on the way to a file. */
function deepest(file: string): string {
  return existsSync(file) ? file : deepest(path.dirname(file));
}

/** A tree of links below a folder: makes it, and tells by what path the goal is asked for. */
type Tree = (root: string, goal: string) => string;

const chain =
  (length: number, first: (root: string, goal: string) => string): Tree =>
  (root, goal) => {
    for (let index = 0; index < length; index++)
      symlinkSync(index === 0 ? first(root, goal) : `l${index - 1}`, path.join(root, `l${index}`));
    return `l${length - 1}`;
  };
const folder =
  (below: string, to: (root: string, goal: string) => string): Tree =>
  (root, goal) => {
    mkdirSync(path.join(root, below), { recursive: true });
    symlinkSync(to(root, goal), path.join(root, below, 'd'));
    return `${below}/d/${path.basename(goal)}`;
  };
const trees: readonly Tree[] = [
  ...Array.from({ length: 20 }, (_, index) => chain(index + 1, (_root, goal) => goal)),
  ...Array.from({ length: 20 }, (_, index) => chain(index + 1, (root, goal) => path.relative(root, goal))),
  ...Array.from({ length: 10 }, (_, index) => folder('x/'.repeat(index + 1), (_root, goal) => path.dirname(goal))),
  ...Array.from({ length: 5 }, (_, index) =>
    folder(`y${'/z'.repeat(index)}`, (root, goal) =>
      path.relative(path.join(root, `y${'/z'.repeat(index)}`), path.dirname(goal)),
    ),
  ),
  chain(2, (_root, goal) => `/proc/self/root${goal}`),
  chain(1, (root, goal) => `${root}/./../${path.basename(root)}/${path.relative(root, goal)}`),
  (root, goal) => {
    symlinkSync(path.dirname(goal), path.join(root, 'd'));
    symlinkSync(`d/${path.basename(goal)}`, path.join(root, 'f'));
    return 'f';
  },
  (root, goal) => {
    mkdirSync(path.join(root, 'a'));
    symlinkSync(root, path.join(root, 'a', 'up'));
    symlinkSync(`a/up/${path.relative(root, goal)}`, path.join(root, 'f'));
    return 'f';
  },
  (root, goal) => {
    symlinkSync(root, path.join(root, 'self'));
    symlinkSync(goal, path.join(root, 'f'));
    return 'self/self/f';
  },
];

test.each(['there', 'missing'])(
  'S7: no tree of links leads out, and one that stays inside is told with its target, which is %s',
  (name) => {
    expect(trees.length).toBeGreaterThanOrEqual(60);
    for (const [index, tree] of trees.entries()) {
      const [inside, leaving] = ['in', 'out'].map((way) => at('trees', name, `${index}-${way}`)) as [string, string];
      for (const root of [inside, leaving]) mkdirSync(path.join(root, 'goal'), { recursive: true });
      const file = name === 'there' ? 'secret.txt' : 'missing.txt';
      if (name === 'there') writeFileSync(path.join(inside, 'goal', file), 'inside');
      const asked = tree(inside, path.join(inside, 'goal', file));
      const found = asking([inside], 'doc.txt')(asked);
      expect(found, `${index}`).toEqual({
        kind: 'file',
        uri: uriOf(path.join(inside, 'goal', file)),
        root: inside,
        path: `goal/${file}`,
        link: asked.replaceAll('//', '/'),
      });
      expect(asking([leaving], 'doc.txt')(tree(leaving, at('outside', file))).kind, `${index}`).toBe('refused');
    }
  },
);

test('S7: loops and endless chains are refused', () => {
  const root = at('loops');
  mkdirSync(root);
  symlinkSync('x', path.join(root, 'x'));
  symlinkSync('z', path.join(root, 'y'));
  symlinkSync('y', path.join(root, 'z'));
  for (let index = 0; index < 60; index++)
    symlinkSync(index === 0 ? 'doc.txt' : `l${index - 1}`, path.join(root, `l${index}`));
  for (const asked of ['x', 'y', 'z/a.txt', 'x/../../outside/x', 'l59'])
    expect(asking([root], 'doc.txt')(asked).kind, asked).toBe('refused');
});
