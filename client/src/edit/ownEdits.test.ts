/** Which changes of a document are ours. */
import { expect, test } from 'vitest';
import type { Change } from '#shared/anchor.ts';
import { createOwnEdits } from './ownEdits.ts';

function insertion(line: number, text: string): Change {
  const point = { line, character: 0 };
  return { range: { start: point, end: point }, text };
}

const never = (): string => {
  throw new Error('The text was not needed.');
};

test('the edit that was asked for is ours, with the version that came of it', () => {
  const own = createOwnEdits();
  const expected = own.expect('a', [insertion(1, 'x\n')], '\r\n');
  expect(expected.version()).toBeUndefined();
  expect(own.isOwn('a', 4, [insertion(1, 'y\r\n')], never)).toBe(false);
  expect(own.isOwn('b', 4, [insertion(1, 'x\r\n')], never)).toBe(false);
  expect(own.isOwn('a', 5, [insertion(1, 'x\r\n')], never)).toBe(true);
  expect(expected.version()).toBe(5);
});

test('it is ours once: the same typed again is the person’s', () => {
  const own = createOwnEdits();
  const expected = own.expect('a', [insertion(1, 'x')], '\n');
  expect([5, 6].map((version) => own.isOwn('a', version, [insertion(1, 'x')], never))).toEqual([true, false]);
  expect(expected.version()).toBe(5);
});

test('smaller edits that come to the same text are ours where the text is known', () => {
  const own = createOwnEdits();
  const expected = own.expect('a', [insertion(0, 'same\nnew\n')], '\n', 'same\nnew\n');
  expect(own.isOwn('a', 2, [insertion(1, 'new\n')], () => 'other\nnew\n')).toBe(false);
  expect(own.isOwn('a', 3, [insertion(1, 'new\n')], () => 'same\nnew\n')).toBe(true);
  expect(expected.version()).toBe(3);
});

test('what is not waited for any longer is not ours', () => {
  const own = createOwnEdits();
  own.expect('a', [insertion(1, 'x')], '\n').end();
  expect(own.isOwn('a', 2, [insertion(1, 'x')], never)).toBe(false);
});
