/** Hunks over hunks: what awaits the person where new text comes becomes part of it, so that rejecting goes back to before all of it. */
import type { Span } from '../text/spans.ts';
import type { Room } from './room.ts';
import { isInText, type Tracked } from './tracked.ts';

/** What a hunk has taken the place of. */
export interface Absorbed {
  readonly hunk: Tracked;
  /** With what was true of them. */
  readonly under: readonly Pick<Tracked, 'id' | 'state' | 'reason'>[];
  /** Sets free what was proposed, once the text is as it was. */
  release(): void;
}

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

/** Takes in what is proposed inside the hunk's span, and takes the place of what was taken back or edited there. */
export function absorb(room: Room, hunk: Tracked): Absorbed {
  const others = (room.sheet(hunk.uri)?.hunks ?? []).filter((other) => other !== hunk);
  const proposed = others.filter((other) => isUnder(other, hunk));
  const settled = others.filter((other) => isSettledUnder(other, hunk));
  const under = [...proposed, ...settled].map(({ id, state, reason }) => ({ id, state, reason }));
  const places = proposed.map(({ span }) => ({
    start: span.start - hunk.span.start,
    end: span.end - hunk.span.start,
  }));
  const { before } = hunk;
  let shift = -hunk.span.start;
  for (const other of proposed) {
    const start = other.span.start + shift;
    const length = other.span.end - other.span.start;
    hunk.before = hunk.before.slice(0, start) + other.before + hunk.before.slice(start + length);
    shift += other.before.length - length;
    Object.assign(other, { state: 'edited', reason: undefined, covered: hunk.group });
  }
  for (const other of settled) other.covered = hunk.group;
  const release = (): void => {
    // It may be made once more, over what is there then.
    hunk.before = before;
    for (const [index, other] of proposed.entries()) {
      const { start, end } = places[index] ?? { start: 0, end: 0 };
      const span = { start: hunk.span.start + start, end: hunk.span.start + end };
      const now = room.sheet(hunk.uri)?.text.slice(span.start, span.end);
      const isTaken = (room.sheet(hunk.uri)?.hunks ?? []).some((each) => each !== hunk && isIn(each, span));
      // Somebody has changed the place meanwhile, or another edit stands there that reads the same: it is theirs.
      Object.assign(other, { span, covered: undefined });
      if (now === other.after && !isTaken) other.state = 'proposed';
      else other.decided = true;
    }
  };
  return { hunk, under, release };
}

function isIn({ state, place, span }: Tracked, taken: Span): boolean {
  return state === 'proposed' && place === 'buffer' && span.start < taken.end && taken.start < span.end;
}

function isUnder({ state, place, growing, span }: Tracked, hunk: Tracked): boolean {
  return (
    state === 'proposed' && place === 'buffer' && !growing && span.start >= hunk.span.start && span.end <= hunk.span.end
  );
}

function isSettledUnder(other: Tracked, hunk: Tracked): boolean {
  const isOver = other.span.start < hunk.span.end && hunk.span.start < other.span.end;
  return isOver && isInText(other) && other.state !== 'proposed' && !other.decided && other.covered === undefined;
}
