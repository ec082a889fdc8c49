/** S6, S7, S8, S16, S41: searching withstands what models, patterns and trees can do to it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { folderOf } from '../../../test/harness/folders.ts';
import { sample, scaled } from '../../../test/harness/scale.ts';
import { searching } from '../../../test/harness/searching.ts';
import { type FoundText, Refusal, type TextQuestion } from '../ports.ts';

const { signal } = new AbortController();
const uriOf = (...parts: readonly string[]) => pathToFileURL(path.join(...parts)).href;
const plain = { isRegex: true, isCaseSensitive: true, around: 0, most: 100 } as const;

/** What came of it: anything but a result or a refusal fails the test. */
async function outcome<Result>(asked: Promise<Result>): Promise<Result | Refusal> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error;
  }
}

const a = (count: number) => 'a'.repeat(count);

/** Patterns whose time grows with a power of the text, with texts that make it grow. */
const slow: readonly (readonly [pattern: string, text: string])[] = [
  ...[
    '(a+)+$',
    '(a*)*$',
    '(a|a)*$',
    '(a|aa)+$',
    '([a-z]+)*$',
    '(a+a+)+$',
    '(.*)*$',
    '(.+)+$',
    '(\\w+)*$',
    '(a?)*a*$',
  ].map((pattern) => [`${pattern.slice(0, -1)}!$`, a(40)] as const),
  ...[
    '^(a+)+!',
    '^(([a-z])+.)+!',
    '(a{1,20}){1,20}!',
    '((a+)b?)+!',
    '(?:a|aa|aaa)+!',
    '(a+)\\1+!',
    '(?=(a+)+!)a',
    '^((a+)+)+!',
  ].map((pattern) => [pattern, a(60)] as const),
  ...[
    '(?:.*a){25}!',
    '.*.*.*.*.*.*.*.*!',
    'a*a*a*a*a*a*a*a*a*a*!',
    '(.*,){20}!',
    '(?:a.*){12}!',
    '\\w*\\w*\\w*\\w*\\w*\\w*!',
  ].map((pattern) => [pattern, `${a(3_000)},${a(3_000)}`] as const),
  ...[
    '(\\s+)+!',
    '(x+x+)+y',
    '^(\\d+)*!',
    '("[^"]*"|a)*!',
    '(/\\*.*)*!',
    '(<[^>]*>|a)+!',
    '(a|b|ab)*!',
    '(?<n>a+)+\\k<n>!',
  ].map(
    (pattern) => [pattern, `${' '.repeat(40)}${'x'.repeat(40)} ${'1'.repeat(40)} ${a(40)} ${'ab'.repeat(40)}`] as const,
  ),
];

test('S16: patterns that never end are ended, and the server works meanwhile', { timeout: 60_000 }, async () => {
  expect(slow.length).toBeGreaterThanOrEqual(30);
  for (const [pattern, text] of sample(slow)) {
    const search = searching([folderOf({ 'b.txt': text, 'a.txt': `${pattern}\n!` })], { deadline: 300 });
    let beats = 0;
    const beating = setInterval(() => beats++, 10);
    const found = await outcome(search.text({ pattern, ...plain }, signal));
    clearInterval(beating);
    if (found instanceof Refusal) throw found;
    // Either it is quick enough, or it is told where it ended; what was found before is there.
    if (found.isCut) {
      expect(found.problem, pattern).toMatch(/^The search took too long and was ended(?: at [ab]\.txt)?\. /);
      expect(beats, pattern).toBeGreaterThan(0);
    }
  }
});

test('S16: what was found before a pattern took too long is kept', async () => {
  const search = searching([folderOf({ 'a.txt': 'x!', 'b.txt': a(60) })], { deadline: 3_000 });
  const found = await search.text({ pattern: '(a+)+!|x', ...plain }, signal);
  expect(found).toMatchObject({ isCut: true, problem: expect.stringContaining('b.txt') });
  expect(found.matches.map(({ lines }) => lines)).toEqual([['x!']]);
});

