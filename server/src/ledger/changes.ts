/** Which files some edits have changed, and by how many lines. Pure. */
import type { ChangedFile } from '#shared/panel.ts';
import { lineRuns } from '../text/lineDiff.ts';
import { wholeLinesOf } from '../text/wholeLines.ts';
import { isOpen, type Tracked } from './tracked.ts';

/** What one edit has made of a file. */
export type Change = Omit<ChangedFile, 'path'>;

/** Undefined for what is not done, or not yet. */
export function changeOf(hunk: Tracked & { readonly now: string }): Change | undefined {
  const { uri, state, growing, stopped, before, after, now } = hunk;
  if (growing || stopped || state === 'rejected') return undefined;
  const pending = isOpen(hunk) ? 1 : 0;
  // What found no place has changed nothing, and the person is to look at it.
  if (state === 'conflicted') return { uri, added: 0, removed: 0, pending };
  return { uri, ...linesOf(before, state === 'edited' ? now : after), pending };
}

/** By file, in the order in which they come. */
export function changedFiles(changes: readonly Change[], pathOf: (uri: string) => string): readonly ChangedFile[] {
  return [...Map.groupBy(changes, ({ uri }) => uri)].map(([uri, all]) => ({
    ...{ uri, path: pathOf(uri) },
    added: sum(all, 'added'),
    removed: sum(all, 'removed'),
    pending: sum(all, 'pending'),
  }));
}

function linesOf(before: string, after: string): Pick<Change, 'added' | 'removed'> {
  const runs = lineRuns(wholeLinesOf(before), wholeLinesOf(after));
  return {
    added: runs.reduce((total, { newStart, newEnd }) => total + newEnd - newStart, 0),
    removed: runs.reduce((total, { start, end }) => total + end - start, 0),
  };
}

function sum(changes: readonly Change[], field: 'added' | 'removed' | 'pending'): number {
  return changes.reduce((total, change) => total + change[field], 0);
}
