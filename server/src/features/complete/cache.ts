/** Answers that were had already: while what was suggested is typed, taken back, or come back to, nothing is asked again. Pure. */
import type { Hole } from './hole.ts';

/** What is known of a place: `text` may be shown there, or why nothing may. */
export type Known = { readonly text: string } | { readonly nothing: string };

export interface Found {
  readonly known: Known;
  /** The entry, for statistics: the same one while it is typed through. */
  readonly id: string;
}

export interface SuggestionCache {
  /** What is known of a place, also where some of it was typed since. */
  find(place: Place): Found | undefined;
  keep(place: Place, id: string, known: Known): void;
  /** The document is closed, or what answers depend on has changed. */
  forget(uri?: string): void;
}

export interface Place extends Hole {
  readonly uri: string;
}

/** Answers that are remembered, of all documents. The oldest go. */
const most = 200;
/** Code units around the cursor that have to be the same. More is sent, but an answer rarely depends on it. */
const near = { before: 1_500, after: 400 } as const;
/** Code units that may have been taken back before the place that was asked about. */
const longestBack = 24;

interface Entry {
  readonly uri: string;
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly known: Known;
}

export function createSuggestionCache(): SuggestionCache {
  /** Newest last. */
  let entries: readonly Entry[] = [];
  return {
    find({ uri, before, after }) {
      const found = entries.findLast((entry) => entry.uri === uri && knownAt(entry, before, after) !== undefined);
      if (found === undefined) return undefined;
      // What is used stays longest.
      entries = [...entries.filter((entry) => entry !== found), found];
      const known = knownAt(found, before, after);
      return known === undefined ? undefined : { known, id: found.id };
    },
    keep({ uri, before, after }, id, known) {
      const entry = { uri, id, known, before: before.slice(-near.before), after: after.slice(0, near.after) };
      const others = entries.filter(
        (each) => each.uri !== uri || each.before !== entry.before || each.after !== entry.after,
      );
      entries = [...others, entry].slice(-most);
    },
    forget(uri) {
      entries = uri === undefined ? [] : entries.filter((entry) => entry.uri !== uri);
    },
  };
}

function knownAt(entry: Entry, before: string, after: string): Known | undefined {
  const typed = typedSince(entry, before);
  if (typed !== undefined) return typedThrough(entry, typed, after);
  const back = takenBack(entry, before);
  if (back === undefined || !isSameAfter(entry.after, after)) return undefined;
  return 'text' in entry.known ? { text: back + entry.known.text } : undefined;
}

/** What was typed since the place was asked about; undefined where something else has changed. */
function typedSince(entry: Entry, before: string): string | undefined {
  const longest = 'text' in entry.known ? entry.known.text.length : 0;
  const window = before.slice(-(entry.before.length + longest));
  const at = window.lastIndexOf(entry.before);
  if (at < 0) return undefined;
  const isWhole = entry.before.length < near.before;
  // A text that is shorter than what is compared begins the document.
  if (isWhole && at + before.length - window.length !== 0) return undefined;
  return window.slice(at + entry.before.length);
}

function typedThrough(entry: Entry, typed: string, after: string): Known | undefined {
  if (!('text' in entry.known)) return typed === '' && isSameAfter(entry.after, after) ? entry.known : undefined;
  const { text } = entry.known;
  if (!text.startsWith(typed) || typed.length === text.length) return undefined;
  const rest = text.slice(typed.length);
  if (isSameAfter(entry.after, after)) return { text: rest };
  // An editor closes brackets and quotes as they are typed.
  const closed = /^[)\]}"'`]+/.exec(after)?.[0] ?? '';
  for (let length = 1; length <= closed.length; length += 1)
    if (rest.endsWith(closed.slice(0, length)) && isSameAfter(entry.after, after.slice(length)))
      return { text: rest.slice(0, -length) };
  return undefined;
}

function takenBack(entry: Entry, before: string): string | undefined {
  const tail = before.slice(-200);
  const at = entry.before.lastIndexOf(tail);
  if (at < 0 || tail.length < Math.min(200, before.length)) return undefined;
  const back = entry.before.slice(at + tail.length);
  return back.length > 0 && back.length <= longestBack && !back.includes('\n') ? back : undefined;
}

/** The rest of the line counts, and what is below as far as it was remembered. */
function isSameAfter(one: string, other: string): boolean {
  const now = other.slice(0, near.after);
  const length = Math.min(one.length, now.length);
  return one.slice(0, length) === now.slice(0, length) && (one.length === now.length || length >= near.after - 8);
}
