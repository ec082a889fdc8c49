/** Hunks over hunks: what awaits the person where new text comes becomes part of it, so that rejecting goes back to before all of it. */
import type { Span } from '../text/spans.ts';
import type { Room } from './room.ts';
import type { Tracked } from './tracked.ts';

/** The span with all hunks that reach into it; undefined where one of them is being changed. */
export function reachOf(room: Room, uri: string, wanted: Span): Span | undefined {
  const hunks = (room.sheet(uri)?.hunks ?? []).filter(
    (hunk) => hunk.busy || (hunk.state === 'proposed' && hunk.place === 'buffer'),
  );
  let reach = wanted;
  for (;;) {
    const over = hunks.filter(({ span }) => span.start < reach.end && reach.start < span.end);
    if (over.some(({ growing, busy }) => growing || busy)) return undefined;
    const start = Math.min(reach.start, ...over.map(({ span }) => span.start));
    const end = Math.max(reach.end, ...over.map(({ span }) => span.end));
    if (start === reach.start && end === reach.end) return reach;
    reach = { start, end };
  }
}

/** Takes in what is proposed inside the hunk's span. @returns what sets it free again, once the text is as it was. */
export function absorb(room: Room, hunk: Tracked): () => void {
  const under = (room.sheet(hunk.uri)?.hunks ?? []).filter((other) => other !== hunk && isUnder(other, hunk));
  const places = under.map(({ span }) => ({ start: span.start - hunk.span.start, end: span.end - hunk.span.start }));
  let shift = -hunk.span.start;
  for (const other of under) {
    const start = other.span.start + shift;
    const length = other.span.end - other.span.start;
    hunk.before = hunk.before.slice(0, start) + other.before + hunk.before.slice(start + length);
    shift += other.before.length - length;
    Object.assign(other, { state: 'edited', reason: undefined, decided: true });
  }
  return () => {
    for (const [index, other] of under.entries()) {
      const { start, end } = places[index] ?? { start: 0, end: 0 };
      const span = { start: hunk.span.start + start, end: hunk.span.start + end };
      const now = room.sheet(hunk.uri)?.text.slice(span.start, span.end);
      // Somebody has changed the place meanwhile: it is theirs.
      Object.assign(other, now === other.after ? { state: 'proposed', decided: false, span } : { span });
    }
  };
}

/** What was taken back or edited here before does not come back by an undo: something else stands there now. */
export function supersede(room: Room, hunk: Tracked): void {
  for (const other of room.sheet(hunk.uri)?.hunks ?? []) {
    const isOver = other.span.start < hunk.span.end && hunk.span.start < other.span.end;
    if (other !== hunk && isOver && (other.state === 'edited' || other.state === 'rejected')) other.decided = true;
  }
}

function isUnder({ state, place, growing, span }: Tracked, hunk: Tracked): boolean {
  return (
    state === 'proposed' && place === 'buffer' && !growing && span.start >= hunk.span.start && span.end <= hunk.span.end
  );
}
