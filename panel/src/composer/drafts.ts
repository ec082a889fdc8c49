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
  const last = lastIn(host.frame);
  // The view's own is the newer one: it is kept with every key.
  if (last !== undefined) all.set(last.chat, { ...(all.get(last.chat) ?? nothingWritten), text: last.text });
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
      all.set(chat, written);
      host.frame.setState({ ...stateOf(host.frame), draft: { chat, text: written.text } });
      waiting = chat;
      clearTimeout(timer);
      timer = setTimeout(flush, written.media.length > 0 ? longPause : pause);
    },
    flush,
  };
}

function lastIn(frame: Frame): { readonly chat: string; readonly text: string } | undefined {
  const { draft } = stateOf(frame) as { readonly draft?: unknown };
  if (typeof draft !== 'object' || draft === null) return undefined;
  const { chat, text } = draft as { readonly chat?: unknown; readonly text?: unknown };
  return typeof chat === 'string' && typeof text === 'string' ? { chat, text } : undefined;
}
