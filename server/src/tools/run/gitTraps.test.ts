/** S14: of what a repository sets for Git nothing runs with a command that may be remembered; what might run is asked about each time, by its name. */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { folderOf } from '../../../../test/harness/folders.ts';
import { settingsIn } from '../../system/gitSettings.ts';
import { createShell } from '../../system/shell.ts';
import { odditiesOf } from './oddities.ts';

const machinePath = process.env['PATH'] ?? '';

/** What a model runs without thinking. */
const commands = [
  ...['git status', 'git diff', 'git diff HEAD', 'git log -p -1', 'git show', 'git blame a.txt', 'git ls-files -m'],
  ...['git branch -v', 'git add a.txt', 'git commit -m word', 'git stash', 'git switch other', 'git remote update'],
];

interface Repository {
  readonly folder: string;
  /** A program that leaves a mark. */
  readonly evil: string;
  git(...words: readonly string[]): void;
  attributes(text: string): void;
}

interface Trap {
  /** It goes off for whoever starts Git in another way, with this; undefined where no command here would. */
  readonly proof?: readonly string[];
  set(repository: Repository): void;
}

const config =
  (key: string, value: (evil: string) => string = (evil) => evil) =>
  ({ git, evil }: Repository): void =>
    git('config', key, value(evil));
const driven = (key: string, attribute: string) => (repository: Repository) => {
  config(key)(repository);
  repository.attributes(`* ${attribute}\n`);
};
const hook = (name: string) => {
  return ({ folder, evil }: Repository): void => {
    mkdirSync(path.join(folder, '.git/hooks'), { recursive: true });
    writeFileSync(path.join(folder, '.git/hooks', name), `#!/bin/sh\n${evil}\n`, { mode: 0o755 });
  };
};

const traps: Readonly<Record<string, Trap>> = {
  'core.fsmonitor': { set: config('core.fsmonitor'), proof: ['status'] },
  'core.hooksPath': {
    set(repository) {
      hook('pre-commit')(repository);
      config('core.hooksPath', () => path.join(repository.folder, '.git/hooks'))(repository);
    },
    proof: ['commit', '-m', 'word'],
  },
  'hooks of its own': { set: hook('post-index-change'), proof: ['add', 'a.txt'] },
  'core.pager': { set: config('core.pager') },
  'pager.log': { set: config('pager.log') },
  'core.editor': { set: config('core.editor'), proof: ['commit', '-a'] },
  'sequence.editor': { set: config('sequence.editor') },
  'core.askPass': { set: config('core.askPass') },
  'core.sshCommand': {
    set(repository) {
      config('core.sshCommand')(repository);
      config('remote.origin.url', () => 'ssh://nowhere.invalid/x')(repository);
    },
    proof: ['remote', 'update'],
  },
  'core.gitProxy': {
    set(repository) {
      config('core.gitProxy')(repository);
      config('remote.origin.url', () => 'git://nowhere.invalid/x')(repository);
    },
    proof: ['remote', 'update'],
  },
  'diff.external': { set: config('diff.external'), proof: ['diff'] },
  'diff.x.command': { set: driven('diff.x.command', 'diff=x'), proof: ['diff'] },
  'diff.x.textconv': { set: driven('diff.x.textconv', 'diff=x'), proof: ['blame', 'a.txt'] },
  'filter.x.clean': { set: driven('filter.x.clean', 'filter=x'), proof: ['status'] },
  'filter.x.smudge': { set: driven('filter.x.smudge', 'filter=x'), proof: ['stash'] },
  'filter.x.process': { set: driven('filter.x.process', 'filter=x'), proof: ['add', 'a.txt'] },
  'merge.x.driver': { set: driven('merge.x.driver', 'merge=x') },
  'alias.status': { set: config('alias.status', (evil) => `!${evil}`) },
  'include.path': {
    set(repository) {
      writeFileSync(
        path.join(repository.folder, 'more'),
        `[core]\n\tsshCommand = x\n[diff]\n\texternal = ${repository.evil}\n`,
      );
      config('include.path', () => '../more')(repository);
    },
    proof: ['diff'],
  },
  'includeIf.gitdir:/.path': {
    set(repository) {
      writeFileSync(path.join(repository.folder, 'more'), `[diff]\n\texternal = ${repository.evil}\n`);
      config('includeIf.gitdir:/.path', () => '../more')(repository);
    },
    proof: ['diff'],
  },
  'credential.helper': { set: config('credential.helper', (evil) => `!${evil}`) },
  'gpg.program': {
    set(repository) {
      config('gpg.program')(repository);
      config('commit.gpgSign', () => 'true')(repository);
    },
    proof: ['commit', '-a', '-m', 'word'],
  },
  'remote.origin.url': {
    set(repository) {
      config('remote.origin.url', (evil) => `ext::${evil}`)(repository);
      config('protocol.ext.allow', () => 'always')(repository);
    },
    proof: ['remote', 'update'],
  },
  'remote.origin.uploadpack': {
    set(repository) {
      config('remote.origin.url', () => repository.folder)(repository);
      config('remote.origin.uploadpack')(repository);
    },
    proof: ['remote', 'update'],
  },
  'settings of a submodule': {
    set(repository) {
      const inner = path.join(repository.folder, 'inner');
      make(inner, repository.evil).git('config', 'filter.x.clean', repository.evil);
      writeFileSync(path.join(inner, '.gitattributes'), '* filter=x\n');
      repository.git('add', 'inner');
    },
    proof: ['status'],
  },
  'a worktree that leads elsewhere': {
    set(repository) {
      const other = make(realpathSync(folderOf()), repository.evil);
      config('core.fsmonitor', () => 'false')(other);
      config('diff.external', () => repository.evil)(other);
      rmSync(path.join(repository.folder, '.git'), { recursive: true });
      writeFileSync(path.join(repository.folder, '.git'), `gitdir: ${path.join(other.folder, '.git')}\n`);
    },
    proof: ['diff', 'HEAD'],
  },
};

