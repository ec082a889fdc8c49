/** What the ledger said of earlier texts of a document: an undo or redo that brings such a text back brings that back as well. */
import { createHash } from 'node:crypto';
import type { HunkState } from '#shared/edits.ts';
import type { Span } from '../text/spans.ts';

/** What was true of one hunk when the document had a certain text. */
export interface Remembered {
  readonly span: Span;
  readonly after: string;
  readonly state: HunkState;
  readonly reason: string | undefined;
  readonly growing: boolean;
  readonly covered: string | undefined;
}

/** What is true now of the hunks that are in the text. */
export function statesOf(
  hunks: readonly (Remembered & { readonly id: string; readonly place: string })[],
): ReadonlyMap<string, Remembered> {
  const inText = hunks.filter(({ place }) => place === 'buffer');
  return new Map(
    inText.map(({ id, span, after, state, reason, growing, covered }) => [
      id,
      { span, after, state, reason, growing, covered },
    ]),
  );
}

export interface Memory {
  /** Adds to, or replaces, what is remembered of a text. */
  put(text: string, hunks: ReadonlyMap<string, Remembered>): void;
  get(text: string): ReadonlyMap<string, Remembered> | undefined;
}

/** Undo steps beyond so many bring nothing back. */
const mostTexts = 100;

export function createMemory(): Memory {
  const texts = new Map<string, ReadonlyMap<string, Remembered>>();
  return {
    put(text, hunks) {
      const key = keyOf(text);
      const known = texts.get(key) ?? [];
      texts.delete(key);
      texts.set(key, new Map([...known, ...hunks]));
      for (const oldest of texts.keys()) {
        if (texts.size <= mostTexts) break;
        texts.delete(oldest);
      }
    },
    get(text) {
      // Hashing costs; another length is another text.
      const isPossible = [...texts.keys()].some((key) => key.startsWith(`${text.length}:`));
      return isPossible ? texts.get(keyOf(text)) : undefined;
    },
  };
}

/** Names a text without keeping it. */
export function keyOf(text: string): string {
  return `${text.length}:${createHash('sha256').update(text).digest('base64url')}`;
}
