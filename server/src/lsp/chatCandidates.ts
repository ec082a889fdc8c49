/** Files and folders of the workspace by a part of their names: listed once in a while, the best matches first. */
import type { SnapshotKeys } from 'fuzzysort';
import type { Documents, Files, Search } from '../ports.ts';
import { shownPath } from '../tools/paths.ts';

export interface CandidateParts {
  readonly files: Pick<Files, 'home' | 'roots'>;
  readonly documents: Pick<Documents, 'recent'>;
  readonly search: Pick<Search, 'files'>;
}

export interface Candidate {
  /** As the person knows it. */
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
}

export interface Candidates {
  like(typed: string, most: number): Promise<readonly Candidate[]>;
}

/** More files than that are not listed. */
const mostFiles = 20_000;
/** Milliseconds for which the list counts. */
const fresh = 5_000;
/** Milliseconds after which a list that is not there is given up. */
const patience = 20_000;

export function createCandidates(parts: CandidateParts): Candidates {
  let listed: { readonly at: number; readonly all: Promise<Prepared> } | undefined;
  let prepared: Prepared | undefined;
  const list = (): Promise<Prepared> => {
    if (listed !== undefined && performance.now() - listed.at < fresh) return listed.all;
    const all = preparedOf(parts, prepared);
    listed = { at: performance.now(), all };
    all.then(
      (next) => {
        prepared = next;
      },
      () => {
        listed = undefined;
      },
    );
    return all;
  };
  return {
    async like(typed, most) {
      const { go } = await import('fuzzysort');
      const { documents, files } = parts;
      const recent = new Map(documents.recent().map((uri, index) => [shownPath(files, uri), index]));
      const found = go(typed, (await list()).snapshot, {
        ...{ limit: most, threshold: 0.2 },
        scoreFn(result) {
          const [name, path] = [result[0]?.score ?? 0, result[1]?.score ?? 0];
          const at = recent.get(result.obj.path);
          // Of two that are as like the shorter one is meant more often. A name counts more than a folder on the way, and what is open more than what is not.
          const like = Math.max(name * nameWeight, path) - result.obj.path.length * lengthCost;
          return like + (at === undefined ? 0 : openBonus / (1 + at / 10));
        },
      });
      return found.map(({ obj }) => obj);
    },
  };
}

const nameWeight = 1.3;
const openBonus = 0.3;
const lengthCost = 0.0001;

interface Prepared {
  readonly uris: readonly string[];
  readonly snapshot: SnapshotKeys<Candidate>;
}

/** Making many names ready takes longer than looking through them: the last ones are kept while they are the same. */
async function preparedOf({ search, files }: CandidateParts, last: Prepared | undefined): Promise<Prepared> {
  // Nobody who waits may end it for the others.
  const { uris } = await search.files({ glob: '**', most: mostFiles }, AbortSignal.timeout(patience));
  const isSame = last?.uris.length === uris.length && last.uris.every((uri, index) => uri === uris[index]);
  if (last !== undefined && isSame) return last;
  const { snapshot } = await import('fuzzysort');
  const paths = uris.flatMap((uri) => (files.home(uri) === undefined ? [] : [shownPath(files, uri)]));
  const folders = new Set(paths.flatMap(foldersAbove));
  const all: readonly Candidate[] = [
    ...paths.map((path) => ({ path, name: nameOf(path), isFolder: false })),
    ...[...folders].map((path) => ({ path, name: nameOf(path), isFolder: true })),
  ];
  return { uris, snapshot: snapshot(all, { keys: ['name', 'path'] }) };
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
