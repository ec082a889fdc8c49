/** Journals: append-only records in Gloss's own storage, written by many processes, each to files of its own (threats S37, R38 to R41). */
import path from 'node:path';
import type { Journal, JournalEntry, JournalRecord, Log } from '../ports.ts';
import { plain, told } from './disk.ts';
import { hasCode, reasonOf } from './failures.ts';
import { bodiesAt } from './journalBodies.ts';
import {
  beginWriter,
  bytesAt,
  isAbandoned,
  type JournalIo,
  journalFiles,
  openToRead,
  systemIo,
  type WriterName,
} from './journalFiles.ts';
import { bodyOf, recordsIn, signature } from './journalFormat.ts';
import { createJournalWriter } from './journalWriter.ts';

/** Bytes: what is larger was not written by us. */
const longestFile = 200_000_000;
/** Bytes of records that are written anew at a time. */
const portion = 4_000_000;

/** The journal in a folder below `storage`, which is made with the first record. */
export function createJournal(storage: string, name: string, log: Log, io: JournalIo = systemIo): Journal {
  const folder = path.join(storage, plain(name));
  const writerName = beginWriter();
  const own = new Set<string>();
  const writer = createJournalWriter({
    ...{ io, folder, name: writerName },
    prepare: () => io.makeFolders(storage, name),
    made: (file) => void own.add(file),
    lost: (file) => void own.delete(file),
  });
  const reader = createReader(io, folder, log);
  const append = (records: readonly JournalRecord[]) => told(storage, () => writer.append(records));
  const rewritable = async (): Promise<readonly string[]> => {
    const files: string[] = [];
    for (const file of await journalFiles(io, folder))
      if (own.has(file) || (await isAbandoned(io, folder, file).catch(() => false))) files.push(file);
    return files;
  };
  return {
    append,
    news: inTurn(() => reader.news(own)),
    body: async (place) => (await bodiesAt(io, folder, [place]))[0],
    bodies: (places) => bodiesAt(io, folder, places),
    compact: (isWanted, moved) =>
      told(storage, async () => {
        for (const file of await rewritable()) {
          const mine = own.has(file) ? file : await claimed(io, folder, file, writerName);
          if (mine === undefined) continue;
          own.add(mine);
          await writer.leave(mine);
          const wanted = (await reader.whole(mine)).filter(({ entry }) => isWanted(entry));
          for (const some of portions(wanted)) {
            const places = await append(some.map(({ entry, body }) => ({ head: entry.head, body })));
            for (const [index, { entry }] of some.entries()) moved(entry, places[index] ?? entry.place);
          }
          await io.rm(path.join(folder, mine));
          own.delete(mine);
        }
      }),
    async ownSize() {
      const files = await rewritable();
      const sizes = await Promise.all(files.map((file) => io.stat(path.join(folder, file)).catch(() => undefined)));
      return { files: files.length, bytes: sizes.reduce((sum, stats) => sum + Number(stats?.size ?? 0n), 0) };
    },
    async close() {
      await writer.leave();
      writerName.end();
    },
  };
}

/** Of several processes that want it one gets it. */
async function claimed(io: JournalIo, folder: string, file: string, name: WriterName): Promise<string | undefined> {
  const mine = name.next();
  try {
    await io.rename(path.join(folder, file), path.join(folder, mine));
    return mine;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

interface Whole {
  readonly entry: JournalEntry;
  readonly body: Uint8Array;
}

function* portions(records: readonly Whole[]): Generator<readonly Whole[]> {
  let [some, size]: [Whole[], number] = [[], 0];
  for (const record of records) {
    some.push(record);
    size += record.entry.place.size;
    if (size < portion) continue;
    yield some;
    [some, size] = [[], 0];
  }
  if (some.length > 0) yield some;
}

function createReader(io: JournalIo, folder: string, log: Log) {
  /** Up to where each file was told of. */
  const seen = new Map<string, number>();
  const noted = new Set<string>();
  const note = (file: string, what: string): void => {
    if (!noted.has(file)) log.warn(`${path.join(folder, file)}: ${what}`);
    noted.add(file);
  };
  const grown = async (file: string): Promise<readonly JournalEntry[]> => {
    // Not `path.join`: other windows' files are looked at so often that V8 brought its best compiler, 6 MB, for it alone.
    await using handle = await openToRead(io, `${folder}${path.sep}${file}`);
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > longestFile) return aside(file);
    const told = seen.get(file) ?? 0;
    if (stats.size === told) return [];
    const from = stats.size < told ? 0 : told;
    const bytes = await bytesAt(handle, from, stats.size - from);
    if (from === 0 && !isOurs(bytes)) return isNewer(bytes) ? leave(file) : aside(file);
    if (from === 0 && bytes.length < signature.length) return [];
    const start = from === 0 ? signature.length : 0;
    const { records, end, damaged } = recordsIn(bytes.subarray(start), from + start);
    if (damaged > 0) note(file, `${damaged} damaged places were passed over; the records around them are there`);
    seen.set(file, end);
    return records.map(({ head, offset, size }) => ({ head, place: { file, offset, size } }));
  };
  /** What is no journal is not read again. */
  const aside = async (file: string): Promise<readonly JournalEntry[]> => {
    note(file, 'it cannot be read, and is kept aside with the ending .unreadable');
    await io.rename(path.join(folder, file), path.join(folder, `${file}.unreadable`));
    return [];
  };
  const leave = (file: string): readonly JournalEntry[] => {
    note(file, 'it is from a newer version of Gloss, and left alone');
    return [];
  };
  return {
    async news(own: ReadonlySet<string>): Promise<readonly JournalEntry[]> {
      const all: JournalEntry[] = [];
      const files = await journalFiles(io, folder).catch((error: unknown) => {
        note('', `it cannot be read: ${reasonOf(error)}`);
        return [];
      });
      for (const file of files) {
        if (own.has(file)) continue;
        const entries = await grown(file).catch((error: unknown) => {
          // Another process may have written it anew meanwhile.
          if (!hasCode(error, 'ENOENT')) note(file, `it cannot be read: ${reasonOf(error)}`);
          return [];
        });
        for (const entry of entries) all.push(entry);
      }
      return all;
    },
    async whole(file: string): Promise<readonly Whole[]> {
      await using handle = await openToRead(io, path.join(folder, file));
      const bytes = await bytesAt(handle, 0, (await handle.stat()).size);
      return recordsIn(bytes.subarray(signature.length), signature.length).records.map(({ head, offset, size }) => ({
        entry: { head, place: { file, offset, size } },
        body: bodyOf(bytes.subarray(offset, offset + size)) ?? new Uint8Array(),
      }));
    },
  };
}

/** Or the beginning of it: its writer has just made it. */
function isOurs(bytes: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature.subarray(0, bytes.length));
}

function isNewer(bytes: Buffer): boolean {
  return bytes.subarray(0, 6).equals(signature.subarray(0, 6));
}

/** One after the other: two readings at once would tell of the same records twice. */
function inTurn<Result>(act: () => Promise<Result>): () => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(act);
    last = next.catch(() => undefined);
    return next;
  };
}
