/** Puts a model's text and our own notes together as Markdown. */
import type { Citation } from '#shared/citations.ts';

export interface Body {
  /** A model's Markdown. */
  readonly text: string;
  /** What the marks in it stand for. */
  readonly citations: readonly Citation[];
  /** Plain sentences to show below it. */
  readonly notes: readonly string[];
}

/** Characters that are shown of a text: the editor renders all of them at once. The longest answers asked for are half of it. */
export const longestShown = 40_000;

/** Markdown for the editor: the text made inert by `safe`, then the notes. A text that is too long is cut, and `cutNote` says so. */
export function composed(
  { text, notes }: Pick<Body, 'text' | 'notes'>,
  safe: (markdown: string) => string,
  cutNote: string,
): string {
  const shown = cutAtLine(text, longestShown);
  const below = shown.length < text.length ? [cutNote, ...notes] : notes;
  const parts = [safe(shown).trim(), below.map(noteLine).join('\n\n')];
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
