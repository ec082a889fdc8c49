/** Where a person goes on after a suggestion: behind it, or, where that ends a line, at the start of the next one. Pure. */
import { indentOf, lineAfter, lineBefore, widthOf } from './hole.ts';
import type { Window } from './window.ts';

export function nextOf(window: Window): Window {
  const { before, after, line } = window;
  const written = lineBefore(before);
  if (lineAfter(after).trim() !== '' || !/[;{}:([]$/.test(written)) return window;
  const indent = indentOf(written) + (/[{:([]$/.test(written) ? stepOf(before) : '');
  return { ...window, line: line + 1, before: `${before}\n${indent}` };
}

/** One level of indentation, as the lines above have it. */
function stepOf(before: string): string {
  const indents = before
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(indentOf)
    .filter((indent) => indent !== '');
  if (indents.some((indent) => indent.includes('\t'))) return '\t';
  const least = Math.min(...indents.map(widthOf));
  return ' '.repeat(least === 2 || least === 3 ? least : 4);
}
