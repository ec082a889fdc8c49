/** What became of an action's hunks, as the model is told on its next turn. */
import { undone } from './follow.ts';
import { gone } from './gone.ts';
import type { Tracked } from './tracked.ts';

/** Longer pieces of code are cut in the middle. */
const mostCharacters = 2_000;

export interface OutcomeHunk extends Tracked {
  /** One-based, of its first line now. */
  readonly line: number;
  /** What stands there now. */
  readonly now: string;
}

/** One paragraph for each hunk; empty where there is none. */
export function outcomeText(hunks: readonly OutcomeHunk[], pathOf: (uri: string) => string): string {
  return hunks.map((hunk) => `${pathOf(hunk.uri)}, line ${hunk.line}: ${fateOf(hunk)}`).join('\n');
}

function fateOf({ state, reason, now, after, growing, offered }: OutcomeHunk): string {
  const because = reason === undefined ? '' : ` The developer says: ${reason}`;
  switch (state) {
    case 'accepted':
      return 'accepted as it was proposed.';
    case 'edited':
      return `the developer changed it and kept that:\n${cut(now)}`;
    case 'rejected':
      if (reason === gone) return 'not there any more: the developer has deleted or moved the file.';
      if (reason === undone) return 'taken back by the developer with undo. The code is as it was before.';
      return `rejected. The code is as it was before.${because}`;
    case 'conflicted':
      return `not applied. ${reason === undefined ? 'Its place was not found.' : `The editor says to the developer: "${reason}"`} It was:\n${cut(after)}`;
    case 'proposed':
      if (offered) return 'handed to the editor, which has not told what it did.';
      return growing ? 'still being written.' : 'proposed; the developer has not decided yet.';
  }
}

function cut(text: string): string {
  if (text.length <= mostCharacters) return text;
  // Half of a pair is no text.
  const start = text.slice(0, mostCharacters / 2).replace(/[\ud800-\udbff]$/, '');
  const end = text.slice(-mostCharacters / 2).replace(/^[\udc00-\udfff]/, '');
  return `${start}\n[…]\n${end}`;
}
