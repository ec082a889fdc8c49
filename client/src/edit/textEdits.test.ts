/** Edits of texts, with marks for their places: `<old|new>`. */
import { expect, test } from 'vitest';
import type { Change } from '#shared/anchor.ts';
import type { Position } from '#shared/place.ts';
import { random, scaled } from '../../../test/harness/scale.ts';
import { areSameChanges, inverseOf, isNothing, offsetsIn, placesAfter, textAfter, withLineEnds } from './textEdits.ts';

/** The text before, and the edits that a story marks in it. */
function told(story: string): { readonly text: string; readonly edits: readonly Change[] } {
  const edits: Change[] = [];
  let text = '';
  for (const [, plain = '', old, inserted = ''] of story.matchAll(/([^<]*)(?:<([^|]*)\|([^>]*)>)?/g)) {
    text += plain;
    if (old === undefined) continue;
    const start = positionAt(text, text.length);
    text += old;
    edits.push({ range: { start, end: positionAt(text, text.length) }, text: inserted });
  }
  return { text, edits };
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

const stories = [
  ['one word', 'a <b|new> c', 'a new c'],
  ['two on a line', '<a|one> and <b|two>', 'one and two'],
  ['lines for a word', 'a <b|1\n2> <c|3> d', 'a 1\n2 3 d'],
  ['a word for lines', 'a <b\nc|1> <d|2>\ne', 'a 1 2\ne'],
  ['two that touch', '<a|1><b|2>', '12'],
  ['insertions at one place', 'a<|1><|2>b', 'a12b'],
  ['at the start and the end', '<|x>a\nb<|\ny>', 'xa\nb\ny'],
  ['deletions', 'a<b\n|>c<d|>', 'ac'],
  ['nothing', 'abc', 'abc'],
] as const;

test.each(stories)('%s: the text after, and the way back', (_name, story, after) => {
  const { text, edits } = told(story);
  expect(textAfter(text, edits, '\n')).toBe(after);
  expect(textAfter(after, inverseOf(text, edits), '\n')).toBe(text);
});

test('the places after are where the new texts are', () => {
  const { text, edits } = told('a <b|1\n2> <c|3> <d\ne|4> f\n<g|\n>');
  const after = textAfter(text, edits, '\n');
  const offsets = offsetsIn(after);
  const found = placesAfter(edits).map(({ start, end }) => after.slice(offsets(start), offsets(end)));
  expect(found).toEqual(['1\n2', '3', '4', '\n']);
});

test('any edits of any text lead back to it, with both kinds of line ends', () => {
  const next = random();
  const below = (limit: number): number => Math.floor(next() * limit);
  const anyText = (length: number): string => Array.from({ length }, () => 'ab \n'[below(4)]).join('');
  for (let round = 0; round < scaled(3000); round++) {
    const text = anyText(below(40));
    const cuts = Array.from({ length: 2 * below(4) }, () => below(text.length + 1)).sort((one, two) => one - two);
    const edits = cuts.flatMap((from, index) =>
      index % 2 === 1
        ? []
        : [
            {
              range: { start: positionAt(text, from), end: positionAt(text, cuts[index + 1] ?? from) },
              text: anyText(below(6)),
            },
          ],
    );
    for (const endOfLine of ['\n', '\r\n'] as const) {
      const before = withLineEnds(text, endOfLine);
      const after = textAfter(before, edits, endOfLine);
      expect(textAfter(after, inverseOf(before, edits), endOfLine), `round ${round}`).toBe(before);
    }
  }
});

test('what an editor reports is recognised: in its own order, with the line ends of the document', () => {
  const { edits } = told('<a|1\n2> and <b|3>');
  const reported = edits.map(({ range, text }) => ({ range, text: withLineEnds(text, '\r\n') })).reverse();
  expect(areSameChanges(reported, edits, '\r\n')).toBe(true);
  expect(areSameChanges(reported, edits, '\n')).toBe(true);
  expect(areSameChanges(reported.slice(1), edits, '\r\n')).toBe(false);
  expect(areSameChanges(told('<a|1\n2> and <b|4>').edits, edits, '\n')).toBe(false);
  expect(areSameChanges(told('<a|1\n2> an<d b|3>').edits, edits, '\n')).toBe(false);
});

test('blanks of an empty line that the editor takes back with an edit are no change of anybody else', () => {
  const { edits } = told('a\n<b|c>\n');
  const [at, word] = [
    { line: 7, character: 0 },
    { line: 7, character: 2 },
  ];
  expect(areSameChanges([...edits, { range: { start: at, end: word }, text: '' }], edits, '\n')).toBe(true);
  expect(areSameChanges([...edits, { range: { start: at, end: word }, text: 'x' }], edits, '\n')).toBe(false);
  expect(areSameChanges([...edits, { range: { start: word, end: word }, text: '' }], edits, '\n')).toBe(false);
});

test('an edit that changes nothing is one without text and range', () => {
  expect(told('a<|>b').edits.map(isNothing)).toEqual([true]);
  expect(told('<a|>b<|c>').edits.map(isNothing)).toEqual([false, false]);
});

test('positions beyond a line or the text are cut back', () => {
  const offsets = offsetsIn('ab\r\ncd');
  expect([
    offsets({ line: 0, character: 9 }),
    offsets({ line: 1, character: 1 }),
    offsets({ line: 7, character: 0 }),
  ]).toEqual([2, 5, 6]);
});
