/** Decides which files must never leave this machine: by ignore files in the workspace, by settings, by name. */
import ignore from 'ignore';
import type { FilePlace } from '../ports.ts';
import { secretClassOf } from './secretClass.ts';

/** Gloss's own, and those of other assistants: what was kept from one of them was not meant for another. */
export const ignoreFileNames = [
  '.glossignore',
  '.aiexclude',
  '.aiignore',
  '.cursorignore',
  '.copilotignore',
  '.codeiumignore',
  '.continueignore',
  '.clineignore',
  '.geminiignore',
] as const;

/** The text of a small file; undefined where there is none. Throws for one that is there and cannot be read. */
export type IgnoreReader = (root: string, relativePath: string) => Promise<string | undefined>;

/** A place, and the path by which it was asked for where links led there. */
export type AskedPlace = FilePlace & { readonly asked?: string };

export interface Exclusion {
  /**
   * Why the file must not leave, as the end of a sentence with its full stop; undefined when it may. A path with `/` at
   * its end is a folder: why nothing in it may.
   * @param patterns more of them in gitignore syntax, relative to the root.
   */
  reasonFor(place: AskedPlace, patterns: readonly string[]): Promise<string | undefined>;
}

/**
 * Ignore files count in every folder from the root down to the file, as git reads them; what one kind of them lets
 * through another may still hold back. They are read at each question, so an edit counts at once; only their compiled
 * form is kept. A file that cannot be read or understood excludes.
 * @param kinds names of the ignore files that count.
 */
export function createExclusion(read: IgnoreReader, kinds: readonly string[] = ignoreFileNames): Exclusion {
  const compile = createCompiler();
  return {
    async reasonFor(place, patterns) {
      for (const path of place.asked === undefined ? [place.path] : [place.path, place.asked]) {
        const reason =
          secretClassOf(`${place.root}/${isFolder(path) ? `${path}any` : path}`) ??
          (isPlain(path) ? undefined : 'its path is not one of a file in the workspace.') ??
          bySettings(path, patterns, compile) ??
          (await byFiles({ root: place.root, path }, { read, kinds }, compile));
        if (reason !== undefined) return reason;
      }
      return undefined;
    },
  };
}

/** Patterns that apply to the paths below one folder. */
interface Rules {
  /** Where they stand, for a person. */
  readonly name: string;
  /** Folder below the root that they are relative to: empty, or with `/` at its end. */
  readonly folder: string;
  readonly matcher: ReturnType<typeof ignore>;
}

type Compile = (name: string, text: string) => Rules['matcher'];

function isFolder(path: string): boolean {
  return path.endsWith('/');
}

/** Nor is one with more folders than anybody makes, for which patterns would take long. */
function isPlain(path: string): boolean {
  const parts = path.replace(/\/$/, '').split('/');
  return parts.length <= 100 && !parts.some((part) => part === '' || part === '.' || part === '..');
}

function bySettings(path: string, patterns: readonly string[], compile: Compile): string | undefined {
  const name = 'the setting "excludedFiles"';
  try {
    return matchOf(path, [{ name, folder: '', matcher: compile(name, patterns.join('\n')) }]);
  } catch (error) {
    return unclear(name, error);
  }
}

interface IgnoreFiles {
  readonly read: IgnoreReader;
  readonly kinds: readonly string[];
}

async function byFiles(
  { root, path }: FilePlace,
  { read, kinds }: IgnoreFiles,
  compile: Compile,
): Promise<string | undefined> {
  // All at once: one after the other they are what a question waits for longest.
  const reasons = await Promise.all(kinds.map((kind) => byKind({ root, path }, kind, read, compile)));
  return reasons.find((reason) => reason !== undefined);
}

async function byKind(
  { root, path }: FilePlace,
  kind: string,
  read: IgnoreReader,
  compile: Compile,
): Promise<string | undefined> {
  const rules: Rules[] = [];
  // What a folder holds back is in it: that says nothing of the folder itself.
  for (const folder of foldersTo(path).filter((each) => each !== path)) {
    const name = `${folder}${kind}`;
    try {
      const text = await read(root, name);
      if (text !== undefined) rules.push({ name, folder, matcher: compile(`${root}/${name}`, text) });
    } catch (error) {
      return unclear(name, error);
    }
  }
  return matchOf(path, rules);
}

/** `a/b/c.ts` → ``, `a/`, `a/b/`. */
function foldersTo(path: string): readonly string[] {
  const folders = path.split('/').slice(0, -1);
  return ['', ...folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/`)];
}

/** The rules that hold the path back. Once a folder is excluded, nothing below it comes back (gitignore, "PATTERN FORMAT"). */
function matchOf(path: string, rules: readonly Rules[]): string | undefined {
  for (const part of [...foldersTo(path).slice(1), path]) {
    const decisive = rules
      .filter(({ folder }) => part.startsWith(folder) && part !== folder)
      .map((rule) => ({ name: rule.name, result: rule.matcher.test(part.slice(rule.folder.length)) }))
      .findLast(({ result }) => result.ignored || result.unignored);
    if (decisive?.result.ignored) return `${decisive.name} excludes it.`;
  }
  return undefined;
}

function unclear(name: string, error: unknown): string {
  const problem = error instanceof Error ? error.message : String(error);
  return `${name} could not be applied (${problem}), and what it excludes is not known.`;
}

/** Patterns are compiled once for each content. */
function createCompiler(): Compile {
  const compiled = new Map<string, { readonly text: string; readonly matcher: Rules['matcher'] }>();
  return (name, text) => {
    const known = compiled.get(name);
    if (known?.text === text) return known.matcher;
    if (compiled.size >= mostCompiled) compiled.clear();
    const matcher = ignore({ allowRelativePaths: false }).add(checked(text));
    compiled.set(name, { text, matcher });
    return matcher;
  };
}

const mostCompiled = 500;

/** Patterns become regular expressions, whose time grows with the power of the wildcards in one component. */
function checked(text: string): string {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  const costly = lines.find(
    (line) => !line.startsWith('#') && line.split(/\/(?!\*\*\/)/).some((part) => (part.match(/\*+/g)?.length ?? 0) > 3),
  );
  if (costly !== undefined) throw new Error(`the pattern "${costly.slice(0, 80)}" has too many wildcards`);
  return lines.join('\n');
}
