/** A model's or a person's text for places that show plain text on one line: lenses, hints, messages (S20, S24). */
import { marks } from '#shared/citations.ts';
import { revealInvisible } from '#shared/invisible.ts';

/** The first words of a text, at most `most` characters of it. Nothing in it is an icon, a line break or hidden. */
export function fewWords(text: string, most: number): string {
  // What is far longer than what is shown needs no reading.
  const line = revealInvisible(text.slice(0, most * 20).replace(marks, ''))
    .text.replace(/\s+/g, ' ')
    // VS Code draws `$(name)` in a lens as an icon.
    .replaceAll('$(', '$ (')
    .trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  const wordEnd = cut.lastIndexOf(' ');
  return `${(wordEnd > most / 2 ? cut.slice(0, wordEnd) : cut.replace(/[\ud800-\udbff]$/, '')).replace(/[\s,;:]+$/, '')}…`;
}

/** A name, path or heading of the workspace as inline code in Markdown: whatever it holds, it ends where it ends. */
export function inlineCode(text: string, most = 200): string {
  return `\`${fewWords(text, most).replaceAll('`', "'")}\``;
}

/** A few words of any text as text of a Markdown paragraph: nothing in it is a mark, a link or HTML, and it still reads well as it is. */
export function plain(text: string, most = 300): string {
  return fewWords(text, most)
    .split(' ')
    .map((word) => (addressed.test(word) ? inlineCode(word, most) : word.replace(marking, '\\$&')))
    .join(' ');
}

/** Some readers make links of addresses whatever is escaped in them: only code is left alone. */
const addressed = /:\/\/|www\.|[\w.+-]@\w|\b(?:mailto|xmpp):/iu;
const marking = /[\\`*<[]|&(?=#?\w+;)|~(?=~)|(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/giu;
