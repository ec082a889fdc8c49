/** Where the cursor `^` is after the edit `<old|new>`: given only where the editor would move it. */
import { expect, test } from 'vitest';
import type { Change } from '#shared/anchor.ts';
import type { Position } from '#shared/place.ts';
import { linesAbove, steadyCursor } from './steady.ts';
import { offsetsIn, textAfter } from './textEdits.ts';

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** The text with the cursor where it is put, or without one. */
function edited(story: string): string {
  const [, before = '', old = '', inserted = '', rest = ''] = /^([^<]*)<([^|]*)\|([^>]*)>([\s\S]*)$/.exec(story) ?? [];
  const marked = before + old + rest;
  const text = marked.replace('^', '');
  const start = before.replace('^', '').length;
  const range = { start: positionAt(text, start), end: positionAt(text, start + old.replace('^', '').length) };
  const edit: Change = { range, text: inserted };
  const after = textAfter(text, [edit], '\n');
  const cursor = steadyCursor(positionAt(text, marked.indexOf('^')), [edit]);
  if (cursor === undefined) return after;
  const at = offsetsIn(after)(cursor);
  return `${after.slice(0, at)}^${after.slice(at)}`;
}

test.each([
  ['at the end of a line that grows it stays', 'ab^<|cd>', 'ab^cd'],
  ['at the end of a line under which lines come it stays', 'ab^<|\ncd>\ne', 'ab^\ncd\ne'],
  ['at the start of a line above which lines come it goes with its line', 'a\n<|b\n>^c', 'a\nb\nc'],
  ['in a line that is replaced it keeps its column', 'a\n<bc^d\n|xyz\nuv\n>e', 'a\nxy^z\nuv\ne'],
  [
    'in the third of the lines that are replaced it stays in the third',
    '<a\nb\nc^d\n|1\n2\n345\n6\n>e',
    '1\n2\n3^45\n6\ne',
  ],
  ['in lines that become fewer it stays in the last', '<a\nb\nc^d\n|1\n>e', '1^\ne'],
  ['in lines that become shorter it stays at the end', 'x\n<abc^d\n|12\n>e', 'x\n12^\ne'],
  ['in a word that is replaced it stays in the word', 'let <va^lue|n> = 1', 'let n^ = 1'],
  ['in text that is deleted the editor is right', 'a<b^c|>d', 'ad'],
  ['elsewhere the editor is right', '^a\n<b|c>', 'a\nc'],
  ['behind a replacement the editor is right', '<b|cc>^d', 'ccd'],
])('%s', (_name, story, expected) => {
  expect(edited(story)).toBe(expected);
});

test.each([
  ['lines inserted above', 5, [2, 2, 'a\nb\n'], 2],
  ['lines inserted right above', 5, [5, 5, 'a\n'], 1],
  ['lines deleted above', 5, [1, 3, ''], -2],
  ['text on a line above', 5, [2, 2, 'a'], 0],
  ['lines inserted in view', 5, [6, 6, 'a\n'], 0],
  ['a replacement that reaches into view', 5, [4, 6, 'a\nb\nc\n'], 0],
] as const)('%s move what is in view by so many lines', (_name, first, [from, to, text], expected) => {
  const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
  expect(linesAbove(first, [{ range, text }])).toBe(expected);
});
