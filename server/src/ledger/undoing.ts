/** Remembers what an undo of a whole action brings back, and what a redo does. */
import type { TextChange } from '../text/spans.ts';
import { changed } from '../text/spans.ts';
import type { Absorbed } from './absorb.ts';
import { undone } from './follow.ts';
import { type Remembered, statesOf } from './memory.ts';
import type { Room } from './room.ts';
import { byPlace, type Tracked } from './tracked.ts';

/**
 * Called when the first text of hunks is about to come into a document: an undo that brings back what is there now
 * brings back what they have taken the place of.
 */
export function rememberUnder(room: Room, uri: string, absorbed: readonly Absorbed[]): void {
  const sheet = room.sheet(uri);
  const here = absorbed.filter(({ hunk }) => hunk.uri === uri);
  // Texts are long, and most edits are over nothing.
  if (sheet === undefined || sheet.hunks.length <= here.length) return;
  const then = new Map(here.flatMap(({ under }) => under).map((one) => [one.id, one]));
  const back = sheet.hunks
    .filter(({ id }) => then.has(id))
    .map((hunk) => ({ ...hunk, ...then.get(hunk.id), covered: undefined }))
    // Somebody has changed the place meanwhile: it is theirs.
    .filter(({ state, span, after }) => state !== 'proposed' || sheet.text.slice(span.start, span.end) === after);
  const gone = here.map(({ hunk }): [string, Remembered] => [hunk.id, goneAt(hunk, hunk.span)]);
  sheet.memory.put(sheet.text, new Map([...statesOf(sheet.hunks), ...statesOf(back), ...gone]));
}

/** Called when hunks of a group have come into a document. */
export function rememberUndo(room: Room, uri: string, group: string): void {
  const sheet = room.sheet(uri);
  if (sheet === undefined) return;
  const mine = sheet.hunks.filter((hunk) => hunk.group === group && isInBuffer(hunk));
  sheet.memory.put(sheet.text, statesOf(sheet.hunks));
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
      return [hunk.id, goneAt(hunk, { start, end: start + hunk.before.length })];
    }),
  );
  const changes = inOrder.map(({ span, before }): TextChange => ({ ...span, text: before }));
  return { text: changes.reverse().reduce(changed, text), states };
}

function goneAt({ after }: Tracked, span: Tracked['span']): Remembered {
  return { after, span, state: 'rejected', reason: undone, growing: false, covered: undefined };
}

function isInBuffer({ state, place, growing }: Tracked): boolean {
  return state === 'proposed' && place === 'buffer' && !growing;
}
