/** S6, S7, S9: the document that a path means: by all of its names, below which folder, and why a path is refused. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { protectedReason } from '../ledger/protectedClass.ts';
import { createFiles } from '../system/files.ts';
import { type Target, targetOf } from './target.ts';

const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'gloss-target-')));
const at = (...parts: readonly string[]) => path.join(base, ...parts);
const uriOf = (file: string) => pathToFileURL(file).href;

/** Folders by shape; the document lies in the first one. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  plain: [at('ws')],
  'linked to': [at('link')],
  nested: [at('ws'), at('ws/inner/root')],
};

beforeAll(() => {
  for (const folder of ['ws/src', 'ws/inner/root/src', 'other/src']) mkdirSync(at(folder), { recursive: true });
  for (const file of ['ws/a.txt', 'ws/src/a.txt', 'ws/src/b.txt', 'ws/inner/root/a.txt', 'other/src/c.txt'])
    writeFileSync(at(file), 'inside');
  symlinkSync(at('ws'), at('link'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** What is meant by a path, asked from `src/a.txt` in the first folder. */
function asking(
  roots: readonly string[],
  document = 'src/a.txt',
  open: readonly string[] = [],
): (asked: string) => Target {
  const { place } = createFiles(() => roots.map(uriOf));
  const uri = document.includes(':') ? document : uriOf(path.join(roots[0] ?? '', document));
  const isOpen = (other: string) => open.some((file) => uriOf(file) === other);
  return (asked) => targetOf(asked, { document: uri, roots: roots.map(uriOf), place, isOpen });
}

const words = (text: TemplateStringsArray) => String.raw(text).trim().split(/\s+/);

test('every name of the document means the document', () => {
  const root = at('ws');
  const names = [
    'src/a.txt',
    './src/a.txt',
    '/src/a.txt',
    'a.txt',
    './a.txt',
    '/a.txt',
    at('ws/src/a.txt'),
    at('ws/src/a.txt').slice(1),
  ];
  const roundabout = [
    'src/./a.txt',
    'src//a.txt',
    'src/../src/a.txt',
    'x/../src/a.txt',
    `${root}/x/../src/a.txt`,
    at('link/src/a.txt'),
  ];
  for (const roots of Object.values(shapes))
    for (const asked of [...names, ...roundabout])
      expect(asking(roots)(asked), asked).toEqual({
        kind: 'document',
        uri: uriOf(path.join(roots[0] ?? '', 'src/a.txt')),
      });
  const untitled = asking([root], 'untitled:Untitled-1');
  expect(untitled('Untitled-1')).toEqual({ kind: 'document', uri: 'untitled:Untitled-1' });
  const odd = asking([root], 'a b%20c [x]é.txt'.normalize('NFD'));
  expect(odd('a b%20c [x]é.txt'.normalize('NFC')).kind).toBe('document');
  const onWindows = asking([], 'file:///c%3A/ws/src/a.txt');
  for (const asked of ['C:\\ws\\src\\a.txt', 'c:/ws/src/a.txt', '/C:/ws/src/a.txt', 'a.txt'])
    expect(onWindows(asked).kind).toBe('document');
  expect(onWindows('C:\\ws\\src\\b.txt').kind).toBe('refused');
});

test('S7: a link to the document means the document', () => {
  symlinkSync('src/a.txt', at('ws/alias.txt'));
  expect(asking([at('ws')])('alias.txt').kind).toBe('document');
  expect(asking([at('ws')], 'alias.txt')('src/a.txt')).toEqual({ kind: 'document', uri: uriOf(at('ws/alias.txt')) });
});

test.each([
  ['src/b.txt', 'src/b.txt'],
  ['./src/b.txt', 'src/b.txt'],
  ['src//x/.././b.txt', 'src/b.txt'],
  ['new/folder/é 漢.txt', 'new/folder/é 漢.txt'],
  ['app/(group)/[id]/@x/$y.txt', 'app/(group)/[id]/@x/$y.txt'],
  ['b.txt', 'b.txt'],
  ['100%.md', '100%.md'],
  ['a%20b.txt', 'a%20b.txt'],
  ['.env', '.env'],
  ['..a/b..c/...d', '..a/b..c/...d'],
])('another file is taken below the folder of the document: %s', (asked, below) => {
  for (const root of [at('ws'), at('link')]) {
    const target = asking([root])(asked);
    expect(target).toMatchObject({ kind: 'file', root: at('ws'), path: below });
    expect('link' in target).toBe(false);
    expect(target.kind === 'file' && fileURLToPath(target.uri)).toBe(path.join(root, below));
  }
});

