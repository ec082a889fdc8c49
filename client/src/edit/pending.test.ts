/** Where the hunks are that wait. A hunk is written `id first-last` in whole lines, a change `line +n` or `line -n`. */
import { expect, test } from 'vitest';
import type { Change } from '#shared/anchor.ts';
import type { Hunk } from '#shared/edits.ts';
import { createPending, type Grown } from './pending.ts';

function hunk(text: string, more: Partial<Hunk> = {}): Hunk {
  const [, id = '', first = '', last = ''] = /^(\w+) (\d+)-(\d+)$/.exec(text) ?? [];
  const range = { start: { line: Number(first), character: 0 }, end: { line: Number(last) + 1, character: 0 } };
  const fixed = {
    group: 'g',
    uri: 'a',
    version: 1,
    before: '',
    after: 'x\n',
    state: 'proposed',
    growing: false,
  } as const;
  return { id, range, ...fixed, place: 'buffer', title: 'Simplify', warnings: [], ...more };
}

function change(text: string): Change {
  const [, line = '', count = ''] = /^(\d+) ([+-]\d+)$/.exec(text) ?? [];
  const start = { line: Number(line), character: 0 };
  const number = Number(count);
  if (number > 0) return { range: { start, end: start }, text: 'new\n'.repeat(number) };
  return { range: { start, end: { line: start.line - number, character: 0 } }, text: '' };
}

function told(hunks: readonly Hunk[]): readonly string[] {
  return hunks.map(({ id, range }) => `${id} ${range.start.line}-${range.end.line - 1}`);
}

function pendingWith(...hunks: readonly Hunk[]) {
  const events: string[] = [];
  const pending = createPending((uri, what) => events.push(`${uri} ${what}`));
  pending.heard('a', hunks, () => []);
  return { pending, events };
}

test.each([
  ['above', '0 +2', ['h 5-7']],
  ['deleted above', '0 -2', ['h 1-3']],
  ['below', '6 +2', ['h 3-5']],
  ['at its start', '3 +1', ['h 4-6']],
  ['inside', '4 +1', ['h 3-6']],
  ['cut inside', '4 -1', ['h 3-4']],
])('lines %s', (_name, text, expected) => {
  const { pending } = pendingWith(hunk('h 3-5'));
  pending.edited('a', 2, [change(text)]);
  expect(told(pending.of('a'))).toEqual(expected);
});

test('a list of an older version is moved over what happened since', () => {
  const { pending } = pendingWith();
  const since = (version: number) => (version === 1 ? [change('0 +2')] : undefined);
  pending.heard('a', [hunk('h 3-5'), hunk('other 8-8', { version: 9 })], since);
  expect(told(pending.of('a'))).toEqual(['h 5-7', 'other 8-8']);
});

test('hunks are in the order of the document, documents in that of their addresses', () => {
  const { pending } = pendingWith(hunk('late 9-9'), hunk('early 1-1'));
  pending.heard('0', [hunk('x 1-1')], () => []);
  expect(pending.documents().map(({ uri, hunks }) => [uri, ...told(hunks)])).toEqual([
    ['0', 'x 1-1'],
    ['a', 'early 1-1', 'late 9-9'],
  ]);
  expect([pending.find('late')?.id, pending.find('none')]).toEqual(['late', undefined]);
});

const step: Grown = { uri: 'a', version: 2, group: 'g', title: 'Simplify', pieces: [], growing: true };
const piece = (text: string) => ({ hunk: hunk(text).id, range: hunk(text).range });

test('new text is shown before the server tells of it, and grows', () => {
  const { pending, events } = pendingWith();
  pending.grown({ ...step, pieces: [piece('h 3-3')] });
  pending.grown({ ...step, pieces: [piece('h 4-5')] });
  expect([told(pending.of('a')), events]).toEqual([['h 3-5'], ['a hunks', 'a places']]);
  pending.heard('a', [hunk('h 3-5', { before: 'old\n' })], () => []);
  expect(pending.find('h')?.before).toBe('old\n');
});

test('what takes the text of a finished hunk away does not make it larger', () => {
  const { pending, events } = pendingWith(hunk('h 3-5'));
  pending.grown({ ...step, growing: false, pieces: [piece('h 3-9')] });
  pending.grown({ ...step, growing: false, pieces: [piece('gone 7-9')] });
  expect([told(pending.of('a')), events]).toEqual([['h 3-5'], ['a hunks']]);
});

test('text typed at a hunk that has none of its own comes after it', () => {
  const point = { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } };
  const { pending } = pendingWith(hunk('h 3-3', { range: point }));
  pending.edited('a', 2, [change('3 +1')]);
  expect(pending.find('h')?.range).toEqual(point);
  pending.edited('a', 3, [change('0 +1')]);
  expect(pending.find('h')?.range.start.line).toBe(4);
});

test('where the model writes is known while it does, and moves with what is typed', () => {
  const { pending } = pendingWith(hunk('h 3-9', { growing: true }));
  expect(pending.tip('h')).toBeUndefined();
  pending.grown({ ...step, pieces: [piece('h 3-4')] });
  expect(pending.tip('h')?.line).toBe(5);
  pending.edited('a', 3, [change('0 +2')]);
  expect([told(pending.of('a')), pending.tip('h')?.line]).toEqual([['h 5-11'], 7]);
  pending.heard('a', [hunk('h 5-11', { growing: true })], () => []);
  expect(pending.tip('h')?.line).toBe(7);
  pending.heard('a', [hunk('h 5-11')], () => []);
  expect(pending.tip('h')).toBeUndefined();
});

test('an empty list, and a document or a server that is gone, leave nothing', () => {
  for (const end of [
    (pending: ReturnType<typeof createPending>) => pending.heard('a', [], () => []),
    (pending: ReturnType<typeof createPending>) => pending.drop(() => true),
  ]) {
    const { pending, events } = pendingWith(hunk('h 3-5'));
    end(pending);
    expect([pending.documents(), events]).toEqual([[], ['a hunks', 'a hunks']]);
  }
});

test('what is settled goes, the rest stays', () => {
  const { pending, events } = pendingWith(hunk('h 3-5'), hunk('other 8-8'));
  pending.drop(({ id }) => id === 'h');
  pending.drop(({ id }) => id === 'h');
  expect([told(pending.of('a')), events]).toEqual([['other 8-8'], ['a hunks', 'a hunks']]);
});

test('an empty list for a document without hunks is no news', () => {
  const { pending, events } = pendingWith();
  pending.heard('a', [], () => []);
  pending.drop(() => true);
  pending.edited('a', 2, [change('0 +1')]);
  expect(events).toEqual([]);
});
