/** The store: what was explained is there tomorrow and in other windows, and is found where its code is now. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { answered, explained, linesIn, placed, type Window, windowOn } from '../../../test/harness/explained.ts';
import type { TextChange } from '../text/spans.ts';

const base = mkdtempSync(path.join(tmpdir(), 'gloss-explanations-'));
const windows: Window[] = [];
afterAll(async () => {
  for (const { store } of windows) await store.close();
  rmSync(base, { recursive: true, force: true });
});

let folders = 0;
const fresh = () => path.join(base, String(folders++));
function windowIn(folder: string): Window {
  const window = windowOn(folder);
  windows.push(window);
  return window;
}

const uri = 'file:///w/cart.ts';
const text = `import { tax } from './tax';

export function total(items) {
  const sum = items.reduce((all, one) => all + one.price, 0);
  return sum + tax(sum);
}

export function count(items) {
  return items.length;
}
`;
const total = explained('total', { uri, text, first: 2, last: 5 });

/** Where the explanation is after some changes of the open document, one event each. */
async function after(...changes: readonly ((now: string) => TextChange)[]): Promise<string> {
  const { store, documents, open } = windowIn(fresh());
  await open(uri, text);
  await store.put(total);
  for (const change of changes) documents.change(uri, change(documents.text(uri)));
  return placed(store.summary('total'));
}

const instead = (old: string, now: string) => (all: string) => {
  const start = all.indexOf(old);
  return { start, end: start + old.length, text: now };
};
const insert = (line: number, what: string) => (all: string) => {
  const { start } = linesIn(all, line, line);
  return { start, end: start, text: what };
};
const remove = (first: number, last: number) => (all: string) => ({ ...linesIn(all, first, last), text: '' });

test.each([
  ['where it was', [], '2-5'],
  ['below a line that came', [insert(0, '// new\n')], '3-6'],
  ['changed', [instead('sum +', 'sum -')], '2-5!'],
  ['as it was, after an undo', [instead('sum +', 'sum -'), instead('sum -', 'sum +')], '2-5'],
  ['not changed by white space at a line end', [instead('tax(sum);', 'tax(sum);  ')], '2-5'],
  [
    'not changed by other line ends',
    [(all) => ({ start: 0, end: all.length, text: all.replaceAll('\n', '\r\n') })],
    '2-5',
  ],
  ['grown', [insert(4, '  log(sum);\n')], '2-6!'],
  ['gone', [remove(2, 6)], 'gone'],
  ['back after an undo', [remove(2, 6), insert(2, `${text.split('\n').slice(2, 7).join('\n')}\n`)], '2-5'],
  ['put elsewhere', [remove(2, 6), insert(5, `\n${text.split('\n').slice(2, 6).join('\n')}\n`)], '6-9'],
] satisfies [string, ((now: string) => TextChange)[], string][])('%s', async (_name, changes, expected) => {
  expect(await after(...changes)).toBe(expected);
});

test('what was typed while the answer came is followed', async () => {
  const { store, documents, open } = windowIn(fresh());
  await open(uri, text);
  documents.change(uri, insert(0, '// one\n')(text));
  documents.change(uri, insert(0, '// two\n')(documents.text(uri)));
  documents.change(uri, instead('sum +', 'sum -')(documents.text(uri)));
  await store.put({ ...total, version: 1 });
  await store.put({ ...explained('count', { uri, text, first: 7, last: 9 }), version: 1 });
  expect(store.of(uri).map(placed)).toEqual(['4-7!', '9-11']);
});

test('it comes back tomorrow, where its code is then', async () => {
  const folder = fresh();
  const today = windowIn(folder);
  await today.open(uri, text);
  await today.store.put(total);
  await today.store.put(explained('count', { uri, text, first: 7, last: 9 }));
  await today.store.close();
  const tomorrow = windowIn(folder);
  await tomorrow.open(uri, `// new\n${text.replace('items.length', 'items.size')}`);
  expect(tomorrow.store.of(uri).map(placed)).toEqual(['3-6', '8-10!']);
  expect(await tomorrow.store.get('total')).toEqual(total);
  expect((await tomorrow.store.answerTo(uri, total.key))?.id).toBe('total');
  expect(await tomorrow.store.answerTo(uri, 'another')).toBeUndefined();
});

