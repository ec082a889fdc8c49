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

/** How a turn ended. */
export type Ended = Extract<ChatChange, { readonly is: 'ended' }>;

export interface ChatStore {
  readonly chat: string;
  items(): readonly Item[];
  state(): PanelState;
  /** Undefined while it is not here: then it is asked for by `wanted`. */
  content(id: string): Content | undefined;
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
  const contents = new Map<string, Content>();
  let kept = 0;
  const listeners = new Set<() => void>();
  const put = (id: string, content: Content | undefined): void => {
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
  for (const { id, ...text } of texts) put(id, text);
  const change = (one: ChatChange): boolean => {
    switch (one.is) {
      case 'put': {
        const at = items.findLastIndex(({ id }) => id === one.item.id || id === one.replaces);
        if (one.replaces !== undefined && one.replaces !== one.item.id) {
          const text = contents.get(one.replaces);
          put(one.replaces, undefined);
          if (text !== undefined) put(one.item.id, text);
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
        const before = contents.get(one.id)?.text ?? '';
        if (one.from > before.length) return false;
        put(one.id, { text: before.slice(0, one.from) + one.text });
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
    content: (id) => contents.get(id),
    keep(many) {
      for (const { id, ...content } of many) put(id, content);
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
function isStill({ text }: Content, item: Item, before: Item | undefined): boolean {
  // What a call answered comes with its end.
  if (item.is === 'call') return before?.is === 'call' && before.state === item.state;
  return !('length' in item) || item.length === 0 || item.length === undefined || item.length === text.length;
}

function sizeOf({ text, input = '', result = '' }: Content): number {
  return text.length + input.length + result.length;
}
