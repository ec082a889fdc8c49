/** What grows, as it is shown after each piece; lines are single letters and `/` ends one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuTime } from '../../../test/harness/cpuTime.ts';
import { random, scaled, seed } from '../../../test/harness/scale.ts';
import { createGrowth, type GrowthStep } from './growing.ts';
import { wholeLinesOf } from './wholeLines.ts';

function grown(before: string, pieces: readonly string[], lineEnd = '\n'): readonly string[] {
  const growth = createGrowth(before.replaceAll('/', '\n'), lineEnd);
  const shown = pieces.map((piece) => {
    growth.push(piece.replaceAll('/', '\n'));
    return growth.shown;
  });
  growth.end();
  return [...shown, growth.shown].map((text) => text.replaceAll('\n', '/'));
}

test.each([
  ['new lines stand above the old ones', 'a/b/', ['x/', 'y/'], ['x/a/b/', 'x/y/a/b/', 'x/y/']],
  ['a line is shown when it is complete', 'a/', ['x', 'y', '/z'], ['a/', 'a/', 'xy/a/', 'xy/z']],
  ['a line that stays passes those above it', 'a/b/c/', ['x/', 'b/', 'c/'], ['x/a/b/c/', 'x/b/c/', 'x/b/c/', 'x/b/c/']],
  ['lines that are left out go', 'a/b/c/', ['a/c/'], ['a/c/', 'a/c/']],
  ['nothing comes', 'a/b/', [], ['']],
  ['a bracket does not reach far', 'a/b/c/}/', ['x/', '}/'], ['x/a/b/c/}/', 'x/}/a/b/c/}/', 'x/}/']],
  ['nor for many new lines', 'a/b/c/d/}/', ['1/2/3/4/}/'], ['1/2/3/4/}/a/b/c/d/}/', '1/2/3/4/}/']],
  ['a bracket reaches past what was replaced', 'a/}/', ['x/', '}/'], ['x/a/}/', 'x/}/', 'x/}/']],
  ['a frequent line does not reach far', 'a/c/d/b/e/b/', ['x/b/'], ['x/b/a/c/d/b/e/b/', 'x/b/']],
  ['the last line without an end comes at the end', 'a/b', ['a/', 'b', '/c'], ['a/b', 'a/b', 'a/b/b', 'a/b/c']],
])('%s', (_name, before, pieces, shown) => {
  expect(grown(before, pieces)).toEqual(shown);
});

test.each([
  ['\\r\\n cut in two is one line end', 'a\n', ['x\r', '\ny\r', '\n'], '\n', ['a/', 'x/a/', 'x/y/a/', 'x/y/']],
  ['a lone \\r at the end is a line end', 'a\n', ['x\r'], '\n', ['a/', 'x/']],
  ['a cut pair of surrogates comes together', '', ['\ud83d', '\ude00\n'], '\n', ['', '😀/', '😀/']],
  ['new line ends become those that are wanted', 'a\r\n', ['x\ny\r'], '\r\n', ['x\r/a\r/', 'x\r/y\r/']],
])('%s', (_name, before, pieces, lineEnd, shown) => {
  expect(grown(before, pieces, lineEnd)).toEqual(shown);
});

test('a line that stays keeps its own line end while the text grows, and gets the wanted one at the end', () => {
  expect(grown('a\r\nb\n', ['a\nx\n'])).toEqual(['a\r/x/b/', 'a/x/']);
});

test('the end can put another text in place', () => {
  const growth = createGrowth('a\nb\n', '\n');
  growth.push('a\nx\n');
  expect(growth.end('a\r\nx\n')).toEqual({ start: 0, end: 6, text: 'a\r\nx\n' });
  expect(growth.shown).toBe('a\r\nx\n');
  expect([growth.push('y\n'), growth.end()]).toEqual([undefined, undefined]);
});

test('a step replaces no line that stays at its ends', () => {
  const growth = createGrowth('a\nb\nc\nd\n', '\n');
  expect(growth.push('a\nx\nc\n')).toEqual({ start: 2, end: 4, text: 'x\n' });
  expect(growth.push('d\n')).toBeUndefined();
  expect(growth.end()).toBeUndefined();
});

const line = fc.constantFrom('a', 'b', 'c', 'dd', '}', '', '  x 😀');
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const text = fc
  .tuple(fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n', '\r')), { maxLength: 25 }), line)
  .map(([lines, last]) => lines.flat().join('') + last);

test('whatever the cuts, steps lead from what was to what comes, and no old line is lost before it is passed', () => {
  const check = fc.property(text, text, lineEnd, fc.array(fc.nat(12)), (before, after, end, cuts) => {
    const growth = createGrowth(before, end);
    let document = before;
    let came = '';
    for (const piece of piecesOf(after, cuts)) {
      came += piece;
      document = applied(document, growth.push(piece));
      expect(growth.shown).toBe(document);
      if (finished(came)) expect(lost(before, came, document)).toBe('nothing');
    }
    expect(applied(document, growth.end())).toBe(growth.shown);
    expect(growth.shown).toBe(after.replace(/\r\n|\n|\r/g, end));
  });
  fc.assert(check, { numRuns: scaled(20_000), seed: seed() });
});

test('a rewrite of 2,000 lines in thousands of pieces takes no time to speak of', () => {
  const next = random();
  const [before, after] = [1, 2].map(() =>
    Array.from({ length: 2_000 }, () => `  line ${Math.floor(next() * 3_000)};\n`).join(''),
  );
  const growth = createGrowth(before ?? '', '\n');
  const pieces = after?.match(/[\s\S]{1,6}/g) ?? [];
  const started = cpuTime();
  for (const piece of pieces) growth.push(piece);
  growth.end();
  expect(pieces.length).toBeGreaterThan(4_000);
  expect(cpuTime() - started).toBeLessThan(250);
});

test('one line of a megabyte in thousands of pieces takes no longer', () => {
  const growth = createGrowth('', '\n');
  const started = cpuTime();
  for (let count = 0; count < 10_000; count++) growth.push('x'.repeat(100));
  growth.end();
  expect(growth.shown).toHaveLength(1_000_000);
  expect(cpuTime() - started).toBeLessThan(250);
});

function applied(document: string, step: GrowthStep | undefined): string {
  return step === undefined ? document : document.slice(0, step.start) + step.text + document.slice(step.end);
}

function piecesOf(whole: string, cuts: readonly number[]): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const size of cuts) {
    pieces.push(whole.slice(at, at + size));
    at += size;
  }
  return [...pieces, whole.slice(at)];
}

/** Whether it is known what the last line is: a `\r` may still become `\r\n`. */
function finished(came: string): boolean {
  return !came.endsWith('\r');
}

/** Compares line contents: what is shown is the complete new lines and old lines from one on, which follows a line that came. */
function lost(before: string, came: string, shown: string): string {
  const contents = (whole: string): readonly string[] =>
    wholeLinesOf(whole).map((each) => each.replace(/[\r\n]+$/, ''));
  const complete = contents(came.replace(/[^\r\n]*$/, ''));
  const old = contents(before);
  const kept = contents(shown).length - complete.length;
  if (contents(shown).slice(0, complete.length).join() !== complete.join()) return 'a new line';
  if (contents(shown).slice(complete.length).join() !== old.slice(old.length - kept).join()) return 'an old line';
  return kept === old.length || complete.includes(old[old.length - kept - 1] ?? '')
    ? 'nothing'
    : 'a line that was not passed';
}
