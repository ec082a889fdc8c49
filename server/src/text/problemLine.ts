/** A problem that the editor shows, as one line for the model. Pure. */
import { revealInvisible } from '#shared/invisible.ts';
import type { Problem } from '#shared/problem.ts';

/** `line 12, error (eslint no-unused-vars): 'x' is never used`, on one line: the message is data like all else. */
export function problemLine({ range, message, severity, source, code }: Problem, longest: number): string {
  const from = [source, code].filter((part) => part !== undefined && part !== '').join(' ');
  const said = `line ${range.start.line + 1}, ${severities[severity ?? 1] ?? 'error'}${from === '' ? '' : ` (${from})`}: ${message}`;
  return revealInvisible(said.replace(/\s+/g, ' ')).text.slice(0, longest).toWellFormed();
}

const severities: Readonly<Record<number, string>> = { 1: 'error', 2: 'warning', 3: 'information', 4: 'hint' };
