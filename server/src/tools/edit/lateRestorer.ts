/** Puts secrets back into an edit of a document that is cleaned only when a placeholder turns up: most edits have none. */
import type { Cleaned } from '../../ports.ts';
import { hasMarks, type Restorer, restorerOf } from './secrets.ts';

export interface LateRestorer extends Restorer {
  /** To be awaited before the others are asked about a text. */
  ready(text: string): Promise<void>;
}

/** @param original the document's text as it is before the edit. */
export function lateRestorer(original: string, clean: (text: string) => Promise<Cleaned>): LateRestorer {
  let known = restorerOf([], []);
  let isKnown = false;
  return {
    restore: (text) => known.restore(text),
    secretIn: (text) => known.secretIn(text),
    unknownIn: (text) => known.unknownIn(text),
    async ready(text) {
      if (isKnown || !hasMarks(text)) return;
      const { text: cleaned } = await clean(original);
      known = restorerOf(linesOf(original), linesOf(cleaned));
      isKnown = true;
    },
  };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}
