/** Conversations as their callers see them: lists, branches, several windows, forks, search, and what was removed. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  type ConversationWindow,
  conversationsFolder,
  conversationsOn,
  entry,
  inRow,
  outline,
  said,
} from '../../../test/harness/conversations.ts';
import { type Conversations, type Journal, Refusal } from '../ports.ts';
import { createJournalShelf } from '../system/journalShelf.ts';

const base = mkdtempSync(path.join(tmpdir(), 'gloss-conversations-'));
const windows: ConversationWindow[] = [];
afterAll(async () => {
  for (const { conversations } of windows) await conversations.close();
  rmSync(base, { recursive: true, force: true });
});
let folders = 0;
const fresh = () => path.join(base, String(folders++));
function windowIn(folder: string, bounds = {}): Conversations {
  const window = conversationsOn(folder, undefined, bounds);
  windows.push(window);
  return window.conversations;
}

const turn = [
  said.asked('Read a, please.'),
  said.answered('I read it.', 'a'),
  said.results('a'),
  said.answered('Done.'),
];

test('what was appended is there in another window, with its summary, and a list reads newest first', async () => {
  const folder = fresh();
  const one = windowIn(folder);
  const id = one.begin('First\n\u001b[31m question');
  expect(await one.list()).toEqual([]);
  expect(outline(await one.open(id))).toEqual([]);
  await one.append(id, inRow(turn));
  const other = one.begin('Second');
  await one.append(other, [entry('x', undefined, said.asked('Later.'), 50)]);
  for (const window of [one, windowIn(folder)]) {
    expect((await window.list()).map(({ title }) => title)).toEqual(['Second', 'First question']);
    const stored = await window.open(id);
    expect(stored?.entries).toEqual(inRow(turn));
    expect(stored?.summary).toMatchObject({ id, questions: 1, changed: '2026-11-28T12:00:03.000Z' });
    expect(stored?.summary.usage).toMatchObject({ inputTokens: 20, outputTokens: 10, price: 1 });
    expect((await window.list())[1]).toEqual(stored?.summary);
  }
});

test('S37: under umask 000 folders are 0700 and files 0600', async () => {
  const folder = fresh();
  const before = process.umask(0);
  try {
    const window = windowIn(folder);
    await window.append(window.begin('x'), inRow(turn));
    await window.close();
  } finally {
    process.umask(before);
  }
  const below = readdirSync(folder, { recursive: true, withFileTypes: true });
  const modes = below.map((one) => [one.isFile(), statSync(path.join(one.parentPath, one.name)).mode & 0o777]);
  expect(modes.filter(([isFile]) => isFile)).toEqual([
    [true, 0o600],
    [true, 0o600],
  ]);
  expect(modes.filter(([isFile, mode]) => !isFile && mode !== 0o700)).toEqual([]);
});

test('several appends at once keep their order, whatever their size', async () => {
  const window = windowIn(fresh());
  const id = window.begin('x');
  const entries = inRow(Array.from({ length: 30 }, (_, at) => said.asked('x'.repeat(at % 3 === 0 ? 300_000 : 1))));
  const done: string[] = [];
  await Promise.all(entries.map(async (one) => window.append(id, [one]).then(() => done.push(one.id))));
  expect(done).toEqual(entries.map(({ id: its }) => its));
  expect((await window.open(id))?.entries).toEqual(entries);
});

test('asking again from an earlier place makes a branch, also when the clock has gone back; the other one stays', async () => {
  const folder = fresh();
  const window = windowIn(folder);
  const id = window.begin('x');
  await window.append(id, inRow([...turn, said.asked('More.')], 10));
  await window.append(id, [entry('b', 'e13', said.asked('Other.'), 1)]);
  const way = ['e10 asked', 'e11 answered', 'e12 results', 'e13 answered', 'b asked'];
  for (const one of [window, windowIn(folder)]) expect(outline(await one.open(id))).toEqual(way);
  const found = await window.search('more', AbortSignal.timeout(10_000));
  expect(found.map(({ entry: its }) => its)).toEqual(['e14']);
  const fork = (await window.fork(id, 'e14')) ?? '';
  expect(outline(await window.open(fork)).at(-1)).toBe('e14 asked');
});

test('R40: two windows append at once: nothing of either is lost, and the list tells what the conversation tells', async () => {
  const folder = fresh();
  const [one, other] = [windowIn(folder), windowIn(folder)];
  const id = one.begin('x');
  await one.append(id, inRow(turn));
  await other.open(id);
  const adding = (window: Conversations, name: string) =>
    Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        window.append(id, [
          entry(`${name}${at}`, at === 0 ? 'e3' : `${name}${at - 1}`, said.asked(`${name} ${at}`), 10 + at),
        ]),
      ),
    );
  await Promise.all([adding(one, 'a'), adding(other, 'b')]);
  const third = windowIn(folder);
  expect(outline(await third.open(id)).at(-1)).toBe('b19 asked');
  const found = await third.search('19', AbortSignal.timeout(10_000));
  expect(found.map(({ entry: its }) => its).toSorted()).toEqual(['a19', 'b19']);
  await one.close();
  await other.close();
  expect((await windowIn(folder).list())[0]).toEqual((await third.open(id))?.summary);
});

test('a fork has what was said up to the entry, costs nothing yet, and goes its own way', async () => {
  const folder = fresh();
  const window = windowIn(folder);
  const id = window.begin('Tree');
  await window.append(id, inRow([...turn, said.asked('More.')]));
  const fork = (await window.fork(id, 'e3')) ?? '';
  expect(await window.fork(id, 'nothing')).toBeUndefined();
  await window.append(fork, [entry('f', 'e3', said.answered('Otherwise.'), 30)]);
  const other = windowIn(folder);
  const stored = await other.open(fork);
  expect(stored?.entries.slice(0, 4)).toEqual(inRow(turn));
  expect(stored?.summary).toMatchObject({
    title: 'Tree',
    forkOf: id,
    questions: 1,
    usage: { inputTokens: 10, price: 0.5 },
  });
  expect(outline(await other.open(id)).at(-1)).toBe('e4 asked');
});

test('what a conversation cost is not known where the price of an answer is not, and a fork begins at nothing', async () => {
  const window = windowIn(fresh());
  const id = window.begin('x');
  const priced = (price: number | undefined, at: number) => {
    const { content, ...rest } = entry(`p${at}`, at === 0 ? undefined : `p${at - 1}`, said.answered('x'), at);
    if (content.kind !== 'answered') return { ...rest, content };
    const { price: _, ...tokens } = content.usage;
    return { ...rest, content: { ...content, usage: price === undefined ? tokens : { ...tokens, price } } };
  };
  const price = async (one: string) => (await window.open(one))?.summary.usage.price;
  await window.append(id, [entry('q', undefined, said.asked('x')), priced(0.1, 0), priced(0.2, 1)]);
  expect(await price(id)).toBe(0.3);
  await window.append(id, [priced(undefined, 2)]);
  expect([await price(id), await price((await window.fork(id, 'p1')) ?? '')]).toEqual([undefined, 0]);
});

test('a new title is seen in other windows', async () => {
  const folder = fresh();
  const [one, other] = [windowIn(folder), windowIn(folder)];
  const [id, early] = [one.begin('Before'), one.begin('Early')];
  await one.append(id, inRow(turn));
  await other.rename(id, 'After');
  await one.rename(early, 'Late');
  await one.append(early, inRow(turn));
  await one.append(id, inRow([said.asked('More.')], 4, 'e3'));
  for (const window of [one, other, windowIn(folder)]) {
    expect((await window.open(id))?.summary.title).toBe('After');
    expect((await window.list()).map(({ title }) => title).toSorted()).toEqual(['After', 'Late']);
  }
  await expect(one.rename('0123456789abcdef', 'x')).rejects.toThrow(Refusal);
});

test('what was removed is gone in all windows, and a window that has it open cannot bring it back', async () => {
  const folder = fresh();
  const [one, other] = [windowIn(folder), windowIn(folder)];
  const [id, kept] = [one.begin('Goes'), one.begin('Stays')];
  await one.append(id, inRow(turn));
  await one.append(kept, inRow(turn));
  await other.open(id);
  await one.remove(id);
  expect(await other.open(id)).toBeUndefined();
  await expect(other.append(id, inRow([said.asked('More.')], 4, 'e3'))).rejects.toThrow(
    'This conversation was removed',
  );
  await expect(other.rename(id, 'x')).rejects.toThrow('This conversation was removed');
  for (const window of [one, other, windowIn(folder)])
    expect((await window.list()).map(({ title }) => title)).toEqual(['Stays']);
  expect(readdirSync(path.join(folder, conversationsFolder)).toSorted()).toEqual([kept, 'index'].toSorted());
});

test('the list is mended from the conversations: without it all are found by their folders', async () => {
  const folder = fresh();
  const window = windowIn(folder);
  const ids = ['A', 'B'].map((title) => window.begin(title));
  for (const id of ids) await window.append(id, inRow(turn));
  await window.close();
  rmSync(path.join(folder, conversationsFolder, 'index'), { recursive: true });
  const before = windowIn(folder);
  expect((await before.list()).map(({ title, questions }) => `${title} ${questions}`).toSorted()).toEqual([
    'A 1',
    'B 1',
  ]);
  await before.close();
  for (const id of ids) rmSync(path.join(folder, conversationsFolder, id), { recursive: true });
  expect(await windowIn(folder).list()).toHaveLength(2);
});

test.each(['', '..', 'index', '../index', 'ABCDEF0123456789', 'x'.repeat(20)])(
  'S37: %j is no conversation',
  async (id) => {
    const window = windowIn(fresh());
    expect(await window.open(id)).toBeUndefined();
    expect(await window.fork(id, 'e0')).toBeUndefined();
    await expect(window.append(id, inRow(turn))).rejects.toThrow(Refusal);
    await expect(window.rename(id, 'x')).rejects.toThrow(Refusal);
    await window.remove(id);
  },
);

test('a search finds all of the words in any case, in titles, questions and answers, and stops when it is told to', async () => {
  const window = windowIn(fresh());
  const id = window.begin('About trees');
  await window.append(id, inRow([said.asked('What is an OAK?'), said.answered('An oak is a tree. '.repeat(50))]));
  const other = window.begin('Other');
  await window.append(other, inRow([said.asked(`${'Long before. '.repeat(20)}A tree (old)\n grows.`)], 10));
  const found = async (words: string) =>
    (await window.search(words, AbortSignal.timeout(10_000))).map((one) => `${one.conversation.title} ${one.entry}`);
  expect(await found('tree')).toEqual(['Other e10', 'About trees e1', 'About trees e1']);
  expect(await found('oak tree')).toEqual(['About trees e1']);
  expect(await found('(old)')).toEqual(['Other e10']);
  expect([await found('nowhere'), await found(' ')]).toEqual([[], []]);
  const [one] = await window.search('(old) grows', AbortSignal.timeout(10_000));
  expect(one?.excerpt).toMatch(/^…[^\n]*Long before\. A tree \(old\) grows\.$/);
  await expect(window.search('tree', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

test('R46: of many conversations only a few are held open, and all can be read and written', async () => {
  const open = new Set<string>();
  const shelfOf: typeof createJournalShelf = (...given) => {
    const shelf = createJournalShelf(...given);
    const opened = (name: string): Journal => {
      open.add(name);
      const journal = shelf.open(name);
      const close = async () => {
        open.delete(name);
        await journal.close();
      };
      return { ...journal, close };
    };
    return { ...shelf, open: opened };
  };
  const { conversations } = conversationsOn(fresh(), shelfOf, { open: 2 });
  const ids = Array.from({ length: 6 }, (_, at) => conversations.begin(`c${at}`));
  await Promise.all(ids.map((id) => conversations.append(id, inRow(turn))));
  for (const id of ids) await conversations.append(id, inRow([said.asked('More.')], 4, 'e3'));
  for (const id of ids) expect(outline(await conversations.open(id)).at(-1)).toBe('e4 asked');
  // Two, and the list.
  await expect.poll(() => open.size).toBe(3);
  await conversations.close();
  expect([...open]).toEqual([]);
});

test('the folder that a conversation was begun in stays with it, its forks, and its other names', async () => {
  const folder = fresh();
  const one = windowIn(folder);
  const id = one.begin('First', 'work');
  expect((await one.open(id))?.summary.folder).toBe('work');
  await one.append(id, inRow(turn));
  const plain = one.begin('Without');
  await one.append(plain, [entry('y', undefined, said.asked('Where?'), 50)]);
  await one.rename(id, 'Named');
  const fork = await one.fork(id, (await one.open(id))?.entries[1]?.id ?? '');
  await one.list();
  const folders = (await windowIn(folder).list()).map(({ id: each, folder: name }) => [each, name]);
  expect(new Map(folders as [string, string | undefined][])).toEqual(
    new Map([
      [id, 'work'],
      [plain, undefined],
      [fork, 'work'],
    ]),
  );
});
