/** What editors take out by themselves together with an edit of ours. Pure. */
import { isSame, type TextChange } from '../text/spans.ts';

/** Blanks that an editor takes out of empty lines together with our edit, as changes of the text after it, from the last to the first. */
export function trimsAmong(
  before: string,
  changes: readonly TextChange[],
  places: readonly TextChange[],
): readonly TextChange[] {
  const isOurs = (change: TextChange) => places.some((place) => isSame(place, change));
  return changes
    .filter((change) => !isOurs(change) && change.text === '' && !/\S/.test(before.slice(change.start, change.end)))
    .map(({ start, end, text }) => {
      const shift = places.reduce((sum, place) => (place.end <= start ? sum + growthOf(place) : sum), 0);
      return { start: start + shift, end: end + shift, text };
    });
}

export function growthOf({ start, end, text }: TextChange): number {
  return text.length - (end - start);
}
