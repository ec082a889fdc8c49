/** S37, R38, R39, R41: what others wrote into the storage does no harm, a failing disk loses nothing that was acknowledged, and neither does a kill. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { answered, explained, type Window, windowOn } from '../../../test/harness/explained.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { type Journal, type Log, Refusal } from '../ports.ts';
import { createJournal } from '../system/journals.ts';
import type { Bounds } from './limits.ts';

const base = mkdtempSync(path.join(tmpdir(), 'gloss-storage-'));
const windows: Window[] = [];
afterAll(async () => {
  for (const { store } of windows) await store.close().catch(() => undefined);
  rmSync(base, { recursive: true, force: true });
});
let folders = 0;
const fresh = () => path.join(base, String(folders++));
function windowIn(folder: string, journalOf?: typeof createJournal, bounds?: Partial<Bounds>): Window {
  const window = windowOn(folder, journalOf, bounds);
  windows.push(window);
  return window;
}

const uri = 'file:///w/a.ts';
const text = 'const a = 1;\nconst b = 2;\n';
const record = (id: string) => explained(id, { uri, text, first: 0, last: 1 });
const quiet: Log = { clean: (words) => words, debug() {}, info() {}, warn() {}, error() {} };

/** Writes what no Gloss would. */
async function forge(folder: string, head: unknown, body: unknown): Promise<void> {
  const journal = createJournal(folder, 'explanations/a', quiet);
  const bytes = body instanceof Uint8Array ? body : deflateRawSync(JSON.stringify(body));
  await journal.append([{ head: typeof head === 'string' ? head : JSON.stringify(head), body: bytes }]);
  await journal.close();
}

const head = (id: string, changes: Readonly<Record<number, unknown>> = {}) => {
  const fields: unknown[] = [
    'put',
    1,
    id,
    uri,
    [0, 0, 1, 12, 0, 0],
    [],
    'key',
    'code',
    'normal',
    'A title',
    '2026-11-28T12:00:00.000Z',
  ];
  return fields.map((field, index) => changes[index] ?? field);
};

