/** The button that shows the list of chats, with the number of those that wait for the person or run elsewhere. */
import type { Host } from '../host.ts';

export interface ChatsButtonProps {
  readonly host: Host;
  readonly chat: string | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export function ChatsButton(_: ChatsButtonProps) {
  return <span />;
}
