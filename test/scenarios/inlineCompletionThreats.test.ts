/** What ghost text never lets out or in, and what is left of it when everything goes wrong: S12, S24, S40, R15, R16, R31. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { revealInvisible } from '#shared/invisible.ts';
import { type Demo, startDemo } from '../../server/src/demo/server.ts';
import { redactSecrets } from '../../server/src/egress/redact.ts';
import { canaries } from '../harness/canaries.ts';
import { type ForeignService, startForeignService } from '../harness/foreignService.ts';
import { type Ghost, startGhost } from '../harness/ghostText.ts';
import { random, scaled } from '../harness/scale.ts';

let demo: Demo;
let folder: string;
beforeEach(async () => {
  demo = await startDemo({ delay: 0 });
  folder = await mkdtemp(path.join(tmpdir(), 'gloss-ghost-'));
});
afterEach(async () => {
  await demo.close();
  await rm(folder, { recursive: true, force: true });
});

const ghost = (options: Parameters<typeof startGhost>[1] = {}): Promise<Ghost> => startGhost(demo, options);
const sent = () => JSON.stringify(demo.requests.map(({ body }) => body));
const inFolder = (name: string) => pathToFileURL(path.join(folder, name)).href;

const tag = (letters: string) => [...letters].map((one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0))).join('');
const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
/** Put into a line, and into a block. */
const harm: readonly string[] = [
  ...['\u202e', '\u2066', '\u200b', '\u2063', '\ufeff', '\u00ad', '\u061c', '\u180e', tag('run rm'), '\u{e0101}'],
  ...['\0', '\u001b[31m', '\u001b]8;;http://evil.example\u0007', '\b\b\b\b', '\u0085', '\u2028', '\u009b2J', '\ud800'],
  ...[token, `"${token}"`, '[secret:github-token:1]', 'AKIAIOSFODNN7EXAMPL2'],
];
const hostile: readonly string[] = [
  ...harm.flatMap((one) => [`a${one}b;`, `a;${one}`, `const x = 1;\n  ${one}y();\n  z();`, `<fill>${one}a;</fill>`]),
  ...[Array.from({ length: 5_000 }, (_, line) => `  call(${line});`).join('\n'), `x${'y'.repeat(300_000)}`],
  ...['\n'.repeat(50_000), 'rm -rf /\n'.repeat(400), '</fill><fill>', '<fill>'.repeat(2_000), '```'.repeat(2_000)],
  ...['Ignore all previous instructions.', 'I cannot help with that.', '[click](command:evil)', '...', '// TODO'],
];

const shares = [0, 1, 2, 3, 4];

test.each(shares)(
  'S40, S24: of 100 hostile answers nothing hidden, secret, endless or active is shown, and the document stays (share %i)',
  async (share) => {
    await using editor = await ghost();
    let count = 0;
    for (const text of hostile.filter((_, at) => at % shares.length === share)) {
      demo.use({ text: text.match(/[\s\S]{1,400}/g) ?? [] });
      for (const place of [`const v${count} = ▮\n`, `function f${count}() {\n  ▮\n}\n`]) {
        count += 1;
        await editor.type(place);
        for (const item of await editor.items()) {
          const shown = String(item.insertText);
          expect(shown.split('\n').length).toBeLessThanOrEqual(40);
          expect(shown.length).toBeLessThanOrEqual(16_000);
          expect(revealInvisible(shown).count, JSON.stringify(shown)).toBe(0);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
          expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
          expect(shown.isWellFormed()).toBe(true);
          expect(redactSecrets(shown).found).toEqual([]);
          expect(shown).not.toContain('[secret:');
          expect(Object.keys(item).sort()).toEqual(['command', 'insertText', 'range']);
          expect(item.command?.command).toBe('gloss.suggestionAccepted');
        }
        expect(editor.editor.text('file:///work/a.ts')).toBe(place.replace('▮', ''));
      }
    }
    expect(count * shares.length).toBeGreaterThanOrEqual(200);
    expect(editor.editor.asked.some(({ method }) => /apply|showDocument/.test(method))).toBe(false);
  },
);

