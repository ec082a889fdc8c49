/**
 * The bytes of a journal file. It begins with `GLOSSJ1\n`; then come records, one after the other:
 *
 *     4 bytes  01 47 4A 52, where a record begins
 *     4 bytes  length of the head, little endian like all numbers here
 *     4 bytes  length of the body
 *     4 bytes  CRC-32 of the 12 bytes before, and the head
 *     4 bytes  CRC-32 of the body
 *     head     UTF-8
 *     body     any bytes
 *
 * Nothing is ever changed in place. Where a record does not hold, reading goes on at the next one that does. Pure.
 */
import { crc32 } from 'node:zlib';
import type { JournalRecord } from '../ports.ts';

const firstLine = 'GLOSSJ1\n';
export const signature = Buffer.from(firstLine, 'latin1');
const mark = Buffer.from([0x01, 0x47, 0x4a, 0x52]);
const headerSize = 20;

/** Bytes: longer ones are not written, and what says that it is longer is damaged. */
export const longestRecord = 16_000_000;

export interface FoundRecord {
  readonly head: string;
  readonly offset: number;
  readonly size: number;
}

export interface Reading {
  readonly records: readonly FoundRecord[];
  /** Where reading goes on when the file has grown. */
  readonly end: number;
  /** Places at which something else stands than a record. */
  readonly damaged: number;
}

export function encoded({ head, body }: JournalRecord): Buffer {
  const text = Buffer.from(head, 'utf8');
  const header = Buffer.alloc(headerSize);
  mark.copy(header);
  header.writeUInt32LE(text.length, 4);
  header.writeUInt32LE(body.length, 8);
  header.writeUInt32LE(crc32(text, crc32(header.subarray(0, 12))), 12);
  header.writeUInt32LE(crc32(body), 16);
  return Buffer.concat([header, text, body]);
}

/** All whole records in a piece of a file that begins at `base`. What is not whole at its end may still be written. */
export function recordsIn(bytes: Buffer, base: number): Reading {
  const records: FoundRecord[] = [];
  let [at, damaged] = [0, 0];
  while (at < bytes.length) {
    const found = recordAt(bytes, at);
    if (found !== undefined) {
      records.push({ head: found.head, offset: base + at, size: found.size });
      at += found.size;
      continue;
    }
    const next = nextRecord(bytes, at + 1);
    if (next === undefined) break;
    damaged++;
    at = next;
  }
  return { records, end: base + at, damaged };
}

/** The body of the record that these bytes are; undefined when they are not one whole record. */
export function bodyOf(bytes: Buffer): Buffer | undefined {
  const found = recordAt(bytes, 0);
  return found?.size === bytes.length ? bytes.subarray(headerSize + bytes.readUInt32LE(4)) : undefined;
}

function nextRecord(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(mark, from); at >= 0; at = bytes.indexOf(mark, at + 1))
    if (recordAt(bytes, at) !== undefined) return at;
  return undefined;
}

function recordAt(bytes: Buffer, at: number): { readonly head: string; readonly size: number } | undefined {
  if (at + headerSize > bytes.length || bytes.compare(mark, 0, mark.length, at, at + mark.length) !== 0)
    return undefined;
  const headEnd = at + headerSize + bytes.readUInt32LE(at + 4);
  const end = headEnd + bytes.readUInt32LE(at + 8);
  if (end > bytes.length) return undefined;
  const head = bytes.subarray(at + headerSize, headEnd);
  if (crc32(head, crc32(bytes.subarray(at, at + 12))) !== bytes.readUInt32LE(at + 12)) return undefined;
  if (crc32(bytes.subarray(headEnd, end)) !== bytes.readUInt32LE(at + 16)) return undefined;
  return { head: head.toString('utf8'), size: end - at };
}
