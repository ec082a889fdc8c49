/** The head of the page: the title of the chat, which a click renames, and what goes on in other chats. In a tab also the buttons that a view has in its own title. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { chatRenameRequest } from '#shared/panelRequests.ts';
import { announce } from './announce.tsx';
import { ChatsButton } from './chats/ChatsButton.tsx';
import { Name } from './chats/Name.tsx';
import type { ComposerModel } from './composer/model.ts';
import { attempt } from './deed.ts';
import { Icon, type IconName } from './Icon.tsx';
import type { Session } from './session.ts';
import { t } from './words.ts';

export interface HeadProps {
  readonly session: Session;
  readonly composer: ComposerModel;
}

export function Head({ session, composer }: HeadProps) {
  const isList = session.view() === 'chats';
  const isTab = session.welcome.place === 'editor';
  const title = session.store()?.state().title ?? '';
  return (
    <header class="head">
      {isList && <HeadButton icon="arrow-left" title={t('Back to the Chat')} act={() => back({ session, composer })} />}
      {isList ? <h1 class="title">{t('Chats')}</h1> : <Title session={session} composer={composer} title={title} />}
      <ChatsButton
        host={session.host}
        chat={session.store()?.chat}
        isOpen={isList}
        isAlways={isTab}
        onToggle={() => session.show(isList ? 'transcript' : 'chats')}
      />
      {isTab && <HeadButton icon="add" title={t('New Chat')} act={() => begin({ session, composer })} />}
    </header>
  );
}

function back({ session, composer }: HeadProps): void {
  session.show('transcript');
  composer.focus();
}

function begin({ session, composer }: HeadProps): void {
  session.begin();
  composer.focus();
}

/** A chat in which nothing was asked has no name yet: in a view, whose title says what it is, it needs none. */
function Title({ session, composer, title }: HeadProps & { readonly title: string }) {
  const [isRenaming, setRenaming] = useState(false);
  const chat = session.store()?.chat;
  const mayRename = chat !== undefined && title !== '' && session.store()?.items().length !== 0;
  const before = useRef<Element | null>(null);
  const begin = (): void => {
    before.current = document.activeElement;
    setRenaming(mayRename);
  };
  useEffect(
    () =>
      session.host.listen((message) => {
        if (message.is === 'do' && message.what === 'rename') begin();
      }),
    [session, mayRename],
  );
  const end = (next: string | undefined): void => {
    const hadKeyboard = document.activeElement?.classList.contains('rowName') ?? false;
    setRenaming(false);
    // Where the person was; the title itself is another element by then.
    if (hadKeyboard) requestAnimationFrame(() => focusAgain(before.current, composer));
    if (next === undefined || chat === undefined) return;
    void attempt(async () => {
      await session.host.ask(chatRenameRequest, { chat, title: next });
      announce(t('Renamed: {0}', next));
      return undefined;
    });
  };
  if (isRenaming && mayRename) return <Name title={title} onRenamed={end} />;
  if (!mayRename)
    return <h1 class={session.welcome.place === 'side' ? 'unseen' : 'title'}>{title || t('New Chat')}</h1>;
  return (
    <h1 class="title">
      <button type="button" class="titleButton" title={t('{0} – Rename', title)} onClick={begin}>
        <bdi>{title}</bdi>
      </button>
    </h1>
  );
}

function focusAgain(element: Element | null, composer: ComposerModel): void {
  const title = document.querySelector<HTMLElement>('.titleButton');
  if (element instanceof HTMLElement && element.isConnected && element !== document.body) element.focus();
  else if (title !== null) title.focus();
  else composer.focus();
}

function HeadButton({
  icon,
  title,
  act,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly act: () => void;
}) {
  return (
    <button type="button" class="iconButton" title={title} aria-label={title} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}
