/** What a repository sets for Git that may start programs: a folder that somebody sent may bring its own `.git` (threats S14). Starts nothing. */
import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Git's own programs are started without these, whatever a repository says: see `shellEnvironment.ts`. */
const overridden = list(
  'core.fsmonitor core.hookspath core.pager core.editor core.askpass sequence.editor safe.barerepository',
);

/** Settings that start nothing; any other might, with this Git or the next. */
const harmless = list(
  'core.repositoryformatversion core.filemode core.bare core.logallrefupdates core.ignorecase core.precomposeunicode',
  'core.symlinks core.autocrlf core.eol core.safecrlf core.abbrev core.quotepath core.longpaths core.compression',
  'core.untrackedcache core.sparsecheckout core.sparsecheckoutcone core.commentchar core.whitespace core.protecthfs',
  'core.protectntfs core.fscache core.preloadindex core.checkstat core.trustctime core.bigfilethreshold',
  'extensions.objectformat extensions.refstorage extensions.worktreeconfig index.version index.threads',
  'remote.fetch remote.push remote.tagopt remote.prune remote.mirror remote.gh-resolved remote.pushdefault',
  'branch.remote branch.merge branch.rebase branch.pushremote branch.description branch.vscode-merge-base',
  'branch.gh-merge-base branch.autosetuprebase branch.autosetupmerge branch.sort branch.github-pr-owner-number',
  'user.name user.email user.signingkey init.defaultbranch pull.rebase pull.ff push.default push.autosetupremote',
  'push.followtags fetch.prune fetch.parallel rerere.enabled merge.conflictstyle merge.ff log.date tag.sort',
  'feature.manyfiles gc.auto status.showuntrackedfiles diff.renames diff.algorithm diff.colormoved',
  'rebase.autostash rebase.autosquash lfs.repositoryformatversion lfs.access',
);

/** Bytes of a file that is looked into. */
const largest = 1024 * 1024;
const largestIndex = 64 * 1024 * 1024;

/**
 * Names of such settings of the repository around a folder, each once; what cannot be read for certain is one of them.
 * @param folder absolute, links resolved.
 */
export function startingSettings(folder: string): readonly string[] {
  const found = foldersFrom(folder).flatMap((one) => inRepository(path.join(one, '.git'), one));
  return [...new Set(found)].toSorted();
}

function foldersFrom(folder: string): readonly string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

function inRepository(git: string, folder: string): readonly string[] {
  if (!existsSync(git)) return [];
  const own = gitFolder(git, folder);
  if (own === undefined) return ['where .git leads'];
  const shared = textOf(path.join(own, 'commondir'));
  if (shared === 'unreadable') return ['commondir'];
  const common = shared === undefined ? own : path.resolve(own, shared.trim());
  const files = [path.join(common, 'config'), path.join(own, 'config.worktree')];
  return [...files.flatMap(inFile), ...submodules(own)];
}

/** In worktrees and submodules `.git` is a file that says where the rest is. */
function gitFolder(git: string, folder: string): string | undefined {
  const text = textOf(git);
  if (text === undefined || text === 'unreadable') return existsSync(path.join(git, 'HEAD')) ? git : undefined;
  const [, where] = /^gitdir: ([^\r\n\0]+)\r?\n?$/.exec(text) ?? [];
  return where === undefined ? undefined : path.resolve(folder, where);
}

/** Each has settings of its own, and Git looks into them on the way. */
function submodules(git: string): readonly string[] {
  const index = path.join(git, 'index');
  if (!existsSync(index)) return [];
  const bytes = bytesOf(index, largestIndex);
  // The mode of an entry that is a repository. What only looks like it is asked about in vain.
  return bytes === undefined || bytes.includes(Buffer.from([0, 0, 0xe0, 0])) ? ['the settings of submodules'] : [];
}

function inFile(file: string): readonly string[] {
  const text = textOf(file);
  if (text === undefined) return [];
  return text === 'unreadable' ? [path.basename(file)] : settingsIn(text);
}

/** Pure: what in the text of a settings file may start something. A line that is not understood counts as well. */
export function settingsIn(text: string): readonly string[] {
  const found: string[] = [];
  let section = '';
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const head = /^\s*\[([A-Za-z0-9-]+)(?:[ \t]+"(?:[^"\\]|\\.)*")?\](.*)$/.exec(line);
    if (head !== null) section = (head[1] ?? '').toLowerCase();
    const rest = (head === null ? line : (head[2] ?? '')).trim();
    if (rest === '' || /^[#;]/.test(rest)) continue;
    const [, name = '', value = ''] = /^([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/.exec(rest) ?? [];
    const key = `${section}.${name.toLowerCase()}`;
    // A value that goes on in the next line may be continued by what looks like a setting.
    const isOdd = name === '' || section === '' || /\\$|[\0\r]/.test(line);
    if (isOdd) found.push(`a line of its settings that is not understood`);
    else if (!isHarmless(key, value)) found.push(key);
  }
  return found;
}

function isHarmless(key: string, value: string): boolean {
  // Addresses may name a program: `ext::sh -c …`.
  if (key === 'remote.url' || key === 'remote.pushurl')
    return (
      /^(?:(?:https?|ssh|git|file):\/\/|[\w.-]+@[\w.-]+:|\.{0,2}\/)[^\s"'\\]*$/.test(value) && !value.includes('::')
    );
  if (/^(?:color|advice)\./.test(key)) return true;
  return harmless.has(key) || overridden.has(key);
}

function textOf(file: string): string | 'unreadable' | undefined {
  if (!existsSync(file)) return undefined;
  return bytesOf(file, largest)?.toString('utf8') ?? 'unreadable';
}

/** Undefined for what is no regular file, is too large, or cannot be read. */
function bytesOf(file: string, most: number): Buffer | undefined {
  let handle: number | undefined;
  try {
    // A pipe must not keep us waiting.
    handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(handle);
    return stats.isFile() && stats.size <= most ? readFileSync(handle) : undefined;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function list(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