/** What search programs take for options, commands, expressions, and more. */
const injections = [
  ...[
    '--pre=sh',
    '--pre',
    '-f/etc/passwd',
    '--files',
    '--hostname-bin=id',
    '--search-zip',
    '-z',
    '--no-ignore',
    '-uuu',
    '--',
  ],
  ...[
    '-e',
    '-r$(id)',
    '--replace=x',
    '--debug',
    '--config',
    '--type-add=x:*',
    '-g!*',
    '--follow',
    '-L',
    '--max-depth=0',
  ],
  ...[
    '$(touch CANARY)',
    '`touch CANARY`',
    '; touch CANARY',
    '| touch CANARY',
    '&& touch CANARY',
    '\ntouch CANARY',
    '%0atouch CANARY',
  ],
  ...[
    '$CANARY',
    '${CANARY}',
    '%CANARY%',
    '!touch',
    '> CANARY',
    '< /etc/passwd',
    '2>&1',
    '* -exec touch CANARY',
    "'; touch CANARY; '",
  ],
  ...[
    '"; touch CANARY; "',
    '\\"; touch CANARY',
    '\u0000touch',
    '\u001b[31m',
    '(?{ system("id") })',
    '(?C1)',
    '\\Qx\\E',
    '(*VERB)',
  ],
  ...[
    '__proto__',
    'constructor',
    'process.exit()',
    'require("fs")',
    'import("node:fs")',
    '${process.exit()}',
    '</script>',
  ],
];

test('S16: arguments are data, whatever they look like', async () => {
  expect(injections.length).toBeGreaterThanOrEqual(50);
  const text = 'nothing of interest';
  const root = folderOf({ 'src/a.txt': text });
  const search = searching([root]);
  for (const words of sample(injections)) {
    const texts: readonly Partial<TextQuestion>[] = [
      { pattern: words },
      { pattern: words, isRegex: false },
      { pattern: 'x', glob: words },
    ];
    for (const question of texts) {
      const found = await outcome(search.text({ ...plain, pattern: 'x', ...question }, signal));
      if (!(found instanceof Refusal))
        expect(
          found.matches.every(({ lines }) => lines.join() === text),
          words,
        ).toBe(true);
    }
    await outcome(search.files({ glob: words, most: 10 }, signal));
    await outcome(search.files({ glob: '*', most: 10, below: words }, signal));
    await outcome(search.folder(words, signal));
  }
  expect((await search.files({ glob: '**', most: 10 }, signal)).uris).toEqual([uriOf(root, 'src/a.txt')]);
});

test('S41: pipes, devices, sparse, huge and binary files are passed over', async () => {
  const root = folderOf({
    'a.txt': 'needle',
    'sparse.txt': '',
    'binary.txt': 'needle\0',
    'large.txt': `needle${' '.repeat(2 ** 20)}`,
  });
  execFileSync('mkfifo', [path.join(root, 'pipe.txt')]);
  truncateSync(path.join(root, 'sparse.txt'), 5 * 2 ** 30);
  for (const [name, target] of [
    ['zero', '/dev/zero'],
    ['random', '/dev/urandom'],
    ['tty', '/dev/stdin'],
    ['proc', '/proc/self/mem'],
  ] as const)
    symlinkSync(target, path.join(root, name));
  writeFileSync(path.join(root, 'latin.txt'), Buffer.from('needle \xe9', 'latin1'));
  const found = await searching([root]).text({ pattern: 'needle', ...plain }, signal);
  expect(found.matches.map(({ uri }) => uri)).toEqual([uriOf(root, 'a.txt')]);
});

