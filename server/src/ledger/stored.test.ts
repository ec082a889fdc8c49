/** Hunks that await the person outlive the server: written whole, found again where they are now, or left out. */
import { describe, expect, test } from 'vitest';
import { random, scaled } from '../../../test/harness/scale.ts';
import { code, document, hunkWith, memoryDisk, sheetWith, started, uri } from '../../../test/harness/storeWorld.ts';
import type { Tracked } from './tracked.ts';

/** What a server that starts afterwards finds in a document. */
async function restored(hunk: Tracked, text: string): Promise<readonly Tracked[]> {
  const before = started();
  before.store.keep(sheetWith(before, [hunk]));
  await before.store.flush();
  return started(before.disk, document(text)).store.restore(uri);
}

test('a hunk comes back as it was, with what the person asked for', async () => {
  const hunk = hunkWith();
  expect(await restored(hunk, code)).toEqual([hunk]);
});

describe('a document that changed while no server ran', () => {
  test('around the hunk: it is where its text is now', async () => {
    const [hunk] = await restored(hunkWith(), `new\n${code}new\n`);
    expect(hunk?.span).toEqual({ start: 17, end: 23 });
  });

  test.each([
    ['by undo, or closed without being saved', code.replace('THREE', 'three')],
    ['by hand: it is the person’s', code.replace('THREE', 'third')],
    ['altogether', 'nothing of it\n'],
  ])('in the hunk, %s', async (_what, text) => {
    expect(await restored(hunkWith(), text)).toEqual([]);
  });
});

test('what was still growing is there as far as it came, and says so', async () => {
  const [hunk] = await restored(hunkWith({ growing: true, after: '' }), code);
  expect(hunk).toMatchObject({ growing: false, after: 'THREE\n', state: 'proposed' });
  expect(hunk?.warnings.join()).toContain('server stopped');
});

test('what was growing and changed since stays in the text: whose it is cannot be known', async () => {
  const hunk = hunkWith({ growing: true, after: '', span: { start: 13, end: 19 } });
  const [half] = await restored(hunk, code.replace('THREE', 'mine'));
  expect(half).toMatchObject({ place: 'aside', state: 'conflicted', growing: false, before: 'three\n' });
  expect(half?.reason).toContain('left as it is');
});

test('what was growing and is gone, since the file was closed without being saved, is left out', async () => {
  const hunk = hunkWith({ growing: true, after: '' });
  expect(await restored(hunk, code.replace('THREE', 'three'))).toEqual([]);
});

test('what waits for the person beside the text waits on, whatever the text says', async () => {
  const [hunk] = await restored(hunkWith({ place: 'aside', file: 'rename', to: 'file:///w/b.ts' }), 'other');
  expect(hunk).toMatchObject({ place: 'aside', file: 'rename', to: 'file:///w/b.ts', state: 'proposed' });
});

test('R24: what was left half written is still at its place after a second start', async () => {
  const half = { place: 'aside', state: 'conflicted', reason: 'It stopped.', before: 'three\n' } as const;
  const [same] = await restored(hunkWith(half), code);
  expect(same?.span).toEqual(hunkWith().span);
  const [moved] = await restored(hunkWith(half), `new\n${code}`);
  expect(moved?.span.start).toBe(hunkWith().span.start + 4);
});

