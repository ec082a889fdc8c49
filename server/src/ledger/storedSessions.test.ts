/** Pending hunks on a disk that fails, that dies with the server, and that several windows share: none is lost, and none that is decided on comes back. */
import { describe, expect, test } from 'vitest';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import {
  code,
  document,
  hunkWith,
  type MemoryDisk,
  memoryDisk,
  type StoreWorld,
  sheetWith,
  started,
  uri,
} from '../../../test/harness/storeWorld.ts';
import type { Sheet } from './room.ts';
import type { Tracked } from './tracked.ts';

/** A hunk of the line that is this word. */
function hunkOf(word: string, text = code): Tracked {
  const start = text.indexOf(word);
  const span = { start, end: start + word.length + 1 };
  return hunkWith({ id: `h-${word}`, before: `was ${word}\n`, after: `${word}\n`, span });
}

async function kept({ store }: StoreWorld, sheet: Sheet): Promise<void> {
  store.keep(sheet);
  await store.flush();
}

/** What a window has that opens the document now, with the hunks that it found. */
async function reopened(disk: MemoryDisk, text = code): Promise<{ world: StoreWorld; sheet: Sheet; ids: string[] }> {
  const world = started(disk, document(text));
  const hunks = await world.store.restore(uri);
  world.room.opened(uri);
  const sheet = sheetWith(world, hunks, text);
  if (hunks.length > 0) await kept(world, sheet);
  return { world, sheet, ids: hunks.map(({ id }) => id).sort() };
}

async function offered(disk: MemoryDisk, text = code): Promise<readonly string[]> {
  return (await started(disk, document(text)).store.restore(uri)).map(({ id }) => id).sort();
}

const failing = (deed: 'create' | 'remove') => (asked: string) => {
  if (asked === deed) throw new Error('The disk says no.');
};

const accept = (sheet: Sheet, id: string): void => {
  for (const hunk of sheet.hunks) if (hunk.id === id) Object.assign(hunk, { state: 'accepted', decided: true });
};

describe('R38: a file that cannot be removed', () => {
  test('does not bring back what was decided on, and goes when that is possible again', async () => {
    const world = started();
    const sheet = sheetWith(world, [hunkOf('THREE'), hunkOf('five')]);
    await kept(world, sheet);
    world.disk.before = failing('remove');
    accept(sheet, 'h-THREE');
    await kept(world, sheet);
    expect(await offered(world.disk)).toEqual(['h-five']);
    accept(sheet, 'h-five');
    await kept(world, sheet);
    expect(await offered(world.disk)).toEqual([]);
    expect(world.log).toEqual(['pending edits could not be kept']);
    world.disk.before = () => undefined;
    await world.store.flush();
    expect([...world.disk.files.keys()]).toEqual([]);
  });

  test('does not either once a later session has taken over the rest of it', async () => {
    const world = started();
    const sheet = sheetWith(world, [hunkOf('THREE'), hunkOf('five')]);
    await kept(world, sheet);
    const [first = ''] = world.disk.files.keys();
    world.disk.before = (deed, name) => {
      if (deed === 'remove' && name === first) throw new Error('The disk says no.');
    };
    accept(sheet, 'h-THREE');
    await kept(world, sheet);
    expect((await reopened(world.disk)).ids).toEqual(['h-five']);
    expect(await offered(world.disk)).toEqual(['h-five']);
  });

  test('goes with the notes about it when the document is opened in later sessions', async () => {
    const world = started();
    const sheet = sheetWith(world, [hunkOf('THREE')]);
    await kept(world, sheet);
    world.disk.before = failing('remove');
    accept(sheet, 'h-THREE');
    await kept(world, sheet);
    world.disk.before = () => undefined;
    for (let session = 0; session < 2; session++) expect(await offered(world.disk)).toEqual([]);
    expect([...world.disk.files.keys()]).toEqual([]);
  });

  test('still brings back what an undo has brought back', async () => {
    const world = started();
    const sheet = sheetWith(world, [hunkOf('THREE')]);
    const [hunk] = sheet.hunks;
    await kept(world, sheet);
    world.disk.before = failing('remove');
    Object.assign(hunk ?? {}, { state: 'rejected', reason: undefined });
    await kept(world, sheet);
    world.disk.before = () => undefined;
    Object.assign(hunk ?? {}, { state: 'proposed' });
    await kept(world, sheet);
    expect(await offered(world.disk)).toEqual(['h-THREE']);
    expect(world.disk.files.size).toBe(1);
  });
});