function make(folder: string, evil: string): Repository {
  mkdirSync(folder, { recursive: true });
  const env = { PATH: machinePath, HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null' };
  const git = (...words: readonly string[]): void => {
    execFileSync('git', words, { cwd: folder, env, stdio: 'ignore' });
  };
  git('init', '-q', '-b', 'main', '.');
  git('config', 'user.name', 'me');
  git('config', 'user.email', 'me@nowhere.invalid');
  writeFileSync(path.join(folder, 'a.txt'), 'one\n');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  git('branch', 'other');
  writeFileSync(path.join(folder, 'a.txt'), 'two\n');
  return { folder, evil, git, attributes: (text) => appendFileSync(path.join(folder, '.gitattributes'), text) };
}

function trapped(trap: Trap): { readonly repository: Repository; readonly mark: string } {
  const tools = realpathSync(folderOf());
  const mark = path.join(tools, 'ran');
  const evil = path.join(tools, 'evil.sh');
  writeFileSync(evil, `#!/bin/sh\necho "$0 $*" >> ${mark}\nexit 1\n`);
  chmodSync(evil, 0o755);
  const repository = make(realpathSync(folderOf()), evil);
  trap.set(repository);
  rmSync(mark, { force: true });
  return { repository, mark };
}

test.each(Object.entries(traps))(
  'S14: %s starts nothing with any usual command, or is named as the reason to ask',
  async (name, trap) => {
    const { repository, mark } = trapped(trap);
    const uri = pathToFileURL(repository.folder).href;
    const variables = { PATH: machinePath, HOME: realpathSync(folderOf()) };
    const shell = createShell({ roots: () => [uri], variables });
    for (const line of commands) {
      const plan = await shell.plan(line, uri);
      const { gitSettings } = plan;
      if (gitSettings.length > 0) expect(odditiesOf(plan).join('\n'), line).toContain(gitSettings[0]);
      else await shell.run(plan, { signal: AbortSignal.timeout(60_000), deadline: 60_000, onOutput: () => {} });
      expect(existsSync(mark), `${name}: ${line}`).toBe(false);
    }
    if (trap.proof === undefined) return;
    // It would have gone off for whoever starts Git in another way.
    const fresh = trapped(trap);
    const { status } = spawnSync('git', trap.proof, { cwd: fresh.repository.folder, env: variables, stdio: 'ignore' });
    expect([status === null, existsSync(fresh.mark)], name).toEqual([false, true]);
  },
);

test('S14: a folder with the parts of a repository is none', async () => {
  const { repository, mark } = trapped({
    set({ folder, evil, git }) {
      git('clone', '-q', '--bare', '.', 'bare');
      appendFileSync(
        path.join(folder, 'bare/config'),
        `[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = ${evil}\n`,
      );
      appendFileSync(path.join(folder, 'bare/config'), `[diff]\n\texternal = ${evil}\n`);
    },
  });
  const variables = { PATH: machinePath, HOME: repository.folder };
  const shell = createShell({ roots: () => [pathToFileURL(repository.folder).href], variables });
  for (const line of commands) {
    const plan = await shell.plan(line, pathToFileURL(path.join(repository.folder, 'bare')).href);
    await shell.run(plan, { signal: AbortSignal.timeout(60_000), deadline: 60_000, onOutput: () => {} });
  }
  expect(existsSync(mark)).toBe(false);
  const bare = { cwd: path.join(repository.folder, 'bare'), env: variables, stdio: 'ignore' } as const;
  spawnSync('git', ['diff', 'main'], bare);
  expect(existsSync(mark)).toBe(true);
});

test('an ordinary repository, as Git makes it, with a remote and a branch, is no reason to ask', async () => {
  const { repository } = trapped({
    set({ git }) {
      git('remote', 'add', 'origin', 'git@example.invalid:me/it.git');
      git('config', 'branch.main.remote', 'origin');
      git('config', 'branch.main.merge', 'refs/heads/main');
      git('config', 'core.hooksPath', '.husky/_');
    },
  });
  const shell = createShell({ roots: () => [pathToFileURL(repository.folder).href], variables: { PATH: machinePath } });
  const plan = await shell.plan('git status', pathToFileURL(repository.folder).href);
  expect([plan.gitSettings, odditiesOf(plan)]).toEqual([[], []]);
});

test('S14: settings in strange spellings are seen, and what is not understood counts as one', () => {
  const odd = 'a line of its settings that is not understood';
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['[core]\n\tbare = false # a note\n; another\n\n', []],
    ['[CORE]\n  FsMonitor=x\n[CoRe] SSHCommand = x', ['core.sshcommand']],
    ['[filter "x"]\nclean=y', ['filter.clean']],
    ['[filter.x]\nclean=y', [odd, 'core.clean'].slice(0, 1)],
    ['[filter "a\\"]b"]clean=y', ['filter.clean']],
    ['[core]\nbare = false \\\n[filter "x"]\nclean = y', [odd, 'filter.clean']],
    ['# a comment \\\n[alias]\nx = !y', ['alias.x']],
    ['\ufeff[diff]\r\nexternal = x\r\n', ['diff.external']],
    ['[core]\rsshCommand = x', [odd]],
    ['sshCommand = x', [odd]],
    ['[remote "a"]\nurl = ext::sh -c x', ['remote.url']],
    ['[remote "a"]\nurl = https://example.invalid/a.git\npushurl = "-x"', ['remote.pushurl']],
    ['[core]\nnew-key', ['core.new-key']],
    ['[]\n', [odd]],
  ];
  for (const [text, wanted] of table)
    expect(settingsIn(text), JSON.stringify(text)).toEqual(expect.arrayContaining([...wanted]));
  expect(settingsIn(table[0]?.[0] ?? 'x')).toEqual([]);
});
