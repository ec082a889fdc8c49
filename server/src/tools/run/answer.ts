/** What the model is told of a command that has run: how it ended, and the beginning and end of what it wrote. Pure. */
import type { CommandResult } from '../../ports.ts';

export interface ReportParts extends Omit<CommandResult, 'output'> {
  /** As it may leave. */
  readonly output: string;
  /** Milliseconds. */
  readonly deadline: number;
  /** What else should be known, a sentence each. */
  readonly notes: readonly string[];
}

export function reportOf({ output, dropped, notes, ...ended }: ReportParts): string {
  const before = dropped === 0 ? [] : [`It wrote ${dropped} characters before these, which were not kept.`];
  const written = output.trim() === '' ? ['It wrote nothing.'] : ['Output:', bounded(output)];
  return [endOf(ended), ...notes, ...before, ...written].join('\n');
}

function endOf({ end, exitCode, deadline }: Pick<ReportParts, 'end' | 'exitCode' | 'deadline'>): string {
  switch (end) {
    case 'exited':
      return exitCode === undefined ? 'It was ended by a signal.' : `Exit code ${exitCode}.`;
    case 'deadline':
      return `It ran longer than ${deadline / 1000} seconds and was stopped.`;
    case 'stopped':
      return 'The developer closed its terminal, which stopped it.';
    case 'notStarted':
      return 'It could not be started.';
  }
}

/** Characters of the beginning and the end: what went wrong stands at the end. */
const mostHead = 4_000;
const mostTail = 12_000;

function bounded(output: string): string {
  if (output.length <= mostHead + mostTail) return output.trimEnd();
  const head = wholeLines(output.slice(0, mostHead), (text) => text.lastIndexOf('\n') + 1, 'head');
  const tail = wholeLines(output.slice(-mostTail), (text) => text.indexOf('\n') + 1, 'tail');
  const left = output.slice(head.length, output.length - tail.length);
  return `${head}\n[${left.length} characters in ${left.split('\n').length} lines left out]\n${tail.trimEnd()}`;
}

/** Without the line that was cut, unless that would leave little. */
function wholeLines(text: string, cutAt: (text: string) => number, side: 'head' | 'tail'): string {
  const at = cutAt(text);
  const kept = side === 'head' ? text.slice(0, at) : text.slice(at);
  return kept.length >= text.length / 2 ? kept : text.toWellFormed();
}
