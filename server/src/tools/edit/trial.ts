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

/** Lines of a change that are shown; of the rest the hash, so that what is agreed to is all of it. */
const mostLines = 400;

/** Hidden characters are written out (threats S24). */
export function changeFacts(before: string, after: string): readonly Fact[] {
  const { lines, more } = unifiedDiff(before, after, mostLines);
  const hash = createHash('sha256').update(after).digest('hex');
  const rest = more === 0 ? [] : [`… and ${more} more lines of the change.`];
  const shown = revealInvisible([...lines, ...rest].join('\n'));
  const warning = { name: 'Warning', value: `${shown.count} hidden characters, shown as ⟨U+…⟩` };
  return [
    { name: 'Change', value: shown.text },
    ...(shown.count === 0 ? [] : [warning]),
    ...(more === 0 ? [] : [{ name: 'SHA-256 of the new text', value: hash }]),
  ];
}
