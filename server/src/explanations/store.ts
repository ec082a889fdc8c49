/** What was explained, bound to the code it was said of: the owner of explanations, line notes and their follow-ups. */
import type { Documents, Explanations, Journal, Log } from '../ports.ts';
import { createFollower } from './follower.ts';
import { createLibrary, type Entry, standingOf } from './library.ts';
import { type Bounds, limits, usualBounds } from './limits.ts';
import { renamedRecord } from './renamedRecord.ts';
import { citedOf, standingNow, summaryOf } from './summaries.ts';

export interface ExplanationParts {
  readonly documents: Pick<Documents, 'get' | 'watch'>;
  readonly journal: Journal;
  readonly log: Log;
  /** Smaller ones in tests. */
  readonly bounds?: Bounds;
}

export interface ExplanationStore extends Explanations {
  /** Everything is on disk, and its files may be tidied by others. */
  close(): Promise<void>;
}

export function createExplanations({
  documents,
  journal,
  log,
  bounds = usualBounds,
}: ExplanationParts): ExplanationStore {
  const listeners: ((uri: string) => void)[] = [];
  const tell = (uri: string): void => {
    for (const listener of listeners) listener(uri);
  };
  const library = createLibrary(journal, log, bounds);
  const follower = createFollower({ documents, library, log, tell });
  const { sheetOf } = follower;
  const summary = (entry: Entry) => summaryOf(entry, sheetOf);
  const isShown = (entry: Entry) => !standingOf(entry).dismissed;
  const here = (uri: string) => library.here(uri).filter(isShown);
  const isUnknown = (id: string) => library.get(id) === undefined;
  /** What this process has not heard of may be on the disk: from before it started, or of another window. */
  const hear = async (): Promise<void> => {
    for (const uri of await library.refresh()) follower.heard(uri);
  };
  const get: Explanations['get'] = async (id) => {
    if (isUnknown(id)) await hear();
    const record = await library.record(id);
    const entry = library.get(id);
    if (record === undefined || entry === undefined) return undefined;
    return renamedRecord(record, standingOf(entry));
  };
  return {
    async put(record) {
      const { uri, range } = record;
      const standing = {
        uri,
        range,
        dismissed: false,
        state: 'current',
        cited: citedOf(record, limits.citations),
      } as const;
      const written = library.put(record, standing);
      const kept = follower.added(record);
      tell(uri);
      await written;
      await kept;
    },
    get,
    summary(id) {
      const entry = library.get(id);
      return entry === undefined || !isShown(entry) ? undefined : summary(entry);
    },
    async answerTo(uri, key) {
      await library.refresh();
      const [newest] = library
        .here(uri)
        .filter(({ put }) => put.key === key)
        .toSorted((one, other) => other.put.seq - one.put.seq);
      return newest === undefined ? undefined : get(newest.put.id);
    },
    of: (uri) =>
      here(uri)
        .map(summary)
        .toSorted(({ range: one }, { range: other }) => one.start.line - other.start.line),
    at: (uri, line) =>
      here(uri)
        .toSorted((one, other) => other.put.seq - one.put.seq)
        .map(summary)
        .find(
          ({ range, kind, state }) =>
            kind !== 'notes' && state !== 'gone' && range.start.line <= line && line <= range.end.line,
        ),
    ready: follower.ready,
    async notesOf(uri) {
      await follower.ready(uri);
      const annotated = here(uri).filter(({ put }) => put.subject === 'notes');
      const notes = annotated.map(async ({ put }) =>
        follower.notes(uri, put.id, (await library.record(put.id))?.notes ?? []),
      );
      return (await Promise.all(notes)).flat();
    },
    async list() {
      await hear();
      return [...library.all()].filter(isShown).map(summary);
    },
    async dismiss(ids) {
      // What is known goes at once.
      if (ids.some(isUnknown)) await hear();
      const going = ids.flatMap((id) => library.get(id) ?? []).filter(isShown);
      const uris = new Set(going.map((entry) => standingOf(entry).uri));
      const written = library.mark(
        going.map((entry) => ({
          id: entry.put.id,
          standing: { ...standingNow(entry, sheetOf), dismissed: true },
          spot: undefined,
        })),
      );
      for (const uri of uris) {
        follower.heard(uri);
        tell(uri);
      }
      await written;
      return going.length;
    },
    renamed: (from, to) => follower.renamed(from, to),
    deleted: (uri) => follower.deleted(uri),
    watch: (listener) => void listeners.push(listener),
    async flush() {
      await follower.keep();
      await library.flush();
    },
    async close() {
      await follower.keep();
      await library.flush();
      await library.close();
    },
  };
}
