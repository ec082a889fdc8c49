/** Hands a reader what it wants of a stream, when it asks for it. */
import { abortedError } from '../failures.ts';
import type { Reading } from './reading.ts';
import type { View } from './views.ts';

/** Written by hand: an async generator would cost more than all else that is done for an event. */
export class Reader<Item> implements AsyncIterator<Item> {
  readonly #reading: Reading;
  readonly #view: View<Item>;
  #pending = 0;

  constructor(reading: Reading, view: View<Item>) {
    this.#reading = reading;
    this.#view = view;
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const item = this.#pending === 0 ? this.#take() : undefined;
    return item === undefined ? this.#wait() : Promise.resolve({ done: false, value: item });
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    this.#reading.stop(abortedError('the reader broke off'));
    return Promise.resolve({ done: true, value: undefined });
  }

  #take(): Item | undefined {
    const item = this.#view.besides?.() ?? this.#takeEvent() ?? this.#view.besides?.();
    if (item !== undefined) this.#reading.delivered = true;
    return item;
  }

  #takeEvent(): Item | undefined {
    const reading = this.#reading;
    for (let event = reading.take(); event !== undefined; event = reading.take()) {
      const item = this.#view.of(event);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  #wait(): Promise<IteratorResult<Item, undefined>> {
    this.#pending += 1;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const item = this.#take();
        const { ending } = this.#reading;
        if (item === undefined && ending === undefined) {
          this.#reading.wait(look);
        } else {
          this.#pending -= 1;
          if (item !== undefined) resolve({ done: false, value: item });
          else if (ending !== undefined && 'error' in ending) reject(ending.error);
          else resolve({ done: true, value: undefined });
        }
      };
      this.#reading.wait(look);
    });
  }
}
