/** Where a name stands in a line: models name the line and the name, and count columns badly. Pure. */
import type { Position } from '#shared/place.ts';
import { isWordCode } from './around.ts';

/**
 * The first place where the name stands as a whole word in a line, counted from 1; where there is none, a sentence
 * without its full stop that tells which lines have it.
 */
export function namePlace(lines: readonly string[], name: string, line: number): Position | string {
  const character = wordAt(lines[line - 1] ?? '', name);
  if (character !== undefined) return { line: line - 1, character };
  const others = lines.flatMap((one, index) => (wordAt(one, name) === undefined ? [] : [index + 1]));
  if (others.length === 0) return `The name is nowhere`;
  const nearest = others.toSorted((one, other) => Math.abs(one - line) - Math.abs(other - line)).slice(0, mostLines);
  const more = others.length > mostLines ? ` and ${others.length - mostLines} more` : '';
  return `The name is not in line ${line}, but in ${nearest.sort((one, other) => one - other).join(', ')}${more}`;
}

const mostLines = 10;

/** Where the word begins that is no part of a longer one. */
function wordAt(line: string, word: string): number | undefined {
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
    const end = at + word.length;
    const isWhole = !isWordCode(line.charCodeAt(at - 1) || 32) && !isWordCode(line.charCodeAt(end) || 32);
    if (isWhole) return at;
  }
  return undefined;
}
