/** All explanations by their heads, and the journal that they are in: what is newest, what is kept, what is tidied away. */
import type { ExplanationRecord, Journal, JournalEntry, JournalPlace, Log } from '../ports.ts';
import { type Followable, packed, packedSpot, unpacked, unpackedSpot, unpackedToFollow } from './body.ts';
import { type Mark, type Put, read, titleOf, written } from './heads.ts';
import type { Bounds } from './limits.ts';
import { createRecent } from './recent.ts';
import type { Spot, Standing } from './spot.ts';

/** An explanation as it is known without its body. */
export interface Entry {
  readonly put: Put;
  /** Undefined: it could not be written yet. */
  place: JournalPlace | undefined;
  mark: Mark | undefined;
  markPlace: JournalPlace | undefined;
  /** When it was dismissed last; 0: never. What another window says later of its place does not bring it back. */
  dismissedAt: number;
  /** Of what `mark` says, while it is not on disk. */
  spot: Spot | undefined;
}

export function standingOf({ put, mark, dismissedAt }: Entry): Standing {
  const standing = mark?.standing ?? put.standing;
  const dismissed = dismissedAt > put.seq;
  return standing.dismissed === dismissed ? standing : { ...standing, dismissed };
}

export interface Library {
  /** What others have written since; resolves with the documents that it is about. */
  refresh(): Promise<ReadonlySet<string>>;
  get(id: string): Entry | undefined;
  all(): Iterable<Entry>;
  here(uri: string): readonly Entry[];
  /** In memory at once; resolves when it is on disk. */
  put(record: ExplanationRecord, standing: Standing): Promise<void>;
  /** The same for what became of explanations. */
  mark(marks: readonly Marked[]): Promise<void>;
  record(id: string): Promise<ExplanationRecord | undefined>;
  /** What following needs of the record: much faster. */
  followable(id: string): Promise<Followable | undefined>;
  /** The record, where it is in memory. */
  known(id: string): ExplanationRecord | undefined;
  spot(id: string): Promise<Spot | undefined>;
  /** Tries once more what could not be written. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface Marked {
  readonly id: string;
  readonly standing: Standing;
  readonly spot: Spot | undefined;
}

export function createLibrary(journal: Journal, log: Log, bounds: Bounds): Library {
  const entries = new Map<string, Entry>();
  const dropped = new Set<string>();
  const unwritten = new Map<string, ExplanationRecord>();
  /** What is not written: it is on its way, or could not be written, and may be when the disk works again. */
  const pending = new Set<string>();
  const failed = new Set<string>();
  const failedMarks = new Set<string>();
  const cache = createRecent();
  let clock = 0;
  let bytes = 0;
  /** Later than everything that was seen, also where clocks differ. */
  const nextSeq = () => {
    clock = Math.max(clock + 1, Date.now());
    return clock;
  };
  const remember = (entry: Entry): void => {
    bytes += (entry.place?.size ?? 0) - (entries.get(entry.put.id)?.place?.size ?? 0);
    entries.set(entry.put.id, entry);
  };
  /** What waits for its explanation: files are read one after the other. */
  const early = new Map<string, { mark: Mark; place: JournalPlace; dismissedAt: number }>();
  const learn = ({ head, place }: JournalEntry): string | undefined => {
    const found = read(head);
    if (found === undefined || dropped.has(found.id)) return undefined;
    clock = Math.max(clock, found.seq);
    const known = entries.get(found.id);
    if (found.kind === 'mark') {
      if (known?.mark?.seq === found.seq) known.markPlace = place;
      if (known === undefined) {
        const other = early.get(found.id);
        const dismissedAt = Math.max(other?.dismissedAt ?? 0, dismissalOf(found));
        const last = other === undefined || other.mark.seq < found.seq ? { mark: found, place } : other;
        early.set(found.id, { ...last, dismissedAt });
        return undefined;
      }
      const isDismissal = dismissalOf(found) > Math.max(known.put.seq, known.dismissedAt);
      known.dismissedAt = Math.max(known.dismissedAt, dismissalOf(found));
      if (found.seq <= Math.max(known.put.seq, known.mark?.seq ?? -1))
        return isDismissal ? found.standing.uri : undefined;
      Object.assign(known, { mark: found, markPlace: place, spot: undefined });
      return found.standing.uri;
    }
    if (known?.put.seq === found.seq) known.place = place;
    if (known !== undefined && found.seq <= known.put.seq) return undefined;
    const waiting = early.get(found.id);
    early.delete(found.id);
    const marks = [
      { mark: known?.mark, place: known?.markPlace, spot: known?.spot },
      { mark: waiting?.mark, place: waiting?.place, spot: undefined },
    ].filter(({ mark }) => (mark?.seq ?? -1) > found.seq);
    const last = marks.toSorted((one, other) => (other.mark?.seq ?? 0) - (one.mark?.seq ?? 0))[0];
    unwritten.delete(found.id);
    cache.delete(found.id);
    const dismissedAt = Math.max(known?.dismissedAt ?? 0, waiting?.dismissedAt ?? 0);
    remember({ put: found, place, mark: last?.mark, markPlace: last?.place, dismissedAt, spot: last?.spot });
    return found.standing.uri;
  };
  const bound = (): void => {
    if (entries.size <= bounds.records && bytes <= bounds.bytes) return;
    const oldest = [...entries.values()].toSorted(
      (one, other) =>
        Number(standingOf(other).dismissed) - Number(standingOf(one).dismissed) ||
        one.put.at.localeCompare(other.put.at),
    );
    for (const { put, place } of oldest) {
      if (entries.size <= bounds.records && bytes <= bounds.bytes) return;
      entries.delete(put.id);
      unwritten.delete(put.id);
      pending.delete(put.id);
      failed.delete(put.id);
      failedMarks.delete(put.id);
      cache.delete(put.id);
      dropped.add(put.id);
      bytes -= place?.size ?? 0;
    }
  };
  const isWanted = ({ head }: JournalEntry): boolean => {
    const found = read(head);
    if (found === undefined || dropped.has(found.id)) return false;
    const known = entries.get(found.id);
    if (known === undefined) return true;
    // What replaces it may not be on disk.
    if (found.kind === 'put') return known.place === undefined || found.seq >= known.put.seq;
    if (found.seq <= known.put.seq) return false;
    return found.standing.dismissed || known.markPlace === undefined || found.seq >= (known.mark?.seq ?? 0);
  };
  const news = async (): Promise<ReadonlySet<string>> => {
    const uris = new Set<string>();
    for (const entry of await journal.news()) {
      const uri = learn(entry);
      if (uri !== undefined) uris.add(uri);
    }
    bound();
    return uris;
  };
  const tidy = async (): Promise<void> => {
    await news();
    const { files, bytes: size } = await journal.ownSize();
    const isMuchDead = size > 4_000_000 && size > 2 * bytes;
    if (files <= bounds.files && !isMuchDead) return;
    await journal.compact(isWanted, ({ head }, place) => {
      const found = read(head);
      const known = found === undefined ? undefined : entries.get(found.id);
      if (known?.put.seq === found?.seq && known !== undefined) known.place = place;
      else if (known?.mark?.seq === found?.seq && known !== undefined) known.markPlace = place;
      else learn({ head, place });
    });
  };
  let tidying: Promise<void> | undefined;
  const tidySoon = (): void => {
    if (tidying !== undefined) return;
    tidying = new Promise<void>((resolve) => void setTimeout(resolve, bounds.tidy).unref())
      .then(tidy)
      .catch((error: unknown) => log.warn(`explanations were not tidied: ${String(error)}`))
      .finally(() => {
        tidying = undefined;
      });
  };
  const write = async (record: ExplanationRecord): Promise<void> => {
    const entry = entries.get(record.id);
    if (entry === undefined) return;
    const body = packed(record);
    pending.add(record.id);
    const [place] = await journal.append([{ head: written(entry.put), body }]).catch((error: unknown) => {
      failed.add(record.id);
      throw error;
    });
    if (entries.get(record.id) !== entry) return;
    pending.delete(record.id);
    failed.delete(record.id);
    entry.place = place;
    bytes += place?.size ?? 0;
    if (unwritten.get(record.id) === record) unwritten.delete(record.id);
    cache.put(record);
    bound();
  };
  const writeMarks = async (some: readonly Entry[]): Promise<void> => {
    const marks = some.flatMap(({ mark, spot }) => (mark === undefined ? [] : [{ mark, spot }]));
    for (const { mark } of marks) failedMarks.add(mark.id);
    const places = await journal.append(
      marks.map(({ mark, spot }) => ({
        head: written(mark),
        body: spot === undefined ? new Uint8Array() : packedSpot(spot),
      })),
    );
    for (const [index, { mark }] of marks.entries()) {
      const entry = entries.get(mark.id);
      if (entry?.mark !== mark) continue;
      failedMarks.delete(mark.id);
      Object.assign(entry, { markPlace: places[index], spot: undefined });
    }
  };
  /** What could not be written before. That it cannot be now was told to whoever wrote it. */
  const again = async (ids: readonly string[]): Promise<void> => {
    const records = ids.flatMap((id) => unwritten.get(id) ?? []);
    for (const result of await Promise.allSettled(records.map(write)))
      if (result.status === 'rejected') log.warn(`an explanation could not be kept: ${String(result.reason)}`);
  };
  const bodyAt = async (placeOf: () => JournalPlace | undefined): Promise<Uint8Array | undefined> => {
    const place = placeOf();
    const body = place === undefined ? undefined : await journal.body(place);
    if (body !== undefined || place === undefined) return body;
    // Another process has written it anew elsewhere.
    await library.refresh();
    const again = placeOf();
    return again === undefined ? undefined : journal.body(again);
  };
  const library: Library = {
    async refresh() {
      tidySoon();
      return news();
    },
    get: (id) => entries.get(id),
    all: () => entries.values(),
    here: (uri) => [...entries.values()].filter((entry) => standingOf(entry).uri === uri),
    async put({ version: _, ...record }, standing) {
      const { id, key, kind: subject, level, symbol, at } = record;
      const put: Put = {
        ...{ kind: 'put', seq: nextSeq(), id, key, standing, subject, level, at },
        symbol: symbol?.slice(0, 1_000),
        title: titleOf(record),
      };
      dropped.delete(id);
      unwritten.set(id, record);
      remember({ put, place: undefined, mark: undefined, markPlace: undefined, dismissedAt: 0, spot: undefined });
      const before = [...failed].filter((other) => other !== id);
      await write(record);
      await again(before);
    },
    async mark(marked) {
      const changed = marked.flatMap(({ id, standing, spot }) => {
        const entry = entries.get(id);
        if (entry === undefined) return [];
        const isKept = spot === undefined && entry.spot !== undefined;
        const mark: Mark = { kind: 'mark', seq: nextSeq(), id, standing };
        entry.dismissedAt = Math.max(entry.dismissedAt, dismissalOf(mark));
        Object.assign(entry, { mark, markPlace: undefined, spot: isKept ? entry.spot : spot });
        return [entry];
      });
      if (changed.length > 0) await writeMarks(changed);
    },
    async record(id) {
      const known = library.known(id);
      if (known !== undefined) return known;
      const body = await bodyAt(() => entries.get(id)?.place);
      const record = body === undefined ? undefined : await unpacked(body, id);
      if (record !== undefined) cache.put(record);
      else if (body !== undefined) log.warn(`explanation ${id} could not be read`);
      return record;
    },
    async followable(id) {
      const known = library.known(id);
      if (known !== undefined) return known;
      const body = await bodyAt(() => entries.get(id)?.place);
      const record = body === undefined ? undefined : unpackedToFollow(body, id);
      if (body !== undefined && record === undefined) log.warn(`explanation ${id} could not be read`);
      return record;
    },
    known: (id) => unwritten.get(id) ?? cache.get(id),
    async spot(id) {
      const entry = entries.get(id);
      return entry?.spot ?? unpackedSpot(await bodyAt(() => entries.get(id)?.markPlace));
    },
    async flush() {
      await again([...pending]);
      const unmarked = [...failedMarks].flatMap((id) => entries.get(id) ?? []);
      if (unmarked.length > 0) await writeMarks(unmarked);
    },
    close: () => journal.close(),
  };
  return library;
}

/** When it was dismissed by this mark; 0: it was not. */
function dismissalOf({ seq, standing }: Mark): number {
  return standing.dismissed ? seq : 0;
}