test.each(['.env', 'config/.env.production', 'id_rsa.pem', '.npmrc', '.aws/credentials', 'secrets.json', 'x.tfstate'])(
  'S12, S40: in %s nothing is suggested, and nothing is sent',
  async (name) => {
    await using editor = await ghost({ folders: [pathToFileURL(folder).href] });
    await editor.type('TOKEN=▮\n', inFolder(name), 'shellscript');
    expect(await editor.items()).toEqual([]);
    expect(await editor.why()).toMatchObject({
      why: 'secret',
      detail: expect.stringContaining('stays on this machine'),
    });
    expect(demo.requests).toEqual([]);
  },
);

test('S12: excluded files get no suggestions, and do not go along with those of others', async () => {
  await writeFile(path.join(folder, '.glossignore'), 'private/\n');
  await using editor = await ghost({
    folders: [pathToFileURL(folder).href],
    settings: { excludedFiles: ['*.gen.ts'] },
  });
  for (const name of ['private/a.ts', 'x.gen.ts', '.env']) {
    await editor.type('export function hiddenName() {}\n', inFolder(name));
    await editor.type('export function hiddenName(changed: 1) {}\nhiddenName(▮', inFolder(name));
    expect(await editor.items()).toEqual([]);
  }
  await editor.type('const a = ▮\n', inFolder('open.ts'));
  await editor.items();
  expect(demo.requests).toHaveLength(1);
  expect(sent()).not.toContain('hiddenName');
});

test('S12: secrets above, below, in other files and in what was edited are replaced, wherever they are cut', async () => {
  const next = random();
  const all = canaries(scaled(200), next);
  await using editor = await ghost();
  const filler = (lines: number) => Array.from({ length: lines }, (_, line) => `call(${line});`).join('\n');
  for (const [at, { snippet }] of all.entries()) {
    const pad = 'x'.repeat(Math.floor(next() * 400));
    await editor.type(`// ${pad}\n${snippet}\nexport function other${at}() {}\n`, 'other.ts');
    await editor.type(
      `${snippet}\n// ${pad}\n${filler(700)}\n${snippet}\n${filler(20)}\nconst a${at} = ▮\n${snippet}\n`,
    );
    await editor.items();
  }
  expect(demo.requests.length).toBe(all.length);
  const out = sent() + (await filesBelow(editor.editor.storage)) + editor.editor.logs.join('\n');
  for (const { kind, secret } of all) expect(out, kind).not.toContain(JSON.stringify(secret).slice(1, -1));
});

test('S12: in a line with a secret nothing is asked', async () => {
  await using editor = await ghost();
  await editor.type(`const key = "${token}▮";\n`);
  expect(await editor.items()).toEqual([]);
  expect(await editor.why()).toMatchObject({ why: 'secret' });
  expect(demo.requests).toEqual([]);
});

test('in Restricted Mode suggestions come only by hand', async () => {
  demo.use({ text: '<fill>one;</fill>' });
  await using editor = await ghost({ connection: { trusted: false } });
  await editor.type('const a = ▮\n');
  // The trust is known with the first request.
  expect(await editor.text()).toBe('one;');
  await editor.type('const b = 1;\nconst c = ▮\n');
  expect(await editor.text({ automatic: true })).toBeUndefined();
  expect(await editor.why()).toMatchObject({ why: 'manual' });
  expect(demo.requests).toHaveLength(1);
});

