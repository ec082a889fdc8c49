/** Reads the bodies of many records: those that stand beside each other in one go. */
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { JournalPlace } from '../ports.ts';
import { bytesAt, type JournalIo, openToRead } from './journalFiles.ts';
import { bodyOf, longestRecord } from './journalFormat.ts';

/** Bytes that are read at a time. */
const portion = 1_000_000;

/** Undefined for what is not there (any more), is damaged, or cannot be read: each for itself. */
export async function bodiesAt(
  io: JournalIo,
  folder: string,
  places: readonly JournalPlace[],
): Promise<readonly (Uint8Array | undefined)[]> {
  const bodies = new Map<JournalPlace, Uint8Array | undefined>();
  for (const [file, some] of Map.groupBy(places, (place) => place.file)) {
    const opened = await openToRead(io, path.join(folder, file)).catch(() => undefined);
    if (opened === undefined) continue;
    await using handle = opened;
    for (const row of rowsOf(some)) for (const [place, body] of await bodiesIn(handle, row)) bodies.set(place, body);
  }
  return places.map((place) => bodies.get(place));
}

/** Places that follow each other without a gap, some at a time. */
function* rowsOf(places: readonly JournalPlace[]): Generator<readonly JournalPlace[]> {
  let row: JournalPlace[] = [];
  let [start, end] = [0, 0];
  for (const place of places.toSorted((one, other) => one.offset - other.offset)) {
    if (row.length > 0 && (place.offset !== end || end - start > portion)) {
      yield row;
      row = [];
    }
    if (row.length === 0) start = place.offset;
    end = place.offset + place.size;
    row.push(place);
  }
  if (row.length > 0) yield row;
}

async function bodiesIn(
  handle: FileHandle,
  row: readonly JournalPlace[],
): Promise<readonly (readonly [JournalPlace, Uint8Array | undefined])[]> {
  const start = row[0]?.offset ?? 0;
  const size = row.reduce((sum, place) => sum + place.size, 0);
  const bytes = await bytesAt(handle, start, Math.min(size, portion + longestRecord + 1_000_000)).catch(
    () => undefined,
  );
  return row.map((place) => {
    const own = bytes?.subarray(place.offset - start, place.offset - start + place.size);
    return [place, own === undefined ? undefined : bodyOf(own)] as const;
  });
}
