/** A pending hunk's place among those of its action. */
import type { Hunk } from '#shared/edits.ts';
import type { Stop } from '../neighbour.ts';
import type { PendingDocument } from './pending.ts';

/** Which of its action's hunks one is, counted from 1, over all documents. */
export function placeInGroup(
  documents: readonly PendingDocument[],
  { id, group }: Hunk,
): Pick<Stop<Hunk>, 'number' | 'count'> {
  const own = documents.flatMap(({ hunks }) => hunks.filter((hunk) => hunk.group === group));
  return { number: own.findIndex((hunk) => hunk.id === id) + 1, count: own.length };
}
