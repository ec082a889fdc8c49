/** Who goes next: interactive work before background work, owners in turn, each owner's calls in their order. */
import type { Priority } from './gate.ts';

/** What waits. */
export interface Waiting {
  readonly priority: Priority;
  readonly owner: string;
  /** Calls of one lane are sent in their order; those of another do not wait for them. */
  readonly lane: object;
  /** Of one owner's lanes, the one goes first whose first call has the lowest. */
  readonly order: number;
}

/** After so many interactive calls that went before one of the background, it is the background's turn. */
export const mostPassedOver = 7;

/** One owner's calls of one priority. */
interface Owner<Item> {
  /** The round in which it is its turn, and its place in that round. */
  round: number;
  place: number;
  readonly lanes: Map<object, Set<Item>>;
}

interface Line<Item> {
  readonly owners: Map<string, Owner<Item>>;
  round: number;
}

interface Candidate<Item> {
  readonly item: Item;
  readonly owner: Owner<Item>;
}

export class Queue<Item extends Waiting> {
  readonly #lines: Readonly<Record<Priority, Line<Item>>> = {
    interactive: { owners: new Map(), round: 0 },
    background: { owners: new Map(), round: 0 },
  };
  #size = 0;
  #places = 0;
  #passedOver = 0;

  get size(): number {
    return this.#size;
  }

  *[Symbol.iterator](): IterableIterator<Item> {
    for (const { owners } of Object.values(this.#lines))
      for (const { lanes } of owners.values()) for (const items of lanes.values()) yield* items;
  }

  add(item: Item): void {
    const { owners, round } = this.#lines[item.priority];
    let owner = owners.get(item.owner);
    // Who comes anew joins at the end of the round: having been away is no merit.
    if (owner === undefined) {
      owner = { round: round + 1, place: ++this.#places, lanes: new Map() };
      owners.set(item.owner, owner);
    }
    const lane = owner.lanes.get(item.lane);
    if (lane === undefined) owner.lanes.set(item.lane, new Set([item]));
    else lane.add(item);
    this.#size += 1;
  }

  /** Returns whether it was there. */
  delete(item: Item): boolean {
    const { owners } = this.#lines[item.priority];
    const owner = owners.get(item.owner);
    const lane = owner?.lanes.get(item.lane);
    if (owner === undefined || lane?.delete(item) !== true) return false;
    if (lane.size === 0) owner.lanes.delete(item.lane);
    if (owner.lanes.size === 0) owners.delete(item.owner);
    this.#size -= 1;
    return true;
  }

  /** Takes the next one out. @param isReady Asked for the first of each lane, until one is. */
  take(isReady: (item: Item) => boolean): Item | undefined {
    const interactive = candidateOf(this.#lines.interactive, isReady);
    const background = candidateOf(this.#lines.background, isReady);
    const next = this.#passedOver < mostPassedOver ? (interactive ?? background) : (background ?? interactive);
    if (next === undefined) return undefined;
    this.#passedOver = next === interactive && background !== undefined ? this.#passedOver + 1 : 0;
    this.#serve(next);
    return next.item;
  }

  #serve({ item, owner }: Candidate<Item>): void {
    const line = this.#lines[item.priority];
    line.round = Math.max(line.round, owner.round);
    owner.round += 1;
    owner.place = ++this.#places;
    this.delete(item);
  }
}

function candidateOf<Item extends Waiting>(
  { owners }: Line<Item>,
  isReady: (item: Item) => boolean,
): Candidate<Item> | undefined {
  let best: Candidate<Item> | undefined;
  for (const owner of owners.values()) {
    if (best !== undefined && !isBefore(owner, best.owner)) continue;
    const item = firstOf(owner, isReady);
    if (item !== undefined) best = { item, owner };
  }
  return best;
}

function isBefore<Item>(one: Owner<Item>, other: Owner<Item>): boolean {
  return one.round === other.round ? one.place < other.place : one.round < other.round;
}

/** The one that came first of those that may go. */
function firstOf<Item extends Waiting>({ lanes }: Owner<Item>, isReady: (item: Item) => boolean): Item | undefined {
  let first: Item | undefined;
  for (const items of lanes.values()) {
    const [item] = items;
    if (item !== undefined && (first === undefined || item.order < first.order) && isReady(item)) first = item;
  }
  return first;
}
