/** Remembers what an undo of a whole action brings back, and what a redo does. */
import type { TextChange } from '../text/spans.ts';
import { changed } from '../text/spans.ts';
import { undone } from './follow.ts';
import { type Remembered, statesOf } from './memory.ts';
import type { Room } from './room.ts';
import { byPlace, type Tracked } from './tracked.ts';

/** Called when hunks of a group have come into a document. */
export function rememberUndo(room: Room, uri: string, group: string): void {
  const sheet = room.sheet(uri);
  if (sheet === undefined) return;
  const mine = sheet.hunks.filter((hunk) => hunk.group === group && isInBuffer(hunk));
  const others = sheet.hunks.filter((hunk) => hunk.group !== group && isInBuffer(hunk));
  sheet.memory.put(sheet.text, statesOf([...mine, ...others]));
  const { text, states } = without(sheet.text, mine);
  sheet.memory.put(text, states);
}

/** The text as it was without these hunks, and where they would be in it. */
function without(
  text: string,
  hunks: readonly Tracked[],
): { readonly text: string; readonly states: ReadonlyMap<string, Remembered> } {
  const inOrder = [...hunks].sort(byPlace);
  let shift = 0;
  const states = new Map(
    inOrder.map((hunk): [string, Remembered] => {
      const start = hunk.span.start + shift;
      shift += hunk.before.length - (hunk.span.end - hunk.span.start);
      return [
        hunk.id,
        {
          after: hunk.after,
          span: { start, end: start + hunk.before.length },
          state: 'rejected',
          reason: undone,
          growing: false,
        },
      ];
    }),
  );
  const changes = inOrder.map(({ span, before }): TextChange => ({ ...span, text: before }));
  return { text: changes.reverse().reduce(changed, text), states };
}

function isInBuffer({ state, place, growing }: Tracked): boolean {
  return state === 'proposed' && place === 'buffer' && !growing;
}
