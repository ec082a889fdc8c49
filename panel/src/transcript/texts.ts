/** The texts of answers in the pieces that rows are made of, taken apart as they come. No drawing. */
import { createSegments, type Segment, type Segments } from '#shared/markdown/segments.ts';
import type { ChatStore } from '../store.ts';

export interface Texts {
  /** Begins a look at all of them: so much is taken in at one look, the rest at the next. */
  look(): void;
  /** Undefined while the text is not here. */
  piecesOf(id: string): readonly Segment[] | undefined;
  /** Some text was not taken in: another look is needed. */
  isBehind(): boolean;
}

/** UTF-16 code units: takes some milliseconds. */
const mostAtOnce = 300_000;

interface Taken {
  segments: Segments;
  /** What is shown until as much of another text is taken in: a chat that was opened again has the same text once more. */
  until?: Segments | undefined;
  readonly before: number;
  origin: object;
  /** What it was called when the text came. */
  id: string;
  length: number;
}

export function createTexts(store: Pick<ChatStore, 'growth' | 'keyOf'>): Texts {
  const taken = new Map<string, Taken>();
  let left = mostAtOnce;
  let isBehind = false;
  return {
    look() {
      left = mostAtOnce;
      isBehind = false;
    },
    isBehind: () => isBehind,
    piecesOf(id) {
      const key = store.keyOf(id);
      const growth = store.growth(id);
      let one = taken.get(key);
      if (growth === undefined) {
        // One that was renamed is shown as it was until its text is here again; others were let go to save room.
        if (one === undefined || one.id !== id) return one && (one.until ?? one.segments).all;
        taken.delete(key);
        return undefined;
      }
      if (one === undefined || one.origin !== growth.origin) {
        const shown = one?.until ?? one?.segments;
        const before = one?.until === undefined ? (one?.length ?? 0) : one.before;
        one = { segments: createSegments(), until: shown, before, origin: growth.origin, id, length: 0 };
        taken.set(key, one);
      }
      one.id = id;
      if (growth.length > one.length) {
        const more = growth.since(one.length);
        const now = more.slice(0, left);
        one.segments.append(now);
        one.length += now.length;
        left -= now.length;
        isBehind ||= now.length < more.length;
      }
      if (one.length >= Math.min(one.before, growth.length)) one.until = undefined;
      return (one.until ?? one.segments).all;
    },
  };
}
