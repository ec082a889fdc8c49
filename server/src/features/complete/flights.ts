/** One question at a time: who asks at the same place waits for the same answer, who asks elsewhere ends the one before. */
import type { Found, Place } from './cache.ts';
import type { Why } from './limits.ts';

export type Flown = { readonly why: Why } | { readonly found: Found };

/** Nobody wants the answer any more. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

export interface Flights {
  /** Somebody asks there already. */
  isAt(place: Place): boolean;
  /**
   * @param signal of who waits; a question that nobody waits for any more is stopped. Without one it goes on until
   * another one begins.
   * @throws Superseded, and whatever `start` does.
   */
  join(place: Place, signal: AbortSignal | undefined, start: (own: AbortSignal) => Promise<Flown>): Promise<Flown>;
  close(): void;
}

interface Flight {
  readonly place: Place;
  readonly stop: AbortController;
  readonly answer: Promise<Flown>;
  waiting: number;
}

export function createFlights(): Flights {
  let current: Flight | undefined;
  const begin = (place: Place, start: (own: AbortSignal) => Promise<Flown>): Flight => {
    current?.stop.abort(new Superseded());
    const stop = new AbortController();
    const answer = start(stop.signal).catch((error: unknown) => {
      throw stop.signal.aborted ? new Superseded() : error;
    });
    const flight: Flight = { place, stop, answer, waiting: 0 };
    current = flight;
    const landed = (): void => {
      if (current === flight) current = undefined;
    };
    answer.then(landed, landed);
    return flight;
  };
  return {
    isAt: (place) => current !== undefined && isSame(current.place, place),
    async join(place, signal, start) {
      if (signal?.aborted === true) throw new Superseded();
      const flight = current !== undefined && isSame(current.place, place) ? current : begin(place, start);
      flight.waiting += 1;
      const { promise: left, reject } = Promise.withResolvers<never>();
      const leave = (): void => {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          flight.stop.abort(new Superseded());
          // Nobody shall join what is being stopped.
          if (current === flight) current = undefined;
        }
        reject(new Superseded());
      };
      signal?.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([flight.answer, left]);
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
    close() {
      current?.stop.abort(new Superseded());
      current = undefined;
    },
  };
}

function isSame(one: Place, other: Place): boolean {
  return one.uri === other.uri && one.before === other.before && one.after === other.after;
}
