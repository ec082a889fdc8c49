/** S4, S13, S17, S19, R43: the tool that runs a command, with real files and processes: what is shown, done and told. */
import { realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { defaultSettings } from '#shared/settings.ts';
import { folderOf } from '../../../../test/harness/folders.ts';
import { cleanText } from '../../egress/filter.ts';
import type { TerminalView } from '../../ports.ts';
import { createFiles } from '../../system/files.ts';
import { createShell } from '../../system/shell.ts';
import type { Effective, Impossible, ToolAnswer, ToolContext } from '../../tool.ts';
import { runTool } from './runTool.ts';

interface World {
  readonly context: ToolContext;
  readonly folder: string;
  readonly shown: string[];
  readonly ended: string[];
  readonly reports: string[];
  readonly stop: AbortController;
  readonly closeTerminal: AbortController;
  /** Documents that are open, by path, with their text. */
  readonly open: Map<string, string>;
  readonly session: { readonly changed: Set<string> };
}

interface Options {
  readonly saves?: (uris: readonly string[], world: World) => readonly string[];
  readonly timeout?: number;
  readonly onOutput?: (world: World) => void;
}

function worldOf(files: Readonly<Record<string, string>> = {}, options: Options = {}): World {
  const folder = realpathSync(folderOf(files));
  const roots = () => [pathToFileURL(folder).href];
  const shell = createShell({ roots, variables: { PATH: process.env['PATH'], HOME: folder } });
  onTestFinished(() => shell.close());
  const settings = { ...defaultSettings, chat: { ...defaultSettings.chat, commandTimeout: options.timeout ?? 60 } };
  const seen = { shown: [] as string[], ended: [] as string[], reports: [] as string[] };
  const stop = new AbortController();
  const closeTerminal = new AbortController();
  const open = new Map<string, string>();
  const session = { conversation: 'c', mode: 'ask', todo: [], changed: new Set<string>(), title: '', kept: new Map() };
  const terminal: TerminalView = {
    closed: closeTerminal.signal,
    write(text) {
      seen.shown.push(text);
      options.onOutput?.(world);
    },
    end: (note) => void seen.ended.push(note),
  };
  const context = {
    ...{ shell, files: createFiles(roots), session, call: 'toolu_1', signal: stop.signal },
    documents: {
      get: (uri: string) => {
        const text = open.get(uri);
        return text === undefined ? undefined : { uri, version: 1, languageId: '', text };
      },
      ...(options.saves === undefined
        ? {}
        : { save: async (uris: readonly string[]) => options.saves?.(uris, world) ?? [] }),
    },
    settings: { forDocument: async () => settings },
    outgoing: { clean: async (text: string) => cleanText(text, (one) => one) },
    people: { terminal: () => terminal },
    report: (text: string) => void seen.reports.push(text),
  } as unknown as ToolContext; // What it does not have, the tool must not need.
  const world: World = { context, folder, ...seen, stop, closeTerminal, open, session };
  return world;
}

const prepare = (world: World, input: object): Promise<Effective | Impossible> =>
  runTool.effective(world.context, runTool.input.parse(input));

async function effectiveOf(world: World, input: object): Promise<Effective> {
  const effective = await prepare(world, input);
  if ('impossible' in effective) throw new Error(effective.impossible);
  return effective;
}

async function ran(world: World, command: string, more: object = {}): Promise<ToolAnswer> {
  const input = { command, ...more };
  return runTool.run(world.context, runTool.input.parse(input), await effectiveOf(world, input));
}

const factsOf = (effective: Effective) => Object.fromEntries(effective.facts.map(({ name, value }) => [name, value]));

test('S17: of a plain command the program, each argument, the folder, the variables and the time are shown', async () => {
  const world = worldOf();
  const effective = await effectiveOf(world, { command: "printf '%s|' 'a b'" });
  expect(factsOf(effective)).toEqual({
    Command: "printf '%s|' 'a b'",
    Program: realpathSync(factsOf(effective)['Program'] ?? ''),
    ...(factsOf(effective)['Called as'] === undefined ? {} : { 'Called as': expect.stringMatching(/\/printf$/) }),
    'Argument 1': '%s|',
    'Argument 2': 'a b',
    Folder: world.folder,
    Variables: expect.stringMatching(/^(?!.*GIT_).*PATH/),
    'Always set': expect.stringMatching(/GIT_CONFIG_COUNT .*PAGER/),
    'Stopped after': '60 seconds',
  });
  expect(effective).toMatchObject({ title: "Run printf '%s|' 'a b'", subjects: ['printf', '%s|', 'a b'] });
});

test('S13, S17: a text for the shell is shown whole, is always asked about, and never remembered', async () => {
  const command = `echo one;\n${'echo two; '.repeat(500)}`;
  const effective = await effectiveOf(worldOf(), { command });
  expect(factsOf(effective)).toMatchObject({ 'Text for the shell': command, 'Argument 1': '-c' });
  expect(effective).toMatchObject({
    subjects: [command],
    isRememberable: false,
    mustAsk: [expect.stringMatching(/^The shell reads/)],
  });
});

test('what cannot be run is said to the model', async () => {
  const world = worldOf({ 'a.txt': '' });
  expect(await prepare(world, { command: 'no-such-program x' })).toEqual({
    impossible: expect.stringContaining('no program no-such-program'),
  });
  for (const cwd of ['..', '/etc', 'a.txt', 'nowhere'])
    expect(await prepare(world, { command: 'ls', cwd }), cwd).toHaveProperty('impossible');
});

test('the model is told how it ended and what it wrote, which counts as data, and the person sees it come', async () => {
  const world = worldOf({ 'src/a.txt': 'hello\n' });
  expect(await ran(world, 'cat a.txt', { cwd: 'src' })).toEqual({
    text: 'Exit code 0.\nOutput:\nhello',
    failed: false,
    isData: true,
    replaced: [],
  });
  expect([world.shown, world.ended, world.reports.at(-1)]).toEqual([['hello\n'], ['Exit code 0.'], 'hello']);
  expect(await ran(world, 'exit 4')).toMatchObject({ text: 'Exit code 4.\nIt wrote nothing.', failed: true });
});

test('S12: what a command writes is cleaned whole, before it is cut', async () => {
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const world = worldOf({ '.env': `${'x\n'.repeat(10_000)}TOKEN=${secret}\n` });
  const answer = await ran(world, 'cat .env');
  expect(answer.text).not.toContain(secret.slice(0, 20));
  expect(answer.replaced).not.toEqual([]);
});

test('of long output the beginning and the end are told, and how much is left out', async () => {
  const { text } = await ran(worldOf(), 'seq 1 20000');
  expect(text).toMatch(/^Exit code 0\.\nOutput:\n1\n2\n3\n/);
  expect(text).toMatch(/\n\[\d+ characters in \d+ lines left out\]\n/);
  expect(text).toMatch(/\n19999\n20000$/);
  expect(text.length).toBeLessThan(17_000);
});

test('S19: what steers a terminal reaches neither person nor model', async () => {
  const world = worldOf();
  const { text } = await ran(world, "printf 'a\\033[31mred\\033[0m\\033]0;title\\007 10%%\\r20%%\\n'");
  expect(text).toBe('Exit code 0.\nOutput:\n20%');
  expect(world.shown.join('')).toBe('ared 10%\n20%\n');
});

test('R43: the time is that of the settings, less where the model asks for less, and never more than 10 minutes', async () => {
  const after = async (timeout: number, timeoutSeconds?: number) =>
    factsOf(await effectiveOf(worldOf({}, { timeout }), { command: 'ls', timeoutSeconds }))['Stopped after'];
  expect(await after(120)).toBe('120 seconds');
  expect(await after(120, 5)).toBe('5 seconds');
  expect(await after(5, 300)).toBe('5 seconds');
  expect(await after(3_600, 600)).toBe('600 seconds');
  expect(await after(3_600)).toBe('600 seconds');
  const { text } = await ran(worldOf({}, { timeout: 1 }), 'echo begun; sleep 1000');
  expect(text).toBe('It ran longer than 1 seconds and was stopped.\nOutput:\nbegun');
});

test('closing the terminal stops the command, and the model is told of it; Stop ends the call', async () => {
  const closing = worldOf({}, { onOutput: (world) => world.closeTerminal.abort() });
  const { text } = await ran(closing, 'echo up; sleep 1000');
  expect(text).toBe('The developer closed its terminal, which stopped it.\nOutput:\nup');
  const stopping = worldOf({}, { onOutput: (world) => world.stop.abort(new Error('Stop')) });
  await expect(ran(stopping, 'echo up; sleep 1000')).rejects.toThrow('Stop');
  expect(stopping.ended).toEqual(['It was stopped.']);
});

test('documents that the conversation has changed are shown, and saved before the command runs', async () => {
  const files = { 'a.txt': 'old\n', 'b.txt': 'same\n', 'c.txt': 'theirs\n' };
  const saves: Options['saves'] = (uris, { open, folder }) => {
    for (const uri of uris) writeFileSync(path.join(folder, path.basename(uri)), open.get(uri) ?? '');
    return uris;
  };
  const make = (options: Options) => {
    const world = worldOf(files, options);
    const uriOf = (name: string) => pathToFileURL(path.join(world.folder, name)).href;
    world.open.set(uriOf('a.txt'), 'new\n').set(uriOf('b.txt'), 'same\n').set(uriOf('c.txt'), 'changed by them\n');
    for (const name of ['a.txt', 'b.txt', 'closed.txt']) world.session.changed.add(uriOf(name));
    return world;
  };
  const saving = make({ saves });
  expect(factsOf(await effectiveOf(saving, { command: 'cat a.txt' }))['Saved first']).toBe('a.txt');
  expect(await ran(saving, 'cat a.txt c.txt')).toMatchObject({ text: 'Exit code 0.\nOutput:\nnew\ntheirs' });
  expect(factsOf(await effectiveOf(saving, { command: 'cat a.txt' }))).not.toHaveProperty('Saved first');
  const bare = make({});
  expect(factsOf(await effectiveOf(bare, { command: 'cat a.txt' }))['Changed but not saved']).toBe('a.txt');
  expect((await ran(bare, 'cat a.txt')).text).toMatch(
    /^Exit code 0\.\nThe disk is behind: .* a\.txt .*\nOutput:\nold$/,
  );
  expect((await ran(make({ saves: () => [] }), 'cat a.txt')).text).toContain('The disk is behind');
});

test('S4: only what was prepared is run', async () => {
  const world = worldOf();
  const effective = await effectiveOf(world, { command: 'touch made' });
  await expect(runTool.run(world.context, { command: 'touch made' }, { ...effective })).rejects.toThrow('not prepared');
});