test('of two that read the same it is the one with the right neighbours; where that cannot be told it is gone', async () => {
  const [one, two] = ['first', 'second'].map((name) => {
    const lines = `${name}(1);\n${name}(2);\n${name}(3);\n`;
    return `${lines}run(task, now);\n${lines}`;
  }) as [string, string];
  const found = async (before: string, line: number, now: string) => {
    const folder = fresh();
    const today = windowIn(folder);
    await today.open(uri, before);
    await today.store.put(explained('x', { uri, text: before, first: line, last: line }));
    await today.store.close();
    const tomorrow = windowIn(folder);
    await tomorrow.open(uri, now);
    return placed(tomorrow.store.summary('x'));
  };
  expect(await found(one + two, 10, two + one)).toBe('3-3');
  expect(await found(one + two, 10, one)).toBe('gone');
  expect(await found(one + one, 10, one + one)).toBe('10-10');
  expect(await found(one + one, 10, one)).toBe('gone');
});

test('R27: a line that a formatter indents anew is not taken for one that was indented so before', async () => {
  const { store, documents, open } = windowIn(fresh());
  const before = 'open(1);\n  client: BaseOfAllClients,\nsome(1);\n    client: BaseOfAllClients,\nclose(1);\n';
  const after = 'open(1);\n    client: BaseOfAllClients,\nsome(1);\n  client: BaseOfAllClients,\nclose(1);\n';
  await open(uri, before);
  await store.put(explained('x', { uri, text: before, first: 1, last: 1 }));
  documents.change(uri, { start: 0, end: before.length, text: after });
  expect(placed(store.summary('x'))).toBe('gone');
});

test('R27: what is gone is not found at its twin because somebody types', async () => {
  const folder = fresh();
  const block = 'p(1);\nq(2);\nr(3);\n  */\ns(4);\nt(5);\nu(6);\n';
  const today = windowIn(folder);
  await today.open(uri, block + block);
  await today.store.put(explained('x', { uri, text: block + block, first: 10, last: 10 }));
  await today.store.close();
  const { store, documents, open } = windowIn(folder);
  await open(uri, `${'n\n'.repeat(6)}${block}`);
  expect(placed(store.summary('x'))).toBe('gone');
  documents.change(uri, { start: 0, end: 0, text: 'q' });
  expect(placed(store.summary('x'))).toBe('gone');
});

test('R27: after a restart it is known which characters of a joined line are the code', async () => {
  const folder = fresh();
  const before = 'keep(1);\nbind(theWorld);\nother(theOther);\nend(1);\n';
  const joined = 'keep(1);\nbind(other(theOther);\nend(1);\n';
  const today = windowIn(folder);
  await today.open(uri, before);
  await today.store.put(explained('x', { uri, text: before, first: 1, last: 1 }));
  today.documents.change(uri, instead('theWorld);\n', '')(before));
  expect(placed(today.store.summary('x'))).toBe('1-1!');
  await today.store.close();
  const { store, documents, open } = windowIn(folder);
  await open(uri, joined);
  expect(placed(store.summary('x'))).toBe('1-1!');
  documents.change(uri, instead('bind(', '')(joined));
  expect(placed(store.summary('x'))).toBe('gone');
});

test('R27: a line that once stood elsewhere too is not found there when its own place is gone', async () => {
  const { store, documents, open } = windowIn(fresh());
  const twice = 'open(1);\n  client: BaseOfAllClients,\nsome(1);\n  client: BaseOfAllClients,\nclose(1);\n';
  await open(uri, twice);
  await store.put(explained('x', { uri, text: twice, first: 1, last: 1 }));
  const other = linesIn(twice, 3, 3);
  documents.change(uri, { ...other, text: 'mangled\n' });
  expect(placed(store.summary('x'))).toBe('1-1');
  documents.change(uri, { ...other, end: other.start + 8, text: '  client: BaseOfAllClients,\n' }, remove(1, 1)(twice));
  expect(placed(store.summary('x'))).toBe('gone');
});

