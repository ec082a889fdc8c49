/** The chat that one page looks at: opened, told of, let go. Knows which approvals the page was shown (threats S4). Pure. */
import type * as z from 'zod';
import type { ChatChange, PanelState } from '#shared/panel.ts';
import type { HostMessage } from '#shared/panelHost.ts';
import { chatCloseRequest, chatOpenRequest } from '#shared/panelRequests.ts';
import type { Ask } from '../ask.ts';
import { createPace, type PaceParts } from './pace.ts';

type OpenParams = z.infer<typeof chatOpenRequest.params>;
type Opened = z.infer<typeof chatOpenRequest.result>;

export interface LookingParts extends Pick<PaceParts, 'now' | 'later'> {
  post(message: HostMessage): void;
  ask: Ask;
  /** Another page looks at this chat. */
  isLookedAt(chat: string): boolean;
  /** The chat or its state is another one now. */
  changed(): void;
}

export interface Looking {
  /** Opens a chat in place of the one before. */
  open(params: OpenParams): Promise<Opened>;
  hear(chat: string, seq: number, changes: readonly ChatChange[]): void;
  drawn(n: number): void;
  /** The page looks at nothing any more. */
  leave(): void;
  /** The server is another one, and tells nobody anything: as `leave`, but there is nothing to close. */
  forget(): void;
  /** Whether it looks at the chat, or is about to. */
  at(chat: string): boolean;
  wasShown(chat: string, hash: string): boolean;
  chat(): string | undefined;
  state(): PanelState | undefined;
}

const mostHashes = 1_000;

export function createLooking({ post, ask, isLookedAt, changed, now, later }: LookingParts): Looking {
  let chat: string | undefined;
  let state: PanelState | undefined;
  /** Changes with each chat that is opened or let go: an answer that comes after the next one counts for nothing. */
  let look = 0;
  let openings: readonly string[] = [];
  const shown = new Set<string>();
  const see = (seen: PanelState): void => {
    state = seen;
    for (const { hash } of seen.approvals) shown.add(hash);
    for (const hash of shown) {
      if (shown.size <= mostHashes) break;
      shown.delete(hash);
    }
    changed();
  };
  const pace = createPace({
    ...{ now, later },
    post(told) {
      for (const change of told.changes) if (change.is === 'state') see(change.state);
      post(told);
    },
  });
  const at = (which: string): boolean => which === chat || openings.includes(which);
  const release = (which: string | undefined): void => {
    if (which === undefined || at(which) || isLookedAt(which)) return;
    // Where there is no server, nobody tells anything either.
    void ask(chatCloseRequest, { chat: which }).catch(() => undefined);
  };
  const forget = (): void => {
    look += 1;
    chat = undefined;
    state = undefined;
    shown.clear();
    pace.close();
    changed();
  };
  return {
    async open(params) {
      look += 1;
      const mine = look;
      const { chat: named } = params;
      if (named !== undefined) openings = [...openings, named];
      const opened = await ask(chatOpenRequest, params).finally(() => {
        const index = openings.indexOf(named ?? '');
        if (index >= 0) openings = openings.toSpliced(index, 1);
      });
      if (mine !== look) {
        release(opened.chat);
        return opened;
      }
      const before = chat;
      if (before !== opened.chat) shown.clear();
      chat = opened.chat;
      pace.open(opened.chat, opened.seq);
      see(opened.state);
      release(before);
      return opened;
    },
    hear: pace.hear,
    drawn: pace.drawn,
    leave() {
      const before = chat;
      forget();
      release(before);
    },
    forget,
    at,
    wasShown: (which, hash) => which === chat && shown.has(hash),
    chat: () => chat,
    state: () => state,
  };
}
