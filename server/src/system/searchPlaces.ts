/** Where a search begins, and what the files that it finds are called: folders as the editor spells them, walked by their real paths. */
import path from 'node:path';
import { Refusal } from '../ports.ts';
import { spellingsOf } from '../text/target.ts';
import { pathBelow } from './paths.ts';
import type { SearchParts } from './searchParts.ts';

export interface Start {
  /** Of the workspace folder, as the editor spells it. */
  readonly root: string;
  /** Absolute path without links. */
  readonly folder: string;
  /** Of the folder below the root; `''` for the root. */
  readonly below: string;
}

export interface SearchPlaces {
  /** Every workspace folder that is in no other one, or the one folder. @throws Refusal when it is none. */
  starts(below: string | undefined): Promise<readonly Start[]>;
  /** The one file that is meant; undefined when it is a folder. */
  file(below: string): Promise<{ readonly uri: string; readonly path: string; readonly below: string } | undefined>;
  /** As it is open in the editor, else as the editor would spell it. */
  uriOf(root: string, below: string): string;
}

type Parts = Pick<SearchParts, 'files' | 'openText'>;

export function createSearchPlaces({ files, openText }: Parts): SearchPlaces {
  const roots = files
    .roots()
    .flatMap((root) => {
      const folder = files.realPath(root);
      return folder === undefined ? [] : [{ root, folder, below: '' }];
    })
    .filter((start, index, all) => isOutermost(start, index, all));
  const startIn = (real: string): Start | undefined => {
    const start = roots.find(({ folder }) => pathBelow(folder, real) !== undefined);
    return start && { ...start, folder: real, below: pathBelow(start.folder, real) ?? '' };
  };
  const uriOf = (root: string, below: string): string => {
    const spellings = spellingsOf(root, below);
    return spellings.find((uri) => openText(uri) !== undefined) ?? spellings[0] ?? '';
  };
  return {
    async starts(below) {
      if (below === undefined) return roots;
      const real = files.realPath(below);
      const start = real === undefined ? undefined : startIn(real);
      if (start !== undefined && (await files.kind(below)) === 'folder') return [start];
      throw new Refusal('There is no such folder in the workspace.', 'missing');
    },
    async file(below) {
      if ((await files.kind(below)) !== 'file') return undefined;
      const real = files.realPath(below);
      return real === undefined ? undefined : { uri: below, path: real, below: path.basename(real) };
    },
    uriOf,
  };
}

/** The first of those that are the same, and none that lies in another. */
function isOutermost({ folder }: Start, index: number, all: readonly Start[]): boolean {
  return all.every(
    (other, at) => pathBelow(other.folder, folder) === undefined || (other.folder === folder && at >= index),
  );
}
