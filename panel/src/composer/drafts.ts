/** What is written and not sent, chat by chat: kept here, by the view for the moment of a reload, and by the extension for longer. */
import { keepDraftRequest, type Welcome } from '#shared/panelHost.ts';
import type { Draft } from '#shared/panelRequests.ts';
import { type Frame, type Host, stateOf } from '../host.ts';

export interface Written extends Draft {
  /** The earlier question that is written anew, and what stood there before. */
  readonly editing?: { readonly item: string; readonly before: string } | undefined;
}

export const nothingWritten: Written = { text: '', media: [], selection: true };

export interface Drafts {
  of(chat: string): Written;
  put(chat: string, written: Written): void;
  /** Tells the extension at once what it has not been told yet. */
  flush(): void;
}

/** Milliseconds without a change before the extension is told. Pictures are large: they wait longer. */
const pause = 400;
const longPause = 2_000;

export function createDrafts(host: Host, { chat: first, draft }: Pick<Welcome, 'chat' | 'draft'>): Drafts {
  const all = new Map<string, Written>();
  if (first !== undefined && draft !== undefined) all.set(first, draft);
  // The view's own are the newer ones: they are kept with every key.
  for (const { chat, text } of textsIn(host.frame)) all.set(chat, { ...(all.get(chat) ?? nothingWritten), text });
  let waiting: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    if (waiting === undefined) return;
    const { text, media, selection } = all.get(waiting) ?? nothingWritten;
    // That it could not be kept is no reason to disturb who writes.
    host.ask(keepDraftRequest, { chat: waiting, draft: { text, media: [...media], selection } }).catch(() => undefined);
    waiting = undefined;
  };
  return {
    of: (chat) => all.get(chat) ?? nothingWritten,
    put(chat, written) {
      if (waiting !== chat) flush();
      // The newest last.
      all.delete(chat);
      all.set(chat, written);
      host.frame.setState({ ...stateOf(host.frame), drafts: textsOf(all, chat) });
      waiting = chat;
      clearTimeout(timer);
      timer = setTimeout(flush, written.media.length > 0 ? longPause : pause);
    },
    flush,
  };
}

interface Text {
  readonly chat: string;
  readonly text: string;
}

/** Chats whose drafts the view keeps, and code units of each but the one that is written in: it is done with every key. */
const mostTexts = 20;
const longestOther = 10_000;

function textsOf(all: ReadonlyMap<string, Written>, chat: string): readonly Text[] {
  return [...all]
    .map(([one, { text }]) => ({ chat: one, text }))
    .filter(({ chat: one, text }) => one === chat || (text !== '' && text.length <= longestOther))
    .slice(-mostTexts);
}

/** An older version of the page may have kept something else. */
function textsIn(frame: Frame): readonly Text[] {
  const { drafts } = stateOf(frame) as { readonly drafts?: unknown };
  return Array.isArray(drafts) ? drafts.filter(isText) : [];
}

function isText(value: unknown): value is Text {
  if (typeof value !== 'object' || value === null) return false;
  const { chat, text } = value as { readonly chat?: unknown; readonly text?: unknown };
  return typeof chat === 'string' && typeof text === 'string';
}
