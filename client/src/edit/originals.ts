/** A document as it was before its pending hunks: for comparing. */
import type { Hunk } from '#shared/edits.ts';
import { type EndOfLine, textAfter } from './textEdits.ts';

/** The text with these hunks reverted. Hunks that are not in the document are not in the text either. */
export function original(text: string, hunks: readonly Hunk[], endOfLine: EndOfLine): string {
  const inside = hunks.filter(({ place }) => place === 'buffer');
  return textAfter(
    text,
    withoutOverlaps(inside).map(({ range, before }) => ({ range, text: before })),
    endOfLine,
  );
}

/** In the order of the document. Two hunks in one place cannot be: but what cannot be must not garble a text. */
function withoutOverlaps(hunks: readonly Hunk[]): readonly Hunk[] {
  const sorted = hunks.toSorted(
    ({ range: { start: one } }, { range: { start: other } }) =>
      one.line - other.line || one.character - other.character,
  );
  return sorted.filter((hunk, index) => {
    const end = sorted[index - 1]?.range.end;
    const { start } = hunk.range;
    return end === undefined || end.line < start.line || (end.line === start.line && end.character <= start.character);
  });
}