test('an absolute path inside is a path below its folder; by another way it has a link', () => {
  expect(asking([at('ws')])(at('ws/src/b.txt'))).toEqual({
    kind: 'file',
    uri: uriOf(at('ws/src/b.txt')),
    root: at('ws'),
    path: 'src/b.txt',
  });
  expect(asking([at('ws')])(at('link/src/b.txt'))).toMatchObject({
    uri: uriOf(at('ws/src/b.txt')),
    link: at('link/src/b.txt'),
  });
});

test('of several folders the one of the document comes first, unless another has the file open', () => {
  const roots = [at('ws'), at('other')];
  expect(asking(roots)('src/c.txt')).toMatchObject({ root: at('ws') });
  expect(asking(roots, 'src/a.txt', [at('other/src/c.txt')])('src/c.txt')).toMatchObject({
    uri: uriOf(at('other/src/c.txt')),
    root: at('other'),
  });
  expect(asking(roots, 'src/a.txt', [at('other/src/b.txt'), at('ws/src/b.txt')])('src/b.txt')).toMatchObject({
    root: at('ws'),
  });
  expect(asking(roots.toReversed(), 'src/c.txt')('src/a.txt')).toMatchObject({ root: at('other') });
  expect(asking(roots, uriOf(at('other/src/c.txt')))('src/a.txt')).toMatchObject({ root: at('other') });
  expect(asking([], 'src/c.txt')('src/a.txt').kind).toBe('refused');
});

test('a file that is open is named as its editor names it', () => {
  const { place } = createFiles(() => [uriOf(at('link'))]);
  for (const name of ['%28x%29%5By%5D%21.txt', '(x)%5By%5D!.txt']) {
    const open = `${uriOf(at('link'))}/${name}`;
    const parts = {
      document: uriOf(at('link/a.txt')),
      roots: [uriOf(at('link'))],
      place,
      isOpen: (uri: string) => uri === open,
    };
    expect(targetOf('(x)[y]!.txt', parts)).toMatchObject({ uri: open, root: at('ws') });
  }
});

test.each([
  ['', 'it is empty'],
  [`${'x/'.repeat(500)}x`, 'it is too long'],
  ['x'.repeat(256), 'a name in it is too long'],
  ['a\tb', 'it holds characters that cannot be seen'],
  ['a\u200bb', 'it holds characters that cannot be seen'],
  ['file:///a', 'it is a URI'],
  ['C:/a', 'it names a drive'],
  ['a.txt::$DATA', 'it holds a colon'],
  ['//server/a', 'it is a network or device path'],
  ['src\\a.ts', 'it holds a backslash'],
  ['src/*.ts', 'it holds a character that file names'],
  ['%2e%2e/a', 'its percent-encoding'],
  ['~/a', 'it starts in a home folder'],
  ['src/', 'it names a folder'],
  ['../a', 'its ".." leads out of the folder'],
  ['a/．．/b', 'ends with a dot'],
  ['a／b', 'looks like a separator'],
  ['a.txt ', 'ends with a dot or a space'],
  ['aux.txt', 'it names a device'],
  ['PROGRA~1/a', 'it holds a short name'],
  ['/etc/passwd', 'it is outside the workspace folders'],
])('S9: a refusal says why: %j', (asked, why) => {
  const target = asking([at('ws')])(asked);
  expect(target.kind === 'refused' && target.message).toContain(`" was not changed: `);
  expect(target.kind === 'refused' && target.message).toContain(why);
});

const runs = words`.vscode/settings.json .git/config .gitattributes .husky/pre-commit .devcontainer/devcontainer.json
  .github/workflows/ci.yml package.json .npmrc vite.config.ts Makefile pyproject.toml .bashrc .env CLAUDE.md .mcp.json`;
const spellings: readonly ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  (name) => name.replaceAll('/', '\\'),
  (name) => `./${name.replaceAll('/', '//./')}`,
  (name) => `src/../${name}`,
  (name) => `${name}.`,
  (name) => `${name} `,
  (name) => `${name}::$DATA`,
  (name) => name.replaceAll('.', '%2e'),
  (name) => name.replaceAll('.', '．'),
  (name) => name.replaceAll('a', 'ａ'),
  (name) => `${at('ws')}/${name}`,
  (name) => `${name.slice(0, 3)}\u200d${name.slice(3)}`,
];

test('S9: however a file that runs something is spelled, it is refused or known for what it is', () => {
  const meant = asking([at('ws')]);
  const cases = runs.flatMap((name) => spellings.map((spell) => spell(name)));
  expect(cases.length).toBeGreaterThanOrEqual(120);
  for (const asked of cases) {
    const target = meant(asked);
    expect(
      target.kind === 'refused' || (target.kind === 'file' && protectedReason(target.path)?.kind === 'ask'),
      asked,
    ).toBe(true);
  }
});
