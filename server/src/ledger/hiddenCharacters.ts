/** Warns of characters in an edit that a reader cannot see, or that reorder what is seen (threats S24). */
import { revealInvisible } from '#shared/invisible.ts';

/**
 * A sentence about the hidden characters that the new text holds and the old one did not, with the lines that hold the
 * first of them; undefined when it adds none. One that only moved with its surroundings is not new. Give whole lines:
 * what honest writing needs is judged by its neighbours.
 * @param firstLine of the new text in its document, from 1.
 */
export function hiddenAdded(before: string, after: string, firstLine = 1): string | undefined {
  const known = new Map<string, number>();
  for (const { place } of hiddenIn(before)) known.set(place, (known.get(place) ?? 0) + 1);
  const added = hiddenIn(after).filter(({ place }) => {
    const left = known.get(place) ?? 0;
    known.set(place, left - 1);
    return left <= 0;
  });
  return added.length === 0 ? undefined : warningOf(added, firstLine);
}

interface Hidden {
  /** Such as `U+202E`. */
  readonly name: string;
  /** From 0. */
  readonly line: number;
  /** The character and what stands around it in its line. */
  readonly place: string;
}

function hiddenIn(text: string): readonly Hidden[] {
  const shown = revealInvisible(text);
  const found: Hidden[] = [];
  if (shown.count === 0) return found;
  let line = 0;
  let offset = 0;
  let shownOffset = 0;
  for (const character of text) {
    if (shown.text.startsWith(character, shownOffset)) shownOffset += character.length;
    else {
      const end = shown.text.indexOf('⟩', shownOffset);
      found.push({ name: shown.text.slice(shownOffset + 1, end), line, place: placeAt(text, offset, character) });
      shownOffset = end + 1;
    }
    offset += character.length;
    if (character === '\n' || (character === '\r' && text[offset] !== '\n')) line++;
  }
  return found;
}

function placeAt(text: string, offset: number, character: string): string {
  // A byte order mark belongs to the file, whatever its first word is.
  if (offset === 0 && character === '\ufeff') return character;
  const before = text
    .slice(Math.max(0, offset - around), offset)
    .split(/[\r\n]/)
    .at(-1);
  const after = text.slice(offset + character.length, offset + character.length + around).split(/[\r\n]/)[0];
  return `${before}${character}${after}`;
}

/** Characters on each side. Few, so that an edit nearby does not make a character look new. */
const around = 3;
/** So many are named one by one. */
const mostNamed = 3;

function warningOf(added: readonly Hidden[], firstLine: number): string {
  const named = added.slice(0, mostNamed).map(({ name, line }) => `${name} in line ${firstLine + line}`);
  const rest = added.length - named.length;
  const list = [...named, ...(rest > 0 ? [`${rest} more`] : [])];
  const last = list.pop() ?? '';
  const names = list.length === 0 ? last : `${list.join(', ')} and ${last}`;
  const what =
    added.length === 1
      ? 'a character that cannot be seen or reorders'
      : `${added.length} characters that cannot be seen or reorder`;
  return `It adds ${what} what is seen: ${names}.`;
}
