/** Follows explanations through the documents that are open, and keeps where they are. */
import type { Documents, DocumentWatcher, ExplanationRecord, LineNote, Log, PlacedNote, Snapshot } from '../ports.ts';
import type { Remains } from './follow.ts';
import { createHistory } from './history.ts';
import { type Entry, type Library, type Marked, standingOf } from './library.ts';
import { pauses } from './limits.ts';
import { linesOf } from './lines.ts';
import { createSheet, type Sheet } from './sheet.ts';
import type { Standing } from './spot.ts';
import { standingNow, summaryOf } from './summaries.ts';
import { foundAgain, spotOf, tracked } from './tracked.ts';

export interface FollowerParts {
  readonly documents: Pick<Documents, 'get' | 'watch'>;
  readonly library: Library;
  readonly log: Log;
  tell(uri: string): void;
}

export interface Follower {
  sheetOf(uri: string): Sheet | undefined;
  /** The record was put just now. Resolves when it is kept where it is. */
  added(record: ExplanationRecord): Promise<void>;
  /** Others have changed something about a document. */
  heard(uri: string): void;
  /** What a document has is followed when it resolves. */
  ready(uri: string): Promise<void>;
  notes(uri: string, id: string, notes: readonly LineNote[]): readonly PlacedNote[];
  renamed(from: string, to: string): Promise<void>;
  deleted(uri: string): Promise<void>;
  /** Writes where everything is. */
  keep(): Promise<void>;
}