describe('on the disk', () => {
  test('there is one file for a document, and none when all is settled', async () => {
    const world = started();
    const hunk = hunkWith();
    const sheet = sheetWith(world, [hunk]);
    for (let times = 0; times < 3; times++) {
      world.store.keep(sheet);
      await world.store.flush();
      expect(world.disk.files.size).toBe(1);
    }
    hunk.state = 'accepted';
    world.store.keep(sheet);
    await world.store.flush();
    expect(world.disk.files.size).toBe(0);
  });

  test('there is one file also when it is to be written while it is being written', async () => {
    const world = started();
    const { promise, resolve } = Promise.withResolvers<void>();
    world.disk.hold = promise;
    const sheet = sheetWith(world, [hunkWith()]);
    world.store.keep(sheet);
    const first = world.store.flush();
    world.store.keep(sheet);
    const second = world.store.flush();
    resolve();
    await Promise.all([first, second]);
    expect(world.disk.files.size).toBe(1);
  });

  test('documents without hunks leave nothing', async () => {
    const world = started();
    const hunk = hunkWith();
    const sheet = sheetWith(world, [hunk]);
    world.room.remove(hunk);
    world.store.keep(sheet);
    await world.store.flush();
    expect(world.disk.files.size).toBe(0);
  });

  test('R38: what cannot be written is told, and the next change is written', async () => {
    const world = started();
    const sheet = sheetWith(world, [hunkWith()]);
    world.disk.before = () => {
      throw new Error('The disk is full.');
    };
    world.store.keep(sheet);
    await world.store.flush();
    expect(world.log).toEqual(['pending edits could not be kept']);
    world.disk.before = () => undefined;
    world.store.keep(sheet);
    await world.store.flush();
    expect(world.disk.files.size).toBe(1);
  });

  test('a document is asked for its hunks once', async () => {
    const before = started();
    before.store.keep(sheetWith(before, [hunkWith()]));
    await before.store.flush();
    const { store } = started(before.disk, document(code));
    expect(await store.restore(uri)).toHaveLength(1);
    expect(await store.restore(uri)).toEqual([]);
    expect(await store.restore('file:///w/b.ts')).toEqual([]);
  });

  test('a document that was closed before its hunks were there gets them when it is opened again', async () => {
    const before = started();
    before.store.keep(sheetWith(before, [hunkWith()]));
    await before.store.flush();
    const { store, open } = started(before.disk);
    expect(await store.restore(uri)).toEqual([]);
    open.set(uri, document(code));
    expect(await store.restore(uri)).toHaveLength(1);
  });

  test('hunks are looked for in what the document says when the disk was read', async () => {
    const before = started();
    before.store.keep(sheetWith(before, [hunkWith()]));
    await before.store.flush();
    const { store, open } = started(before.disk, document(code));
    const restoring = store.restore(uri);
    open.set(uri, document(`typed\n${code}`));
    expect((await restoring)[0]?.span).toEqual({ start: 19, end: 25 });
  });

  test('what another window has settled since does not come back', async () => {
    const before = started();
    before.store.keep(sheetWith(before, [hunkWith()]));
    await before.store.flush();
    const { store, open, disk } = started(before.disk);
    await store.restore(uri);
    disk.files.clear();
    open.set(uri, document(code));
    expect(await store.restore(uri)).toEqual([]);
  });
});

describe('R39: a file that is damaged', () => {
  test('is told and left where it is, and the others count', async () => {
    const before = started();
    before.store.keep(sheetWith(before, [hunkWith()]));
    await before.store.flush();
    const [name] = [...before.disk.files.keys()];
    const damaged = ['1', '2'].map((id) => name?.replace('.json', `${id}.json`) ?? '');
    before.disk.files.set(damaged[0] ?? '', '{ "uri": 5 }');
    before.disk.files.set(damaged[1] ?? '', '');
    const world = started(before.disk, document(code));
    expect(await world.store.restore(uri)).toHaveLength(1);
    await world.store.restore(uri);
    expect(world.log.toSorted()).toEqual(damaged.map((one) => `${one} could not be read; it is left where it is`));
    expect(world.disk.files.size).toBe(3);
  });

  test('in whatever way, does no harm: nothing of it comes back', async () => {
    const before = started();
    before.store.keep(sheetWith(before, [hunkWith()]));
    await before.store.flush();
    const [entry] = before.disk.files;
    const [name, good] = entry ?? ['', ''];
    const next = random();
    for (let round = 0; round < scaled(5_000); round++) {
      const at = Math.floor(next() * good.length);
      const letter = '09"x}-'.charAt(Math.floor(next() * 7));
      const damaged = good.slice(0, at) + letter + good.slice(at + Math.floor(next() * 8));
      if (damaged === good) continue;
      const disk = memoryDisk();
      disk.files.set(name, damaged);
      expect(await started(disk, document(code)).store.restore(uri), damaged).toEqual([]);
    }
  });
});
