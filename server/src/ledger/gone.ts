/** Hunks of files that are not there any more, deleted or moved by somebody else: nothing waits in them (threats R36). */
import { Refusal } from '../ports.ts';
import type { Room, Sheet } from './room.ts';
import { isOpen, type Tracked } from './tracked.ts';

/** Why a hunk is no longer proposed when its file is gone. Whoever brings the file back brings the hunk back. */
export const gone = 'gone';

export interface GoneParts {
  readonly room: Room;
  /** @throws Refusal of kind `missing` where there is no such file. */
  readFile(uri: string): Promise<string>;
}

/** Looks whether the file of a document that is not open is there, where something waits in it. */
export async function settleGone({ room, readFile }: GoneParts, uri: string): Promise<readonly Tracked[]> {
  const waiting = () => (room.sheet(uri)?.hunks ?? []).filter((hunk) => isOpen(hunk) && hunk.file !== 'delete');
  const isMissing = (error: unknown) => error instanceof Refusal && error.kind === 'missing';
  const isGone = waiting().length > 0 && (await readFile(uri).then(() => false, isMissing));
  // It may have been opened again meanwhile.
  if (!isGone || room.parts.documents.get(uri) !== undefined) return [];
  const hunks = waiting();
  for (const hunk of hunks) Object.assign(hunk, { state: 'rejected', reason: gone, growing: false });
  room.changed(uri);
  return hunks;
}

/** It is there again: what waited is looked for in what it says now. */
export function backAgain({ hunks }: Pick<Sheet, 'hunks'>): void {
  for (const hunk of hunks) if (hunk.reason === gone) Object.assign(hunk, { state: 'proposed', reason: undefined });
}
