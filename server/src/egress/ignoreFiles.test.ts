/** S12: files that somebody excluded, in whichever tool's file, never leave; what cannot be decided does not leave either. */
import { expect, test } from 'vitest';
import { createExclusion, ignoreFileNames } from './ignoreFiles.ts';

type Workspace = Readonly<Record<string, string | Error>>;

/** An exclusion over a workspace of ignore files, and what it read. */
function exclusion(files: Workspace) {
  const read: string[] = [];
  const { reasonFor } = createExclusion(async (root, name) => {
    read.push(`${root}/${name}`);
    const found = files[name];
    if (found instanceof Error) throw found;
    return found;
  });
  return {
    read,
    reasonFor: (path: string, patterns: readonly string[] = []) => reasonFor({ root: '/ws', path }, patterns),
  };
}

/** The excluded ones of the paths. */
async function excludedOf(files: Workspace, paths: string, patterns: readonly string[] = []): Promise<string> {
  const { reasonFor } = exclusion(files);
  const all = paths.split(' ');
  const reasons = await Promise.all(all.map((path) => reasonFor(path, patterns)));
  return all.filter((_, index) => reasons[index] !== undefined).join(' ');
}

test.each([
  ['a name', 'a.txt', 'a.txt b/a.txt b/c/a.txt a.txtx xa.txt', 'a.txt b/a.txt b/c/a.txt'],
  ['a rooted name', '/a.txt', 'a.txt b/a.txt', 'a.txt'],
  ['a folder', 'b/', 'b b/a.txt c/b/d.txt', 'b/a.txt c/b/d.txt'],
  ['a path', 'b/c', 'b/c b/c/d.txt x/b/c', 'b/c b/c/d.txt'],
  ['an ending', '*.log', 'a.log b/a.log a.logx', 'a.log b/a.log'],
  ['any depth', '**/gen/**', 'gen/a b/gen/c/d gen', 'gen/a b/gen/c/d'],
  ['a letter', 'a?.txt', 'ab.txt a.txt a/.txt', 'ab.txt'],
  ['a class', '[ab].txt', 'a.txt b.txt c.txt', 'a.txt b.txt'],
  ['an exception', '*.txt\n!keep.txt', 'a.txt keep.txt b/keep.txt', 'a.txt'],
  ['no exception below an excluded folder', 'b/\n!b/keep.txt', 'b/keep.txt', 'b/keep.txt'],
  ['comments, blanks and other line ends', '# c\r\n\r\n  \r\na.txt\rb.txt', 'a.txt b.txt #', 'a.txt b.txt'],
  ['a byte order mark', '\ufeffa.txt', 'a.txt', 'a.txt'],
  ['other case', 'SECRET.txt', 'secret.TXT', 'secret.TXT'],
  ['blanks and letters of all kinds', 'a b.txt\né漢.txt', 'é漢.txt', 'é漢.txt'],
  ['nothing', '', 'a.txt', ''],
  ['everything', '*', 'a.txt b/c.txt', 'a.txt b/c.txt'],
  ['everything but one kind', '*\n!*/\n!*.ts', 'a.ts b/c.ts b/c.js', 'b/c.js'],
])('S12: .glossignore excludes %s', async (_name, text, paths, excluded) => {
  expect(await excludedOf({ '.glossignore': text }, paths)).toBe(excluded);
});

test.each(ignoreFileNames)('S12: %s counts, at the root and below, and is named', async (name) => {
  const { reasonFor } = exclusion({ [name]: '/a.txt', [`b/c/${name}`]: '/d.txt' });
  expect(await reasonFor('a.txt')).toBe(`${name} excludes it.`);
  expect(await reasonFor('b/c/d.txt')).toBe(`b/c/${name} excludes it.`);
  expect(await reasonFor('b/a.txt')).toBeUndefined();
  expect(await reasonFor('d.txt')).toBeUndefined();
});

test.each([
  [
    'a deeper file adds',
    { '.glossignore': '*.log', 'b/.glossignore': '*.txt' },
    'a.txt b/a.txt b/a.log b/c/d.txt',
    'b/a.txt b/a.log b/c/d.txt',
  ],
  [
    'a deeper file makes an exception',
    { '.glossignore': '*.txt', 'b/.glossignore': '!a.txt' },
    'a.txt b/a.txt b/c.txt',
    'a.txt b/c.txt',
  ],
  [
    'a deeper file cannot open a closed folder',
    { '.glossignore': 'b/', 'b/.glossignore': '!a.txt' },
    'b/a.txt',
    'b/a.txt',
  ],
  [
    'the deepest decides',
    { '.glossignore': 'x', 'a/.glossignore': '!x', 'a/b/.glossignore': 'x' },
    'x a/x a/b/x',
    'x a/b/x',
  ],
  ["another tool's exception opens nothing", { '.glossignore': 'a.txt', '.aiexclude': '!a.txt' }, 'a.txt', 'a.txt'],
  [
    "another tool's file closes what ours leaves open",
    { '.glossignore': '!a.txt', '.cursorignore': 'a.txt' },
    'a.txt b.txt',
    'a.txt',
  ],
  ['a neighbour folder does not count', { 'b/.glossignore': '*' }, 'a/x b/x', 'b/x'],
  ['a folder with the same beginning does not count', { 'b/.glossignore': '*' }, 'bc/x', ''],
])('S12: %s', async (_name, files, paths, excluded) => {
  expect(await excludedOf(files, paths)).toBe(excluded);
});

