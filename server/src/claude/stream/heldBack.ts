/** Tells streams that came as they were written from those that something on the way collected first. */

/** How the events of one stream came. */
export interface Arrival {
  /** Milliseconds from the request's being sent to the first event. */
  readonly waited: number;
  /** Milliseconds from the first event to the last. */
  readonly took: number;
  readonly events: number;
}

/** A model needs some seconds for so many events, and no model writes so many of them in a second. */
const fewest = 200;
const fastest = 500;

/** Milliseconds in which such a stream would have begun. */
const longestWait = 3_000;

/** Whether the stream was held back and then came all at once. Short answers prove nothing. */
export function wasHeldBack({ waited, took, events }: Arrival): boolean {
  return events >= fewest && waited >= longestWait && events * 1_000 >= took * fastest;
}