/** One hunk, another one, then the first is decided on: after each the store says that it is kept. */
async function story(disk: MemoryDisk): Promise<StoreWorld> {
  const world = started(disk);
  const sheet = sheetWith(world, [hunkOf('THREE')]);
  await kept(world, sheet);
  world.room.add(hunkOf('five'));
  await kept(world, sheet);
  accept(sheet, 'h-THREE');
  await kept(world, sheet);
  return world;
}

async function deedsOf(disk: MemoryDisk): Promise<readonly string[]> {
  const deeds: string[] = [];
  disk.before = (deed) => void deeds.push(deed);
  await story(disk);
  return deeds;
}

test('R38: whichever change of the disk fails once, all is as it should be after the next one', async () => {
  const { length } = await deedsOf(memoryDisk());
  expect(length).toBeGreaterThan(4);
  for (let failed = 0; failed < length; failed++) {
    const disk = memoryDisk();
    let count = 0;
    disk.before = () => {
      if (count++ === failed) throw new Error('The disk says no.');
    };
    const world = await story(disk);
    await world.store.flush();
    expect(await offered(disk), `at ${failed}`).toEqual(['h-five']);
    expect(disk.files.size, `at ${failed}`).toBe(1);
  }
});

test('R40: whenever the server is killed, what was kept is there, and what was decided on before is not', async () => {
  const deeds = await deedsOf(memoryDisk());
  for (let last = 0; last <= deeds.length; last++) {
    const disk = memoryDisk();
    let count = 0;
    disk.before = () => {
      if (count++ >= last) throw new Error('The server is gone.');
    };
    await story(disk);
    disk.before = () => undefined;
    const creations = deeds.slice(0, last).filter((deed) => deed === 'create').length;
    const expected = [[], ['h-THREE'], ['h-THREE', 'h-five'], ['h-five']][creations];
    expect(await offered(disk), `after ${last} changes`).toEqual(expected);
  }
});