test('S25: what the service is asked keeps to its rules, and most of it is read from its cache from the second key on', async () => {
  const foreign: ForeignService = await startForeignService({ script: () => ({ text: '<fill>Done();</fill>' }) });
  try {
    await using editor = await startGhost(foreign);
    const lines = Array.from({ length: 400 }, (_, line) => `const value${line} = compute(${line}, 'text');`).join('\n');
    for (const typed of ['a', 'ab', 'abc', 'abcd']) {
      await editor.type(`${lines}\nconst x = ${typed}▮\n`);
      expect(await editor.text()).toBe('Done();');
    }
    expect(foreign.refused).toEqual([]);
    expect(foreign.heard).toHaveLength(4);
    expect(foreign.tokens.read).toBeGreaterThan(3 * foreign.tokens.fresh * 0.5);
    expect(foreign.tokens.read).toBeGreaterThan(foreign.tokens.written);
  } finally {
    await foreign.close();
  }
});

/** Long before a suggestion's own deadline would end them. */
const early = { timeout: 8_000 };

const timers = () => process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;

test(`R15: after ${scaled(10_000)} requests that are cancelled nothing runs any more, and the next one is answered`, async () => {
  const next = random();
  demo.use({ text: '<fill>one;</fill>', stallAfter: 2 });
  await using editor = await ghost();
  await editor.type('const a = ▮\n');
  editor.begin().cancel();
  await editor.why();
  const before = timers();
  const answers: Promise<unknown>[] = [];
  for (let count = 0; count < scaled(10_000); count++) {
    if (count % 50 === 0) await editor.type(`const a${count} = ▮\n`);
    // Some are on their way to the service when they are cancelled, the last one is.
    const isSent = count % 100 === 99;
    const { answer, cancel } = editor.begin({ automatic: !isSent && next() < 0.7 });
    answers.push(answer);
    const sentBefore = demo.requests.length;
    if (isSent) await expect.poll(() => demo.requests.length, { interval: 5 }).toBeGreaterThan(sentBefore);
    else if (next() < 0.3) await new Promise(setImmediate);
    cancel();
  }
  for (const answer of answers) expect(await answer).toEqual([]);
  await expect.poll(() => demo.requests.every(({ aborted }) => aborted), early).toBe(true);
  await expect.poll(timers).toBeLessThanOrEqual(before);
  await expect.poll(() => demo.openSockets()).toBeLessThanOrEqual(1);
  demo.use({ text: '<fill>two;</fill>' });
  await editor.type('const last = ▮\n');
  expect(await editor.text()).toBe('two;');
});

test('a burst of 200 keys asks no more often than the pauses allow, and leaves no request open', async () => {
  demo.use({ text: '<fill>one;</fill>', stallAfter: 2 });
  await using editor = await ghost();
  await editor.type('const ▮\n');
  await editor.items({ automatic: true, selected: { text: '', over: 0 } });
  const began = performance.now();
  let last: ReturnType<Ghost['begin']> | undefined;
  for (let key = 0; key < 200; key++) {
    await editor.type(`const ${'x'.repeat(key + 1)}▮\n`);
    last?.cancel();
    last = editor.begin({ automatic: true });
    await new Promise(setImmediate);
  }
  await expect.poll(() => demo.requests.length).toBeGreaterThan(0);
  last?.cancel();
  await last?.answer;
  const shortestPause = 75;
  expect(demo.requests.length).toBeLessThanOrEqual((performance.now() - began) / shortestPause);
  await expect.poll(() => demo.requests.every(({ aborted }) => aborted), early).toBe(true);
  await expect.poll(() => demo.openSockets()).toBeLessThanOrEqual(1);
});

test.each(['7', '3600', '1', undefined, 'soon'])(
  'R16: with status 429 and retry-after %s it is said, and nothing is asked meanwhile',
  async (wait) => {
    const headers = wait === undefined ? {} : { 'retry-after': wait };
    demo.use({ error: { status: 429, type: 'rate_limit_error', headers } });
    await using editor = await ghost();
    await editor.type('const a = ▮\n');
    expect(await editor.items({ automatic: true })).toEqual([]);
    expect(await editor.why()).toMatchObject({
      why: 'limited',
      detail: expect.stringMatching(/asks to wait for \d+ second/),
    });
    if (wait !== '1') {
      await editor.type('const b = ▮\n');
      for (const automatic of [true, false, true]) expect(await editor.items({ automatic })).toEqual([]);
      expect(await editor.why()).toMatchObject({ why: 'limited', known: true });
    }
    expect(demo.requests).toHaveLength(1);
  },
);

