/** Where calls wait until they may run: so many at once, exclusive ones alone, first come, first served. */

interface Waiting {
  readonly exclusive: boolean;
  readonly enter: () => void;
}

export class Slots {
  readonly #most: number;
  #running = 0;
  #isAlone = false;
  #queue: readonly Waiting[] = [];

  /** @param most How many may run at once. */
  constructor(most: number) {
    this.#most = Math.max(1, most);
  }

  /** Waits for a slot. @returns What gives it back. */
  async enter(exclusive: boolean, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { exclusive, enter: resolve };
    const onAbort = (): void => {
      this.#queue = this.#queue.filter((other) => other !== waiting);
      reject(signal.reason);
      this.#letIn();
    };
    this.#queue = [...this.#queue, waiting];
    signal.addEventListener('abort', onAbort, { once: true });
    this.#letIn();
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    return () => this.#leave(exclusive);
  }

  #letIn(): void {
    for (;;) {
      const [next, ...others] = this.#queue;
      if (next === undefined || this.#isAlone || this.#running >= (next.exclusive ? 1 : this.#most)) return;
      this.#queue = others;
      this.#running += 1;
      this.#isAlone = next.exclusive;
      next.enter();
    }
  }

  #leave(exclusive: boolean): void {
    this.#running -= 1;
    if (exclusive) this.#isAlone = false;
    this.#letIn();
  }
}