test('S12: patterns of the settings exclude, and are named', async () => {
  const { reasonFor } = exclusion({});
  expect(await reasonFor('private/a.ts', ['private/', '*.gen.ts'])).toBe('the setting "excludedFiles" excludes it.');
  expect(await reasonFor('a.gen.ts', ['private/', '*.gen.ts'])).toBeDefined();
  expect(await reasonFor('a.ts', ['private/', '*.gen.ts'])).toBeUndefined();
  expect(await reasonFor('a.ts', ['*.ts'])).toBeDefined();
  expect(await reasonFor('a.ts', [])).toBeUndefined();
});

test('S12: exceptions of the settings open nothing that a file closes', async () => {
  expect(await excludedOf({ '.glossignore': 'a.ts' }, 'a.ts', ['!a.ts'])).toBe('a.ts');
});

test('S12: secret files are excluded without any pattern, and by no exception let through', async () => {
  const { reasonFor } = exclusion({ '.glossignore': '!.env' });
  expect(await reasonFor('.env', ['!.env'])).toMatch(/^by its name it is a file of environment secrets\.$/);
  expect(await reasonFor('.env.example')).toBeUndefined();
  const inHome = createExclusion(async () => undefined);
  expect(await inHome.reasonFor({ root: '/home/me/.aws', path: 'sso/x' }, [])).toBeDefined();
});

test('S7: where a link was followed, both its name and its target must be free to leave', async () => {
  const { reasonFor } = createExclusion(async (_root, name) =>
    name === '.glossignore' ? 'link.txt\ntarget.txt' : undefined,
  );
  const place = (path: string, asked: string) => reasonFor({ root: '/ws', path, asked }, []);
  expect(await place('target.txt', 'a.txt')).toBeDefined();
  expect(await place('a.txt', 'link.txt')).toBeDefined();
  expect(await place('.env', 'notes.txt')).toBeDefined();
  expect(await place('a.txt', 'b.txt')).toBeUndefined();
});

test('S12: a file that cannot be read excludes, and says so', async () => {
  const { reasonFor } = exclusion({ 'b/.aiexclude': new Error('it is larger than 256 KB') });
  expect(await reasonFor('b/c.txt')).toBe(
    'b/.aiexclude could not be applied (it is larger than 256 KB), and what it excludes is not known.',
  );
  expect(await reasonFor('c.txt')).toBeUndefined();
});

test.each([['*a*b*c*d*'], ['x/*a*b*c*d*/y'], ['[a-]*?*b*c*d*e'], ['a\n**a**b**c**d**\nb']])(
  'S41: patterns with many wildcards (%j) exclude everything instead of taking for ever',
  async (pattern) => {
    const long = `${'a'.repeat(200)}/${'abc'.repeat(60)}.txt`;
    expect(await exclusion({ '.glossignore': pattern }).reasonFor(long)).toMatch(/too many wildcards/);
    expect(await exclusion({}).reasonFor(long, pattern.split('\n'))).toMatch(/too many wildcards/);
  },
);

test('S41: ten thousand patterns and a path of a hundred folders get an answer', { timeout: 60_000 }, async () => {
  const patterns = Array.from({ length: 10_000 }, (_, index) => `*a*b${index}*.txt`).join('\n');
  expect(await exclusion({ '.glossignore': patterns }).reasonFor(`${'ab'.repeat(100)}.txt`)).toBeUndefined();
  expect(await exclusion({ '.glossignore': '**/x/**/y/**/z' }).reasonFor(`${'x/y/'.repeat(49)}q`)).toBeUndefined();
  expect(await exclusion({}).reasonFor(`${'x/'.repeat(1000)}q`)).toBeDefined();
});

test('an edited ignore file counts at the next question', async () => {
  const files: Record<string, string> = {};
  const { reasonFor } = createExclusion(async (_root, name) => files[name]);
  const ask = () => reasonFor({ root: '/ws', path: 'a/b.txt' }, []);
  expect(await ask()).toBeUndefined();
  files['a/.glossignore'] = 'b.txt';
  expect(await ask()).toBeDefined();
  files['a/.glossignore'] = 'c.txt';
  expect(await ask()).toBeUndefined();
  delete files['a/.glossignore'];
  files['.cursorignore'] = 'a/';
  expect(await ask()).toBeDefined();
});

test('two folders with files of the same name are told apart', async () => {
  const { reasonFor } = createExclusion(async (root, name) =>
    name === '.glossignore' ? (root === '/one' ? 'a.txt' : 'b.txt') : undefined,
  );
  for (let turn = 0; turn < 2; turn++) {
    expect(await reasonFor({ root: '/one', path: 'a.txt' }, [])).toBeDefined();
    expect(await reasonFor({ root: '/two', path: 'a.txt' }, [])).toBeUndefined();
    expect(await reasonFor({ root: '/two', path: 'b.txt' }, [])).toBeDefined();
  }
});

test('a thousand different ignore files are all applied', async () => {
  const { reasonFor } = createExclusion(async (root, name) =>
    name === '.glossignore' ? `${root.slice(1)}.txt` : undefined,
  );
  for (let index = 0; index < 1000; index++)
    expect(await reasonFor({ root: `/${index}`, path: `${index}.txt` }, [])).toBeDefined();
});

test('ignore files are looked for in every folder from the root to the file, and nowhere else', async () => {
  const { read, reasonFor } = exclusion({});
  await reasonFor('a/b/c.txt');
  expect(new Set(read)).toEqual(
    new Set(['', 'a/', 'a/b/'].flatMap((folder) => ignoreFileNames.map((name) => `/ws/${folder}${name}`))),
  );
});

test.each(['../a.txt', '/a.txt', './a.txt', '', 'a/../../b.txt'])(
  'S6: a place that is none (%j) does not leave',
  async (path) => {
    expect(await exclusion({}).reasonFor(path, ['x'])).toBeDefined();
    expect(await exclusion({}).reasonFor(path)).toBeDefined();
  },
);
