/** The chat that the page shows: opens it, hears what happens in it, asks for the texts that are looked at, and says when all is drawn. No drawing. */

import type { HostMessage, Welcome } from '#shared/panelHost.ts';
import { chatCloseRequest, chatContentsRequest, chatOpenRequest } from '#shared/panelRequests.ts';
import { announce } from './announce.tsx';
import { type Failure, failureOf } from './deed.ts';
import { aFrame, frameTime } from './frameTime.ts';
import { type Host, stateOf } from './host.ts';
import { type ChatStore, createChatStore } from './store.ts';
import { createWatchers } from './watched.ts';

/** Where the transcript stands: the row at the top, and how far it is scrolled beyond. */
export interface Anchor {
  readonly key: string;
  readonly offset: number;
}

/** Kept by the editor as long as the view lasts, hidden or not. */
interface Remembered {
  readonly chat?: string | undefined;
  readonly anchor?: Anchor | undefined;
}

export type View = 'transcript' | 'chats';
type Told = Extract<HostMessage, { readonly is: 'told' }>;
type ServerState = Extract<HostMessage, { readonly is: 'server' }>['state'];

export interface Session {
  readonly host: Host;
  readonly welcome: Welcome;
  /** Undefined until the chat is open. */
  store(): ChatStore | undefined;
  /** For the person: why no chat is open. */
  failure(): Failure | undefined;
  server(): ServerState;
  view(): View;
  show(view: View): void;
  /** Opens a chat in place of this one; a new one without a name. Its failure is shown, not thrown. */
  open(chat?: string, item?: string): Promise<void>;
  /** A new chat, to be written in. */
  begin(): void;
  /** The chat that is being opened, or could not be. */
  opening(): string | undefined;
  /** The item to be looked at first, once. */
  takeItem(): string | undefined;
  /** Asks for texts of items that are not here, together with the others of this moment. */
  want(ids: readonly string[]): void;
  /** Where the transcript stood when the view was hidden. Only for the chat that was open then. */
  anchor(): Anchor | undefined;
  keepAnchor(anchor: Anchor | undefined): void;
  /** Whenever anything of this has changed, or the chat. */
  watch(listener: () => void): () => void;
}

/** What the page needs of its window: fakes stand in for it in tests. */
export interface Painting {
  /** Calls back once all that was rendered until now is on the screen, or would be if anybody looked. */
  afterPaint(callback: () => void): void;
}

