/** A text of which each character knows where it came from, whatever is done to it: the oracle of tests on anchors. */
import type { TextChange } from '../../server/src/text/spans.ts';

export interface MarkedText {
  readonly text: string;
  /** For each UTF-16 code unit its number in the first text, -1 for one that came later, or what `copied` makes of a number. */
  readonly marks: Int32Array;
}

export function marked(text: string): MarkedText {
  return { text, marks: Int32Array.from({ length: text.length }, (_, index) => index) };
}

/** The mark of a copy of a character; and the other way round. */
export function copied(mark: number): number {
  return -2 - mark;
}

/** What is put in may bring marks along: it was moved there, or an undo brought it back. */
export interface MarkedChange extends TextChange {
  readonly marks?: Int32Array;
}

export function edited({ text, marks }: MarkedText, change: MarkedChange): MarkedText {
  const put = change.marks ?? new Int32Array(change.text.length).fill(-1);
  const now = new Int32Array(text.length + put.length - (change.end - change.start));
  now.set(marks.subarray(0, change.start));
  now.set(put, change.start);
  now.set(marks.subarray(change.end), change.start + put.length);
  return { text: text.slice(0, change.start) + change.text + text.slice(change.end), marks: now };
}

/** A part that can be put elsewhere. */
export function taken({ text, marks }: MarkedText, start: number, end: number): MarkedText {
  return { text: text.slice(start, end), marks: marks.slice(start, end) };
}

/** The text from scratch, line by line: what a line says keeps its marks, its indentation and end are new ones. */
export function reformatted(all: MarkedText, indentation: (old: string) => string, end: string): MarkedText {
  const pieces: MarkedText[] = [];
  let at = 0;
  for (const line of all.text.split(/(?<=\n|\r(?!\n))/)) {
    const [, blank = '', said = '', old = ''] = /^([ \t]*)(.*?)[ \t]*(\r\n|\n|\r|)$/s.exec(line) ?? [];
    const start = at + blank.length;
    pieces.push(fresh(indentation(blank)), taken(all, start, start + said.length), fresh(old === '' ? '' : end));
    at += line.length;
  }
  const marks = new Int32Array(pieces.reduce((sum, piece) => sum + piece.text.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    marks.set(piece.marks, offset);
    offset += piece.marks.length;
  }
  return { text: pieces.map(({ text }) => text).join(''), marks };
}

function fresh(text: string): MarkedText {
  return { text, marks: new Int32Array(text.length).fill(-1) };
}

/** Marks of the characters between two offsets that are not blank. */
export function said({ text, marks }: MarkedText, start: number, end: number): readonly number[] {
  const all: number[] = [];
  for (let at = start; at < end; at++) if (text.charAt(at).trim() !== '') all.push(marks[at] ?? -1);
  return all;
}
