/** Decides when the problems of a document are compared: when all hunks of an action are there and the language's support has settled. */
import type { Hunk } from '#shared/edits.ts';

export interface Measure {
  /** The hunks are others now. */
  look(): void;
  /** The document's problems are others now. */
  news(): void;
  end(): void;
}

export interface MeasureParts {
  /** Those of the action in the document. */
  hunks(): readonly Pick<Hunk, 'id' | 'growing'>[];
  /** Compares now; may be called again when there is news. */
  take(): void;
  /** Nothing is compared any more. */
  onEnd(): void;
  /** Milliseconds, never going back. */
  now(): number;
  /** Calls back later; returns what undoes it. */
  later(run: () => void, delay: number): () => void;
}

/** Milliseconds without news, and how long there may be news. */
const settled = 600;
const longest = 15_000;

export function createMeasure({ hunks, take, onEnd, now, later }: MeasureParts): Measure {
  let measured: readonly string[] = [];
  let until: number | undefined;
  let undo: (() => void) | undefined;
  const stop = (): void => {
    undo?.();
    undo = undefined;
    until = undefined;
  };
  const wait = (limit: number): void => {
    undo?.();
    // Where there is news all the time, the end is when it is taken.
    undo = later(take, Math.min(settled, Math.max(0, limit - now())));
  };
  const end = (): void => {
    stop();
    onEnd();
  };
  return {
    look() {
      const present = hunks();
      const ids = present.map(({ id }) => id);
      if (measured.some((id) => !ids.includes(id))) {
        // One is settled: what it fixed or broke must not be put down to the others.
        end();
      } else if (present.some(({ growing }) => growing)) {
        stop();
      } else if (ids.length > measured.length || (ids.length > 0 && until === undefined)) {
        measured = ids;
        until = now() + longest;
        wait(until);
      }
    },
    news() {
      if (until === undefined) return;
      if (now() < until) wait(until);
      else end();
    },
    end,
  };
}
