/** An edit that grows in its place while the model writes it: whole lines come, old lines stay until the new text has passed them. */
import { type Aligning, createAligning } from './alignment.ts';
import { commonEnd, commonStart, contentOf, finalEndOf, lengthOf, wholeLinesOf } from './wholeLines.ts';

/** A replacement of whole lines, in UTF-16 offsets of what was shown before it. */
export interface GrowthStep {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Growth {
  /** Takes the next piece of the new text, cut anywhere; undefined when nothing changes. After the end nothing does. */
  push(piece: string): GrowthStep | undefined;
  /** The new text is complete. `whole` is what shall stand there, when that is not the pieces with one kind of line end. */
  end(whole?: string): GrowthStep | undefined;
  /** What stands there now: the lines that came, and the old lines that they have not passed. */
  readonly shown: string;
}

interface GrowthState {
  readonly old: readonly string[];
  /** Number of the first old line that is not passed, and where it starts in the old text. */
  reached: number;
  reachedOffset: number;
  readonly placed: string[];
  placedLength: number;
}

/**
 * Grows a text over `before`. A new line that is like an old one not far below it passes the lines between them and
 * leaves that one as it is, with its line end; any other is inserted above the old lines, with `lineEnd`. Whoever
 * stops in the midst has lost only lines that were passed.
 */
export function createGrowth(before: string, lineEnd: string): Growth {
  const old = wholeLinesOf(before);
  const state: GrowthState = { old, reached: 0, reachedOffset: 0, placed: [], placedLength: 0 };
  // A "\r" that stays above a "\n" that comes would make one line end of two.
  const hasOnlyReturns = lineEnd === '\r' && !before.includes('\n');
  const canStay = (line: string): boolean => line.endsWith('\n') || (hasOnlyReturns && line.endsWith('\r'));
  const align = createAligning(old.map((line) => (canStay(line) ? contentOf(line) : undefined)));
  const { taken, rest } = createLineCutter();
  let final: string | undefined;
  return {
    push(piece) {
      if (final !== undefined) return undefined;
      const lines = taken(piece);
      return lines.length === 0
        ? undefined
        : placeLines(state, lines, align, lineEnd === '\r' && !hasOnlyReturns ? '\n' : lineEnd);
    },
    end(whole) {
      if (final !== undefined) return undefined;
      const lines = [...state.placed, rest()];
      final = whole ?? lines.map((line) => (finalEndOf(line) === '' ? line : contentOf(line) + lineEnd)).join('');
      return stepBetween([...state.placed, ...old.slice(state.reached)], wholeLinesOf(final), 0);
    },
    get shown() {
      return final ?? state.placed.join('') + before.slice(state.reachedOffset);
    },
  };
}

/** Cuts pieces into complete lines and keeps what is left for later, without reading it again with each piece. */
export function createLineCutter(): { taken(piece: string): readonly string[]; rest(): string } {
  let [partial, held] = ['', ''];
  return {
    taken(piece) {
      const text = held + piece;
      // A "\r" at the very end may be half of "\r\n": it waits for the next piece.
      held = text.endsWith('\r') ? '\r' : '';
      const lines = [...wholeLinesOf(held === '' ? text : text.slice(0, -1))];
      const open = finalEndOf(lines.at(-1) ?? '') === '' ? (lines.pop() ?? '') : '';
      const [first, ...others] = lines;
      const begun = partial;
      // Only put together, not read: of a very long line the whole is looked at once.
      partial = first === undefined ? begun + open : open;
      return first === undefined ? [] : [begun + first, ...others];
    },
    rest: () => partial + held,
  };
}

function placeLines(
  state: GrowthState,
  lines: readonly string[],
  align: Aligning,
  lineEnd: string,
): GrowthStep | undefined {
  const { old, reached, placedLength } = state;
  const came: string[] = [];
  for (const line of lines.map(contentOf)) {
    const at = align(line);
    came.push(at === undefined ? line + lineEnd : (old[at] ?? ''));
    if (at !== undefined) state.reached = at + 1;
  }
  const passed = old.slice(reached, state.reached);
  state.reachedOffset += lengthOf(passed);
  state.placedLength += lengthOf(came);
  for (const line of came) state.placed.push(line);
  return stepBetween(passed, came, placedLength);
}

/** Turns the lines from offset `at` on into others, without those that are equal at both ends. */
function stepBetween(previous: readonly string[], next: readonly string[], at: number): GrowthStep | undefined {
  const top = commonStart(previous, next);
  const bottom = commonEnd(previous, next, top);
  const removed = previous.slice(top, previous.length - bottom);
  const text = next.slice(top, next.length - bottom).join('');
  if (removed.length === 0 && text === '') return undefined;
  const start = at + lengthOf(previous.slice(0, top));
  return { start, end: start + lengthOf(removed), text };
}
