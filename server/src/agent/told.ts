/** What the model was told of its edits, derived from the entries that told it: a restart or another branch knows no more and no less. */
import type { Entry, Told } from '../ports.ts';

export interface ToldStates {
  /** The state of a group that the model was told last. */
  get(group: string): string | undefined;
  set(group: string, state: string): void;
}

export interface ToldHere extends ToldStates {
  /** What is told since the last time, for the entry that tells it. */
  take(): { readonly told?: readonly Told[] };
}

export function toldIn(entries: readonly Entry[]): ToldHere {
  const states = new Map<string, string>();
  for (const { content } of entries)
    if (content.kind === 'asked' || content.kind === 'results')
      for (const { group, state } of content.told ?? []) states.set(group, state);
  const fresh = new Map<string, string>();
  return {
    get: (group) => states.get(group),
    set(group, state) {
      states.set(group, state);
      fresh.set(group, state);
    },
    take() {
      const told = [...fresh].map(([group, state]) => ({ group, state }));
      fresh.clear();
      return told.length === 0 ? {} : { told };
    },
  };
}