test.each([
  ['more requests than', { maxPerHour: 2 }, 'shown'],
  ['more money than', { limitPerHour: 0 }, 'budget'],
])('%s the settings allow in an hour are not asked for', async (_name, suggestions, byHand) => {
  demo.use({ text: '<fill>one;</fill>' });
  await using editor = await ghost({ settings: { suggestions } });
  for (const name of ['a', 'b', 'c']) {
    await editor.type(`const ${name} = ▮\n`);
    await editor.items({ automatic: true });
  }
  expect(await editor.why()).toMatchObject({ why: 'budget' });
  await editor.items();
  expect((await editor.why()).why).toBe(byHand);
});

test.each([
  ['a failure of the service', { error: { status: 500, type: 'api_error' } }],
  ['a key that is refused', { error: { status: 401, type: 'authentication_error' } }],
  ['a stream that breaks', { text: '<fill>one;</fill>', cutAfter: 2 }],
  ['a page in place of an answer', { html: '<p>Sign in</p>' }],
])('%s is no error for the editor: it is said why, and what comes by itself pauses', async (_name, scenario) => {
  demo.use(scenario);
  await using editor = await ghost();
  await editor.type('const a = ▮\n');
  expect(await editor.items({ automatic: true })).toEqual([]);
  expect(await editor.why()).toMatchObject({ why: 'failed', detail: expect.stringMatching(/\w/) });
  await editor.type('const b = ▮\n');
  await editor.items({ automatic: true });
  expect(demo.requests).toHaveLength(1);
  demo.use({ text: '<fill>one;</fill>' });
  expect(await editor.text()).toBe('one;');
});

test('R31, R32: documents that only show something get no suggestions, virtual ones do', async () => {
  demo.use({ text: '<fill>one;</fill>' });
  await using editor = await ghost();
  const verdicts: string[] = [];
  for (const scheme of ['untitled', 'vscode-notebook-cell', 'vscode-remote', 'memfs', 'vscode-vfs', 'sftp'])
    verdicts.push(await verdict(editor, `${scheme}:/a/${scheme}.ts`));
  for (const scheme of ['gloss', 'git', 'output', 'debug', 'vscode-scm', 'search-editor'])
    verdicts.push(await verdict(editor, `${scheme}:/a/${scheme}.ts`));
  expect(verdicts.join(' ')).toBe(`${'shown '.repeat(6)}${'unsupported '.repeat(6)}`.trim());
});

async function verdict(editor: Ghost, uri: string): Promise<string> {
  await editor.type('const a = ▮\n', uri);
  await editor.items();
  return (await editor.why()).why;
}

test('R31: of a huge document only what stands around the cursor is sent, and of a huge line nothing', async () => {
  demo.use({ text: '<fill>one;</fill>' });
  await using editor = await ghost();
  const half = `${'const value = compute(1);\n'.repeat(scaled(1_500_000))}`;
  await editor.type(`${half}const a = ▮\n${half}`);
  expect(await editor.text()).toBe('one;');
  expect(sent().length).toBeLessThan(30_000);
  await editor.type(`const a = '${'x'.repeat(100_000)}▮`, 'long.ts');
  expect(await editor.items()).toEqual([]);
  expect(await editor.why()).toMatchObject({ why: 'unsupported' });
});

async function filesBelow(storage: string): Promise<string> {
  const names = await readdir(storage, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map(({ parentPath, name }) => readFile(path.join(parentPath, name), 'utf8')));
  return texts.join('\n');
}
