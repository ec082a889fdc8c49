/** Which lines of a document are painted for its pending hunks. */
import type { Hunk } from '#shared/edits.ts';
import type { Position } from '#shared/place.ts';
import { isEmptyRange, type Lines, linesOf } from './hunkLines.ts';

export interface Plan {
  /** Lines with new text. */
  readonly added: readonly Lines[];
  /** Lines above which something is gone and nothing came. */
  readonly removed: readonly number[];
  /** Lines at whose end the model writes. */
  readonly writing: readonly number[];
}

/**
 * What is not in the document is not painted. Of a hunk that grows the lines up to where the model writes are new;
 * below them the old ones wait to be replaced.
 */
export function planFor(hunks: readonly Hunk[], tipOf: (id: string) => Position | undefined): Plan {
  const inside = hunks.filter(({ place }) => place === 'buffer');
  const finished = inside.filter(({ growing }) => !growing);
  const growing = inside.filter((hunk) => hunk.growing);
  const begun = growing.flatMap(({ id, range }) => {
    const end = tipOf(id);
    return end === undefined ? [] : [{ start: range.start, end }];
  });
  return {
    added: [...finished.map(({ range }) => range), ...begun].filter((range) => !isEmptyRange(range)).map(linesOf),
    removed: finished.filter(({ range }) => isEmptyRange(range)).map(({ range }) => range.start.line),
    writing: growing.map(({ id, range: { start } }) => linesOf({ start, end: tipOf(id) ?? start }).last),
  };
}
