/** Puts a model's text and our own notes together as Markdown. */

export interface Body {
  /** A model's Markdown. */
  readonly text: string;
  /** Plain sentences to show below it. */
  readonly notes: readonly string[];
}

const longest = 100_000;

/**
 * Markdown for the editor: the text made inert by `safe`, then the notes. Beyond 100,000 characters the text is cut:
 * the editor renders all of it at once, and `cutNote` says where the rest is.
 */
export function composed({ text, notes }: Body, safe: (markdown: string) => string, cutNote: string): string {
  const shown = cutAtLine(text, longest);
  const below = shown.length < text.length ? [cutNote, ...notes] : notes;
  const parts = [safe(shown).trim(), ...(below.length === 0 ? [] : [below.map(noteLine).join('\n\n')])];
  return parts.filter((part) => part !== '').join('\n\n---\n\n');
}

/** A sentence in italics in which nothing is Markdown any more. */
function noteLine(note: string): string {
  return `*${escaped(note)}*`;
}

/** Every ASCII punctuation mark can be escaped (CommonMark 0.31, 2.4); blanks and line breaks become one blank. */
export function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

function cutAtLine(text: string, length: number): string {
  if (text.length <= length) return text;
  const line = text.lastIndexOf('\n', length);
  if (line > 0) return text.slice(0, line);
  // No half of a surrogate pair at the end.
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
