/** An open document: the explanations that are followed through its edits. They are looked at when somebody asks. */
import type { Snapshot } from '../ports.ts';
import type { TextChange } from '../text/spans.ts';
import { followings } from './history.ts';
import { type Lines, linesOf } from './lines.ts';
import { lookAt, piecesOf, type Tracked } from './tracked.ts';

export interface Sheet {
  readonly uri: string;
  /** Of the text as it is now. */
  lines(): Lines;
  ids(): Iterable<string>;
  /** As it is now. */
  get(id: string): Tracked | undefined;
  set(id: string, tracked: Tracked): void;
  remove(id: string): void;
  changed(before: Snapshot, after: Snapshot, changes: readonly TextChange[]): void;
}

export function createSheet(opened: Snapshot): Sheet {
  const all = new Map<string, Tracked>();
  let snapshot = opened;
  let lines: Lines | undefined;
  let isSeen = true;
  const linesNow = (): Lines => {
    lines ??= linesOf(snapshot.text);
    return lines;
  };
  const see = (): void => {
    if (isSeen) return;
    isSeen = true;
    for (const tracked of all.values()) lookAt(tracked, linesNow());
  };
  return {
    uri: opened.uri,
    lines: linesNow,
    ids: () => [...all.keys()],
    get(id) {
      see();
      return all.get(id);
    },
    set: (id, tracked) => void all.set(id, tracked),
    remove: (id) => void all.delete(id),
    changed(before, after, changes) {
      snapshot = after;
      lines = undefined;
      if (all.size === 0) return;
      isSeen = false;
      const follow = followings({ before, changes });
      for (const tracked of all.values())
        for (const piece of piecesOf(tracked))
          for (const one of follow) {
            const { isGuess, ...remains } = one(piece);
            Object.assign(piece, remains);
            piece.isGuess ||= isGuess;
          }
    },
  };
}
