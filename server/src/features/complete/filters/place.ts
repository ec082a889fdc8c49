/** Fits code to its place: indentation, the end of the block, one line or many. Pure. */
import { indentOf, lineBefore, widthOf } from '../hole.ts';
import type { Filter } from './filter.ts';

/** Lines of a suggestion at most (threats S40). */
const mostLines = 40;

/** White space at both ends; the first line goes on where the cursor is. */
export const ends: Filter = {
  name: 'white space',
  apply(text, { before, after, shape }) {
    // In a string a space at the end may be meant.
    const isInString = /^["'`]/.test(after);
    const cut = isInString ? text.replace(/\n\s*$/, '') : text.trimEnd();
    const start = shape === 'block' ? cut.replace(/^(?:[ \t]*\n)+/, '') : cut.replace(/^\s*\n/, '');
    return shape === 'line' && /[\s([{]$/.test(before) ? start.trimStart() : start;
  },
};

/** In a block: the first line stands at the cursor, the others as deep below it as they were written. */
export const indentation: Filter = {
  name: 'indentation',
  apply(text, { before, shape }) {
    if (shape === 'line') return text;
    const indent = lineBefore(before);
    const [first = '', ...others] = text.split('\n').map((line) => inKind(line, indent, text));
    const next = others.findIndex((line) => line.trim() !== '');
    const second = others[next] ?? '';
    const isApart =
      next > 0 &&
      /^\s*(?:[@#]|(?:export |pub |async |static )*(?:def|class|function|func|fn|impl|struct|interface|type)\b)/.test(
        second,
      );
    const shift = shiftOf({ first, second, isApart, wanted: widthOf(indent) });
    return [first.trimStart(), ...others.map((line) => moved(line, shift, indent))].join('\n');
  },
};

interface Written {
  readonly first: string;
  /** The next line that says something. */
  readonly second: string;
  /** It declares something behind a blank line. */
  readonly isApart: boolean;
  /** Columns before the cursor. */
  readonly wanted: number;
}

/** Columns by which the lines after the first move. */
function shiftOf({ first, second, isApart, wanted }: Written): number {
  // One space is a word's, not a line's.
  const own = first.startsWith(' ') && !first.startsWith('  ') ? 0 : widthOf(indentOf(first));
  const next = widthOf(indentOf(second));
  const opens = /[{([:]$|=>$/.test(first.trimEnd());
  // Below a line that opens something the next one stands deeper.
  const least = wanted + (opens ? 1 : 0);
  // All of it was written from the cursor on, with some white space before.
  if (own > 0 && next >= least + own) return -own;
  // The others were written for their place, in the block or behind it.
  if (own < wanted && next >= least) return 0;
  if (own === 0 && !opens && (next > 0 || isApart || /^[)\]}]/.test(second.trim()))) return 0;
  return wanted - own;
}

function moved(line: string, shift: number, indent: string): string {
  if (shift === 0 || line.trim() === '') return line;
  const width = Math.max(0, widthOf(indentOf(line)) + shift);
  return (indent.includes('\t') ? '\t'.repeat(Math.round(width / 4)) : ' '.repeat(width)) + line.trimStart();
}

/** Tabs where the document has tabs, spaces where it has spaces. */
function inKind(line: string, indent: string, text: string): string {
  const own = indentOf(line);
  if (indent === '' || own === '') return line;
  if (!indent.includes('\t') && own.includes('\t')) return ' '.repeat(widthOf(own)) + line.slice(own.length);
  if (!indent.includes('\t') || !own.includes(' ')) return line;
  const step = /^ {2}(?! )/m.test(text) ? 2 : 4;
  return '\t'.repeat(Math.round(own.replaceAll('\t', ' '.repeat(step)).length / step)) + line.slice(own.length);
}

/** A line, or the lines of the block: what is written less deep than the cursor belongs to somewhere else. */
export const scope: Filter = {
  name: 'beyond the block',
  apply(text, { before, shape }) {
    const lines = text.split('\n');
    if (shape === 'line') return lines[0] ?? '';
    const wanted = widthOf(lineBefore(before));
    const end = lines.findIndex((line, index) => index > 0 && line.trim() !== '' && widthOf(indentOf(line)) < wanted);
    return lines
      .slice(0, end < 0 ? undefined : end)
      .slice(0, mostLines)
      .join('\n')
      .trimEnd();
  },
};
