/** Draws a component again when something that it shows has changed. */
import { useEffect, useReducer } from 'preact/hooks';

interface Watchable {
  watch(listener: () => void): () => void;
}

/**
 * @param sources what the component reads while it is drawn.
 * @returns another number after each change.
 */
export function useWatched(...sources: readonly Watchable[]): number {
  const [count, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const ends = sources.map((source) => source.watch(() => again(undefined)));
    // What changed between the drawing and now was not heard.
    again(undefined);
    return () => {
      for (const end of ends) end();
    };
  }, sources);
  return count;
}

/** What `Watchable` is made of. */
export interface Watchers {
  watch(listener: () => void): () => void;
  tell(): void;
}

export function createWatchers(): Watchers {
  const listeners = new Set<() => void>();
  return {
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell() {
      for (const listener of [...listeners]) listener();
    },
  };
}
