/** Calls of the editor's tool: each old text once, as few lines as that takes, and the same result one after the other. */
import { expect, test } from 'vitest';
import { random, scaled } from '../../../../test/harness/scale.ts';
import { done } from './asking.ts';
import { callsFor, standsOnce } from './calls.ts';
import { applied, type Change, tidied } from './changes.ts';
import { createTracked } from './tracked.ts';

function callsOf(text: string, changes: readonly Change[], most?: number) {
  return callsFor({ path: 'a.ts', lines: text.split(' '), firstLine: 10 }, changes, most);
}

const change = (from: number, to: number, ...lines: readonly string[]): Change => ({ from, to, lines });
const replaced = (before: string, after: string) => ({
  command: 'str_replace',
  path: 'a.ts',
  old_str: before.replaceAll(' ', '\n'),
  new_str: after.replaceAll(' ', '\n'),
});

test.each<[name: string, text: string, changes: readonly Change[], calls: readonly object[]]>([
  ['one line', 'a b c', [change(1, 2, 'x')], [replaced('b', 'x')]],
  ['only what differs', 'a b c', [change(0, 3, 'a', 'x', 'c')], [replaced('b', 'x')]],
  ['lines around what stands twice', 'a b c b d', [change(3, 4, 'x')], [replaced('c b', 'c x')]],
  ['a line that is a part of another', 'abc b', [change(1, 2, 'x')], [replaced('abc b', 'abc x')]],
  ['lines that go take a neighbour with them', 'a b c', [change(1, 2)], [replaced('a b', 'a')]],
  ['the first line goes', 'a b c', [change(0, 1)], [replaced('a b', 'b')]],
  ['separate places', 'a b c d', [change(3, 4, 'x'), change(0, 1, 'y')], [replaced('a', 'y'), replaced('d', 'x')]],
  ['places that touch', 'a b c', [change(0, 1, 'x'), change(1, 2, 'y')], [replaced('a b', 'x y')]],
  ['places whose neighbours meet', 'b b c b b', [change(1, 2, 'x'), change(3, 4, 'y')], [replaced('b c b', 'x c y')]],
  [
    'what an earlier call would repeat',
    'a b c d e',
    [change(0, 1, 'd'), change(3, 4, 'x')],
    [replaced('a b c d', 'd b c x')],
  ],
  ['of two that overlap the first', 'a b c', [change(0, 2, 'x'), change(1, 3, 'y')], [replaced('a b', 'x')]],
  ['nothing', 'a b c', [change(1, 2, 'b')], []],
  [
    'one insertion',
    'a b',
    [change(1, 1, 'x', 'y')],
    [{ command: 'insert', path: 'a.ts', insert_line: 11, insert_text: 'x\ny\n' }],
  ],
  ['insertions with others', 'a b', [change(1, 1, 'x'), change(0, 0, 'y')], [replaced('a', 'y a x')]],
])('%s', (_name, text, changes, calls) => {
  expect(callsOf(text, changes)).toEqual(calls);
});

test('fields come in the order in which the editor needs them', () => {
  const [call] = callsOf('a b', [change(0, 1, 'x')]);
  expect(JSON.stringify(call)).toBe('{"command":"str_replace","path":"a.ts","old_str":"a","new_str":"x"}');
});

test('at most so many: the nearest ones are taken together', () => {
  const text = Array.from({ length: 500 }, (_, index) => `l${index}l`).join(' ');
  const changes = Array.from({ length: 50 }, (_, index) => change(index * 10, index * 10 + 1, 'x'));
  expect(callsOf(text, changes).length).toBeLessThanOrEqual(20);
  expect(callsOf(text, [...changes.slice(0, 20), change(195, 196, 'x')])).toHaveLength(20);
  expect(callsOf(text, changes, 1)).toHaveLength(1);
});

test('whatever is changed, each text stands there once and the result is the same', { timeout: 120_000 }, () => {
  const next = random();
  const pick = (most: number) => Math.floor(next() * most);
  for (let round = 0; round < scaled(20_000); round++) {
    const lines = Array.from({ length: 1 + pick(14) }, () => ['a', 'b', 'ab', '', '  a', 'c'][pick(6)] ?? '');
    const changes = Array.from({ length: 1 + pick(4) }, () => {
      const from = pick(lines.length + 1);
      return change(
        from,
        Math.min(lines.length, from + pick(3)),
        ...Array.from({ length: pick(3) }, () => ['a', 'x', ''][pick(3)] ?? ''),
      );
    });
    const tidy = tidied(lines, changes);
    const wanted = applied(lines, tidy).join('\n');
    const calls = callsFor({ path: 'a', lines, firstLine: 0 }, changes);
    const label = JSON.stringify([lines, changes]);
    // A file of one blank line has no text that could be replaced.
    if (lines.join('') !== '' && wanted !== '') expect(done(lines, calls), label).toBe(wanted);
    const tracked = createTracked(lines);
    for (const one of tidy.toReversed()) tracked.apply([one]);
    expect(applied(lines, tracked.changes()), label).toEqual(applied(lines, tidy));
  }
});

test.each([
  ['abab', 'ab', false],
  ['aab', 'ab', true],
  ['aaa', 'aa', false],
  ['a', '', false],
  ['a', 'b', false],
])('in %j the piece %j stands once: %s', (text, piece, once) => {
  expect(standsOnce(text, piece)).toBe(once);
});

test('long pieces are counted as short ones are', () => {
  const long = 'ab'.repeat(150);
  expect(
    [long, `${long}a`, `b${long}`, `${long}c${long}`, `x${long.slice(1)}`].map((text) => standsOnce(text, long)),
  ).toEqual([true, true, true, false, false]);
  expect(standsOnce(`${long}ab`, long)).toBe(false);
});

test('files full of the same take time in proportion', () => {
  const lines = Array.from({ length: scaled(100_000) }, (_, index) => (index % 2 === 0 ? '}' : '  x();'));
  const changes = Array.from({ length: 30 }, (_, index) =>
    change(Math.floor((index * lines.length) / 31), Math.floor((index * lines.length) / 31) + 1, 'y'),
  );
  const calls = callsFor({ path: 'a', lines, firstLine: 0 }, changes);
  expect(done(lines, calls)).toBe(applied(lines, changes).join('\n'));
});
