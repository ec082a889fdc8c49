/** The chats that are open in this server: each is there once, however many look at it. */
import type { Chat, Chats } from '../chat.ts';
import { type ChatParts, createChat } from './chat.ts';

/** @param parts What all chats share. */
export function createChats(parts: ChatParts): Chats {
  const { conversations } = parts.world;
  const open = new Map<string, Promise<(Chat & { close(): Promise<void> }) | undefined>>();
  const opened = async (id: string) => {
    const stored = await conversations.open(id);
    return stored === undefined ? undefined : createChat(stored, parts);
  };
  const find = async (id: string) => {
    const present = open.get(id);
    if (present !== undefined) return present;
    const opening = opened(id);
    open.set(id, opening);
    const chat = await opening.catch(() => undefined);
    if (chat === undefined) open.delete(id);
    return opening;
  };
  return {
    async begin() {
      const id = conversations.begin('New chat');
      const now = parts.now().toISOString();
      const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, price: 0 };
      const summary = { id, title: 'New chat', begun: now, changed: now, questions: 0, usage };
      const chat = createChat({ summary, entries: [] }, parts);
      open.set(id, Promise.resolve(chat));
      return chat;
    },
    open: find,
    async fork(id, entry) {
      const fork = await conversations.fork(id, entry);
      return fork === undefined ? undefined : find(fork);
    },
    async remove(id) {
      await (await open.get(id))?.close();
      open.delete(id);
      await conversations.remove(id);
    },
    async close() {
      const chats = await Promise.all(open.values());
      open.clear();
      await Promise.all(chats.map((chat) => chat?.close()));
    },
  };
}
