/** A ledger over a buffer with undo, for stories of edits that are made over one another. */
import type { EndedGroup, Ledger } from '../../server/src/editing.ts';
import { createLedger } from '../../server/src/ledger/ledger.ts';
import type { Disk } from '../../server/src/ports.ts';
import { lineStartsOf } from '../../server/src/text/lines.ts';
import { createPendingWorld, type PendingWorld } from './pendingBuffer.ts';

export const origin = { action: 'simplify', title: 'Simplify' };

/** The one document of these stories. */
export const uri = 'file:///w/a.ts';

export function memoryDisk(): Disk & { readonly files: Map<string, string> } {
  const files = new Map<string, string>();
  return {
    files,
    async create(name, text) {
      if (files.has(name)) throw new Error(`${name} is there`);
      files.set(name, text);
    },
    read: async (name) => files.get(name),
    list: async (folder) =>
      [...files.keys()]
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.slice(folder.length + 1))
        .sort(),
    remove: async (name) => void files.delete(name),
  };
}

let ids = 0;

/** Time as the real ledger has it, unless a story has its own. */
export interface LedgerClock {
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

const clockOfTests: LedgerClock = {
  now: () => performance.now(),
  // Only who is silent for long is waited for in vain; everything else goes on with the next message.
  wait: (milliseconds) =>
    milliseconds >= 1_000 ? new Promise(() => undefined) : new Promise((resolve) => void setImmediate(resolve)),
};

export function ledgerOver(world: PendingWorld, disk: Disk = memoryDisk(), clock: LedgerClock = clockOfTests): Ledger {
  const log = { clean: (text: string) => text, debug() {}, info() {}, warn() {}, error() {} };
  return createLedger({
    editor: world.editor,
    documents: world.documents,
    disk,
    files: { read: async () => '', place: () => undefined },
    guard: {
      judge: () => ({ kind: 'free', reasons: [] }),
      mayFetch: () => false,
      place: () => undefined,
      whereIs: (asked) => ({ target: asked }),
    },
    roots: () => [],
    log,
    random: () => `id${++ids}`,
    now: clock.now,
    wait: clock.wait,
  });
}

export interface LedgerWorld {
  readonly world: PendingWorld;
  readonly ledger: Ledger;
}

export async function opened(text: string): Promise<LedgerWorld> {
  const world = createPendingWorld();
  const ledger = ledgerOver(world);
  world.open(uri, text);
  await world.settle();
  return { world, ledger };
}

/** Rewrites the lines from one to another, counted from 1, in pieces. */
export async function rewritten(
  { world, ledger }: LedgerWorld,
  [first, last]: readonly [number, number],
  text: string,
): Promise<EndedGroup> {
  const group = ledger.begin(origin, false);
  await group.open(uri);
  const starts = lineStartsOf(world.buffer(uri).text);
  const growing = group.grow(uri, { start: starts[first - 1] ?? 0, end: starts[last] ?? 0 }, '\n');
  for (const piece of text.match(/[\s\S]{1,7}/g) ?? []) growing.push(piece);
  const ended = growing.end();
  await world.settle();
  await ended;
  const end = group.end();
  await world.settle();
  return end;
}
