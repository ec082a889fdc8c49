/** From the one who tells events to the one who reads them, at the reader's pace. */

interface Taker<Item> {
  readonly resolve: (result: IteratorResult<Item, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

export class Channel<Item> {
  readonly #items: Item[] = [];
  readonly #takers: Taker<Item>[] = [];
  #end: { readonly error?: unknown } | undefined;
  #isHurried = false;
  #onTaken: (() => void) | undefined;

  push(item: Item): void {
    if (this.#end !== undefined) return;
    const taker = this.#takers.shift();
    if (taker === undefined) this.#items.push(item);
    else taker.resolve({ done: false, value: item });
  }

  /** Resolves once everything was taken, or nobody has to wait any more. */
  async taken(): Promise<void> {
    while (this.#items.length > 0 && !this.#isHurried && this.#end === undefined)
      await new Promise<void>((resolve) => {
        this.#onTaken = resolve;
      });
  }

  /** From now on nobody waits for the reader. */
  hurry(): void {
    this.#isHurried = true;
    this.#onTaken?.();
  }

  take(): Promise<IteratorResult<Item, undefined>> {
    const item = this.#items.shift();
    if (this.#items.length === 0) this.#onTaken?.();
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    if (this.#end !== undefined) return this.#ended(this.#end);
    return new Promise((resolve, reject) => this.#takers.push({ resolve, reject }));
  }

  /** No more comes; with `error`, because of that. What was told before can still be taken. */
  close(end: { readonly error?: unknown } = {}): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#onTaken?.();
    for (const { resolve, reject } of this.#takers.splice(0)) this.#ended(end).then(resolve, reject);
  }

  #ended(end: { readonly error?: unknown }): Promise<IteratorResult<Item, undefined>> {
    return 'error' in end ? Promise.reject(end.error) : Promise.resolve({ done: true, value: undefined });
  }
}
