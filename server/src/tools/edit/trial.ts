/** What an edit would make of a text, without touching any document: for the person who is asked before it is done. */
import { createHash } from 'node:crypto';
import { revealInvisible } from '#shared/invisible.ts';
import type { GrowingText } from '../../editing.ts';
import type { Fact } from '../../ports.ts';
import { fitted } from '../../text/fit.ts';
import { changed } from '../../text/spans.ts';
import { unifiedDiff } from '../../text/unified.ts';
import type { Step } from './calls.ts';
import { ended, start } from './places.ts';
import type { Restorer } from './secrets.ts';

export interface Trial {
  readonly before: string;
  readonly after: string;
  /** Steps that find no place. */
  readonly failed: number;
}

/** Goes through the same steps as the real one. */
export async function tryOut(before: string, steps: readonly Step[], restorer: Restorer): Promise<Trial> {
  let text = before;
  let failed = 0;
  const group = {
    text: () => text,
    grow: (_uri: string, span: { readonly start: number; readonly end: number }): GrowingText => {
      let grown = '';
      return {
        push(piece) {
          grown += piece;
        },
        async end() {
          text = changed(text, { ...span, text: fitted(grown, { document: text, ...span }) });
        },
        abandon: async () => undefined,
        stopped: undefined,
      };
    },
  };
  for (const step of steps) {
    const started = start({ group, uri: '', path: '', restorer }, step);
    if (typeof started === 'string') failed++;
    else await ended(started, step.text);
  }
  return { before, after: text, failed };
}

/** Lines of a change that are shown; of more than that the hash, so that what is agreed to is all of it. */
const mostLines = 400;
const longestLine = 1_000;
export const changeName = 'Change';

/** Hidden characters are written out (threats S24). */
export function changeFacts(before: string, after: string): readonly Fact[] {
  const lines = unifiedDiff(before, after);
  const more = lines.length - mostLines;
  const first = lines.slice(0, mostLines);
  const isCut = more > 0 || first.some((line) => line.length > longestLine);
  const hash = createHash('sha256').update(changingLines(lines).join('\n')).digest('hex');
  const rest = more > 0 ? [`… and ${more} more lines of the change.`] : [];
  const shown = revealInvisible([...first.map(shortened), ...rest].join('\n'));
  const warning = { name: 'Warning', value: `${shown.count} hidden characters, shown as ⟨U+…⟩` };
  return [
    { name: changeName, value: shown.text },
    ...(shown.count === 0 ? [] : [warning]),
    ...(isCut ? [{ name: 'SHA-256 of all its lines', value: hash }] : []),
  ];
}

function shortened(line: string): string {
  const more = line.length - longestLine;
  return more > 0 ? `${line.slice(0, longestLine).toWellFormed()}… and ${more} more characters` : line;
}

/** Of a diff those lines that go or come. */
export function changingLines(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => /^[+-]/.test(line));
}