describe('R40: windows that share a folder', () => {
  test('what one has decided on, the other’s file does not offer again', async () => {
    const disk = memoryDisk();
    const first = started(disk);
    await kept(first, sheetWith(first, [hunkOf('THREE'), hunkOf('five')]));
    const [one, other] = [await reopened(disk), started(disk, document(code))];
    const hunks = await other.store.restore(uri);
    await kept(other, sheetWith(other, hunks));
    disk.before = failing('remove');
    accept(one.sheet, 'h-THREE');
    await kept(one.world, one.sheet);
    expect(await offered(disk)).toEqual(['h-five']);
  });

  test('what somebody typed into in one of them is still there for the other', async () => {
    const disk = memoryDisk();
    const first = started(disk);
    await kept(first, sheetWith(first, [hunkOf('THREE')]));
    const { world, sheet } = await reopened(disk);
    for (const hunk of sheet.hunks) hunk.state = 'edited';
    await kept(world, sheet);
    expect(await offered(disk)).toEqual(['h-THREE']);
  });

  test('one whose document has nothing of a hunk leaves it to the one that has', async () => {
    const disk = memoryDisk();
    const first = started(disk);
    await kept(first, sheetWith(first, [hunkOf('THREE')]));
    const { world, ids } = await reopened(disk, code.replace('THREE', 'three'));
    expect(ids).toEqual([]);
    await kept(world, sheetWith(world, [hunkOf('five')]));
    expect(await offered(disk)).toEqual(['h-THREE', 'h-five']);
    expect(disk.files.size).toBe(2);
  });

  test('each finds what belongs to its own workspace folders, whichever others it has', async () => {
    const disk = memoryDisk();
    const first = started(disk);
    await kept(first, sheetWith(first, [hunkOf('THREE')]));
    const [wider, nested] = [started(disk, document(code)), started(disk, document(code))];
    nested.roots.unshift('file:///');
    wider.roots.push('file:///another/folder');
    expect(await nested.store.restore(uri)).toHaveLength(1);
    expect(await wider.store.restore(uri)).toHaveLength(1);
    const none = started(disk, document(code));
    none.roots.splice(0, 1, 'file:///x');
    expect(await none.store.restore(uri)).toEqual([]);
  });

  const places = ['one', 'two', 'THREE', 'four', 'five'];

  /** Windows that open and end as they like, one after the other and at once; each hunk's fate is written down. */
  async function lived(start: number): Promise<void> {
    const next = random(start);
    const pick = (limit: number) => Math.floor(next() * limit);
    const disk = memoryDisk();
    const windows: { world: StoreWorld; sheet: Sheet }[] = [];
    const pending = new Set<string>();
    const decided = new Set<string>();
    const story: string[] = [];
    let ids = 0;
    for (let step = 0; step < 25; step++) {
      const at = pick(windows.length);
      const window = windows[at];
      const deed = ['open', 'add', 'add', 'decide', 'type', 'end'][pick(6)] ?? 'open';
      story.push(deed);
      disk.before = pick(6) === 0 ? failing('remove') : () => undefined;
      if (deed === 'open' && windows.length < 8) windows.push(await reopened(disk));
      if (window === undefined) continue;
      const { world, sheet } = window;
      const hunks = sheet.hunks.filter(({ state }) => state === 'proposed');
      const hunk = hunks[pick(hunks.length)];
      if (deed === 'add') {
        const id = `h${++ids}`;
        world.room.add({ ...hunkOf(places[pick(places.length)] ?? 'one'), id });
        await kept(world, sheet);
        pending.add(id);
      } else if (deed === 'decide' && hunk !== undefined) {
        accept(sheet, hunk.id);
        await kept(world, sheet);
        pending.delete(hunk.id);
        // Where only this window has it, nobody offers it again.
        const isElsewhere = windows.some(
          (other) => other !== window && other.sheet.hunks.some(({ id }) => id === hunk.id),
        );
        if (!isElsewhere) decided.add(hunk.id);
      } else if (deed === 'type' && hunk !== undefined) {
        hunk.state = 'edited';
        await kept(world, sheet);
        pending.delete(hunk.id);
      } else if (deed === 'end') windows.splice(at, 1);
      const found = await offered(disk);
      expect(
        [...pending].filter((id) => !found.includes(id)),
        `start ${start}: ${story.join(' ')}`,
      ).toEqual([]);
      expect(
        found.filter((id) => decided.has(id)),
        `start ${start}: ${story.join(' ')}`,
      ).toEqual([]);
    }
  }

  test(`in ${scaled(2_000)} lives of up to eight windows nothing that is pending is lost`, async () => {
    const start = seed();
    for (let run = 0; run < scaled(2_000); run++) await lived(start + run);
  });
});

test('the oldest of very many files go', async () => {
  const disk = memoryDisk();
  const world = started(disk);
  const sheet = sheetWith(world, [hunkOf('THREE')]);
  await kept(world, sheet);
  const [name = '', text = ''] = [...disk.files].flat();
  disk.files.clear();
  for (let number = 1; number <= 2_100; number++)
    disk.files.set(name.replace('/00000001-', `/${String(number).padStart(8, '0')}-`), text);
  await kept(world, sheet);
  expect(disk.files.size).toBe(2_000);
  expect([...disk.files.keys()].sort().at(-1)).toContain('/00002101-');
});
