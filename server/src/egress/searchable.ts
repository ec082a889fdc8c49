/** Judges the files of a search: what may leave, and what the person's ignore files call uninteresting. */
import type { FilePlace } from '../ports.ts';
import { createExclusion, type Exclusion, type IgnoreReader, ignoreFileNames } from './ignoreFiles.ts';

export interface SearchableParts {
  /** Absolute paths of the workspace folders, links resolved. */
  folders(): readonly string[];
  readonly read: IgnoreReader;
  /** Patterns of the settings of a workspace folder. */
  excludedFiles(folder: string): Promise<readonly string[]>;
}

/** For one search. Folders are told before what is in them is asked about. */
export interface SearchJudge {
  entered(folder: string, names: readonly string[]): void;
  mayLeave(path: string, kind: 'file' | 'folder'): Promise<boolean>;
  isOfInterest(path: string, kind: 'file' | 'folder'): Promise<boolean>;
}

/** What version control and search tools pass over. Unlike the others they only hide what is of no interest. */
const uninteresting = ['.gitignore', '.ignore'];

/**
 * Ignore files are read once in each search. Where the folders that were entered had none of a name, none is looked
 * for: a search looks at very many files.
 */
export function createSearchJudge(parts: SearchableParts): SearchJudge {
  const known = new Map<string, ReadonlySet<string>>();
  const texts = new Map<string, Promise<string | undefined>>();
  const wanted = new Set<string>([...ignoreFileNames, ...uninteresting]);
  const read: IgnoreReader = (root, path) => {
    const file = `${slashed(root)}/${path}`;
    const at = file.lastIndexOf('/');
    if (known.get(file.slice(0, at))?.has(file.slice(at + 1)) === false) return nothing;
    const text = texts.get(file) ?? parts.read(root, path);
    texts.set(file, text);
    return text;
  };
  const exclusion = createExclusion(read);
  const ignored = createExclusion(async (root, path) => simple(await read(root, path).catch(() => '')), uninteresting);
  const folders = parts.folders().map((root) => ({ root, patterns: parts.excludedFiles(root) }));
  /** In each folder that it is in: of nested ones all count. */
  const every: Every = async (path, kind, isRight) => {
    for (const { root, patterns } of folders) {
      const below = belowOf(slashed(root), slashed(path));
      if (below === undefined) continue;
      if (!(await isRight({ root, path: kind === 'folder' ? `${below}/` : below }, patterns))) return false;
    }
    return true;
  };
  return {
    entered: (folder, names) => void known.set(slashed(folder), new Set(names.filter((name) => wanted.has(name)))),
    mayLeave: (path, kind) =>
      every(path, kind, async (place, patterns) => !(await isHeld(exclusion, place, await patterns))),
    isOfInterest: (path, kind) => every(path, kind, async (place) => !(await isHeld(ignored, place, []))),
  };
}

type Every = (
  path: string,
  kind: 'file' | 'folder',
  isRight: (place: FilePlace, patterns: Promise<readonly string[]>) => Promise<boolean>,
) => Promise<boolean>;

/** Without patterns that cannot be applied: these hold nothing back that must not leave. */
function simple(text = ''): string {
  return text
    .split('\n')
    .filter((line) => line.split('*').length <= 4)
    .join('\n');
}

const nothing = Promise.resolve(undefined);

async function isHeld(exclusion: Exclusion, place: FilePlace, patterns: readonly string[]): Promise<boolean> {
  return (await exclusion.reasonFor(place, patterns)) !== undefined;
}

/** Undefined for the folder itself, and for what is not in it. */
function belowOf(root: string, path: string): string | undefined {
  const [above, parts] = [root.split('/'), path.split('/')];
  const isBelow = above.length < parts.length && above.every((part, index) => part === parts[index]);
  return isBelow ? parts.slice(above.length).join('/') : undefined;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/\/$/, '');
}
