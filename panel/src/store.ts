/** What the page knows of the chat that it shows: items in order, the texts of those that were looked at, and the state. Follows `gloss/chatChanged`. No drawing. */
import type { ChatChange, Item, PanelState } from '#shared/panel.ts';

/** The texts of an item: see `gloss/chatContents`. */
export interface Content {
  readonly text: string;
  readonly input?: string | undefined;
  readonly result?: string | undefined;
}

export interface Opened {
  readonly chat: string;
  readonly seq: number;
  readonly items: readonly Item[];
  readonly state: PanelState;
  /** Of what still comes, as far as it has come. */
  readonly texts: readonly { readonly id: string; readonly text: string }[];
}

/** A text that may grow at its end. */
export interface Growth {
  readonly length: number;
  /** Another text than before has another one. */
  readonly origin: object;
  /** What is there from here on. Costs as much as what came since. */
  since(from: number): string;
}

/** How a turn ended. */
export type Ended = Extract<ChatChange, { readonly is: 'ended' }>;

export interface ChatStore {
  readonly chat: string;
  items(): readonly Item[];
  state(): PanelState;
  /** Undefined while it is not here. */
  content(id: string): Content | undefined;
  /** The same for all that an item was called while it came. */
  keyOf(id: string): string;
  /** Its text, for those that follow it as it grows. Undefined while it is not here. */
  growth(id: string): Growth | undefined;
  /** Puts in what `gloss/chatContents` gave. */
  keep(contents: readonly (Content & { readonly id: string })[]): void;
  /** The last turn's ending, until the next one begins. */
  ended(): Ended | undefined;
  /** False when something is missing: the chat has to be opened again. */
  hear(seq: number, changes: readonly ChatChange[]): boolean;
  watch(listener: () => void): () => void;
}

/** Code units of texts that are kept beside what still comes: the page asks again for those that went. */
const mostKept = 8_000_000;

export function createChatStore({ chat, seq: opened, items: first, state: now, texts }: Opened): ChatStore {
  let seq = opened;
  let items: readonly Item[] = first;
  let state = now;
  let ended: Ended | undefined;
  /** Oldest first. */
  const contents = new Map<string, Kept>();
  const keys = new Map<string, string>();
  let kept = 0;
  const listeners = new Set<() => void>();
  const put = (id: string, content: Kept | undefined): void => {
    const before = contents.get(id);
    if (before !== undefined) {
      contents.delete(id);
      kept -= sizeOf(before);
    }
    if (content === undefined) return;
    contents.set(id, content);
    kept += sizeOf(content);
    for (const [oldest, old] of contents) {
      if (kept <= mostKept || oldest === id) break;
      contents.delete(oldest);
      kept -= sizeOf(old);
    }
  };
  for (const { id, ...text } of texts) put(id, keptOf(text));
  const change = (one: ChatChange): boolean => {
    switch (one.is) {
      case 'put': {
        const at = items.findLastIndex(({ id }) => id === one.item.id || id === one.replaces);
        if (one.replaces !== undefined && one.replaces !== one.item.id) {
          const had = contents.get(one.replaces);
          put(one.replaces, undefined);
          keys.set(one.item.id, keys.get(one.replaces) ?? one.replaces);
          if (had !== undefined) put(one.item.id, had);
        }
        const known = contents.get(one.item.id);
        if (known !== undefined && !isStill(known, one.item, items[at])) put(one.item.id, undefined);
        items = at < 0 ? [...items, one.item] : items.with(at, one.item);
        if (one.item.is === 'asked') ended = undefined;
        return true;
      }
      case 'drop': {
        const gone = new Set(one.ids);
        items = items.filter(({ id }) => !gone.has(id));
        for (const id of gone) put(id, undefined);
        return true;
      }
      case 'text': {
        const before = contents.get(one.id) ?? (one.from === 0 ? keptOf({ text: '' }) : undefined);
        // Nobody has looked at it yet: whoever does asks for all of it.
        if (before === undefined) return true;
        if (one.from > before.length) return false;
        put(one.id, grown(before, one.text.slice(before.length - one.from)));
        return true;
      }
      case 'state':
        state = one.state;
        return true;
      case 'ended':
        ended = one;
        return true;
      case 'again':
        return false;
    }
  };
  return {
    chat,
    items: () => items,
    state: () => state,
    ended: () => ended,
    content(id) {
      const found = contents.get(id);
      return found && { ...found.others, text: textOf(found) };
    },
    keyOf: (id) => keys.get(id) ?? id,
    growth(id) {
      const found = contents.get(id);
      return found && { length: found.length, origin: found.pieces, since: (from) => textSince(found, from) };
    },
    keep(many) {
      for (const { id, ...content } of many) put(id, keptOf(content));
      for (const listener of listeners) listener();
    },
    hear(next, changes) {
      // What was told before it was opened is in it already.
      if (next <= seq) return true;
      seq = next;
      const isWhole = changes.every(change);
      for (const listener of listeners) listener();
      return isWhole;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** What is known of it is all of it; else it is asked for again. */
function isStill({ length }: Kept, item: Item, before: Item | undefined): boolean {
  // What a call answered comes with its end.
  if (item.is === 'call') return before?.is === 'call' && before.state === item.state;
  return !('length' in item) || item.length === 0 || item.length === undefined || item.length === length;
}

/** A text in the pieces that it came in: joined for every piece, a long answer would be copied thousands of times. */
interface Kept {
  readonly pieces: string[];
  readonly length: number;
  readonly others: Omit<Content, 'text'>;
}

function keptOf({ text, ...others }: Content): Kept {
  return { pieces: [text], length: text.length, others };
}

function grown({ pieces, length, others }: Kept, text: string): Kept {
  if (text !== '') pieces.push(text);
  return { pieces, length: length + text.length, others };
}

function textOf({ pieces }: Kept): string {
  if (pieces.length > 1) pieces.splice(0, pieces.length, pieces.join(''));
  return pieces[0] ?? '';
}

function textSince({ pieces, length }: Kept, from: number): string {
  let at = length;
  let index = pieces.length;
  while (index > 0 && at > from) {
    index -= 1;
    at -= pieces[index]?.length ?? 0;
  }
  const text = pieces.slice(index).join('');
  return at < from ? text.slice(from - at) : text;
}

function sizeOf({ length, others: { input = '', result = '' } }: Kept): number {
  return length + input.length + result.length;
}
