/** One chat that a panel looks at: tells what happens in it, as fast as the client takes it and no faster (threats R14). */
import type { ChatChange, Item, PanelState } from '#shared/panel.ts';
import type { Chat, ChatEvent } from '../chat.ts';
import type { Log } from '../ports.ts';
import { difference } from './panelDifference.ts';
import { createItems, type ItemsNow } from './panelItems.ts';
import { piecesComing } from './panelPieces.ts';

export interface FeedParts {
  readonly chat: Chat;
  readonly log: Log;
  /** Resolves when it has left. */
  tell(message: { readonly chat: string; readonly seq: number; readonly changes: ChatChange[] }): Promise<void>;
  changes: ItemsNow['changes'];
  stateOf(chat: Chat): PanelState;
  /** Calls back when what is answered now is on its way. */
  later(act: () => void): void;
}

/** All that there is, up to and with the change `seq`. */
export interface OpenedChat {
  readonly chat: string;
  readonly seq: number;
  readonly items: Item[];
  readonly state: PanelState;
  readonly texts: { readonly id: string; readonly text: string }[];
}

export interface Feed {
  readonly chat: Chat;
  open(): OpenedChat;
  /** Something that the chat does not tell of itself: its edits, its title, what keeps it from answering. */
  touched(what: 'edits' | 'state'): void;
  close(): void;
}

/** More at once is opened anew. */
const mostChanges = 256;
const mostDropped = 10_000;
/** Code units of text in one message. */
const longestText = 250_000;

type Ended = Extract<ChatChange, { readonly is: 'ended' }>;

export function createFeed(parts: FeedParts): Feed {
  const { chat } = parts;
  const fold = createItems();
  let [seq, edits] = [0, 0];
  let items: readonly Item[] = [];
  let state = '';
  /** How far the texts of what comes were told. */
  let told = new Map<string, number>();
  /** What has come since of the last of them: taking it out of all that has come would take as long as that is. */
  let fresh = { id: '', text: '' };
  let stale = { items: true, state: true };
  let ended: Ended | undefined;
  /** Nothing is told before it is opened, nor after it was told to be opened again. */
  let phase: 'opening' | 'open' | 'lost' | 'closed' = 'lost';
  let isTelling = false;

  const newItems = (): readonly Item[] => {
    const { live } = chat.state();
    return fold({ entries: chat.stored().entries, state: { live }, edits, changes: parts.changes });
  };
  /** Texts of what comes beyond what was told; some are left for the next message. */
  const newTexts = (): readonly ChatChange[] => {
    let room = longestText;
    const { live } = chat.state();
    const changes: ChatChange[] = [];
    const known = new Map<string, number>();
    for (const piece of live === undefined ? [] : piecesComing(live)) {
      if (piece.is === 'call') continue;
      const from = told.get(piece.id) ?? 0;
      const isFresh = fresh.id === piece.id && from + fresh.text.length === piece.text.length;
      const text = isFresh ? fresh.text.slice(0, room) : piece.text.slice(from, from + room);
      room -= text.length;
      known.set(piece.id, from + text.length);
      if (text !== '') changes.push({ is: 'text', id: piece.id, from, text });
    }
    told = known;
    fresh = { id: '', text: '' };
    return changes;
  };
  const news = (): ChatChange[] => {
    const changes: ChatChange[] = [];
    if (stale.items) {
      const next = newItems();
      changes.push(...difference(items, next));
      items = next;
    }
    const isState = stale.state;
    stale = { items: false, state: false };
    changes.push(...newTexts());
    if (isState) {
      const next = parts.stateOf(chat);
      const text = JSON.stringify(next);
      if (text !== state) changes.push({ is: 'state', state: next });
      state = text;
    }
    if (ended !== undefined) changes.push(ended);
    ended = undefined;
    return changes;
  };
  const tell = async (): Promise<void> => {
    if (isTelling) return;
    isTelling = true;
    try {
      for (let changes = next(); changes.length > 0; changes = next()) {
        seq++;
        await parts.tell({ chat: chat.id, seq, changes });
      }
    } finally {
      isTelling = false;
    }
  };
  const next = (): ChatChange[] => {
    if (phase !== 'open') return [];
    const changes = news();
    const isTooMuch =
      changes.length > mostChanges || changes.some((one) => one.is === 'drop' && one.ids.length > mostDropped);
    if (isTooMuch) phase = 'lost';
    return isTooMuch ? [{ is: 'again' }] : changes;
  };
  const tellSoon = (): void => {
    if (phase === 'open')
      tell().catch((error: unknown) => parts.log.warn(`a chat's panel could not be told: ${String(error)}`));
  };
  const heard = (event: ChatEvent): void => {
    if (event.type === 'ended') ended = endedOf(event, chat);
    else if (event.type !== 'text' && event.type !== 'thinking')
      stale = { items: true, state: stale.state || event.type !== 'call' };
    else {
      // Text goes on where it was; the first of it is an item.
      const id = lastKnown(chat, told);
      if (id === undefined) stale.items = true;
      else
        fresh = { id, text: fresh.id === id && fresh.text.length < longestText ? fresh.text + event.text : event.text };
    }
    tellSoon();
  };
  /** Whoever looked before is told what the new one is given, and both go on from there. */
  const catchUp = (): void => {
    stale = { items: true, state: true };
    const changes = next();
    if (changes.length === 0) return;
    seq++;
    parts.tell({ chat: chat.id, seq, changes }).catch(() => undefined);
    if (phase === 'lost') begin();
  };
  const begin = (): void => {
    items = newItems();
    state = JSON.stringify(parts.stateOf(chat));
    stale = { items: false, state: false };
    ended = undefined;
    told = new Map();
    for (let more = newTexts(); more.length > 0; ) more = newTexts();
  };
  const unwatch = chat.watch(heard);
  return {
    chat,
    open() {
      if (phase === 'open') catchUp();
      else if (phase === 'lost') begin();
      if (phase !== 'closed') phase = 'opening';
      parts.later(() => {
        if (phase === 'opening') phase = 'open';
        tellSoon();
      });
      const { live } = chat.state();
      const texts = (live === undefined ? [] : piecesComing(live)).flatMap((piece) =>
        piece.is === 'call' || !told.has(piece.id)
          ? []
          : [{ id: piece.id, text: piece.text.slice(0, told.get(piece.id)) }],
      );
      // It was made of it a moment ago.
      return { chat: chat.id, seq, items: [...items], state: JSON.parse(state) as PanelState, texts };
    },
    touched(what) {
      if (what === 'edits') edits++;
      stale = { items: stale.items || what === 'edits', state: true };
      tellSoon();
    },
    close() {
      phase = 'closed';
      unwatch();
    },
  };
}

/** The piece that comes last, where it was told already as an item. */
function lastKnown(chat: Chat, told: ReadonlyMap<string, number>): string | undefined {
  const { live } = chat.state();
  const id = live === undefined ? undefined : piecesComing(live).at(-1)?.id;
  return id !== undefined && told.has(id) ? id : undefined;
}

/** What stands in the transcript already is not said again. */
function endedOf({ ending, message, kind }: Extract<ChatEvent, { readonly type: 'ended' }>, chat: Chat): Ended {
  const last = chat.stored().entries.at(-1)?.content;
  const isNoted = message === undefined || (last?.kind === 'noted' && last.text === message);
  const said = isNoted ? {} : { message: message.slice(0, 20_000) };
  return { is: 'ended', ending, ...said, ...(kind === undefined ? {} : { kind }) };
}
