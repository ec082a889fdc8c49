/** Waits that can be broken off from this side. */

export class Interruption {
  #reject: ((reason: Error) => void) | undefined;

  /** The value, unless `interrupt` comes first; for one wait at a time. */
  unless<Value>(value: Value | Promise<Value>): Value | Promise<Value> {
    if (!(value instanceof Promise)) return value;
    const interrupted = new Promise<never>((_resolve, reject) => {
      this.#reject = reject;
    });
    return Promise.race([value, interrupted]).finally(() => {
      this.#reject = undefined;
    });
  }

  /** Breaks off the wait under way, if there is one. */
  interrupt(reason: Error): void {
    this.#reject?.(reason);
  }
}