export function createSession(host: Host, welcome: Welcome, { afterPaint }: Painting): Session {
  const remembered = rememberedBy(host.frame.getState());
  let store: ChatStore | undefined;
  let stopWatching = (): void => undefined;
  let failure: Failure | undefined;
  let server: ServerState = 'running';
  let view: View = 'transcript';
  let anchor = remembered.anchor;
  /** Counts openings: what an older one gives is not wanted any more. */
  let openings = 0;
  let target: string | undefined;
  let first: string | undefined;
  /** Told while a chat is being opened. */
  let early: Told[] | undefined;
  const wanted = new Set<string>();
  const asked = new Set<string>();
  const { tell: notify, ...watchers } = createWatchers();
  const remember = (): void =>
    host.frame.setState({ ...stateOf(host.frame), chat: store?.chat, anchor } satisfies Remembered);

  const open = async (chat?: string, item?: string): Promise<void> => {
    openings += 1;
    target = chat;
    first = item;
    const opening = openings;
    const before = store?.chat;
    early ??= [];
    failure = undefined;
    try {
      const opened = await host.ask(chatOpenRequest, chat === undefined ? {} : { chat });
      if (opening !== openings) return;
      if (before !== undefined && before !== opened.chat) {
        anchor = undefined;
        // It goes on without anybody looking; that it could not be told is no news.
        host.ask(chatCloseRequest, { chat: before }).catch(() => undefined);
      }
      stopWatching();
      store = createChatStore(opened);
      stopWatching = store.watch(notify);
      wanted.clear();
      asked.clear();
      remember();
    } catch (error) {
      if (opening !== openings) return;
      failure = failureOf(error);
      if (chat !== before) store = undefined;
    }
    const late = early ?? [];
    early = undefined;
    for (const told of late) hear(told);
    notify();
  };

  const hear = ({ chat, seq, changes }: Told): void => {
    if (early === undefined && store?.chat === chat && !store.hear(seq, changes)) void open(chat);
  };

  const ask = async (): Promise<void> => {
    const from = store;
    const items = [...wanted].slice(0, mostAsked);
    for (const id of items) wanted.delete(id);
    if (from === undefined || items.length === 0) return;
    if (wanted.size > 0) setTimeout(() => void ask());
    try {
      const { contents } = await host.ask(chatContentsRequest, { chat: from.chat, items });
      for (const id of items) asked.delete(id);
      if (store === from) from.keep(contents);
    } catch (error) {
      if (store === from) announce(failureOf(error).message);
      // Not at once: whoever wants it still asks again.
      setTimeout(() => {
        for (const id of items) asked.delete(id);
        notify();
      }, patience);
    }
  };

  host.listen((message) => {
    switch (message.is) {
      case 'told':
        if (early === undefined) hear(message);
        else early.push(message);
        afterPaint(() => host.drawn(message.n));
        return;
      case 'server':
        server = message.state;
        if (message.again) void open(store?.chat);
        notify();
        return;
      case 'open':
        view = 'transcript';
        void open(message.chat);
        return;
      case 'show':
        if (message.what === 'chats' || message.what === 'transcript') show(message.what);
        return;
    }
  });

  const show = (next: View): void => {
    view = next;
    notify();
  };

  const chat = welcome.chat ?? remembered.chat;
  if (chat !== remembered.chat) anchor = undefined;
  void open(chat);
  return {
    host,
    welcome,
    store: () => store,
    failure: () => failure,
    server: () => server,
    view: () => view,
    show,
    open,
    begin() {
      show('transcript');
      void open();
    },
    opening: () => target,
    takeItem() {
      const item = first;
      first = undefined;
      return item;
    },
    want(ids) {
      const isFirst = wanted.size === 0;
      for (const id of ids) {
        if (asked.has(id) || store?.content(id) !== undefined) continue;
        asked.add(id);
        wanted.add(id);
      }
      if (isFirst && wanted.size > 0) setTimeout(() => void ask());
    },
    anchor: () => anchor,
    keepAnchor(next) {
      anchor = next;
      remember();
    },
    watch: watchers.watch,
  };
}

/** So much longer than the drawing took it rests. */
const share = 5;
/** Milliseconds. */
const mostRest = 500;
/** By the contract of `gloss/chatContents`. */
const mostAsked = 200;
const patience = 2_000;

/** The editor may give what an older version of the page kept. */
function rememberedBy(state: unknown): Remembered {
  if (typeof state !== 'object' || state === null || !('chat' in state) || typeof state.chat !== 'string') return {};
  const anchor = 'anchor' in state ? state.anchor : undefined;
  const isAnchor =
    typeof anchor === 'object' &&
    anchor !== null &&
    'key' in anchor &&
    typeof anchor.key === 'string' &&
    'offset' in anchor &&
    typeof anchor.offset === 'number';
  return {
    chat: state.chat,
    anchor: isAnchor ? { key: anchor.key as string, offset: anchor.offset as number } : undefined,
  };
}

/** Two frames are one that was painted. A page that nobody sees paints nothing, and is not waited for. */
export const windowPainting: Painting = {
  afterPaint(callback) {
    let isDone = false;
    const once = (): void => {
      if (isDone) return;
      isDone = true;
      callback();
    };
    if (document.visibilityState === 'hidden') {
      setTimeout(once);
      return;
    }
    const asked = performance.now();
    // What takes long leaves as much of the thread to others again: an editor may share it, with the keys that are typed there.
    // To wait for the next frame is no work.
    const rest = (): number => Math.min(mostRest, Math.max(0, performance.now() - asked - aFrame) * share);
    const look = (): void => {
      if (frameTime.isBehind()) requestAnimationFrame(look);
      else setTimeout(() => setTimeout(once, rest()));
    };
    requestAnimationFrame(look);
    setTimeout(once, patience);
  },
};
