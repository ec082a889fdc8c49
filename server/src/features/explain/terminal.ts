/** Text of a terminal as it may be read: without what steers a terminal (S19), with what hides shown (S24), and bounded. Pure. */
import { stripControl } from '#shared/control.ts';
import { revealInvisible } from '#shared/invisible.ts';
import { Refusal } from '../../ports.ts';
import { numberedTokens } from './budget.ts';

export interface TerminalText {
  readonly text: string;
  /** Lines at the beginning that were left out: what went wrong stands at the end. */
  readonly linesLeftOut: number;
}

/** @throws Refusal when there is nothing to read. */
export function terminalText(selected: string, room: number): TerminalText {
  const plain = revealInvisible(stripControl(asShown(selected))).text;
  const lines = plain.split('\n').map((line) => line.trimEnd());
  const written = lines.slice(firstWritten(lines), lines.findLastIndex((line) => line !== '') + 1);
  if (written.length === 0) throw new Refusal('There is no text in the selection of the terminal.', 'empty');
  return fitting(written, room);
}

/** A line that was written over shows what was written last: progress bars go. */
function asShown(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.split('\r').findLast((written) => written !== '') ?? '')
    .join('\n');
}

function firstWritten(lines: readonly string[]): number {
  return Math.max(
    0,
    lines.findIndex((line) => line !== ''),
  );
}

/** As many lines from the end as there is room for; of a line that is too long its end. */
function fitting(lines: readonly string[], room: number): TerminalText {
  let first = lines.length;
  for (let tokens = 0; first > 0; first--) {
    tokens += numberedTokens(lines[first - 1] ?? '');
    if (tokens > room) break;
  }
  if (first === lines.length) return { text: (lines.at(-1) ?? '').slice(-room), linesLeftOut: lines.length - 1 };
  return { text: lines.slice(first).join('\n'), linesLeftOut: first };
}
