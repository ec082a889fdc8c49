/** What has to be told of a list of items to whoever knows an earlier one: as little as possible. Pure. */
import type { ChatChange, Item } from '#shared/panel.ts';

/** In the order in which they are told; none where nothing has changed. */
export function difference(before: readonly Item[], after: readonly Item[]): readonly ChatChange[] {
  let start = 0;
  // What is over is the same object.
  while (start < before.length && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  const wanted = new Set(after.slice(start).map(({ id }) => id));
  const kept = before.slice(start).filter(({ id }) => wanted.has(id));
  const gone = before.slice(start).filter(({ id }) => !wanted.has(id));
  const rest = after.slice(start);
  // From the first one that stands elsewhere, or is new in between, everything is put behind anew.
  const sure = rest.findIndex(({ id }, index) => kept[index]?.id !== id);
  const same = sure < 0 ? rest.length : sure;
  const ids = [...gone, ...kept.slice(same)].map(({ id }) => id);
  const puts = rest.filter((item, index) => index >= same || !isSame(item, kept[index]));
  return [
    ...(ids.length === 0 ? [] : [{ is: 'drop', ids } as const]),
    ...puts.map((item) => ({ is: 'put', item }) as const),
  ];
}

function isSame(one: Item, two: Item | undefined): boolean {
  return one === two || JSON.stringify(one) === JSON.stringify(two);
}
