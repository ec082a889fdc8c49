/** The list of chats: to find one again, to name, open and delete it, or to begin another. */
import type { Host } from '../host.ts';

export interface ChatListProps {
  readonly host: Host;
  /** The chat that is shown beside the list. */
  readonly chat: string | undefined;
  /** Several folders are open: chats are told apart by theirs. */
  readonly folders: number;
  /** `item`: what was found in it. */
  readonly onOpen: (chat: string, item?: string) => void;
  readonly onNew: () => void;
  /** The chat that is shown was deleted. */
  readonly onGone: () => void;
  readonly onClose: () => void;
}

export function ChatList(_: ChatListProps) {
  return <div class="chats" />;
}