export function createFollower({ documents, library, log, tell }: FollowerParts): Follower {
  const sheets = new Map<string, Sheet>();
  const loading = new Map<string, Promise<void>>();
  const told = new Map<string, string>();
  const history = createHistory();
  const sheetOf = (uri: string): Sheet | undefined => sheets.get(uri);
  const isFollowed = (entry: Entry, uri: string): boolean => {
    const standing = standingOf(entry);
    return !standing.dismissed && (standing.uri === uri || standing.cited.some((one) => one.uri === uri));
  };
  const wanted = (uri: string) => [...library.all()].filter((entry) => isFollowed(entry, uri));
  const load = async (sheet: Sheet, entry: Entry): Promise<void> => {
    const { id, seq } = entry.put;
    const [record, spot] = await Promise.all([library.followable(id), library.spot(id)]);
    if (record === undefined || library.get(id)?.put.seq !== seq || sheets.get(sheet.uri) !== sheet) return;
    if (sheet.get(id)?.seq === seq) return;
    const standing = standingOf(entry);
    const subject = { seq, record, uri: standing.uri, cited: standing.cited, spot, standing };
    sheet.set(id, foundAgain(subject, sheet.lines(), sheet.uri));
  };
  const sync = async (sheet: Sheet): Promise<void> => {
    const entries = wanted(sheet.uri);
    const ids = new Set(entries.map(({ put }) => put.id));
    for (const id of sheet.ids()) if (!ids.has(id)) sheet.remove(id);
    const missing = entries.filter(({ put }) => sheet.get(put.id)?.seq !== put.seq);
    for (let at = 0; at < missing.length; at += readAtOnce)
      await Promise.all(missing.slice(at, at + readAtOnce).map((entry) => load(sheet, entry)));
  };
  /** One after the other, so that whoever waits for the last has waited for all. */
  const syncSoon = (uri: string, before: () => Promise<unknown> = async () => undefined): Promise<void> => {
    const work = async (): Promise<void> => {
      await before();
      const sheet = sheets.get(uri);
      if (sheet === undefined) return;
      await sync(sheet);
      if (sheets.get(uri) === sheet) tellIfNew(uri);
    };
    const next = (loading.get(uri) ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) => log.error(`explanations of a document were not found again`, error));
    loading.set(uri, next);
    void next.then(() => {
      if (loading.get(uri) === next) loading.delete(uri);
    });
    return next;
  };
  const lookOf = (uri: string): string =>
    JSON.stringify(
      library
        .here(uri)
        .filter((entry) => !standingOf(entry).dismissed)
        .map((entry) => summaryOf(entry, sheetOf)),
    );
  const tellIfNew = (uri: string): void => {
    const now = lookOf(uri);
    if ((told.get(uri) ?? '[]') === now) return;
    told.set(uri, now);
    tell(uri);
  };
  const marksOf = (sheet: Sheet): readonly Marked[] =>
    [...sheet.ids()].flatMap((id): readonly Marked[] => {
      const entry = library.get(id);
      const its = sheet.get(id);
      if (entry === undefined || its === undefined || standingOf(entry).uri !== sheet.uri) return [];
      const marked = { id, standing: standingNow(entry, sheetOf), spot: spotOf(its, sheet.lines()) };
      const look = JSON.stringify(marked);
      if (kept.get(id) === look) return [];
      kept.set(id, look);
      return [marked];
    });
  /** As it was kept last, so that it is written once. */
  const kept = new Map<string, string>();
  const keepSheets = async (some: Iterable<Sheet>): Promise<void> => {
    const marks = [...some].filter(({ uri }) => !deleted.has(uri)).flatMap(marksOf);
    await stillNamedSo(marks)
      .then((still) => library.mark(still))
      .catch((error: unknown) => log.warn(`places of explanations were not kept: ${String(error)}`));
  };
  /** Another window may have given their documents other names: what is said of a place does not take these back. */
  const stillNamedSo = async (marks: readonly Marked[]): Promise<readonly Marked[]> => {
    if (marks.length === 0) return marks;
    const puts = new Map(marks.map(({ id }) => [id, library.get(id)?.put]));
    for (const uri of await library.refresh()) if (sheets.has(uri)) void syncSoon(uri);
    const isSame = ({ id, standing }: Marked): boolean => {
      const entry = library.get(id);
      return entry !== undefined && entry.put === puts.get(id) && namesIn(standingOf(entry)) === namesIn(standing);
    };
    const others = marks.filter((marked) => !isSame(marked));
    for (const { id, standing } of others) {
      kept.delete(id);
      if (sheets.has(standing.uri)) void syncSoon(standing.uri);
    }
    return marks.filter(isSame);
  };
  const telling = joined(pauses.tell, pauses.tellAtLast, (uris) => uris.forEach(tellIfNew));
  const keeping = joined(
    pauses.keep,
    pauses.keepAtLast,
    (uris) => void keepSheets(uris.flatMap((uri) => sheetOf(uri) ?? [])),
  );
  /** Documents that are still open, but their files were deleted. */
  const deleted = new Set<string>();
  const watcher: DocumentWatcher = {
    opened(snapshot) {
      deleted.delete(snapshot.uri);
      sheets.set(snapshot.uri, createSheet(snapshot));
      void syncSoon(snapshot.uri, async () => {
        for (const uri of await library.refresh()) if (uri !== snapshot.uri && sheets.has(uri)) void syncSoon(uri);
      });
    },
    changed(before, after, changes) {
      history.add({ before, changes });
      const sheet = sheetOf(after.uri);
      if (sheet === undefined) return;
      sheet.changed(before, after, changes);
      if ([...sheet.ids()].length === 0) return;
      telling(after.uri);
      keeping(after.uri);
    },
    closed({ uri }) {
      const sheet = sheetOf(uri);
      if (sheet !== undefined) void keepSheets([sheet]);
      for (const id of sheet?.ids() ?? []) kept.delete(id);
      sheets.delete(uri);
      told.delete(uri);
      history.forget(uri);
    },
  };
  documents.watch(watcher);
  const viewOf = (snapshot: Snapshot, sheet: Sheet, version: number | undefined) => {
    const earlier = version === undefined ? undefined : history.at(snapshot, version);
    const lines = sheet.lines();
    const then = earlier === undefined || earlier.text === snapshot.text ? lines : linesOf(earlier.text);
    return { lines, then, follow: earlier?.follow ?? ((remains: Remains) => ({ ...remains, isGuess: false })) };
  };
  return {
    sheetOf,
    async added(record) {
      const entry = library.get(record.id);
      if (entry === undefined) return;
      const standing = standingOf(entry);
      const home = sheetOf(record.uri);
      for (const uri of new Set([record.uri, ...standing.cited.map((one) => one.uri ?? record.uri)])) {
        const [sheet, snapshot] = [sheetOf(uri), documents.get(uri)];
        if (sheet === undefined || snapshot === undefined) continue;
        const view = viewOf(snapshot, sheet, uri === record.uri ? record.version : undefined);
        const subject = { seq: entry.put.seq, record, uri: record.uri, cited: standing.cited };
        sheet.set(record.id, tracked(subject, view, uri, sheet.get(record.id)));
      }
      if (home === undefined) return;
      told.set(record.uri, lookOf(record.uri));
      await keepSheets([home]);
    },
    heard: (uri) => void syncSoon(uri),
    ready: (uri) => loading.get(uri) ?? Promise.resolve(),
    notes(uri, id, notes) {
      const inner = sheetOf(uri)?.get(id)?.inner ?? [];
      return inner.flatMap(({ kind, number, piece: { seen } }) => {
        const note = notes[number];
        if (kind !== 'note' || note === undefined || seen.state !== 'current') return [];
        return [{ id, line: seen.firstLine, text: note.text }];
      });
    },
    async renamed(from, to) {
      await library.refresh();
      await keepSheets(sheets.values());
      const moving = [...library.all()].filter(({ put }) => isMovedBy(put.id));
      function isMovedBy(id: string): boolean {
        const entry = library.get(id);
        const standing = entry === undefined ? undefined : standingOf(entry);
        return (
          standing !== undefined &&
          [standing.uri, ...standing.cited.map(({ uri }) => uri)].some(
            (uri) => uri !== undefined && renamedUri(uri, from, to) !== uri,
          )
        );
      }
      const spots = await Promise.all(moving.map(({ put }) => library.spot(put.id)));
      const uris = new Set<string>();
      const marks = moving.map((entry, index): Marked => {
        const standing = standingOf(entry);
        const uri = renamedUri(standing.uri, from, to);
        uris.add(standing.uri).add(uri);
        const cited = standing.cited.map((one) =>
          one.uri === undefined ? one : { ...one, uri: renamedUri(one.uri, from, to) },
        );
        return { id: entry.put.id, standing: { ...standing, uri, cited }, spot: spots[index] };
      });
      const written = library.mark(marks);
      for (const { id } of marks) kept.delete(id);
      for (const uri of uris) {
        void syncSoon(uri);
        tell(uri);
      }
      await written;
    },
    async deleted(uri) {
      await library.refresh();
      const isThere = (its: string) => its === uri || its.startsWith(uri.endsWith('/') ? uri : `${uri}/`);
      const going = [...library.all()].filter((entry) => {
        const standing = standingOf(entry);
        return isThere(standing.uri) && standing.state !== 'gone';
      });
      const spots = await Promise.all(going.map(({ put }) => library.spot(put.id)));
      const written = library.mark(
        going.map((entry, index): Marked => {
          const standing: Standing = { ...standingNow(entry, sheetOf), state: 'gone' };
          return { id: entry.put.id, standing, spot: spots[index] };
        }),
      );
      for (const its of new Set(going.map((entry) => standingOf(entry).uri))) {
        if (sheets.has(its)) deleted.add(its);
        tell(its);
      }
      await written;
    },
    async keep() {
      await Promise.all(loading.values());
      await keepSheets(sheets.values());
    },
  };
}

function namesIn({ uri, cited }: Standing): string {
  return JSON.stringify([uri, ...cited.map((one) => one.uri)]);
}

/** Records: whoever types meanwhile does not wait for all of them. */
const readAtOnce = 50;

/** The URI of a file, or of one in a folder, after that was renamed. */
function renamedUri(uri: string, from: string, to: string): string {
  if (uri === from) return to;
  const folder = from.endsWith('/') ? from : `${from}/`;
  return uri.startsWith(folder) ? `${to.replace(/\/$/, '')}/${uri.slice(folder.length)}` : uri;
}

/** Waits until nothing more comes for a while, but not for ever. */
function joined(pause: number, longest: number, act: (uris: readonly string[]) => void): (uri: string) => void {
  const uris = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const done = (): void => {
    timer = undefined;
    const all = [...uris];
    uris.clear();
    act(all);
  };
  return (uri) => {
    uris.add(uri);
    const now = Date.now();
    if (timer === undefined) since = now;
    clearTimeout(timer);
    timer = setTimeout(done, Math.max(0, Math.min(pause, since + longest - now))).unref();
  };
}
