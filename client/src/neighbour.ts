/** The way from one place of a list to the next, through all documents, round and round: pending edits, explanations. */
import type { Range } from '#shared/place.ts';

export interface Placed {
  readonly uri: string;
  readonly range: Range;
}

export interface Stop<Item> {
  readonly item: Item;
  /** Counted from 1. */
  readonly number: number;
  readonly count: number;
}

/** Where the person is. */
export interface Here {
  readonly uri: string;
  readonly line: number;
}

/**
 * The next after a place, or the one before it; the first or last one from anywhere else. Undefined: there is none.
 * The list is in the order of documents and lines.
 */
export function neighbour<Item extends Placed>(
  all: readonly Item[],
  here: Here | undefined,
  direction: 'next' | 'previous',
): Stop<Item> | undefined {
  const isAfter = (item: Item): boolean => here !== undefined && comesAfter(item, here);
  const isBefore = (item: Item): boolean => here !== undefined && !isAfter(item) && !isAt(item, here);
  const found = direction === 'next' ? (all.find(isAfter) ?? all[0]) : (all.findLast(isBefore) ?? all.at(-1));
  return found === undefined ? undefined : { item: found, number: all.indexOf(found) + 1, count: all.length };
}

function comesAfter({ uri, range }: Placed, here: Here): boolean {
  return uri === here.uri ? range.start.line > here.line : uri > here.uri;
}

function isAt({ uri, range }: Placed, here: Here): boolean {
  return uri === here.uri && range.start.line === here.line;
}
