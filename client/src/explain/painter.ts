/** Decides when streaming text is painted: often enough to read along, seldom enough that nothing flickers or starves. */

export interface Painter {
  /** There is something new to show. Paints as soon as the last paint is old enough. */
  request(): void;
  /** Paints now, whatever waits. */
  flush(): void;
  dispose(): void;
}

export interface PainterParts {
  paint(): void;
  /** Length of the text that the next paint shows. */
  length(): number;
  /** Milliseconds, never going back. */
  now(): number;
  /** Calls back later; returns what undoes it. */
  later(run: () => void, delay: number): () => void;
}

// VS Code sends a thread's changes 100 ms after the last one: paints that come closer push each other back for ever.
const shortestGap = 120;
const longestGap = 1_000;
const charactersPerMillisecond = 100;

/** Milliseconds between two paints of a text of this length: the editor renders all of it again each time. */
export function gapFor(length: number): number {
  return Math.min(Math.max(shortestGap, length / charactersPerMillisecond), longestGap);
}

export function createPainter({ paint, length, now, later }: PainterParts): Painter {
  let lastPaint = Number.NEGATIVE_INFINITY;
  let undo: (() => void) | undefined;
  let disposed = false;
  const flush = (): void => {
    undo?.();
    undo = undefined;
    if (disposed) return;
    paint();
    // Counted from the end: painting takes a while itself.
    lastPaint = now();
  };
  return {
    request() {
      if (undo !== undefined || disposed) return;
      // Always by a timer: one that is due later than VS Code's own runs after it, even when both are late.
      undo = later(flush, Math.max(0, lastPaint + gapFor(length()) - now()));
    },
    flush,
    dispose() {
      disposed = true;
      undo?.();
      undo = undefined;
    },
  };
}
