/** Changes that wait to be told, joined: what the page would draw over anyway is told once. Pure. */
import type { ChatChange } from '#shared/panel.ts';

export interface Joined {
  /** False when too much waits: nothing of it is kept then. */
  add(changes: readonly ChatChange[]): boolean;
  /** All that waits, in order; then nothing waits. */
  take(): ChatChange[];
  isEmpty(): boolean;
}

/** What may wait at most (threats R14). Sizes are in UTF-16 code units of the changes as JSON, about. */
export interface Room {
  readonly changes: number;
  readonly size: number;
}

type Text = Extract<ChatChange, { readonly is: 'text' }>;

export function createJoined(room: Room): Joined {
  let waiting: ChatChange[] = [];
  let size = 0;
  /** Of each item the newest change: only that one may take in another, as the page goes by their order. */
  const places = new Map<string, number>();
  const clear = (): void => {
    waiting = [];
    size = 0;
    places.clear();
  };
  const add = (change: ChatChange): void => {
    if (change.is === 'drop') places.clear();
    if (change.is === 'put' && change.replaces !== undefined) places.delete(change.replaces);
    const key = keyOf(change);
    const place = key === undefined ? undefined : places.get(key);
    const before = place === undefined ? undefined : waiting[place];
    const both = before === undefined ? undefined : join(before, change);
    if (place !== undefined && before !== undefined && both !== undefined) {
      size += sizeOf(both) - sizeOf(before);
      waiting[place] = both;
      return;
    }
    size += sizeOf(change);
    if (key !== undefined) places.set(key, waiting.length);
    waiting.push(change);
  };
  return {
    add(changes) {
      for (const change of changes) {
        add(change);
        if (waiting.length <= room.changes && size <= room.size) continue;
        clear();
        return false;
      }
      return true;
    },
    take() {
      const all = waiting;
      clear();
      return all;
    },
    isEmpty: () => waiting.length === 0,
  };
}

/** The item that it is about; empty for the state. */
function keyOf(change: ChatChange): string | undefined {
  switch (change.is) {
    case 'put':
      return change.item.id;
    case 'text':
      return change.id;
    case 'state':
      return '';
    case 'drop':
    case 'ended':
    case 'again':
      return undefined;
  }
}

/** Two changes as one; undefined where they cannot be. */
function join(before: ChatChange, change: ChatChange): ChatChange | undefined {
  if (before.is === 'text' && change.is === 'text') return joinTexts(before, change);
  if (before.is === 'put' && change.is === 'put')
    return change.replaces === undefined ? { ...before, item: change.item } : undefined;
  return before.is === change.is ? change : undefined;
}

function joinTexts(before: Text, { from, text }: Text): Text | undefined {
  const known = from - before.from;
  if (known < 0 || known > before.text.length) return undefined;
  // What stands there already was told before: only what is beyond is new.
  return { ...before, text: before.text + text.slice(before.text.length - known) };
}

function sizeOf(change: ChatChange): number {
  return change.is === 'text' ? change.text.length + 100 : JSON.stringify(change).length;
}
