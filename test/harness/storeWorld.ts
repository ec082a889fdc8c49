/** A store of pending hunks over a disk in memory that can fail, for stories of servers that end and windows that share it. */

import { createRoom, type Room, type Sheet } from '../../server/src/ledger/room.ts';
import { createStore, type Store } from '../../server/src/ledger/stored.ts';
import { newTracked, type Tracked } from '../../server/src/ledger/tracked.ts';
import type { Disk, Snapshot } from '../../server/src/ports.ts';

export const uri = 'file:///w/a.ts';
const origin = { action: 'instruct', title: 'Edit', instruction: 'make it fast' };
export const code = 'zero\none\ntwo\nTHREE\nfour\nfive\nsix\n';

export interface MemoryDisk extends Disk {
  readonly files: Map<string, string>;
  /** Held back while it is set. */
  hold: Promise<void> | undefined;
  /** Called before each change of it; what it throws is why there is none. */
  before: (deed: 'create' | 'remove', name: string) => void;
}

export function memoryDisk(): MemoryDisk {
  const disk: MemoryDisk = {
    files: new Map(),
    hold: undefined,
    before: () => undefined,
    async create(name, text) {
      await disk.hold;
      disk.before('create', name);
      if (disk.files.has(name)) throw new Error(`${name} is there`);
      disk.files.set(name, text);
    },
    read: async (name) => disk.files.get(name),
    list: async (folder) =>
      [...disk.files.keys()]
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.slice(folder.length + 1))
        .sort(),
    async remove(name) {
      disk.before('remove', name);
      disk.files.delete(name);
    },
  };
  return disk;
}

export interface StoreWorld {
  readonly room: Room;
  readonly store: Store;
  readonly disk: MemoryDisk;
  readonly log: string[];
  /** Its open documents. */
  readonly open: Map<string, Snapshot>;
  /** Its workspace folders. */
  readonly roots: string[];
}

let ids = 0;

/** A server's memory, empty, over a disk that stays. */
export function started(disk = memoryDisk(), ...documents: readonly Snapshot[]): StoreWorld {
  const open = new Map(documents.map((one) => [one.uri, one]));
  const log: string[] = [];
  const tell = (message: string) => void log.push(message);
  const room = createRoom({
    editor: {
      keepsPending: true,
      apply: async () => ({ applied: false, versions: [] }),
      prepare: async () => new Map(),
      approve: async () => false,
      hand: async () => ({ applied: false, versions: [] }),
      show() {},
    },
    documents: {
      get: (asked) => open.get(asked),
      recent: () => [...open.keys()],
      offsetAt: () => 0,
      positionAt: () => ({ line: 0, character: 0 }),
      watch() {},
    },
    log: { clean: (text) => text, debug() {}, info() {}, warn: tell, error: tell },
    random: () => `id${++ids}`,
    now: () => 0,
    wait: () => new Promise(() => undefined),
  });
  const roots = ['file:///w'];
  const store = createStore({ room, disk, log: room.parts.log, roots: () => roots });
  return { room, store, disk, log, open, roots };
}

/** A hunk of the third line. */
export function hunkWith(more: Partial<Tracked> = {}): Tracked {
  const span = { start: code.indexOf('THREE'), end: code.indexOf('four') };
  const place = { id: 'h', group: 'g', uri, origin, span, before: 'three\n' };
  return newTracked({ ...place, after: 'THREE\n', warnings: ['hidden'], ...more });
}

export function sheetWith({ room }: StoreWorld, hunks: readonly Tracked[], text = code): Sheet {
  for (const hunk of hunks) room.add(hunk);
  const sheet = room.sheet(uri);
  if (sheet === undefined) throw new Error('There is a sheet where there are hunks.');
  return Object.assign(sheet, { text });
}

export const document = (text: string): Snapshot => ({ uri, version: 1, languageId: 'typescript', text });