test('S41: a tree of very many entries is answered, with what was found', { timeout: 120_000 }, async () => {
  const root = folderOf();
  const folders = scaled(1_000);
  for (let folder = 0; folder < folders; folder++) {
    mkdirSync(path.join(root, `d${folder}`));
    for (let file = 0; file < 100; file++) writeFileSync(path.join(root, `d${folder}`, `f${file}.txt`), '');
  }
  const before = process.memoryUsage().rss;
  const found = await searching([root]).files({ glob: `d${folders - 1}/f99.txt`, most: 10 }, signal);
  expect(found.isCut || found.uris.length === 1).toBe(true);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
});

test('S16: a tree of 50 MB is searched through, or as far as the time allows', { timeout: 60_000 }, async () => {
  const root = folderOf();
  const line = `${'some words of a source file '.repeat(4)}\n`;
  const text = line.repeat(Math.ceil((100 * 1024) / line.length));
  const files = scaled(500);
  for (let file = 0; file < files; file++) writeFileSync(path.join(root, `f${file}.txt`), `${text}needle ${file}\n`);
  const found = await searching([root]).text({ pattern: 'needle \\d+', ...plain, most: 10_000 }, signal);
  expect(found.isCut || found.matches.length === files).toBe(true);
  expect(found.matches.length).toBeGreaterThan(0);
});

test('S41: a folder in a folder, a hundred deep and more, ends', async () => {
  const root = folderOf();
  let folder = root;
  for (let depth = 0; depth < 130; depth++) {
    folder = path.join(folder, 'd');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'x.txt'), 'needle');
  }
  const found: FoundText = await searching([root], { deadline: 60_000 }).text(
    { pattern: 'needle', ...plain, most: 1_000 },
    signal,
  );
  expect(found.isCut).toBe(true);
  expect(found.matches.length).toBeGreaterThan(90);
  expect(found.matches.length).toBeLessThan(130);
});

/** Ways to lead out of a folder by links. */
const linkTrees: readonly ((root: string, outside: string) => void)[] = [
  (root, outside) => symlinkSync(outside, path.join(root, 'link')),
  (root, outside) => symlinkSync(path.relative(root, outside), path.join(root, 'link')),
  (root, outside) => symlinkSync(path.join(outside, 'secret.txt'), path.join(root, 'file.txt')),
  (root) => symlinkSync('..', path.join(root, 'up')),
  (root) => symlinkSync('/', path.join(root, 'slash')),
  (root) => symlinkSync('/proc/self/root', path.join(root, 'proc')),
  (root) => symlinkSync('/proc/self/cwd', path.join(root, 'cwd')),
  (root, outside) => {
    symlinkSync(outside, path.join(root, 'one'));
    symlinkSync('one', path.join(root, 'two'));
    symlinkSync('two/../one', path.join(root, 'three'));
  },
  (root) => symlinkSync('loop', path.join(root, 'loop')),
  (root, outside) => {
    mkdirSync(path.join(root, 'deep/er'), { recursive: true });
    symlinkSync(outside, path.join(root, 'deep/er/link'));
  },
];

test('S7: no tree of links leads a search out', async () => {
  for (const [index, plant] of linkTrees.entries()) {
    const outside = folderOf({ 'secret.txt': 'needle CANARY' });
    const root = folderOf({ 'inside.txt': 'needle' });
    plant(root, outside);
    const search = searching([root]);
    const found = await search.text({ pattern: 'needle', ...plain }, signal);
    expect(
      found.matches.map(({ uri }) => uri),
      `tree ${index}`,
    ).toEqual([uriOf(root, 'inside.txt')]);
    for (const below of ['link', 'up', 'slash', 'three', 'file.txt', 'deep/er/link', 'link/secret.txt'])
      expect(
        JSON.stringify(await outcome(search.text({ pattern: 'needle', ...plain, below: uriOf(root, below) }, signal))),
      ).not.toContain('CANARY');
  }
});