test('S37: a forged record is an entry in the list, and its Markdown is made inert', async () => {
  const folder = fresh();
  const markdown = '![x](https://evil.example/a.png) <img src=x onerror=alert(1)> [click](command:evil) ⟦1⟧';
  const good = record('forged');
  await forge(folder, head('forged'), { ...good, turns: [{ answer: answered('forged', good.range, markdown) }] });
  const { store } = windowIn(folder);
  expect((await store.list()).map(({ id }) => id)).toEqual(['forged']);
  const read = (await store.get('forged'))?.turns[0]?.answer.markdown ?? '';
  expect(read).not.toMatch(/!\[|(?<!\\)<img|\]\(command/);
});

test.each([
  ['no list', 'nothing'],
  ['no JSON', '{'],
  ['an id that is no text', head('x', { 2: 7 })],
  ['a long id', head('x'.repeat(65))],
  ['a long address', head('x', { 3: `file:///${'x'.repeat(5_000)}` })],
  ['a place that is none', head('x', { 4: [0, 0, -1, 2, 0, 0] })],
  ['a kind that is none', head('x', { 7: 'command' })],
  ['a level that is none', head('x', { 8: 'root' })],
  ['a long title', head('x', { 9: 'x'.repeat(5_000) })],
  ['a time that is none', head('x', { 10: 'yesterday' })],
  ['a number beyond all others', head('x', { 1: Number.MAX_SAFE_INTEGER })],
])('S37: refused: %s', async (_name, forged) => {
  const folder = fresh();
  await forge(folder, forged, record('x'));
  const { store } = windowIn(folder);
  expect(await store.list()).toEqual([]);
  await store.put(record('mine'));
  expect((await store.list()).map(({ id }) => id)).toEqual(['mine']);
});

test.each([
  ['a body that is none', new Uint8Array([1, 2, 3])],
  ['a body that unpacks to a hundred megabytes', deflateRawSync(Buffer.alloc(100_000_000, 32))],
  ['a body of another id', record('another')],
  ['turns that are none', { ...record('x'), turns: 'all' }],
  ['an approval', { ...record('x'), turns: [{ answer: { ...answered('x', record('x').range), approved: true } }] }],
  ['a conversation that is none', { ...record('x'), conversation: { messages: 'all' } }],
])('S37: listed, but not read: %s', async (_name, body) => {
  const folder = fresh();
  await forge(folder, head('x'), body);
  const { store, open } = windowIn(folder);
  await open(uri, text);
  expect((await store.list()).map(({ id }) => id)).toEqual(['x']);
  expect(await store.get('x')).toBeUndefined();
});

test.each([[[10, 20]], [[20, 10]]])('R39: the newest counts, in whatever order records are read: %j', async (order) => {
  const folder = fresh();
  const journal = createJournal(folder, 'explanations/a', quiet);
  for (const seq of order) {
    const body = deflateRawSync(JSON.stringify({ ...record('x'), key: `key ${seq}` }));
    await journal.append([{ head: JSON.stringify(head('x', { 1: seq, 9: `title ${seq}` })), body }]);
  }
  await journal.close();
  const { store } = windowIn(folder);
  expect((await store.list()).map(({ title }) => title)).toEqual(['title 20']);
  expect((await store.get('x'))?.key).toBe('key 20');
});

/** A journal whose disk fails while it is told to. */
function failingJournal(): { readonly journalOf: typeof createJournal; fail: boolean } {
  const disk = {
    fail: false,
    journalOf: ((...given: Parameters<typeof createJournal>): Journal => {
      const journal = createJournal(...given);
      const append: Journal['append'] = (records) =>
        disk.fail ? Promise.reject(new Refusal('The disk is full.', 'diskFull')) : journal.append(records);
      return { ...journal, append };
    }) as typeof createJournal,
  };
  return disk;
}

test('R38: what cannot be written is refused in words, is there all the same, and is written when the disk works again', async () => {
  const folder = fresh();
  const disk = failingJournal();
  const { store, open } = windowIn(folder, disk.journalOf);
  await open(uri, text);
  await store.put(record('before'));
  disk.fail = true;
  await expect(store.put(record('lost'))).rejects.toThrow('The disk is full.');
  await expect(store.dismiss(['before'])).rejects.toThrow('The disk is full.');
  expect(store.of(uri).map(({ id }) => id)).toEqual(['lost']);
  expect((await store.get('lost'))?.id).toBe('lost');
  disk.fail = false;
  await store.put(record('after'));
  await store.flush();
  const ids = (await windowIn(folder).store.list()).map(({ id }) => id);
  expect(ids.toSorted()).toEqual(['after', 'lost']);
});

test('R38: what is too large to be kept is refused, and stands in nobody’s way', async () => {
  const { store } = windowIn(fresh());
  await expect(store.put({ ...record('large'), code: 'x'.repeat(9_000_000) })).rejects.toThrow(Refusal);
  await store.put(record('small'));
  expect((await store.get('large'))?.id).toBe('large');
});

const at = (second: number) => `2026-11-28T12:00:0${second}.000Z`;

test('of too many the oldest go, those that were dismissed first, and they stay away', async () => {
  const folder = fresh();
  const bounds = { records: 4 };
  const { store } = windowIn(folder, undefined, bounds);
  const ids = async (of = store) => (await of.list()).map(({ id }) => id).toSorted();
  for (const [second, id] of ['a', 'b', 'c', 'd'].entries()) await store.put({ ...record(id), at: at(second) });
  await store.dismiss(['c']);
  await store.put({ ...record('e'), at: at(5) });
  expect([await ids(), await store.get('c')]).toEqual([['a', 'b', 'd', 'e'], undefined]);
  await store.put({ ...record('f'), at: at(6) });
  expect(await ids()).toEqual(['b', 'd', 'e', 'f']);
  expect(await ids(windowIn(folder, undefined, bounds).store)).toEqual(['b', 'd', 'e', 'f']);
});

test('of too many bytes the oldest go', async () => {
  const { store } = windowIn(fresh(), undefined, { bytes: 1_500 });
  for (const second of [0, 1, 2, 3, 4, 5]) await store.put({ ...record(`${second}`), at: at(second) });
  const left = (await store.list()).map(({ id }) => id);
  expect(left.length).toBeGreaterThan(0);
  expect(left).toEqual(['0', '1', '2', '3', '4', '5'].slice(-left.length));
  expect(left.length).toBeLessThan(6);
});

test('files of others that ended are put together, with what is newest of each explanation', async () => {
  const folder = fresh();
  for (const id of ['a', 'b', 'c']) {
    const { store } = windowIn(folder);
    await store.put(record(id));
    await store.put({ ...record(id), key: `newer ${id}` });
    if (id === 'b') await store.dismiss(['b']);
    await store.close();
  }
  const tidying = windowIn(folder, undefined, { files: 1, tidy: 1 });
  const files = () => readdirSync(path.join(folder, 'explanations/a')).length;
  expect(files()).toBe(3);
  await tidying.store.list();
  await expect.poll(files).toBe(1);
  for (const { store } of [tidying, windowIn(folder)]) {
    expect((await store.list()).map(({ id }) => id).toSorted()).toEqual(['a', 'c']);
    for (const id of ['a', 'b', 'c']) expect((await store.get(id))?.key).toBe(`newer ${id}`);
  }
});

const script = (folder: string, number: number) => `
  import { explained, windowOn } from ${JSON.stringify(new URL('../../../test/harness/explained.ts', import.meta.url).href)};
  const { store, open } = windowOn(${JSON.stringify(folder)}, undefined, { files: 0, tidy: 1 });
  const text = ${JSON.stringify(text)};
  await open('${uri}', text);
  for (let turn = 0; ; turn++) {
    const id = '${number}-' + turn;
    await store.put(explained(id, { uri: '${uri}', text, first: 0, last: 1 }));
    process.stdout.write(id + '\\n');
    if (turn % 3 === 1) await store.list();
    if (turn % 5 === 3) { await store.dismiss([id]); process.stdout.write('dismissed ' + id + '\\n'); }
  }`;

test('R41: servers are killed while they write and tidy, and every explanation that was acknowledged is there, dismissed ones stay away', {
  timeout: 600_000,
}, async () => {
  const folder = fresh();
  const next = random();
  const said: string[] = [];
  const kill = async (number: number) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script(folder, number)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: import.meta.dirname,
    });
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => {
      output += String(bytes);
    });
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), next() * 100));
    await new Promise((resolve) => child.once('close', resolve));
    said.push(...output.split('\n').slice(0, -1));
  };
  for (let number = 0; number < scaled(100); number += 2) await Promise.all([kill(number), kill(number + 1)]);
  const dismissed = new Set(said.filter((line) => line.startsWith('dismissed ')).map((line) => line.slice(10)));
  const acknowledged = said.filter((line) => /^\d+-\d+$/.test(line));
  expect(acknowledged.length).toBeGreaterThan(10);
  const { store } = windowIn(folder);
  const listed = new Set((await store.list()).map(({ id }) => id));
  const lost = [];
  for (const id of acknowledged) {
    if ((await store.get(id)) === undefined) lost.push(id);
    if (dismissed.has(id) && listed.has(id)) lost.push(`${id} is back`);
  }
  expect(lost).toEqual([]);
});
