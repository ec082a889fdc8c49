/** What is left of a conversation of which something is damaged, so that it is shown, said and can go on. Pure. */
import type { Entry } from '../ports.ts';

/** An entry on the way; undefined where it cannot be read. */
export interface ReadStep {
  readonly entry: Entry | undefined;
  readonly isAfterGap: boolean;
}

/**
 * The entries that can be sent again: it begins with what a person said, and no results stand without their calls. Where
 * something is missing, a note says so.
 */
export function mended(steps: readonly ReadStep[]): readonly Entry[] {
  const entries: Entry[] = [];
  let isMissing = false;
  let hasBegun = false;
  for (const { entry, isAfterGap } of steps) {
    isMissing ||= isAfterGap;
    if (entry === undefined) {
      isMissing = true;
      continue;
    }
    const { kind } = entry.content;
    if (isMissing && (kind === 'results' || (!hasBegun && kind === 'answered'))) continue;
    if (isMissing) entries.push(noteBefore(entry));
    isMissing = false;
    hasBegun ||= kind === 'asked' || kind === 'compacted';
    entries.push(entry);
  }
  const last = steps.findLast(({ entry }) => entry !== undefined)?.entry;
  return isMissing && last !== undefined ? [...entries, noteBefore(last)] : entries;
}

function noteBefore({ id, parent, at }: Entry): Entry {
  const text = 'A part of this conversation is damaged on the disk and cannot be read. It goes on without that part.';
  return { id: `${id}-gap`, parent, at, content: { kind: 'noted', text } };
}
