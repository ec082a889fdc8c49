/** Tells our own edits of a document from the person's, and whether the editor did what it was asked to. */
import type { Change } from '#shared/anchor.ts';
import { areSameChanges, type EndOfLine } from './textEdits.ts';

/** An edit that the editor was asked for. */
export interface Expected {
  /** The document's version right after it; undefined as long as it was not seen. */
  version(): number | undefined;
  /** It is not waited for any longer. */
  end(): void;
}

export interface OwnEdits {
  /**
   * Waits for these edits of a document. The editor may also come to the same text in another way, by smaller edits:
   * that is recognised where the text after them is given.
   */
  expect(uri: string, edits: readonly Change[], endOfLine: EndOfLine, textAfter?: string): Expected;
  /** Whether these changes are one of the edits that are waited for. */
  isOwn(uri: string, version: number, changes: readonly Change[], text: () => string): boolean;
}

interface Waiting {
  isIt(changes: readonly Change[], text: () => string): boolean;
  seen?: number;
}

export function createOwnEdits(): OwnEdits {
  const waiting = new Map<string, readonly Waiting[]>();
  const without = (uri: string, gone: Waiting): void => {
    const left = (waiting.get(uri) ?? []).filter((other) => other !== gone);
    if (left.length === 0) waiting.delete(uri);
    else waiting.set(uri, left);
  };
  return {
    expect(uri, edits, endOfLine, textAfter) {
      const mine: Waiting = {
        isIt: (changes, text) =>
          areSameChanges(changes, edits, endOfLine) || (textAfter !== undefined && text() === textAfter),
      };
      waiting.set(uri, [...(waiting.get(uri) ?? []), mine]);
      return { version: () => mine.seen, end: () => without(uri, mine) };
    },
    isOwn(uri, version, changes, text) {
      const found = waiting.get(uri)?.find((candidate) => candidate.isIt(changes, text));
      if (found === undefined) return false;
      found.seen = version;
      without(uri, found);
      return true;
    },
  };
}
