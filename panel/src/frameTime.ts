/** How much of a frame is left for making what is newly seen, so that a screenful of it never stops the page. No drawing. */

export interface FrameTime {
  /** False: it is shown plain, and made in one of the next frames. */
  hasTime(): boolean;
  /** @param cost Milliseconds that something took. */
  spend(cost: number): void;
  /** Something that is seen is plain still. */
  isBehind(): boolean;
}

/** Milliseconds of a frame. The rest of it is for the elements, their places, and painting. */
const mostInFrame = 12;
/** Milliseconds between two frames. */
export const aFrame = 17;

/**
 * @param now Milliseconds, never going back.
 * @param atNextFrame Calls back before the next frame is drawn.
 */
export function createFrameTime(now: () => number, atNextFrame: (run: () => void) => void): FrameTime {
  let left = mostInFrame;
  let refused = Number.NEGATIVE_INFINITY;
  return {
    hasTime() {
      if (left <= 0) refused = now();
      return left > 0;
    },
    spend(cost) {
      if (left === mostInFrame)
        atNextFrame(() => {
          left = mostInFrame;
        });
      left -= cost;
    },
    isBehind: () => now() - refused < 3 * aFrame,
  };
}

export const frameTime: FrameTime = createFrameTime(
  () => performance.now(),
  (run) => void requestAnimationFrame(run),
);
