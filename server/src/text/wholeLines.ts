/** A text as whole lines: each with the line end that belongs to it, so that joined they are the text again. */
import { lineStartsOf } from './lines.ts';

/** The lines of a text, each with its line end. Only the last may have none; an empty text has no lines. */
export function wholeLinesOf(text: string): readonly string[] {
  const starts = lineStartsOf(text);
  const lines = starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The line end of a line or of a text: `\n`, `\r\n`, `\r`, or nothing. */
export function finalEndOf(line: string): string {
  if (line.endsWith('\n')) return line.endsWith('\r\n') ? '\r\n' : '\n';
  return line.endsWith('\r') ? '\r' : '';
}

/** A line or text without its final line end. */
export function contentOf(line: string): string {
  const end = finalEndOf(line);
  return end === '' ? line : line.slice(0, -end.length);
}

/** Whether there is nothing but white space. */
export function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Whether a line has neither letter nor digit: it is blank or only brackets, rules and the like, and says little about where it belongs. */
export function isTrivial(line: string): boolean {
  return !/[\p{L}\p{N}]/u.test(line);
}

/** How many lines two lists have in common at their beginning. */
export function commonStart(before: readonly string[], after: readonly string[]): number {
  const most = Math.min(before.length, after.length);
  let count = 0;
  while (count < most && before[count] === after[count]) count++;
  return count;
}

/** How many lines two lists have in common at their end, without the first `top` of each. */
export function commonEnd(before: readonly string[], after: readonly string[], top: number): number {
  const most = Math.min(before.length, after.length) - top;
  let count = 0;
  while (count < most && before[before.length - 1 - count] === after[after.length - 1 - count]) count++;
  return count;
}

/** UTF-16 length of lines together. */
export function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
