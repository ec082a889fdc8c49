/** The hunks that wait for the person, as the server told of them, kept where they are while the documents change. */
import { afterChange, afterChanges, type Change } from '#shared/anchor.ts';
import type { Hunk } from '#shared/edits.ts';
import type { Position, Range } from '#shared/place.ts';
import { isEmptyRange } from './hunkLines.ts';

export interface PendingDocument {
  readonly uri: string;
  /** In the order of the document. */
  readonly hunks: readonly Hunk[];
}

/** New text that an apply step put into a document. */
export interface Grown {
  readonly uri: string;
  readonly version: number;
  readonly group: string;
  readonly title: string;
  readonly pieces: readonly { readonly hunk: string; readonly range: Range }[];
  /** More of it will come. */
  readonly growing: boolean;
}

/** `hunks`: which there are or what is known of them; `places`: only where they are. */
export type Changed = 'hunks' | 'places';

export interface Pending {
  /** In the order of their addresses. */
  documents(): readonly PendingDocument[];
  of(uri: string): readonly Hunk[];
  find(id: string): Hunk | undefined;
  /** Where the model writes in a hunk that grows: before it the text is new, behind it still the old one. */
  tip(id: string): Position | undefined;
  /** The server's full list for a document. `since` gives the changes from a version to now; undefined: not known. */
  heard(uri: string, hunks: readonly Hunk[], since: (version: number) => readonly Change[] | undefined): void;
  /** An apply step was done: shown before the server tells of it. */
  grown(grown: Grown): void;
  edited(uri: string, version: number, changes: readonly Change[]): void;
  /** Hunks that are settled and of which the server does not tell. */
  drop(isGone: (hunk: Hunk) => boolean): void;
}

export function createPending(onChange: (uri: string, what: Changed) => void): Pending {
  const documents = new Map<string, readonly Hunk[]>();
  const tips = new Map<string, Position>();
  const of = (uri: string): readonly Hunk[] => documents.get(uri) ?? [];
  const keep = (uri: string, hunks: readonly Hunk[], what: Changed): void => {
    const growing = new Set(hunks.filter((hunk) => hunk.growing).map(({ id }) => id));
    for (const { id } of of(uri)) if (!growing.has(id)) tips.delete(id);
    if (hunks.length === 0) documents.delete(uri);
    else documents.set(uri, hunks.toSorted(byPlace));
    onChange(uri, what);
  };
  return {
    documents: () =>
      [...documents].map(([uri, hunks]) => ({ uri, hunks })).sort((one, other) => (one.uri < other.uri ? -1 : 1)),
    of,
    find: (id) => [...documents.values()].flat().find((hunk) => hunk.id === id),
    tip: (id) => tips.get(id),
    heard(uri, hunks, since) {
      if (hunks.length === 0 && !documents.has(uri)) return;
      keep(
        uri,
        hunks.map((hunk) => moved(hunk, since(hunk.version) ?? [])),
        'hunks',
      );
    },
    grown(grown) {
      const before = of(grown.uri);
      const after = withGrown(before, grown);
      if (after === before) return;
      for (const { hunk, range } of grown.pieces) tips.set(hunk, range.end);
      keep(grown.uri, after, after.length === before.length ? 'places' : 'hunks');
    },
    edited(uri, version, changes) {
      const before = of(uri);
      if (before.length === 0) return;
      for (const { id } of before) {
        const tip = tips.get(id);
        if (tip !== undefined) tips.set(id, rangeAfter({ start: tip, end: tip }, changes).start);
      }
      keep(
        uri,
        before.map((hunk) => ({ ...moved(hunk, changes), version })),
        'places',
      );
    },
    drop(isGone) {
      for (const [uri, hunks] of [...documents]) {
        const left = hunks.filter((hunk) => !isGone(hunk));
        if (left.length < hunks.length) keep(uri, left, 'hunks');
      }
    },
  };
}

function byPlace({ range: one }: Hunk, { range: other }: Hunk): number {
  return one.start.line - other.start.line || one.start.character - other.start.character;
}

function moved(hunk: Hunk, changes: readonly Change[]): Hunk {
  return changes.length === 0 ? hunk : { ...hunk, range: rangeAfter(hunk.range, changes) };
}

/** Text typed where there is no text of a hunk comes after it: it does not move. */
function rangeAfter(range: Range, changes: readonly Change[]): Range {
  if (!isEmptyRange(range)) return afterChanges(range, changes);
  return changes.reduce((point, change) => {
    const isBeside = isEmptyRange(change.range) && isSamePlace(change.range, point);
    return isBeside ? point : afterChange(point, change);
  }, range);
}

function isSamePlace({ start: one }: Range, { start: other }: Range): boolean {
  return one.line === other.line && one.character === other.character;
}

/** New pieces belong to their hunk; one that grows and that the server has not told of yet is made up until it does. */
function withGrown(hunks: readonly Hunk[], grown: Grown): readonly Hunk[] {
  let all = hunks;
  for (const { hunk: id, range } of grown.pieces) {
    const known = all.find((hunk) => hunk.id === id);
    if (known?.growing === true) all = all.map((hunk) => (hunk === known ? enlarged(hunk, range, grown) : hunk));
    // Finished text that is changed is a rejection: the server's list says what is left.
    else if (known === undefined && grown.growing) all = all.concat(madeUp(id, range, grown));
  }
  return all;
}

function enlarged(hunk: Hunk, { start, end }: Range, { version }: Grown): Hunk {
  const range = {
    start: first(hunk.range.start, start),
    end: first(hunk.range.end, end) === end ? hunk.range.end : end,
  };
  return { ...hunk, range, version };
}

function first(one: Position, other: Position): Position {
  return one.line < other.line || (one.line === other.line && one.character < other.character) ? one : other;
}

function madeUp(id: string, range: Range, { uri, version, group, title, growing }: Grown): Hunk {
  const known = { id, group, uri, version, range, title, growing };
  return { ...known, before: '', after: '', state: 'proposed', place: 'buffer', warnings: [] };
}
