/** Changes by lines, shown as `-` and `+` lines under each other; `@` begins a change. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuTime } from '../../../test/harness/cpuTime.ts';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import { lineChanges } from './lineDiff.ts';
import { wholeLinesOf } from './wholeLines.ts';

function shown(before: string, after: string): string {
  return lineChanges(before, after)
    .map(({ start, end, newStart, newEnd }) => {
      const removed = wholeLinesOf(before.slice(start, end)).map((line) => `-${line}`);
      return ['@', ...removed, ...wholeLinesOf(after.slice(newStart, newEnd)).map((line) => `+${line}`)].join('');
    })
    .join('');
}

/** Letters as lines: `ab` are the lines "a" and "b". */
function letters(before: string, after: string): string {
  const lines = (text: string): string => [...text].map((letter) => `${letter}\n`).join('');
  return shown(lines(before), lines(after)).replaceAll('\n', '');
}

test.each([
  ['nothing changed', 'abc', 'abc', ''],
  ['a line in the middle', 'abc', 'axc', '@-b+x'],
  ['lines that come', 'ab', 'axyb', '@+x+y'],
  ['lines that go', 'axyb', 'ab', '@-x-y'],
  ['all of it', 'ab', 'xy', '@-a-b+x+y'],
  ['nothing before', '', 'ab', '@+a+b'],
  ['nothing after', 'ab', '', '@-a-b'],
  ['changes with one real line between them stay apart', 'abc', 'xby', '@-a+x@-c+y'],
  ['a single bracket between changes joins them', 'a}c', 'x}y', '@-a-}-c+x+}+y'],
  ['two brackets keep them apart', 'a}}c', 'x}}y', '@-a+x@-c+y'],
  ['the fewest lines, not the first that fit', 'abcdef', 'xfabcde', '@+x+f@-f'],
])('%s', (_name, before, after, changes) => {
  expect(letters(before, after)).toBe(changes);
});

test.each([
  ['blank lines between changes join them', 'a\n\n\n}\nc', 'x\n\n\n}\ny', '@-a\n-\n-\n-}\n-c+x\n+\n+\n+}\n+y'],
  ['four of them do not', 'a\n\n\n\n\nc', 'x\n\n\n\n\ny', '@-a\n+x\n@-c+y'],
  ['a final line end that goes is a change of the last line', 'a\nb\n', 'a\nb', '@-b\n+b'],
  ['other line ends are other lines', 'a\r\nb\r\n', 'a\nb\r\n', '@-a\r\n+a\n'],
  ['a lone \\r ends a line', 'a\rb\rc', 'a\rx\rc', '@-b\r+x\r'],
  ['a \\r that becomes \\r\\n is changed with its line', 'a\rb', 'a\r\nb', '@-a\r+a\r\n'],
  ['U+2028 ends no line', 'a\u2028b\nc', 'a\u2028x\nc', '@-a\u2028b\n+a\u2028x\n'],
])('%s', (_name, before, after, changes) => {
  expect(shown(before, after)).toBe(changes);
});

test.each([
  ['above another', 'f {\n  a\n}\n', 'g {\n  a\n}\n\nf {\n  a\n}\n', '@+g {\n+  a\n+}\n+\n'],
  ['between two', 'f {\n}\n\nh {\n}\n', 'f {\n}\n\ng {\n}\n\nh {\n}\n', '@+g {\n+}\n+\n'],
  ['with what stands above it', '@x\nf\n  a\n', '@x\ng\n  b\n\n@x\nf\n  a\n', '@+@x\n+g\n+  b\n+\n'],
  ['inside another', '  f {\n  }\n\n  h {\n  }\n', '  f {\n  }\n\n  g {\n  }\n\n  h {\n  }\n', '@+  g {\n+  }\n+\n'],
  ['without blank lines', 'x\n/**\n * a\nf\n', 'x\n/**\n * b\ng\n/**\n * a\nf\n', '@+/**\n+ * b\n+g\n'],
  ['at the end', 'f {\n}\n', 'f {\n}\n\ng {\n}\n', '@+\n+g {\n+}\n'],
  ['that goes', 'f {\n}\n\ng {\n}\n\nh {\n}\n', 'f {\n}\n\nh {\n}\n', '@-g {\n-}\n-\n'],
])('a block %s begins where it begins', (_name, before, after, changes) => {
  expect(shown(before, after)).toBe(changes);
});

