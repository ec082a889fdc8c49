/** A document as lines that are compared without line ends and the blanks before them. Pure. */
import { lineAt, lineStartsOf } from '../text/lines.ts';
import { isTrivial } from '../text/wholeLines.ts';

export interface Lines {
  readonly text: string;
  readonly count: number;
  readonly starts: readonly number[];
  /** Without its line end and the blanks at its end. */
  at(line: number): string;
  /** Lines that say this, whatever their indentation, from the top. */
  numbersOf(content: string): readonly number[];
  /** The line that an offset is in. */
  lineOf(offset: number): number;
  /** Offset behind the last character of a line, its line end not included. */
  endOf(line: number): number;
}

export function linesOf(text: string): Lines {
  const starts = lineStartsOf(text);
  const known: string[] = [];
  let index: Map<string, number[]> | undefined;
  const at = (line: number): string => {
    known[line] ??= text.slice(starts[line] ?? text.length, starts[line + 1] ?? text.length).trimEnd();
    return known[line];
  };
  return {
    text,
    starts,
    count: starts.length,
    at,
    numbersOf(content) {
      index ??= indexed(starts.length, at);
      return index.get(content.trim()) ?? [];
    },
    lineOf: (offset) => lineAt(starts, offset),
    endOf(line) {
      let end = starts[line + 1] ?? text.length;
      while (end > (starts[line] ?? 0) && /[\r\n]/.test(text.charAt(end - 1))) end--;
      return end;
    },
  };
}

function indexed(count: number, at: (line: number) => string): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (let line = 0; line < count; line++) {
    const content = at(line).trimStart();
    const numbers = index.get(content);
    if (numbers === undefined) index.set(content, [line]);
    else numbers.push(line);
  }
  return index;
}

/** The lines of a piece of code; the last line end begins no line. */
export function contentOf(code: string): readonly string[] {
  const lines = code.split(/\r\n|\n|\r/);
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.trimEnd());
}

/** The lines from one on read like this. */
export function readsAt(lines: Lines, line: number, content: readonly string[]): boolean {
  return (
    line >= 0 && line + content.length <= lines.count && content.every((one, index) => lines.at(line + index) === one)
  );
}

/** The same, whatever the indentation. */
export function saysAt(lines: Lines, line: number, content: readonly string[]): boolean {
  return (
    line >= 0 &&
    line + content.length <= lines.count &&
    content.every((one, index) => lines.at(line + index).trim() === one.trim())
  );
}

/** At which lines the document says this, whatever the indentation. */
export function placesSaying(lines: Lines, content: readonly string[]): readonly number[] {
  // Blank lines are many: the first line that says something is looked for.
  const sure = Math.max(
    0,
    content.findIndex((line) => !isTrivial(line)),
  );
  const numbers = lines.numbersOf(content[sure] ?? '');
  return numbers.map((number) => number - sure).filter((line) => saysAt(lines, line, content));
}
