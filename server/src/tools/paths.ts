/** What a model means by a path: an address in the workspace folders, or why it is none (threats S6, S7, S9). */
import type { FileKind, Files } from '../ports.ts';
import { targetOf } from '../text/target.ts';
import type { Impossible, ToolContext } from '../tool.ts';

export interface MeantPath {
  /** As the editor spells it. */
  readonly uri: string;
  /** Below its folder, with the folder's name in front when there are several; a folder itself is called by its name. */
  readonly shown: string;
  /** What is there; undefined where nothing is. */
  readonly kind: FileKind | undefined;
  /** How it was asked for, where links lead elsewhere. */
  readonly link?: string;
}

type Parts = Pick<ToolContext, 'files' | 'documents'>;

/**
 * The file or folder that a path means: below a workspace folder, with a folder's name in front, or in full. What is
 * open or exists comes first, then the order of the folders. Spelling is judged before any file is touched.
 */
export async function meantBy(parts: Parts, asked: string): Promise<MeantPath | Impossible> {
  if (parts.files.roots().length === 0)
    return { impossible: 'No folder is open in the editor, so there are no files to work with.' };
  const { found, problem } = candidatesFor(parts, asked);
  const kinds = await Promise.all(found.map(({ uri }) => parts.files.kind(uri)));
  const all = found.map((one, index) => ({ ...one, kind: kinds[index] }));
  const there = all.find(({ uri }) => parts.documents.get(uri) !== undefined) ?? all.find(({ kind }) => kind);
  // Nothing is there: then what is wrong with the path anywhere counts.
  const best = there ?? (problem === undefined ? all[0] : undefined);
  return best === undefined ? { impossible: problem ?? '' } : { ...best, shown: shownPath(parts.files, best.uri) };
}

interface Candidate {
  readonly uri: string;
  readonly link?: string;
}

interface Candidates {
  readonly found: readonly Candidate[];
  /** What is wrong with it in one of the folders. */
  readonly problem: string | undefined;
}

/** Below the folder that it names first, else below each folder in turn. */
function candidatesFor(parts: Parts, asked: string): Candidates {
  const roots = parts.files.roots();
  const plain = asked.replace(/(?<=[^/])\/+$/, '').replace(/^(?:\.\/+)+(?=.)/, '');
  const [first = '', ...rest] = plain.split('/');
  const named = roots.filter((root) => first !== '' && nameOf(root) === first);
  const below = roots.map((root) => candidateIn(parts, root, plain));
  const belowNamed = named.map((root) => candidateIn(parts, root, rest.join('/')));
  const all = roots.length > 1 ? [...belowNamed, ...below] : [...below, ...belowNamed];
  const problem = all.flatMap((one) => ('problem' in one ? one.problem : []))[0];
  return { found: all.flatMap((one) => ('uri' in one ? one : [])), problem };
}

function candidateIn(
  { files, documents }: Parts,
  root: string,
  path: string,
): Candidate | { readonly problem: string } {
  if (path === '' || path === '.' || path === pathnameOf(root)) return { uri: root };
  const target = targetOf(path, {
    document: '',
    roots: [root],
    place: (uri) => files.place(uri),
    isOpen: (uri) => documents.get(uri) !== undefined,
    outcome: 'was not opened',
  });
  switch (target.kind) {
    case 'refused':
      return { problem: target.message };
    case 'document':
      return { uri: target.uri };
    case 'file':
      return { uri: target.uri, ...(target.link === undefined ? {} : { link: target.link }) };
  }
}

/** A place in the workspace as a person and a model know it; outside, the last name alone. */
export function shownPath(files: Pick<Files, 'home' | 'roots'>, uri: string): string {
  const root = files.roots().find((one) => one.replace(/\/$/, '') === uri.replace(/\/$/, ''));
  if (root !== undefined) return nameOf(root);
  const home = files.home(uri);
  if (home === undefined) return nameOf(uri);
  const folder = home.root.split(/[\\/]/).findLast((name) => name !== '') ?? '';
  return files.roots().length > 1 ? `${folder}/${home.path}` : home.path;
}

function nameOf(uri: string): string {
  return pathnameOf(uri).split('/').at(-1) ?? '';
}

/** Decoded, without a `/` at the end. */
function pathnameOf(uri: string): string {
  try {
    return decodeURIComponent(new URL(uri).pathname).replace(/\/+$/, '');
  } catch {
    // It has no name that a person or a model could write.
    return '';
  }
}
