/** Journals side by side, each in a folder of its own, so that one goes without touching the others. */
import path from 'node:path';
import type { JournalShelf, Log } from '../ports.ts';
import { plain, told } from './disk.ts';
import { hasCode, reasonOf } from './failures.ts';
import { type JournalIo, systemIo } from './journalFiles.ts';
import { createJournal } from './journals.ts';

/** The shelf in a folder below `storage`, which is made with the first record. */
export function createJournalShelf(storage: string, name: string, log: Log, io: JournalIo = systemIo): JournalShelf {
  const folder = path.join(storage, plain(name));
  let isNoted = false;
  return {
    open: (one) => createJournal(storage, `${name}/${one}`, log, io),
    async names() {
      try {
        return (await io.folders(folder)).sort();
      } catch (error) {
        if (!hasCode(error, 'ENOENT') && !isNoted) log.warn(`${folder}: it cannot be read: ${reasonOf(error)}`);
        isNoted ||= !hasCode(error, 'ENOENT');
        return [];
      }
    },
    remove: (one) => told(storage, () => io.removeFolder(path.join(storage, plain(`${name}/${one}`)))),
  };
}