test('R27: what is left of it has some of it: lines that were put in between are not it, alike as they are', async () => {
  const { store, documents, open } = windowIn(fresh());
  await open(uri, text);
  await store.put(total);
  const change = (what: (now: string) => TextChange) => documents.change(uri, what(documents.text(uri)));
  change(insert(4, '  return sum + tax(summ);\n  const sum = items.reduce((all, two) => all + two.price, 0);\n'));
  change(remove(2, 3));
  expect(placed(store.summary('total'))).toBe('2-5!');
  change(remove(4, 5));
  expect(placed(store.summary('total'))).toBe('gone');
});

test('a dismissed one is not shown, answers all the same, and is there again when it is put', async () => {
  const folder = fresh();
  const { store, open } = windowIn(folder);
  await open(uri, text);
  await store.put(total);
  expect(await store.dismiss(['total', 'none'])).toBe(1);
  expect([store.of(uri), await store.list(), store.at(uri, 3), store.summary('total')]).toEqual([
    [],
    [],
    undefined,
    undefined,
  ]);
  expect(await store.dismiss(['total'])).toBe(0);
  const other = windowIn(folder);
  expect(await other.store.list()).toEqual([]);
  expect((await other.store.answerTo(uri, total.key))?.id).toBe('total');
  await other.store.put(total);
  expect((await store.list()).map(placed)).toEqual(['2-5']);
});

test('R40: two windows see what the other adds, in the list and in a document that is opened', async () => {
  const folder = fresh();
  const [one, other] = [windowIn(folder), windowIn(folder)];
  await Promise.all([one.open(uri, text), other.open(uri, text)]);
  const heard: string[] = [];
  other.store.watch((about) => heard.push(about));
  await one.store.put(total);
  await other.store.put(explained('count', { uri, text, first: 7, last: 9 }));
  expect((await other.store.list()).map(({ id }) => id).toSorted()).toEqual(['count', 'total']);
  await other.store.notesOf(uri);
  other.documents.change(uri, { start: 0, end: 0, text: '\n' });
  expect(other.store.of(uri).map(placed)).toEqual(['3-6', '8-10']);
  expect(heard).toContain(uri);
});

test('R40: what one window has dismissed stays away, whatever another that has not heard of it says of its place', async () => {
  const folder = fresh();
  const [one, other] = [windowIn(folder), windowIn(folder)];
  await one.open(uri, text);
  await one.store.put(total);
  await other.open(uri, text);
  await one.store.dismiss(['total']);
  other.documents.change(uri, insert(0, '\n')(text));
  await other.store.flush();
  expect([await one.store.list(), await other.store.list(), await windowIn(folder).store.list()]).toEqual([[], [], []]);
  await other.store.put(total);
  expect((await one.store.list()).map(({ id }) => id)).toEqual(['total']);
});

test('citations move with their lines, and are verified only while those read as quoted', async () => {
  const folder = fresh();
  const { store, documents, open } = windowIn(folder);
  await open(uri, text);
  const cite = (number: number, line: number, state: 'verified' | 'unverified', where = uri) => ({
    ...{ number, uri: where, firstLine: line, lastLine: line, state },
  });
  const citations = [
    cite(1, 3, 'verified'),
    cite(2, 0, 'verified'),
    cite(3, 4, 'unverified'),
    cite(4, 9, 'verified', 'file:///w/tax.ts'),
  ];
  await store.put({
    ...total,
    turns: [{ answer: { ...answered('total', total.range), citations } }],
    quotes: { 1: text.split('\n')[3] ?? '', 2: text.split('\n')[0] ?? '', 3: text.split('\n')[4] ?? '', 4: 'tax' },
  });
  const now = (window: Window) =>
    window.store.summary('total')?.citations.map(({ firstLine, state }) => `${firstLine} ${state}`);
  documents.change(uri, insert(0, '// new\n')(text));
  expect(now(windows.at(-1) as Window)).toEqual(['4 verified', '1 verified', '4 unverified', '9 verified']);
  documents.change(uri, instead('one.price', 'one.cost')(documents.text(uri)));
  expect(now(windows.at(-1) as Window)).toEqual(['4 changed', '1 verified', '4 unverified', '9 verified']);
  await store.close();
  const tomorrow = windowIn(folder);
  await tomorrow.open(uri, `\n\n${text}`);
  expect(now(tomorrow)).toEqual(['5 verified', '2 verified', '4 unverified', '9 verified']);
  await tomorrow.open('file:///w/tax.ts', 'something else\n');
  expect(now(tomorrow)?.[3]).toMatch(/ changed$/);
});

