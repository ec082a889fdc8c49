/** What happened to the documents lately, so that an edit made for an older version finds its place. */
import { afterChange, type Change } from '#shared/anchor.ts';
import type { Range } from '#shared/place.ts';
import { placesAfter } from './textEdits.ts';

/** One step of a document. */
export interface Entry {
  /** The version that it led to. */
  readonly version: number;
  /** In the order in which they count: each for the text after those before it. */
  readonly changes: readonly Change[];
  /** Ours, not the person's. */
  readonly isOwn: boolean;
}

export interface Journal {
  record(uri: string, entry: Entry): void;
  /** The steps from a version to the newest one; undefined when they are not known. */
  since(uri: string, version: number, newest: number): readonly Entry[] | undefined;
  /** The document was closed: its versions start anew. */
  forget(uri: string): void;
}

const mostEntries = 500;
/** UTF-16 units of text, over all documents (threats R46). */
const mostText = 8_000_000;

export function createJournal(limits = { entries: mostEntries, text: mostText }): Journal {
  const documents = new Map<string, readonly Entry[]>();
  let kept = 0;
  const keep = (uri: string, entries: readonly Entry[]): void => {
    kept += sizeOf(entries) - sizeOf(documents.get(uri) ?? []);
    // The one that changed last comes last.
    documents.delete(uri);
    if (entries.length > 0) documents.set(uri, entries);
  };
  return {
    record(uri, entry) {
      const before = documents.get(uri) ?? [];
      const isNext = before.at(-1)?.version === entry.version - 1;
      keep(uri, [...(isNext ? before : []), entry].slice(-limits.entries));
      while (kept > limits.text) {
        const [[oldest = uri, entries = []] = []] = documents;
        keep(oldest, oldest === uri ? entries.slice(1) : []);
      }
    },
    since(uri, version, newest) {
      if (version === newest) return [];
      const entries = (documents.get(uri) ?? []).filter((entry) => version < entry.version && entry.version <= newest);
      return version < newest && entries.length === newest - version ? entries : undefined;
    },
    forget: (uri) => keep(uri, []),
  };
}

function sizeOf(entries: readonly Entry[]): number {
  return entries.reduce((size, { changes }) => size + changes.reduce((sum, { text }) => sum + text.length + 50, 0), 0);
}

/** Where others than ourselves put text, as places of the document after all steps. */
export function placesOfOthers(entries: readonly Entry[]): readonly Range[] {
  let places: readonly Range[] = [];
  for (const { changes, isOwn } of entries)
    for (const change of changes) {
      places = places.map((place) => afterChange(place, change));
      if (!isOwn) places = places.concat(placesAfter([change]));
    }
  return places;
}
