/** Texts of models and files as plain words for lenses, lists and messages: one line, nothing hidden, nothing that the editor takes for a link. */
import { revealInvisible } from '#shared/invisible.ts';

/** One line without hidden characters, cut at a length. */
export function plainLine(text: string, longest: number): string {
  const line = revealInvisible(text.replaceAll(/\s+/g, ' ').trim()).text;
  if (line.length <= longest) return line;
  // No half of a surrogate pair at the end.
  return `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** For a message of the editor, which makes `[text](address)` a link. */
export function plainMessage(text: string, longest = 500): string {
  return plainLine(text, longest).replaceAll('](', '] (');
}
