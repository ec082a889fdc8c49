/** Conversations in use: the heads of a few are held, and those that nobody uses go first (threats R46). */
import type { JournalShelf } from '../ports.ts';
import { type Conversation, createConversation } from './conversation.ts';

export interface Used {
  readonly conversation: Conversation;
  /** Does one preparation after the other, in the order in which they were asked for. */
  inTurn<Result>(act: () => Promise<Result>): Promise<Result>;
  /** What is on the disk has been read once. */
  load(): Promise<void>;
}

interface Held extends Used {
  users: number;
}

export interface Shelf {
  /** The conversation stays open until `act` has ended. */
  use<Result>(id: string, act: (used: Used) => Promise<Result>): Promise<Result>;
  /** Its files are closed. */
  leave(id: string): Promise<void>;
  close(): Promise<void>;
}

export function createShelf(journals: JournalShelf, most: number): Shelf {
  /** Those that were used last are last. */
  const held = new Map<string, Held>();
  const closing = new Set<Promise<void>>();
  const leave = (id: string): Promise<void> => {
    const left = held.get(id)?.conversation.close() ?? Promise.resolve();
    held.delete(id);
    closing.add(left);
    return left.finally(() => closing.delete(left));
  };
  const bound = (): void => {
    for (const [id, { users }] of held) {
      if (held.size <= most) return;
      // Closing fails for nobody: what was written is acknowledged already.
      if (users === 0) void leave(id).catch(() => undefined);
    }
  };
  return {
    async use(id, act) {
      const one = held.get(id) ?? createHeld(createConversation(id, journals.open(id)));
      held.delete(id);
      held.set(id, one);
      one.users++;
      try {
        return await act(one);
      } finally {
        one.users--;
        bound();
      }
    },
    leave,
    async close() {
      await Promise.all([...held.keys()].map(leave));
      await Promise.all(closing);
    },
  };
}

function createHeld(conversation: Conversation): Held {
  let last: Promise<unknown> = Promise.resolve();
  let loaded: Promise<void> | undefined;
  return {
    ...{ conversation, users: 0 },
    inTurn(act) {
      const next = last.then(act);
      last = next.catch(() => undefined);
      return next;
    },
    load() {
      loaded ??= conversation.refresh();
      return loaded;
    },
  };
}
