/** The chats that a panel looks at, and those that run or wait: tells the client of both. */
import type { ChatHead, PanelState } from '#shared/panel.ts';
import { chatChanged, chatStates } from '#shared/panelRequests.ts';
import { groupsIn } from '../agent/history.ts';
import type { Chat } from '../chat.ts';
import type { ChatEngine, ChatParts } from './chatParts.ts';
import { createFeed, type Feed, type OpenedChat } from './panelFeed.ts';
import { panelStateOf } from './panelState.ts';

export interface Panel {
  /** From now on it is told what happens in the chat. */
  open(chat: Chat): OpenedChat;
  close(id: string): void;
  /** Something of a chat has changed that it does not tell of itself: its title, or what keeps all of them from answering. */
  touched(id?: string): void;
  /** Hunks of the ledger have changed. */
  hunksChanged(): void;
  stateOf(id: string): ChatHead['state'];
}

type Busy = { readonly id: string; readonly title: string; readonly state: ChatHead['state'] };

export function createPanel(parts: ChatParts, engine: ChatEngine): Panel {
  const { connection, gloss, world } = parts;
  const feeds = new Map<string, Feed>();
  const busy = new Map<string, Busy>();
  const stateOf = (chat: Chat): PanelState =>
    panelStateOf(chat, {
      pending: engine.pendingIn(chat),
      trust: world.trust(),
      folders: world.files.roots().length,
    });
  engine.chats.watch((chat) => {
    const state = busyState(chat);
    const { title } = chat.stored().summary;
    const before = busy.get(chat.id);
    if (state === (before?.state ?? 'idle') && (before === undefined || title === before.title)) return;
    busy.set(chat.id, { id: chat.id, title, state });
    const chats = [...busy.values()];
    if (state === 'idle') busy.delete(chat.id);
    if (gloss.panel)
      connection
        .sendNotification(chatStates.method, { chats: chats.slice(-1_000) })
        .catch((error: unknown) => world.log.warn(`chats that run could not be told: ${String(error)}`));
  });
  return {
    open(chat) {
      const known = feeds.get(chat.id);
      if (known !== undefined && known.chat !== chat) known.close();
      const feed =
        known?.chat === chat
          ? known
          : createFeed({
              ...{ chat, log: world.log, stateOf, changes: (groups) => engine.changes(groups) },
              tell: (message) => connection.sendNotification(chatChanged.method, message),
              later: (act) => void setImmediate(act),
            });
      feeds.set(chat.id, feed);
      engine.people.watches(chat.id, true);
      return feed.open();
    },
    close(id) {
      feeds.get(id)?.close();
      feeds.delete(id);
      engine.people.watches(id, false);
    },
    touched(id) {
      for (const feed of feeds.values()) if (id === undefined || feed.chat.id === id) feed.touched('state');
    },
    hunksChanged() {
      for (const feed of feeds.values()) if (groupsIn(feed.chat.stored().entries).length > 0) feed.touched('edits');
    },
    stateOf: (id) => busy.get(id)?.state ?? 'idle',
  };
}

function busyState(chat: Chat): ChatHead['state'] {
  const { running, approvals, questions } = chat.state();
  if (approvals.length > 0 || questions.length > 0) return 'waiting';
  return running ? 'running' : 'idle';
}
