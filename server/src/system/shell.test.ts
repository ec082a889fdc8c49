/** S13, S14, S15, S19, S32, R43: commands of chats with real processes: what a line would do, and that nothing outlives its time. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { folderOf } from '../../../test/harness/folders.ts';
import { type CommandResult, Refusal } from '../ports.ts';
import { createShell, type RunningShell } from './shell.ts';

const uriOf = (file: string) => pathToFileURL(file).href;
const machinePath = process.env['PATH'] ?? '';

interface Place {
  readonly shell: RunningShell;
  /** Links resolved. */
  readonly folder: string;
}

function shellIn(
  files: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
): Place {
  const folder = realpathSync(folderOf(files));
  const shell = createShell({
    roots: () => [pathToFileURL(folder).href],
    variables: { PATH: machinePath, HOME: folder, ...variables },
  });
  onTestFinished(() => shell.close());
  return { shell, folder };
}

interface Running {
  readonly result: Promise<CommandResult>;
  /** All that was told while it ran. */
  told(): string;
  /** Resolves when this was told. */
  says(words: string): Promise<void>;
  stop(): void;
}

function start({ shell, folder }: Place, line: string, deadline = 60_000): Running {
  const stopping = new AbortController();
  let told = '';
  let wake = (): void => {};
  const onOutput = (text: string): void => {
    told += text;
    wake();
  };
  const result = shell
    .plan(line, uriOf(folder))
    .then((plan) => shell.run(plan, { signal: stopping.signal, deadline, onOutput }));
  return {
    result,
    told: () => told,
    says: (words) =>
      new Promise((resolve) => {
        wake = () => told.includes(words) && resolve();
        wake();
      }),
    stop: () => stopping.abort(),
  };
}

const refusalOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Refusal ? `${error.kind}: ${error.message}` : String(error)),
  );

