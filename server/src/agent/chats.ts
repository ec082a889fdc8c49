/** The chats that are open in this server: each is there once, however many look at it. */
import type { Chat, Chats } from '../chat.ts';
import { createChat, type OpenChat } from './chat.ts';
import { groupsIn } from './history.ts';
import type { ChatParts } from './parts.ts';

/** Chats that nobody looks at and that do nothing; each holds its whole history. */
const mostIdle = 4;
/** Milliseconds after which nobody who has just got a chat still means to use it. */
const restless = 60_000;

interface Kept {
  readonly chat: Promise<OpenChat | undefined>;
  /** When it was wanted last. */
  readonly at: number;
}

/** @param shared What all chats share. */
export function createChats(shared: ChatParts): Chats {
  const { conversations } = shared.world;
  const listeners = new Set<(chat: Chat) => void>();
  const parts: ChatParts = {
    ...shared,
    onState(id) {
      if (listeners.size === 0) return;
      const told = (chat: Chat | undefined) => {
        if (chat !== undefined) for (const listener of listeners) listener(chat);
      };
      // One that could not be opened is told to those who wanted it.
      open.get(id)?.chat.then(told, () => undefined);
    },
  };
  /** In the order in which they were wanted last. */
  const open = new Map<string, Kept>();
  const keep = (id: string, chat: Kept['chat']): void => {
    open.delete(id);
    open.set(id, { chat, at: parts.now().getTime() });
  };
  /** What is allowed for the session goes with them: they ask again when they are opened again. */
  const forgetIdle = async (): Promise<void> => {
    const before = parts.now().getTime() - restless;
    const idle: string[] = [];
    for (const [id, { chat, at }] of open) if (at < before && (await chat)?.isIdle() === true) idle.push(id);
    for (const id of idle.slice(0, Math.max(0, idle.length - mostIdle))) open.delete(id);
  };
  const opened = async (id: string): Promise<OpenChat | undefined> => {
    const stored = await conversations.open(id);
    if (stored === undefined) return undefined;
    await parts.world.ledger.recall(groupsIn(stored.entries));
    return createChat(stored, parts, await parts.settings());
  };
  const find = async (id: string): Promise<OpenChat | undefined> => {
    const opening = open.get(id)?.chat ?? opened(id);
    keep(id, opening);
    const chat = await opening.catch(() => undefined);
    if (chat === undefined) open.delete(id);
    await forgetIdle();
    return opening;
  };
  return {
    async begin() {
      const folder = (await shared.folder?.()) ?? '';
      const id = conversations.begin('New chat', folder);
      const now = parts.now().toISOString();
      const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0 };
      const summary = { id, title: 'New chat', begun: now, changed: now, questions: 0, usage, folder };
      const chat = createChat({ summary, entries: [] }, parts, await parts.settings());
      keep(id, Promise.resolve(chat));
      await forgetIdle();
      return chat;
    },
    open: find,
    async fork(id, entry) {
      const fork = await conversations.fork(id, entry);
      return fork === undefined ? undefined : find(fork);
    },
    async rename(id, title) {
      await conversations.rename(id, title);
      (await open.get(id)?.chat)?.rename(title);
    },
    async remove(id) {
      await (await open.get(id)?.chat)?.close();
      open.delete(id);
      await conversations.remove(id);
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      const chats = await Promise.all([...open.values()].map(({ chat }) => chat));
      open.clear();
      await Promise.all(chats.map((chat) => chat?.close()));
    },
  };
}