test('of lines that are all alike the last ones are new', () => {
  expect(lineChanges('x\na\na\n', 'x\na\na\na\n')).toEqual([{ start: 6, end: 6, newStart: 6, newEnd: 8 }]);
});

const piece = fc.constantFrom('a', 'b', '}', '', ' ', '\n', '\r\n', '\r', '\n\n', '\u2028', 'é😀');
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
const settings = { numRuns: scaled(20_000), seed: seed() };

test('changes turn one text into the other, in order, by whole lines, never inside \\r\\n', () => {
  const check = fc.property(text, text, (before, after) => {
    const changes = lineChanges(before, after);
    expect(applied(before, after, changes)).toBe(after);
    for (const [index, { start, end, newStart, newEnd }] of changes.entries()) {
      const last = changes[index - 1];
      expect(start).toBeGreaterThanOrEqual(last?.end ?? 0);
      expect(newStart).toBeGreaterThanOrEqual(last?.newEnd ?? 0);
      expect([start, end].every((at) => isBetweenLines(before, at))).toBe(true);
      expect([newStart, newEnd].every((at) => isBetweenLines(after, at))).toBe(true);
    }
  });
  fc.assert(check, settings);
});

test('no fewer lines could be changed', () => {
  const lines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n'), { maxLength: 12 });
  const check = fc.property(lines, lines, (before, after) => {
    const changes = lineChanges(before.join(''), after.join(''));
    const changed = changes.reduce(
      (sum, { start, end, newStart, newEnd }) => sum + (end - start + newEnd - newStart) / 2,
      0,
    );
    expect(changed).toBe(before.length + after.length - 2 * longestCommon(before, after));
  });
  fc.assert(check, settings);
});

test.each([
  ['wholly different lines', (index: number) => `old ${index}\n`, (index: number) => `new ${index}\n`],
  [
    'the same lines in another order',
    (index: number) => `${index}\n`,
    (index: number) => `${(index * 1_237) % 5_000}\n`,
  ],
  ['few kinds of lines at random', () => `${kind()}\n`, () => `${kind()}\n`],
])('5,000 lines take well under a second: %s', (_name, old, other) => {
  const [before, after] = [old, other].map((line) => Array.from({ length: 5_000 }, (_, index) => line(index)).join(''));
  const started = cpuTime();
  const changes = lineChanges(before ?? '', after ?? '');
  expect(cpuTime() - started).toBeLessThan(800);
  expect(applied(before ?? '', after ?? '', changes)).toBe(after);
});

const next = random();
function kind(): number {
  return Math.floor(next() * 20);
}

function applied(before: string, after: string, changes: ReturnType<typeof lineChanges>): string {
  return changes.reduceRight(
    (now, { start, end, newStart, newEnd }) => now.slice(0, start) + after.slice(newStart, newEnd) + now.slice(end),
    before,
  );
}

function isBetweenLines(whole: string, at: number): boolean {
  if (at === 0 || at === whole.length) return true;
  return /[\r\n]/.test(whole.charAt(at - 1)) && whole.slice(at - 1, at + 1) !== '\r\n';
}

function longestCommon(before: readonly string[], after: readonly string[]): number {
  let row = after.map(() => 0);
  for (const line of before) {
    const above = row;
    row = [];
    for (const [at, other] of after.entries()) {
      const same = line === other ? (above[at - 1] ?? 0) + 1 : 0;
      row.push(Math.max(same, above[at] ?? 0, row[at - 1] ?? 0));
    }
  }
  return row.at(-1) ?? 0;
}
