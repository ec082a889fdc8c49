/** What a command of a chat gets of the environment: little, by name, and nothing that holds a secret or loads code (threats S15, S32). Pure but for links. */
import path from 'node:path';
import { pathBelow, resolveLinks } from './paths.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** What programs need to find themselves, their settings and the words of the person. */
const passed = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR)$/,
  /^(XDG_(RUNTIME_DIR|CONFIG_HOME|DATA_HOME|CACHE_HOME|STATE_HOME)|JAVA_HOME|GOPATH|CARGO_HOME|RUSTUP_HOME)$/,
  /^(SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|USERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA)$/i,
  /^(PROGRAMFILES|PROGRAMFILES\(X86\)|HOMEDRIVE|HOMEPATH|TEMP|TMP|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE)$/i,
];

/** Nobody is there to answer, to turn pages, or to look at colours. */
const fixed = {
  TERM: 'dumb',
  NO_COLOR: '1',
  PAGER: 'cat',
  MANPAGER: 'cat',
  GIT_PAGER: 'cat',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  // Git knows this one as an editor that leaves everything as it is.
  GIT_EDITOR: ':',
  GIT_SEQUENCE_EDITOR: ':',
  ...gitSettings({
    // A repository's own settings must not start a program whenever Git looks at its files (threats S14). What cannot be
    // taken back in this way is asked about: see `gitSettings.ts`.
    'core.fsmonitor': 'false',
    'core.hooksPath': '/dev/null',
    'log.showSignature': 'false',
    // A folder with the parts of a repository is none.
    'safe.bareRepository': 'explicit',
  }),
} as const;

/** Names of the variables that every command gets with the same values, sorted. */
export const alwaysSet: readonly string[] = Object.keys(fixed).sort();

/** As Git takes settings from its environment: they count more than those of a repository, also in its submodules. */
function gitSettings(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const pairs = Object.entries(settings).map(([key, value], at) => ({
    [`GIT_CONFIG_KEY_${at}`]: key,
    [`GIT_CONFIG_VALUE_${at}`]: value,
  }));
  return Object.assign({ GIT_CONFIG_COUNT: String(pairs.length) }, ...pairs);
}

/**
 * The variables of a command. What a workspace holds is not found by its bare name, not by what is started in turn either.
 * @param folders the workspace folders, links resolved.
 */
export function environmentFor(variables: Variables, folders: readonly string[]): Record<string, string> {
  const kept = Object.entries(variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && passed.some((names) => names.test(entry[0])),
  );
  const chosen = kept.map(([name, value]) => [
    name,
    /^path$/i.test(name) ? programFolders(value, folders).join(path.delimiter) : value,
  ]);
  return { ...Object.fromEntries(chosen), ...fixed };
}

/** The value of `PATH`, however this system spells the name. */
export function pathIn(variables: Variables): string {
  return Object.entries(variables).find(([name]) => /^path$/i.test(name))?.[1] ?? '';
}

/** Folders of a `PATH` that are named in full and lie outside the workspace. */
export function programFolders(value: string, folders: readonly string[]): readonly string[] {
  return value.split(path.delimiter).filter((folder) => path.isAbsolute(folder) && !isInside(folder, folders));
}

/** Where links lead counts; a path that cannot be followed counts as inside. */
export function isInside(file: string, folders: readonly string[]): boolean {
  try {
    const real = resolveLinks(file).path;
    return folders.some((folder) => pathBelow(folder, real) !== undefined);
  } catch {
    return true;
  }
}
