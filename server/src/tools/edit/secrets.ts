/** Puts back what was taken out of the code before it left: the model writes placeholders, the file must keep its secrets. Pure. */

export interface Restorer {
  /** The text with each placeholder that is known replaced by what it stands for. */
  restore(text: string): string;
  /** The first placeholder in the text that stands for something that was taken out. */
  secretIn(text: string): string | undefined;
  /** A placeholder in the text that stands for nothing, or for several things: such a text must not be written. */
  unknownIn(text: string): string | undefined;
}

/** The key in use leaves as this. It reads like code, so nothing may be written for it, not even the key. */
const keyMark = '[key]';
const secretMark = /\[secret:[\w-]+:\d+\]|\[key\]/g;
const hiddenMark = /⟨U\+([0-9A-F]{4,6})⟩/g;
const anyMark = new RegExp(`${secretMark.source}|${hiddenMark.source}`, 'g');

/** @param original lines of the document; `cleaned` are the same lines as they left. */
export function restorerOf(original: readonly string[], cleaned: readonly string[]): Restorer {
  const meanings = new Map<string, string | undefined>();
  const note = (mark: string, meaning: string | undefined): void => {
    // Where a line has the mark itself, nothing was taken out.
    if (meaning === mark) return;
    const isOther = meanings.has(mark) && meanings.get(mark) !== meaning;
    meanings.set(mark, isOther ? undefined : meaning);
  };
  cleaned.forEach((line, index) => {
    const before = original[index] ?? '';
    if (before !== line) learn(line, before, note);
  });
  for (const mark of meanings.keys())
    if (mark === keyMark || original.some((line) => line.includes(mark))) meanings.set(mark, undefined);
  return {
    restore: (text) => (meanings.size === 0 ? text : text.replace(anyMark, (mark) => meanings.get(mark) ?? mark)),
    secretIn: (text) => text.match(secretMark)?.find((mark) => meanings.has(mark)),
    // Where nothing was replaced such a text is the file's own.
    unknownIn: (text) => text.match(anyMark)?.find((mark) => meanings.has(mark) && meanings.get(mark) === undefined),
  };
}

/** A placeholder that would be written as it is, though the file has none like it: it stands for a secret of another file. */
export function strangerIn(restorer: Restorer, text: string, original: string): string | undefined {
  // The key's own mark reads like code, and is code nearly always.
  const marks = restorer.restore(text).match(secretMark) ?? [];
  return marks.find((mark) => mark !== keyMark && !original.includes(mark));
}

/** A placeholder of a secret in a text that goes into a new file. */
export function secretMarkIn(text: string): string | undefined {
  return text.match(secretMark)?.find((mark) => mark !== keyMark);
}

/** Whether a text has anything in it that may stand for something that was taken out. */
export function hasMarks(text: string): boolean {
  return text.search(anyMark) >= 0;
}

/** What stands in the original line where the cleaned one has its placeholders. */
function learn(cleaned: string, original: string, note: (mark: string, meaning: string | undefined) => void): void {
  for (const mark of cleaned.match(hiddenMark) ?? []) note(mark, characterOf(mark));
  const shown = cleaned.replace(hiddenMark, (mark) => characterOf(mark) ?? mark);
  const values = valuesBetween(original, shown.split(secretMark));
  for (const [index, mark] of (shown.match(secretMark) ?? []).entries()) note(mark, values[index]);
}

/** What a text has between these parts of it, from its start to its end; nothing for what could be read in two ways. */
function valuesBetween(text: string, parts: readonly string[]): readonly (string | undefined)[] {
  const fromStart = firstReading(text, parts);
  const fromEnd = firstReading(flipped(text), parts.map(flipped).reverse()).map(flipped).reverse();
  return fromStart.map((value, index) => (value === fromEnd[index] ? value : undefined));
}

/** With each value as short as the part behind it allows; none where the parts are not the text's. */
function firstReading(text: string, [first = '', ...rest]: readonly string[]): readonly string[] {
  const values: string[] = [];
  let at = text.startsWith(first) ? first.length : text.length;
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const end = isLast ? text.length - part.length : text.indexOf(part, at + 1);
    if (end <= at || !text.startsWith(part, end)) return [];
    values.push(text.slice(at, end));
    at = end + part.length;
  }
  return values;
}

function flipped(text: string): string {
  return text.split('').reverse().join('');
}

function characterOf(mark: string): string | undefined {
  const code = Number.parseInt(mark.slice('⟨U+'.length, -1), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
