/** Walks through the files of the workspace folders: bounded, never through links, past what must not be shown (threats S7, S16, S41). */
import path from 'node:path';
import { Refusal } from '../ports.ts';
import { entriesIn, type FolderEntry } from './folders.ts';

/** What may be shown, for one walk. */
export interface Judge {
  /** Tells what there is in a folder: ignore files that are not among it need not be looked for. */
  entered(folder: string, names: readonly string[]): void;
  /** Whether a file may leave; of a folder, whether anything in it may. Absolute paths without links. */
  mayLeave(path: string, kind: 'file' | 'folder'): Promise<boolean>;
  /** The same of what version control passes over: that may leave, but is of little interest. */
  isOfInterest(path: string, kind: 'file' | 'folder'): Promise<boolean>;
}

export interface Walked {
  /** Absolute. */
  readonly path: string;
  /** Below the folder where the walk began, with `/`. */
  readonly below: string;
}

export interface WalkOptions {
  /** Absolute path without links. */
  readonly folder: string;
  readonly judge: Judge;
  readonly signal: AbortSignal;
  /** Shared by walks that belong together. */
  readonly limits: WalkLimits;
  /** What is of little interest is asked for: the folder itself is of little interest. */
  readonly withIgnored: boolean;
  /** Whether a file is of use, by its path below the folder: asked before it is judged. */
  isWanted(below: string): boolean;
}

/** Counted down; at 0 the walk ends. */
export interface WalkLimits {
  entries: number;
  isCut: boolean;
}

/** Entries of all folders together. */
export const mostEntries = 200_000;
/** Below that nothing can be judged. */
const deepest = 99;

/** Folders of tools, which hold what was not written by hand. */
const passedOver = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** Files in the order of their names, those of a folder before those of the folders in it. @throws the signal's reason. */
export async function* walk(options: WalkOptions): AsyncGenerator<Walked> {
  const { limits } = options;
  const open: string[] = [''];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    options.signal.throwIfAborted();
    const entries = await entriesOf(below, options);
    for (const { name, kind } of entries) {
      // One folder may have all the files that there are.
      options.signal.throwIfAborted();
      const file = `${below}${name}`;
      if (kind === 'file' && options.isWanted(file) && (await mayShow(options, file, 'file')))
        yield { path: absolute(options, file), below: file };
    }
    const folders = entries.filter(({ name, kind }) => kind === 'folder' && !passedOver.has(name)).reverse();
    for (const { name } of folders) {
      if (below.split('/').length >= deepest) limits.isCut = true;
      else if (await mayShow(options, `${below}${name}`, 'folder')) open.push(`${below}${name}/`);
    }
    if (limits.isCut && limits.entries <= 0) return;
  }
}

async function mayShow(options: WalkOptions, below: string, kind: 'file' | 'folder'): Promise<boolean> {
  const { judge, withIgnored } = options;
  const path = absolute(options, below);
  return (await judge.mayLeave(path, kind)) && (withIgnored || (await judge.isOfInterest(path, kind)));
}

/** None where a folder cannot be read: the others can. */
async function entriesOf(below: string, options: WalkOptions): Promise<readonly FolderEntry[]> {
  const { judge, limits } = options;
  const folder = absolute(options, below);
  try {
    const { entries, isCut } = await entriesIn(folder, limits.entries);
    limits.entries -= entries.length;
    limits.isCut ||= isCut;
    judge.entered(
      folder,
      entries.map(({ name }) => name),
    );
    return entries;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    limits.isCut = true;
    return [];
  }
}

function absolute({ folder }: WalkOptions, below: string): string {
  return path.join(folder, below.replace(/\/$/, ''));
}
