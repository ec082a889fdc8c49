/** A hunk as the ledger keeps it: by offsets into the document as it is now. */
import type { Hunk, HunkState } from '#shared/edits.ts';
import type { Position } from '#shared/place.ts';
import type { Origin } from '../editing.ts';
import type { Span } from '../text/spans.ts';

/** Its fields change as its fate does; whoever is outside the ledger gets a `Hunk`, which does not. */
export interface Tracked {
  readonly id: string;
  readonly group: string;
  readonly uri: string;
  readonly origin: Origin;
  readonly file: Hunk['file'];
  readonly to: string | undefined;
  /** Where `after` is, when it is in the buffer; else where `before` is. */
  span: Span;
  before: string;
  after: string;
  state: HunkState;
  reason: string | undefined;
  growing: boolean;
  place: Hunk['place'];
  warnings: readonly string[];
  /** The person has said what becomes of it: what the text does afterwards changes nothing. */
  decided: boolean;
  /** The group whose edit has taken its place: it comes back only with a text in which it was. */
  covered: string | undefined;
  /** It had to stop growing before it was whole. */
  stopped: boolean;
  /** A change of it is on its way to the editor. */
  busy: boolean;
  /** Handed to the editor in a whole edit: it asks the person itself, and nothing waits here. */
  offered: boolean;
}

export function newTracked(
  parts: Pick<Tracked, 'id' | 'group' | 'uri' | 'origin' | 'span' | 'before'> & Partial<Tracked>,
): Tracked {
  return {
    file: undefined,
    to: undefined,
    after: '',
    state: 'proposed',
    reason: undefined,
    growing: false,
    place: 'buffer',
    warnings: [],
    decided: false,
    covered: undefined,
    stopped: false,
    busy: false,
    offered: false,
    ...parts,
  };
}

/** Awaits the person. */
export function isOpen({ state, offered }: Tracked): boolean {
  return !offered && (state === 'proposed' || state === 'conflicted');
}

/** Its text is in the document, and follows what happens to that. */
export function isInText({ place, state }: Tracked): boolean {
  return place === 'buffer' && state !== 'accepted' && state !== 'conflicted';
}

/** As the editor gets it. */
export function toHunk(tracked: Tracked, positionAt: (offset: number) => Position, version: number): Hunk {
  const { id, group, uri, span, before, state, reason, growing, place, origin, warnings, file, to } = tracked;
  return {
    id,
    group,
    uri,
    version,
    range: { start: positionAt(span.start), end: positionAt(span.end) },
    before,
    after: growing ? '' : tracked.after,
    state,
    ...(reason === undefined ? {} : { reason }),
    growing,
    place,
    ...(file === undefined ? {} : { file }),
    ...(to === undefined ? {} : { to }),
    title: origin.title,
    warnings: [...warnings],
  };
}

/** In the order of the document: an empty hunk stands before the one that begins at its place. */
export function byPlace(one: Tracked, other: Tracked): number {
  return one.span.start - other.span.start || one.span.end - other.span.end;
}
