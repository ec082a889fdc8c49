/** Writes records to files that no other process writes: what comes meanwhile goes to disk together, and is acknowledged when it is there. */
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { JournalPlace, JournalRecord } from '../ports.ts';
import { createPrivate, type JournalIo, type WriterName } from './journalFiles.ts';
import { encoded, signature } from './journalFormat.ts';

/** Bytes: a file that is larger is followed by the next one. */
const largeFile = 16_000_000;

export interface JournalWriter {
  append(records: readonly JournalRecord[]): Promise<readonly JournalPlace[]>;
  /** Later records go to another file. */
  leave(file?: string): Promise<void>;
}

interface WriterParts {
  readonly io: JournalIo;
  readonly folder: string;
  readonly name: WriterName;
  prepare(): Promise<void>;
  /** A file of ours from now on. */
  made(file: string): void;
  /** Not ours any more: it has another name, or is away. */
  lost(file: string): void;
}

interface Current {
  readonly file: string;
  readonly handle: FileHandle;
  readonly ino: bigint;
  size: number;
}

interface Job {
  readonly records: readonly Buffer[];
  readonly done: (places: readonly JournalPlace[]) => void;
  readonly failed: (error: unknown) => void;
}

export function createJournalWriter(parts: WriterParts): JournalWriter {
  let current: Current | undefined;
  let waiting: Job[] = [];
  let running: Promise<void> | undefined;
  const leave = async (): Promise<void> => {
    const left = current;
    current = undefined;
    await left?.handle.close().catch(() => undefined);
    if (left?.size === signature.length) await removed(parts, left.file);
  };
  const write = async (records: readonly Buffer[]): Promise<readonly JournalPlace[]> => {
    current ??= await begun(parts);
    const file = current;
    try {
      await writeAll(file.handle, Buffer.concat(records), file.size);
      await file.handle.datasync();
    } catch (error) {
      // What is half there must not become whole by what follows.
      await file.handle.truncate(file.size).catch(() => undefined);
      await leave();
      throw error;
    }
    // Another process took the file for a dead one's. It reads the file after it was renamed: it has what was written
    // before, and what was written since is written again.
    if (!(await isStillThere(parts, file))) {
      parts.lost(file.file);
      await leave();
      return write(records);
    }
    return records.map(({ length }) => {
      const place = { file: file.file, offset: file.size, size: length };
      file.size += length;
      return place;
    });
  };
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const jobs = waiting;
      waiting = [];
      try {
        const places = await write(jobs.flatMap(({ records }) => records));
        let at = 0;
        for (const { records, done } of jobs) {
          done(places.slice(at, at + records.length));
          at += records.length;
        }
        if ((current?.size ?? 0) > largeFile) await leave();
      } catch (error) {
        for (const { failed } of jobs) failed(error);
      }
    }
    running = undefined;
  };
  return {
    append: (records) =>
      new Promise((done, failed) => {
        waiting.push({ records: records.map(encoded), done, failed });
        running ??= run();
      }),
    async leave(file) {
      while (running !== undefined) await running;
      if (file === undefined || current?.file === file) await leave();
    },
  };
}

async function begun(parts: WriterParts): Promise<Current> {
  await parts.prepare();
  const file = parts.name.next();
  const handle = await createPrivate(parts.io, path.join(parts.folder, file));
  try {
    await writeAll(handle, signature, 0);
    await handle.sync();
    const { ino } = await handle.stat({ bigint: true });
    parts.made(file);
    return { file, handle, ino, size: signature.length };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await removed(parts, file);
    throw error;
  }
}

async function removed({ io, folder, lost }: WriterParts, file: string): Promise<void> {
  lost(file);
  // An empty file harms nobody.
  await io.rm(path.join(folder, file)).catch(() => undefined);
}

async function isStillThere({ io, folder }: WriterParts, { file, ino }: Current): Promise<boolean> {
  return io.stat(path.join(folder, file)).then(
    (stats) => stats.ino === ino,
    () => false,
  );
}

async function writeAll(handle: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  let done = 0;
  while (done < bytes.length)
    done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
}