const isAlive = (pid: number): boolean => {
  try {
    // A zombie has ended: who started it has not asked for its fate yet.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const pidsIn = (text: string): number[] => [...text.matchAll(/pid (\d+)/g)].map((match) => Number(match[1]));

test('a plain line is a program with its arguments', async () => {
  const { shell, folder } = shellIn();
  const plan = await shell.plan("printf '%s|' a 'b c' \"d'e\"", uriOf(folder));
  expect(plan).toMatchObject({ isShell: false, cwd: folder, argv: [expect.anything(), '%s|', 'a', 'b c', "d'e"] });
  expect(path.isAbsolute(plan.argv[0] ?? '')).toBe(true);
  expect(plan.argv[0]).toBe(realpathSync(plan.calledAs));
  const result = await start({ shell, folder }, plan.line).result;
  expect(result).toEqual({ exitCode: 0, end: 'exited', output: "a|b c|d'e|", dropped: 0 });
});

test('what is more than that is a text for the shell, whole', async () => {
  const place = shellIn();
  const line = 'echo one; echo two >&2; exit 3';
  expect(await place.shell.plan(line, uriOf(place.folder))).toMatchObject({
    isShell: true,
    argv: ['/bin/sh', '-c', line],
  });
  const result = await start(place, line).result;
  expect(result).toMatchObject({ exitCode: 3, end: 'exited' });
  expect(result.output.split('\n').toSorted()).toEqual(['', 'one', 'two']);
});

test('S13: what cannot be run is refused', async () => {
  const { shell, folder } = shellIn();
  for (const [line, kind] of [
    ['', 'empty'],
    [' \n', 'empty'],
    ['echo \0', 'characters'],
    ['echo \ud800', 'characters'],
    [`echo ${'a'.repeat(20_000)}`, 'tooLong'],
    ['no-such-program-anywhere', 'noProgram'],
    ['/no/such/program', 'noProgram'],
    ['./nothing', 'noProgram'],
  ] as const)
    expect(await refusalOf(shell.plan(line, uriOf(folder))), JSON.stringify(line)).toMatch(new RegExp(`^${kind}: `));
});

test('S6: a command runs in a workspace folder, wherever links lead', async () => {
  const { shell, folder } = shellIn({ 'inner/a.txt': '' });
  const outside = folderOf();
  symlinkSync(outside, path.join(folder, 'out'));
  symlinkSync(path.join(folder, 'inner'), path.join(folder, 'in'));
  expect((await shell.plan('ls', uriOf(path.join(folder, 'in')))).cwd).toBe(path.join(folder, 'inner'));
  expect((await shell.plan('ls', uriOf(path.join(folder, 'inner')))).cwd).toBe(path.join(folder, 'inner'));
  for (const cwd of ['..', 'out', outside, '/', 'inner/../..'])
    expect(await refusalOf(shell.plan('ls', uriOf(path.resolve(folder, cwd)))), cwd).toMatch(/^outside: /);
  for (const cwd of ['nowhere', 'inner/a.txt'])
    expect(await refusalOf(shell.plan('ls', uriOf(path.join(folder, cwd)))), cwd).toMatch(/^noFolder: /);
  const nothing = createShell({ roots: () => ['untitled:x'], variables: { PATH: machinePath } });
  expect(await refusalOf(nothing.plan('ls', uriOf(folder)))).toMatch(/^outside: /);
  expect(await refusalOf(shell.plan('ls', 'untitled:x'))).toMatch(/^path: /);
});

test('S14: programs that a workspace plants are never run by their bare name, neither directly nor by a shell', async () => {
  const names = ['git', 'rg', 'node', 'npm', 'sh', 'env', 'only-here'];
  const files = Object.fromEntries(names.map((name) => [`bin/${name}`, '#!/bin/sh\n/bin/touch "$0.ran"\n']));
  const place = shellIn(files);
  const bin = path.join(place.folder, 'bin');
  for (const name of names) chmodSync(path.join(bin, name), 0o755);
  const link = path.join(folderOf(), 'link');
  symlinkSync(bin, link);
  const farm = folderOf();
  for (const name of names) symlinkSync(path.join(bin, name), path.join(farm, name));
  // In full, by a link, as relative ones, and link by link.
  const variables = { PATH: ['', '.', 'bin', './bin', bin, `${bin}/`, link, machinePath, farm].join(':') };
  const shell = createShell({ roots: () => [pathToFileURL(place.folder).href], variables });
  for (const cwd of ['', 'bin'])
    for (const name of names)
      for (const line of [`${name} --version`, `${name} --version; true`, `/bin/sh -c '${name} --version'`]) {
        const planned = await shell.plan(line, uriOf(path.join(place.folder, cwd))).catch((error: unknown) => error);
        if (planned instanceof Refusal) expect(planned.kind).toBe('insideWorkspace');
        else {
          const plan = planned as Awaited<ReturnType<typeof shell.plan>>;
          await shell.run(plan, { signal: AbortSignal.timeout(60_000), deadline: 60_000, onOutput: () => {} });
        }
      }
  const farmFirst = createShell({ roots: () => [pathToFileURL(place.folder).href], variables: { PATH: farm } });
  expect(await refusalOf(farmFirst.plan('git status', uriOf(place.folder)))).toMatch(/^insideWorkspace: /);
  expect(await refusalOf(shell.plan('only-here', uriOf(place.folder)))).toMatch(/^insideWorkspace: /);
  expect(names.filter((name) => existsSync(path.join(bin, `${name}.ran`)))).toEqual([]);
  // By its path it may be run: that is what is shown then.
  const plan = await shell.plan('./bin/git x', uriOf(place.folder));
  expect(plan).toMatchObject({ isShell: false, argv: [path.join(bin, 'git'), 'x'] });
  await shell.run(plan, { signal: AbortSignal.timeout(60_000), deadline: 60_000, onOutput: () => {} });
  expect(existsSync(path.join(bin, 'git.ran'))).toBe(true);
});

test('S14: what a repository sets does not run when Git looks at its files, and nobody is asked or turns pages', async () => {
  const place = shellIn({ 'a.txt': 'one\n' });
  const mark = path.join(place.folder, 'ran');
  const evil = path.join(place.folder, 'evil.sh');
  writeFileSync(evil, `#!/bin/sh\necho "$0" >> ${mark}\ncat\n`, { mode: 0o755 });
  await start(place, 'git init -q .').result;
  await start(place, 'git add a.txt').result;
  const keys = 'core.fsmonitor core.pager pager.status pager.diff core.askPass alias.status alias.diff alias.ls-files';
  for (const key of keys.split(' ')) await start(place, `git config ${key} '!${evil}'`).result;
  await start(place, `git config core.fsmonitor ${evil}`).result;
  for (const line of ['git status', 'git diff', 'git log', 'git ls-files -m', 'git add .', 'git status; git diff'])
    expect(await start(place, line).result, line).toMatchObject({ end: 'exited' });
  expect(existsSync(mark)).toBe(false);
  // It would have, for whoever starts Git in another way.
  execFileSync('git', ['status'], { cwd: place.folder, env: { PATH: machinePath, HOME: place.folder } });
  expect(existsSync(mark)).toBe(true);
});

test('a program that goes by its name is told the one that was found', async () => {
  const place = shellIn();
  const bin = folderOf();
  mkdirSync(path.join(bin, 'real'));
  symlinkSync(realpathSync('/bin/sh'), path.join(bin, 'shell-by-another-name'));
  const shell = createShell({
    roots: () => [pathToFileURL(place.folder).href],
    variables: { PATH: `${bin}:${machinePath}` },
  });
  const started = start({ ...place, shell }, "shell-by-another-name -c 'echo $0'");
  expect((await started.result).output).toBe(`${path.join(bin, 'shell-by-another-name')}\n`);
});

test('S15, S32: of 40 secrets and loaders in the environment no child sees any, on any way', async () => {
  const names = [
    'ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN OPENAI_API_KEY GITHUB_TOKEN GH_TOKEN GITLAB_TOKEN NPM_TOKEN AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AZURE_CLIENT_SECRET GOOGLE_API_KEY SLACK_TOKEN STRIPE_SECRET_KEY MY_SECRET',
    'DATABASE_PASSWORD DATABASE_URL XDG_TOKEN LC_SECRET_KEY LC_lower HOME_KEY PATH_TOKEN SSH_AUTH_SOCK GPG_AGENT_INFO',
    'LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES NODE_OPTIONS NODE_PATH PYTHONPATH PYTHONSTARTUP PERL5OPT',
    'RUBYOPT JAVA_TOOL_OPTIONS BASH_ENV ENV PROMPT_COMMAND GIT_SSH_COMMAND GIT_EXTERNAL_DIFF',
  ].flatMap((line) => line.split(' '));
  expect(names).toHaveLength(40);
  const canary = 'CANARY-of-the-environment';
  const variables = Object.fromEntries(names.map((name) => [name, `/nowhere/${canary}`]));
  const place = shellIn({ 'show.sh': '#!/bin/sh\nenv\n' }, variables);
  chmodSync(path.join(place.folder, 'show.sh'), 0o755);
  const ways = ['env', './show.sh', 'env; true', 'sh -c env', '(env) | cat', 'cat /proc/self/environ'];
  for (const way of ways) {
    const { output } = await start(place, way).result;
    expect(output, way).toContain('GIT_TERMINAL_PROMPT=0');
    expect(output, way).not.toContain('CANARY');
    const plan = await place.shell.plan(way, uriOf(place.folder));
    expect(plan.environment.filter((name) => names.includes(name))).toEqual([]);
  }
  const { output } = await start(place, 'env').result;
  const seen = output.split('\n').flatMap((line) => line.split('=')[0] || []);
  const plan = await place.shell.plan('env', uriOf(place.folder));
  expect(seen.toSorted()).toEqual([...plan.environment, ...plan.alwaysSet].toSorted());
});

test('a stopped command is answered before it has ended', async () => {
  const place = shellIn();
  const running = start(place, 'trap "" TERM; echo "pid $$"; while :; do sleep 1; done');
  await running.says('pid');
  running.stop();
  const result = await running.result;
  const [pid = 0] = pidsIn(result.output);
  // It takes no notice of being asked: so the answer came first.
  expect([result.end, result.exitCode, isAlive(pid)]).toEqual(['stopped', undefined, true]);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

/** Each tells the numbers of its processes, and would go on for ever. */
const endless: Readonly<Record<string, string>> = {
  hung: 'echo "pid $$"; sleep 1000',
  'taking no notice of being asked': 'trap "" TERM INT HUP; echo "pid $$"; while :; do sleep 1; done',
  'with children': 'sleep 1000 & echo "pid $!"; sleep 1000 & echo "pid $!"; echo "pid $$"; wait',
  'with a child that takes no notice': '(trap "" TERM; sleep 1000) & echo "pid $!"; echo "pid $$"; wait',
  'with grandchildren': '(sh -c \'echo "pid $$"; sleep 1000\') & echo "pid $$"; wait',
  'in a pipe': '(echo "pid $$"; sleep 1000) | cat',
  'writing for ever': 'echo "pid $$"; yes',
  'writing no line': 'echo "pid $$"; while :; do printf x; done',
  'writing bytes': 'echo "pid $$"; cat /dev/urandom',
  'writing to the other stream': 'echo "pid $$"; yes >&2',
  'having closed its streams': 'echo "pid $$"; exec >&- 2>&-; sleep 1000',
  'stopped by itself': 'echo "pid $$"; kill -STOP $$',
  'reading what nobody types': 'echo "pid $$"; cat; sleep 1000',
};

/** Few enough for each shell. */
function endlessIn(): readonly { readonly name: string; readonly line: string; readonly place: Place }[] {
  const places = [shellIn(), shellIn(), shellIn()];
  return Object.entries(endless).map(([name, line], at) => ({ name, line, place: places[at % 3] ?? shellIn() }));
}

test('R43: endless commands of 13 kinds have ended after their deadline, all of them', async () => {
  const places = endlessIn();
  const ran = await Promise.all(
    places.map(async ({ name, line, place }) => ({ name, ...(await start(place, line, 1_500).result) })),
  );
  for (const { name, output, dropped, ...ended } of ran) {
    expect(ended, name).toEqual({ end: 'deadline', exitCode: undefined });
    // Those that write much have told it long ago.
    if (dropped === 0) expect(pidsIn(output), name).not.toEqual([]);
    await expect.poll(() => pidsIn(output).filter(isAlive), { message: name }).toEqual([]);
  }
});

test('R43: endless commands of 13 kinds have ended after they were stopped, all of them', async () => {
  const all = endlessIn().map(({ name, line, place }) => ({ name, running: start(place, line) }));
  await Promise.all(all.map(({ running }) => running.says('pid')));
  for (const { running } of all) running.stop();
  for (const { name, running } of all) {
    expect((await running.result).end, name).toBe('stopped');
    expect(pidsIn(running.told()), name).not.toEqual([]);
  }
  for (const { name, running } of all)
    await expect.poll(() => pidsIn(running.told()).filter(isAlive), { message: name }).toEqual([]);
});

test('R43: who leaves the group and holds the output open holds nobody up', async () => {
  const place = shellIn();
  const running = start(place, 'setsid sh -c \'echo "pid $$"; sleep 30\' & sleep 0.2; echo done');
  const result = await running.result;
  onTestFinished(() => {
    for (const pid of pidsIn(result.output)) process.kill(pid);
  });
  expect(result).toMatchObject({ end: 'exited', exitCode: 0, output: expect.stringContaining('done') });
  expect(pidsIn(result.output).map(isAlive)).toEqual([true]);
});

test('what a command leaves running behind it ends with it', async () => {
  const result = await start(shellIn(), 'sleep 1000 & echo "pid $!"').result;
  expect(result).toMatchObject({ end: 'exited', exitCode: 0 });
  await expect.poll(() => pidsIn(result.output).filter(isAlive)).toEqual([]);
});

test('R43: of 100 MB the last megabyte is kept, and it is known how much is not', async () => {
  const result = await start(shellIn(), 'head -c 100000000 /dev/zero | tr "\\0" x; echo; echo the end').result;
  expect(result).toMatchObject({ end: 'exited', exitCode: 0 });
  expect(result.output).toHaveLength(1024 * 1024);
  expect(result.output.endsWith('x\nthe end\n')).toBe(true);
  expect(result.dropped).toBe(100_000_000 + 9 - 1024 * 1024);
});

test('R43: bytes that are no text become the sign for it', async () => {
  const { output } = await start(shellIn(), "printf 'a\\377\\303b\\342\\202'").result;
  expect(output).toBe('a\ufffd\ufffdb\ufffd');
});

test('R43: programs that cannot be started, or die, are told of', async () => {
  const place = shellIn({ 'text.sh': 'no program\n', 'odd.sh': '#!/no/such/interpreter\n' });
  for (const name of ['text.sh', 'odd.sh']) chmodSync(path.join(place.folder, name), 0o755);
  expect(await start(place, './odd.sh').result).toMatchObject({ end: 'notStarted', exitCode: undefined });
  // The system gives a text without a first line of its own to its shell.
  expect(await start(place, './text.sh').result).toMatchObject({ end: 'exited', exitCode: 127 });
  expect(await start(place, 'kill -9 $$').result).toMatchObject({ end: 'exited', exitCode: undefined });
  expect(await start(place, 'false').result).toMatchObject({ end: 'exited', exitCode: 1 });
  const plan = await place.shell.plan('true', uriOf(place.folder));
  const long = { ...plan, argv: [plan.argv[0] ?? '', 'x'.repeat(10_000_000)] };
  const options = { signal: new AbortController().signal, deadline: 60_000, onOutput: () => {} };
  expect(await place.shell.run(long, options)).toMatchObject({
    end: 'notStarted',
    output: expect.stringContaining('could not be started'),
  });
});

test('one that was stopped before it began is not begun, and more than a few do not run at once', async () => {
  const place = shellIn();
  const plan = await place.shell.plan('touch made', uriOf(place.folder));
  const options = { deadline: 60_000, onOutput: () => {} };
  await expect(place.shell.run(plan, { ...options, signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow(
    'stop',
  );
  const many = Array.from({ length: 6 }, () => start(place, 'echo up; sleep 1000'));
  await Promise.all(many.map((one) => one.says('up')));
  expect(await refusalOf(start(place, 'touch made').result)).toMatch(/^busy: /);
  for (const one of many) one.stop();
  expect((await Promise.all(many.map((one) => one.result))).map(({ end }) => end)).toEqual(Array(6).fill('stopped'));
  await expect.poll(() => start(place, 'echo again').result.then(({ output }) => output, String)).toBe('again\n');
  expect(existsSync(path.join(place.folder, 'made'))).toBe(false);
});

test('closing ends all of them', async () => {
  const place = shellIn();
  const running = start(place, endless['taking no notice of being asked'] ?? '');
  await running.says('pid');
  place.shell.close();
  expect((await running.result).end).toBe('exited');
  expect(pidsIn(running.told()).filter(isAlive)).toEqual([]);
});

test('S8: what was put in the place of its folder since it was planned is not where a command runs', async () => {
  const place = shellIn({ 'inner/a.txt': '', 'inner/deep/b.txt': '' });
  const outside = folderOf({ 'theirs.txt': '', 'deep/b.txt': '' });
  const [inner, moved] = ['inner', 'moved'].map((name) => path.join(place.folder, name)) as [string, string];
  const planned = await place.shell.plan('touch made', uriOf(inner));
  const deep = await place.shell.plan('touch made', uriOf(path.join(inner, 'deep')));
  renameSync(inner, moved);
  symlinkSync(outside, inner);
  const options = { signal: new AbortController().signal, deadline: 60_000, onOutput: () => {} };
  for (const plan of [planned, deep]) expect(await place.shell.run(plan, options)).toMatchObject({ end: 'notStarted' });
  expect([existsSync(path.join(outside, 'made')), existsSync(path.join(outside, 'deep/made'))]).toEqual([false, false]);
  unlinkSync(inner);
  renameSync(moved, inner);
  expect(await place.shell.run(deep, options)).toMatchObject({ exitCode: 0 });
  expect(existsSync(path.join(inner, 'deep/made'))).toBe(true);
});

test('a file is not changed between what was planned and what is done', async () => {
  const place = shellIn({ 'run.sh': '#!/bin/sh\necho one\n' });
  writeFileSync(path.join(place.folder, 'other.sh'), '#!/bin/sh\necho other\n', { mode: 0o755 });
  chmodSync(path.join(place.folder, 'run.sh'), 0o755);
  symlinkSync('run.sh', path.join(place.folder, 'link.sh'));
  const plan = await place.shell.plan('./link.sh', uriOf(place.folder));
  expect(plan.argv).toEqual([path.join(place.folder, 'run.sh')]);
});
