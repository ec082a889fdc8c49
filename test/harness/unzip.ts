/** Reads a zip archive (a `.vsix`) into memory: APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16; stored and deflated entries. */
import { inflateRawSync } from 'node:zlib';

/** The entries by name. @throws Error when it is no zip archive. */
export function unzip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('This is no zip archive.');
  const entries = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    entries.set(archive.toString('utf8', at + 46, nameEnd), contentsAt(archive, at));
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param at where the entry stands in the central directory. */
function contentsAt(archive: Buffer, at: number): Buffer {
  const size = archive.readUInt32LE(at + 20);
  const local = archive.readUInt32LE(at + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + size);
  return archive.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
}
