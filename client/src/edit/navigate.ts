/** The way from one pending hunk to the next, through all documents, round and round. */
import type { Hunk } from '#shared/edits.ts';
import type { PendingDocument } from './pending.ts';

export interface Stop {
  readonly hunk: Hunk;
  /** Counted from 1. */
  readonly number: number;
  readonly count: number;
}

/** Where the person is. */
export interface Here {
  readonly uri: string;
  readonly line: number;
}

/** The next hunk after a place, or the one before it; the first or last one from anywhere else. Undefined: there is none. */
export function neighbour(
  documents: readonly PendingDocument[],
  here: Here | undefined,
  direction: 'next' | 'previous',
): Stop | undefined {
  const all = documents.flatMap(({ hunks }) => hunks);
  const isAfter = (hunk: Hunk): boolean => here !== undefined && comesAfter(hunk, here);
  const isBefore = (hunk: Hunk): boolean => here !== undefined && !isAfter(hunk) && !isAt(hunk, here);
  const found = direction === 'next' ? (all.find(isAfter) ?? all[0]) : (all.findLast(isBefore) ?? all.at(-1));
  return found === undefined ? undefined : { hunk: found, number: all.indexOf(found) + 1, count: all.length };
}

/** Which of its action's hunks one is, counted from 1, over all documents. */
export function placeInGroup(
  documents: readonly PendingDocument[],
  { id, group }: Hunk,
): Pick<Stop, 'number' | 'count'> {
  const own = documents.flatMap(({ hunks }) => hunks.filter((hunk) => hunk.group === group));
  return { number: own.findIndex((hunk) => hunk.id === id) + 1, count: own.length };
}

function comesAfter({ uri, range }: Hunk, here: Here): boolean {
  return uri === here.uri ? range.start.line > here.line : uri > here.uri;
}

function isAt({ uri, range }: Hunk, here: Here): boolean {
  return uri === here.uri && range.start.line === here.line;
}