test('S8: a folder that becomes a link while it is searched shows nothing of what lies there', {
  timeout: 60_000,
}, async () => {
  const outside = folderOf({ 'secret.txt': 'needle CANARY', 'CANARY.txt': 'needle' });
  const root = folderOf({ 'swapped/secret.txt': 'needle', 'x.txt': 'needle' });
  const swapped = path.join(root, 'swapped');
  symlinkSync(outside, path.join(root, 'parked'));
  let isDone = false;
  let swaps = 0;
  const swapping = (async () => {
    while (!isDone) {
      renameSync(swapped, path.join(root, 'aside'));
      renameSync(path.join(root, 'parked'), swapped);
      await new Promise((resolve) => setImmediate(resolve));
      renameSync(swapped, path.join(root, 'parked'));
      renameSync(path.join(root, 'aside'), swapped);
      await new Promise((resolve) => setImmediate(resolve));
      swaps++;
    }
  })();
  const search = searching([root]);
  for (let time = 0; time < scaled(200); time++) {
    const results = [
      await outcome(search.text({ pattern: 'needle', ...plain }, signal)),
      await outcome(search.files({ glob: '**', most: 100 }, signal)),
      await outcome(search.folder(uriOf(swapped), signal)),
    ];
    expect(JSON.stringify(results)).not.toContain('CANARY');
  }
  isDone = true;
  await swapping;
  expect(swaps).toBeGreaterThan(10);
});

/** A folder with nothing but files, and how many of them are judged until the search is stopped at the hundredth. */
function crowded(count: number) {
  const root = folderOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [`in/${index}.txt`, ''])));
  const stopping = new AbortController();
  const judged: string[] = [];
  const onJudged = (path: string): void => {
    if (judged.push(path) === 100) stopping.abort(new Error('stopped'));
  };
  return { root, judged, stopping, search: searching([root], { onJudged }) };
}

test.each([
  ['text', ({ search, stopping }) => search.text({ pattern: 'x', ...plain }, stopping.signal)],
  ['files', ({ search, stopping }) => search.files({ glob: '**', most: 9_999 }, stopping.signal)],
] satisfies readonly (readonly [string, (crowd: ReturnType<typeof crowded>) => Promise<unknown>])[])(
  'S16, S41: a search for %s that is over looks at no further file of the folder that it is in',
  async (_what, ask) => {
    const crowd = crowded(1_000);
    await ask(crowd).catch((error: unknown) => expect(String(error)).toContain('stopped'));
    expect(crowd.judged.length).toBeLessThan(120);
  },
);

test('S16, S41: a search whose time is over in the middle of a folder looks at no further file of it, and tells', async () => {
  const root = folderOf(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`in/${index}.txt`, ''])));
  let judged = 0;
  const onJudged = (): void => {
    // Nothing else happens meanwhile: the deadline has passed when this is over.
    if (++judged === 100) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
  };
  const search = searching([root], { deadline: 2_000, onJudged });
  const found = await search.text({ pattern: 'x', ...plain }, signal);
  expect(found).toMatchObject({ isCut: true, problem: expect.stringContaining('took too long') });
  expect(judged).toBeLessThan(200);
});

test('S41: of a folder with very many entries only those that are shown are judged', async () => {
  const { root, search, judged } = crowded(2_500);
  const { names, more } = await search.folder(uriOf(root, 'in'), signal);
  expect([names.length, more]).toEqual([2_000, 500]);
  expect(judged).toHaveLength(2_000);
});

test('a search of many files that is stopped fails once, with nothing left to fail by itself', async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.txt`, `${a(60)}\n`]));
  const search = searching([folderOf(files)], { deadline: 60_000 });
  const stopping = new AbortController();
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);
  process.on('unhandledRejection', hear);
  const found = search.text({ pattern: '^(a+)+!', ...plain }, stopping.signal);
  setTimeout(() => stopping.abort(new Error('stopped')), 300);
  await expect(found).rejects.toThrow('stopped');
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.removeListener('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});
