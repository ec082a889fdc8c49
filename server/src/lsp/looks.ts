/** Which conversations somebody looks at in a panel: what waits there is seen, and needs no message of the editor. */

export interface Looks {
  watches(conversation: string, isLookedAt: boolean): void;
  /**
   * Does something for as long as nobody looks, and again when that is so again. Its signal aborts when somebody does.
   * Undefined once `signal` has aborted.
   */
  whileUnseen<Result>(
    conversation: string,
    signal: AbortSignal,
    act: (unseen: AbortSignal) => Promise<Result>,
  ): Promise<Result | undefined>;
}

export function createLooks(): Looks {
  const looked = new Set<string>();
  const listeners = new Set<() => void>();
  /** Resolves when it is so, or nobody waits for it any more. */
  const until = (isSo: () => boolean, signal: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (!isSo() && !signal.aborted) return;
      listeners.delete(look);
      signal.removeEventListener('abort', look);
      resolve();
    };
    listeners.add(look);
    signal.addEventListener('abort', look);
    look();
    return promise;
  };
  return {
    watches(conversation, isLookedAt) {
      if (isLookedAt) looked.add(conversation);
      else looked.delete(conversation);
      for (const look of [...listeners]) look();
    },
    async whileUnseen(conversation, signal, act) {
      for (;;) {
        await until(() => !looked.has(conversation), signal);
        if (signal.aborted) return undefined;
        const [seen, done] = [new AbortController(), new AbortController()];
        void until(() => looked.has(conversation), AbortSignal.any([signal, done.signal])).then(() => {
          if (!done.signal.aborted) seen.abort();
        });
        const result = await act(AbortSignal.any([signal, seen.signal])).finally(() => done.abort());
        if (result !== undefined || !seen.signal.aborted) return result;
      }
    },
  };
}
