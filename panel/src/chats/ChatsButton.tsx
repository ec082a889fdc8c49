/** The button that shows the list of chats, with the number of those that wait for the person or run elsewhere. */
import { useEffect, useState } from 'preact/hooks';
import type { ChatHead } from '#shared/panel.ts';
import type { Host } from '../host.ts';
import { Icon } from '../Icon.tsx';
import { t } from '../words.ts';

export interface ChatsButtonProps {
  readonly host: Host;
  readonly chat: string | undefined;
  readonly isOpen: boolean;
  /** Else only while something goes on elsewhere. */
  readonly isAlways: boolean;
  readonly onToggle: () => void;
}

export function ChatsButton({ host, chat, isOpen, isAlways, onToggle }: ChatsButtonProps) {
  const [states, setStates] = useState<readonly Pick<ChatHead, 'id' | 'state'>[]>([]);
  useEffect(() => host.listen((message) => message.is === 'states' && setStates(message.chats)), [host]);
  const elsewhere = states.filter(({ id, state }) => id !== chat && state !== 'idle');
  const waiting = elsewhere.filter(({ state }) => state === 'waiting').length;
  const words = [
    t('Chats'),
    ...(waiting === 0 ? [] : [waiting === 1 ? t('1 other waits for you') : t('{0} others wait for you', waiting)]),
    ...(elsewhere.length === waiting ? [] : [t('{0} running', elsewhere.length - waiting)]),
  ].join(', ');
  if (!isAlways && elsewhere.length === 0) return null;
  return (
    <button type="button" class="iconButton" title={words} aria-label={words} aria-expanded={isOpen} onClick={onToggle}>
      <Icon name="history" />
      {elsewhere.length > 0 && (
        <span class={waiting > 0 ? 'count waits' : 'count'} aria-hidden="true">
          {waiting > 0 ? waiting : elsewhere.length}
        </span>
      )}
    </button>
  );
}
