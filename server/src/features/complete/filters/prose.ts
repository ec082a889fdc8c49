/** Tells sentences for people from code, and takes them off. Pure. */
import type { Filter } from './filter.ts';

/** A sentence or an item of a list: mostly words, and the end of one. Comments are code. */
export function isProse(line: string): boolean {
  const text = line
    .trim()
    .replace(/^(?:[-*•]|\d{1,2}[.)]|#{1,4}) +/, '')
    .replace(/\*\*|`[^`]*`/g, 'x');
  if (!/^["“'(]?[A-Z]/.test(text) || !/[.:!?…)]$/.test(text)) return false;
  const words = text.split(/\s+/);
  const plain = words.filter((word) => /^["“'(]?[A-Za-z][a-z'’-]*["”')]?[.,:;!?]*$/.test(word));
  return words.length >= 2 && plain.length / words.length >= 0.75 && !/[;={}<>]|\w\(/.test(text);
}

/** Sentences before the code, and in a paragraph of their own behind it. */
export const chatter: Filter = {
  name: 'words instead of code',
  apply(text) {
    const lines = text.split('\n');
    const spoken = lines.filter((line) => line.trim() !== '');
    if (spoken.every(isProse)) return undefined;
    let first = 0;
    while (first < lines.length && (lines[first]?.trim() === '' || isProse(lines[first] ?? ''))) first += 1;
    // Without a blank line behind it, a single line may belong to the code, such as a sentence in a string.
    if (first > 0 && lines[first - 1]?.trim() !== '' && !lines[first - 1]?.trimEnd().endsWith(':')) first = 0;
    if (lines.slice(0, first).every((line) => line.trim() === '')) first = 0;
    const last = lines.findLastIndex((line) => line.trim() === '' || !isProse(line));
    const hasTail = last < lines.length - 1 && lines[last]?.trim() === '';
    return lines.slice(first, hasTail ? last : undefined).join('\n');
  },
};
