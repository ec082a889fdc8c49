/** New text made to fit the place it comes to: what an edit does not name stays as the document has it, to the byte (threats R29). */
import { lineRuns } from './lineDiff.ts';
import { contentOf, finalEndOf, wholeLinesOf } from './wholeLines.ts';

export type LineEnd = '\n' | '\r\n' | '\r';

/** What is replaced: from `start` to `end` of the document, in UTF-16 offsets. */
export interface Spot {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

const byteOrderMark = '\ufeff';

/** The line end that most lines of a text have; of several the one that comes first, and `\n` where there is none. */
export function lineEndOf(text: string): LineEnd {
  if (!text.includes('\r')) return '\n';
  const [first] = [...countsOf(text)].sort(([, count], [, other]) => other - count);
  return first?.[0] ?? '\n';
}

/** The text with this line end throughout. */
export function withLineEnd(text: string, lineEnd: LineEnd): string {
  return text.replace(/\r\n|\n|\r/g, lineEnd);
}

/** Whether lines of a text end in different ways. */
export function hasMixedLineEnds(text: string): boolean {
  return text.includes('\r') && countsOf(text).size > 1;
}

/**
 * What to put in place of the spot, for a new text with any line ends.
 * - Line ends are the document's. Where it has several kinds, lines that stay keep theirs, one that replaces another
 *   takes over its end, and one more takes that of the line above.
 * - Whole lines stay whole lines: where lines are replaced, or put at the beginning of one, the text gets the final
 *   line end that it lacks.
 * - A document whose last line has no end gets none, unless that is all that the edit does. What is put at its very
 *   end begins with a line end instead.
 * - The document's byte order mark stays, and the text's own goes.
 */
export function fitted(newText: string, spot: Spot): string {
  const { document, start } = spot;
  const text = newText.startsWith(byteOrderMark) && start <= 1 ? newText.slice(1) : newText;
  const isMarked = start === 0 && spot.end > 0 && document.startsWith(byteOrderMark);
  const place = isMarked ? { ...spot, start: 1 } : spot;
  const lineEnd = lineEndOf(document);
  const whole = withFinalEnd(text, place, lineEnd);
  const ended = hasMixedLineEnds(document) ? withEndsOf(place, whole, lineEnd) : withLineEnd(whole, lineEnd);
  return isMarked ? byteOrderMark + ended : ended;
}

/** How often each kind of line end is there, in the order in which they come. */
function countsOf(text: string): ReadonlyMap<LineEnd, number> {
  const counts = new Map<LineEnd, number>();
  for (let at = 0; at < text.length; at++) {
    const end = lineEndAt(text, at);
    if (end === undefined) continue;
    counts.set(end, (counts.get(end) ?? 0) + 1);
    at += end.length - 1;
  }
  return counts;
}

function lineEndAt(text: string, at: number): LineEnd | undefined {
  const code = text.charCodeAt(at);
  if (code === 10) return '\n';
  if (code !== 13) return undefined;
  return text.charCodeAt(at + 1) === 10 ? '\r\n' : '\r';
}

function withFinalEnd(text: string, { document, start, end }: Spot, lineEnd: LineEnd): string {
  if (text === '' || document === '') return text;
  if (end === document.length && !isLineStart(document, end)) {
    if (start === end) return lineEnd + contentOf(text);
    return sameLines(contentOf(text), document.slice(start, end)) ? text : contentOf(text);
  }
  const isWhole = isLineStart(document, start) && isLineStart(document, end);
  return isWhole && finalEndOf(text) === '' ? text + lineEnd : text;
}

function sameLines(text: string, other: string): boolean {
  return withLineEnd(text, '\n') === withLineEnd(other, '\n');
}

function isLineStart(document: string, at: number): boolean {
  if (at === 0 || (at === 1 && document.startsWith(byteOrderMark))) return true;
  return finalEndOf(document.charAt(at - 1)) !== '' && document.slice(at - 1, at + 1) !== '\r\n';
}

/** In a document of mixed line ends: the text with those of the lines that it replaces, and of their neighbours. */
function withEndsOf({ document, start, end }: Spot, text: string, lineEnd: LineEnd): string {
  const old = wholeLinesOf(document.slice(start, end));
  const lines = wholeLinesOf(text);
  const stood = standingFor(old.map(contentOf), lines.map(contentOf));
  let above = finalEndOf(document.slice(0, start)) || finalEndOf(old[0] ?? '') || endBelow(document, end) || lineEnd;
  return lines
    .map((line, index) => {
      if (finalEndOf(line) === '') return line;
      above = finalEndOf(old[stood[index] ?? -1] ?? '') || above;
      return contentOf(line) + above;
    })
    .join('');
}

/** For each new line, the number of the old one that it is, or that it comes instead of. */
function standingFor(old: readonly string[], lines: readonly string[]): readonly (number | undefined)[] {
  const stood: (number | undefined)[] = [];
  let shift = 0;
  const keep = (until: number): void => {
    while (stood.length < until) stood.push(stood.length - shift);
  };
  for (const run of lineRuns(old, lines)) {
    keep(run.newStart);
    for (let at = run.newStart; at < run.newEnd; at++) {
      const instead = run.start + at - run.newStart;
      stood.push(instead < run.end ? instead : undefined);
    }
    shift = run.newEnd - run.end;
  }
  keep(lines.length);
  return stood;
}

function endBelow(document: string, from: number): LineEnd | undefined {
  for (let at = from; at < document.length; at++) {
    const end = lineEndAt(document, at);
    if (end !== undefined) return end;
  }
  return undefined;
}
