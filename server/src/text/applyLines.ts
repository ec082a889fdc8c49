/** Lines of code that go into a document: as deep as they are to be, and changing only what differs. Pure. */
import { lineRuns } from './lineDiff.ts';
import type { Span, TextChange } from './spans.ts';
import { contentOf, finalEndOf, isBlank } from './wholeLines.ts';

/** Without blank lines around it. */
export function linesOf(code: string): readonly string[] {
  const lines = code.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => !isBlank(line));
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

/** The first one of a text. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** As deep as wanted, with the depths between its lines as they are. */
export function indented(lines: readonly string[], indentation: string): readonly string[] {
  const depths = lines.filter((line) => !isBlank(line)).map(indentationOf);
  const least = depths.reduce((one, other) => (other.length < one.length ? other : one), depths[0] ?? '');
  const common = depths.every((depth) => depth.startsWith(least)) ? least.length : 0;
  return lines.map((line) => (isBlank(line) ? '' : indentation + line.slice(common)));
}

/** The white space that a line begins with. */
export function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Where each line starts, and where the text ends. */
export function startsOf(document: readonly string[]): readonly number[] {
  let at = 0;
  return [0, ...document.map((line) => (at += line.length))];
}

/** Number of the line that holds an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  return Math.max(
    0,
    starts.findLastIndex((start, index) => start <= offset && (index === 0 || index < starts.length - 1)),
  );
}

/**
 * Lines of a document in the place of others: only what differs. A line of code that stands for what is left out
 * (`// ...`) keeps what was there.
 */
export function replaced(
  document: readonly string[],
  lines: Span,
  code: readonly string[],
  lineEnd: string,
): readonly TextChange[] {
  const old = document.slice(lines.start, lines.end);
  const starts = startsOf(document);
  const runs = lineRuns(old.map(contentOf), code);
  return runs.flatMap((run): readonly TextChange[] => {
    const [from, to] = [lines.start + run.start, lines.start + run.end];
    const now = code.slice(run.newStart, run.newEnd);
    const left = now.findIndex(isLeftOut);
    const span = { start: starts[from] ?? 0, end: starts[to] ?? 0 };
    if (left >= 0) {
      const [above, below] = [now.slice(0, left), now.slice(now.findLastIndex(isLeftOut) + 1)];
      return [put(span.start, span.start, above), put(span.end, span.end, below)].filter(({ text }) => text !== '');
    }
    return [put(span.start, span.end, now)];
  });
  /** The last line of a document may have no end: then it gets one before more comes, and the new last one has none. */
  function put(start: number, end: number, now: readonly string[]): TextChange {
    const length = starts.at(-1) ?? 0;
    const isOpen = document.length > 0 && finalEndOf(document.at(-1) ?? '') === '';
    const text = now.map((line) => line + lineEnd).join('');
    if (!isOpen || end < length || text === '') return { start, end, text };
    return start === length && document.length > 0
      ? { start, end, text: lineEnd + text.slice(0, -lineEnd.length) }
      : { start, end, text: text.slice(0, -lineEnd.length) };
  }
}

/** `// ...`, `# ... rest of the file ...`, `/* … *\/`, `<!-- ... -->`. */
export function isLeftOut(line: string): boolean {
  return /^\s*(?:\/\/|#|--|;|%|\/\*|<!--|\{\/\*)\s*(?:\.{3}|…)/.test(line);
}
