/** Text of a terminal as it may be read: without what steers a terminal (S19), with what hides shown (S24), and bounded. Pure. */
import { stripControl } from '#shared/control.ts';
import { revealInvisible } from '#shared/invisible.ts';
import { numberedTokens } from './fitting.ts';

/** Empty where there is nothing to read. */
export function terminalText(selected: string): string {
  const plain = revealInvisible(stripControl(asShown(selected))).text;
  const lines = plain.split('\n').map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? '' : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1).join('\n');
}

/** A line that was written over shows what was written last: progress bars go. */
function asShown(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.split('\r').findLast((written) => written !== '') ?? '')
    .join('\n');
}

export interface EndOfText {
  readonly lines: readonly string[];
  /** At the beginning: what went wrong stands at the end. */
  readonly linesLeftOut: number;
}

/** As many lines from the end as there is room for, in estimated tokens; of a line that is too long its end. */
export function endOf(text: string, room: number): EndOfText {
  const lines = text.split('\n');
  let first = lines.length;
  for (let tokens = 0; first > 0; first--) {
    tokens += numberedTokens(lines[first - 1] ?? '');
    if (tokens > room) break;
  }
  if (first < lines.length) return { lines: lines.slice(first), linesLeftOut: first };
  return {
    lines: [(lines.at(-1) ?? '').slice(numberedTokens('') - room).toWellFormed()],
    linesLeftOut: lines.length - 1,
  };
}
