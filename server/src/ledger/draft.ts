/** Edits of a document that are not put into it while they are made: for editors that take whole edits only, and for files that are asked about first. */
import type { Origin } from '../editing.ts';
import { lineChanges } from '../text/lineDiff.ts';
import { changed, moved, type TextChange } from '../text/spans.ts';
import { newTracked, type Tracked } from './tracked.ts';

export interface Draft {
  readonly uri: string;
  /** The version that the edits are for; null where the file is not open. */
  readonly version: number | null;
  readonly before: string;
  /** With the edits so far. */
  readonly text: string;
  edit(change: TextChange): void;
  /** The person has changed the document meanwhile. */
  heard(changes: readonly TextChange[]): void;
  /**
   * One hunk for each place that is another now, where that place is in the document today. What the person changed
   * meanwhile is in conflict.
   */
  hunks(parts: { readonly group: string; readonly origin: Origin; random(): string }): readonly Tracked[];
}

export function createDraft(uri: string, version: number | null, before: string): Draft {
  let text = before;
  const theirs: TextChange[] = [];
  return {
    uri,
    version,
    before,
    get text() {
      return text;
    },
    edit(change) {
      text = changed(text, change);
    },
    heard(changes) {
      theirs.push(...changes);
    },
    hunks({ group, origin, random }) {
      return lineChanges(before, text).map((change) => {
        const hunk = newTracked({
          id: random(),
          group,
          origin,
          uri,
          span: { start: change.start, end: change.end },
          before: before.slice(change.start, change.end),
          after: text.slice(change.newStart, change.newEnd),
          place: 'aside',
        });
        for (const one of theirs) {
          const now = moved(hunk.span, one);
          hunk.span = now.span;
          if (now.touched) hunk.state = 'conflicted';
        }
        if (hunk.state === 'conflicted') hunk.reason = 'You changed this place while the edit was being made.';
        return hunk;
      });
    },
  };
}