test('a note is beside its line as long as that reads as it was noted', async () => {
  const folder = fresh();
  const { store, documents, open } = windowIn(folder);
  await open(uri, text);
  const notes = [
    { line: 1, quote: (text.split('\n')[3] ?? '').trim(), text: 'adds up' },
    { line: 2, quote: (text.split('\n')[4] ?? '').trim(), text: 'and the tax' },
  ];
  await store.put({ ...total, kind: 'notes', turns: [], notes });
  documents.change(uri, insert(0, '// new\n')(text));
  documents.change(uri, instead('return sum', 'return  sum')(documents.text(uri)));
  expect(await store.notesOf(uri)).toEqual([{ id: 'total', line: 4, text: 'adds up' }]);
  await store.close();
  const tomorrow = windowIn(folder);
  await tomorrow.open(uri, documents.text(uri));
  expect(await tomorrow.store.notesOf(uri)).toEqual([{ id: 'total', line: 4, text: 'adds up' }]);
  documents.close(uri);
});

test('R33: files and folders that get another name take their explanations along', async () => {
  const folder = fresh();
  const { store, open } = windowIn(folder);
  await open(uri, text);
  await store.put(total);
  const elsewhere = explained('other', { uri: 'file:///w2/cart.ts', text, first: 2, last: 5 });
  await store.put(elsewhere);
  await store.renamed('file:///w', 'file:///v');
  expect((await store.list()).map((each) => each.uri).toSorted()).toEqual(['file:///v/cart.ts', 'file:///w2/cart.ts']);
  const tomorrow = windowIn(folder);
  await tomorrow.open('file:///v/cart.ts', `\n${text}`);
  expect(tomorrow.store.of('file:///v/cart.ts').map(placed)).toEqual(['3-6']);
  expect((await tomorrow.store.get('total'))?.uri).toBe('file:///v/cart.ts');
});

test('R33: a name that one window gave is not taken back by another that still has the document open', async () => {
  const folder = fresh();
  const [one, other] = [windowIn(folder), windowIn(folder)];
  await one.open(uri, text);
  await one.store.put(total);
  await other.open(uri, text);
  await one.store.renamed('file:///w', 'file:///v');
  other.documents.change(uri, insert(0, '\n')(text));
  await other.store.flush();
  other.documents.change(uri, insert(0, '\n')(other.documents.text(uri)));
  other.documents.close(uri);
  await other.store.close();
  for (const { store } of [one, other, windowIn(folder)])
    expect((await store.list()).map((each) => each.uri)).toEqual(['file:///v/cart.ts']);
});

test('R33: what was in a deleted file or folder is gone, and is back when the file is', async () => {
  const folder = fresh();
  const { store, documents, open } = windowIn(folder);
  await open(uri, text);
  await store.put(total);
  const elsewhere = explained('other', { uri: 'file:///w2/cart.ts', text, first: 2, last: 5 });
  await store.put(elsewhere);
  const heard: string[] = [];
  store.watch((about) => heard.push(about));
  documents.change(uri, insert(0, '\n')(text));
  await store.deleted('file:///w');
  documents.close(uri);
  await store.flush();
  const listed = async (window: Window) => (await window.store.list()).map(placed).toSorted();
  expect([heard[0], await listed(windows.at(-1) as Window)]).toEqual([uri, ['2-5', 'gone']]);
  const tomorrow = windowIn(folder);
  expect(await listed(tomorrow)).toEqual(['2-5', 'gone']);
  await tomorrow.open(uri, `\n${text}`);
  expect(await listed(tomorrow)).toEqual(['2-5', '3-6']);
});

test('listeners are told at once of what is put and dismissed', async () => {
  const { store, open } = windowIn(fresh());
  await open(uri, text);
  const heard: string[] = [];
  store.watch((about) => heard.push(`${about} ${store.of(about).length}`));
  const writing = store.put(total);
  expect(heard).toEqual([`${uri} 1`]);
  await writing;
  const going = store.dismiss(['total']);
  expect(heard).toEqual([`${uri} 1`, `${uri} 0`]);
  await going;
});
