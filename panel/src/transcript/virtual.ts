/** Draws of thousands of rows only those that are seen: rows of any height, measured when they are drawn. */
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

type Options = VirtualizerOptions<HTMLElement, HTMLElement>;

export type VirtualRows = Virtualizer<HTMLElement, HTMLElement>;

export interface VirtualParts
  extends Required<Pick<Options, 'count' | 'getScrollElement' | 'estimateSize' | 'getItemKey'>> {
  /** Stays drawn wherever it is; none below 0. */
  readonly kept: number;
}

/** Whoever is a few pixels away from the end has left it. */
const nearEnd = 2;

export function useVirtualRows({ kept, ...parts }: VirtualParts): VirtualRows {
  const [, again] = useReducer((count: number, _: undefined) => count + 1, 0);
  const options: Options = {
    ...parts,
    overscan: 2,
    rangeExtractor: (range) => withKept(defaultRangeExtractor(range), kept, range.count),
    // What the person looks at stays where it is when rows above change; at the end, the end stays.
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => again(undefined),
  };
  const [rows] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  rows.setOptions(options);
  useLayoutEffect(() => rows._didMount(), [rows]);
  useLayoutEffect(() => rows._willUpdate());
  return rows;
}

function withKept(indexes: number[], kept: number, count: number): number[] {
  if (kept < 0 || kept >= count || indexes.includes(kept)) return indexes;
  return [...indexes, kept].sort((one, other) => one - other);
}
