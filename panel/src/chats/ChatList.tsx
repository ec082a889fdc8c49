/** The list of chats: to find one again, to name, open and delete it, or to begin another. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatHead } from '#shared/panel.ts';
import { confirmRequest } from '#shared/panelHost.ts';
import { chatRemoveRequest, chatRenameRequest } from '#shared/panelRequests.ts';
import { announce } from '../announce.tsx';
import { Trouble } from '../cards/Trouble.tsx';
import { type Problem, problemOf } from '../composer/problem.ts';
import type { Host } from '../host.ts';
import { useWatched } from '../watched.ts';
import { t } from '../words.ts';
import { ChatRow } from './ChatRow.tsx';
import { listing } from './listing.ts';
import { SearchField } from './SearchField.tsx';
import { createSearching } from './searching.ts';

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

/** Rows at once. */
const page = 200;

export function ChatList({ host, chat, folders, onOpen, onNew, onGone, onClose }: ChatListProps) {
  const searching = useMemo(() => createSearching(host), [host]);
  useEffect(() => () => searching.end(), [searching]);
  useWatched(searching);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // The person has opened the list: they go on in it.
  useLayoutEffect(() => field.current?.focus(), []);
  const [reached, setReached] = useState<string>();
  const [renaming, setRenaming] = useState<string>();
  const [most, setMost] = useState(page);
  const [problem, setProblem] = useState<Problem>();
  const now = new Date();
  const words = searching.words();
  const chats = searching.chats();
  const { groups, left } = listing({ chats: chats ?? [], found: searching.found(), words, folders, now, most });
  const rows = groups.flatMap((group) => group.rows);
  const first = rows.find(({ head }) => head.id === reached) ?? rows[0];
  const fail = (error: unknown): void => setProblem(problemOf(error));
  /** After what was done is drawn. */
  const focusRow = (at: number): void => {
    requestAnimationFrame(() => {
      const buttons = mainButtons(list.current);
      (buttons[Math.min(at, buttons.length - 1)] ?? field.current)?.focus();
    });
  };
  const rename = async ({ id }: ChatHead, at: number, title: string | undefined): Promise<void> => {
    setRenaming(undefined);
    focusRow(at);
    if (title === undefined) return;
    try {
      await host.ask(chatRenameRequest, { chat: id, title });
      await searching.refresh();
    } catch (error) {
      fail(error);
    }
  };
  const remove = async ({ id, title }: ChatHead, at: number): Promise<void> => {
    try {
      const { yes } = await host.ask(confirmRequest, { what: 'remove', title });
      if (!yes) return;
      await host.ask(chatRemoveRequest, { chat: id });
      announce(t('Deleted: {0}', title));
      if (id === chat) return onGone();
      await searching.refresh();
      focusRow(at);
    } catch (error) {
      fail(error);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const buttons = mainButtons(list.current);
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const row = rows[at];
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === 'Escape') onClose();
    else if (at < 0) return;
    else if (to !== undefined) (to < 0 ? field.current : buttons[Math.min(to, buttons.length - 1)])?.focus();
    else if (event.key === 'F2') setRenaming(row?.head.id);
    else if (event.key === 'Delete' || (event.key === 'Backspace' && event.metaKey)) {
      if (row !== undefined) void remove(row.head, at);
    } else return;
    event.preventDefault();
  };
  return (
    <main class="chats" aria-label={t('Chats')} onKeyDown={onKeyDown}>
      <div class="chatsHead">
        <SearchField
          field={field}
          searching={searching}
          onDown={() => mainButtons(list.current)[0]?.focus()}
          onEnter={() => first !== undefined && onOpen(first.head.id, first.found?.item)}
        />
        <button type="button" class="button" onClick={onNew}>
          {t('New Chat')}
        </button>
      </div>
      {(problem ?? searching.problem()) !== undefined && (
        <Trouble
          host={host}
          message={(problem ?? searching.problem())?.message ?? ''}
          kind={(problem ?? searching.problem())?.kind ?? ''}
          onRetry={() => {
            setProblem(undefined);
            void searching.refresh();
          }}
        />
      )}
      <div ref={list} class="chatsBody">
        {groups.map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h2 class="groupName">{group.name}</h2>
            <ul>
              {group.rows.map((row) => {
                const { head, found } = row;
                const at = rows.indexOf(row);
                return (
                  <ChatRow
                    key={`${head.id} ${found?.item ?? ''}`}
                    row={row}
                    now={now}
                    isCurrent={head.id === chat}
                    isReached={row === first}
                    isRenaming={renaming === head.id}
                    onOpen={() => onOpen(head.id, found?.item)}
                    onFocus={() => setReached(head.id)}
                    onRename={() => setRenaming(head.id)}
                    onRemove={() => void remove(head, at)}
                    onRenamed={(title) => void rename(head, at, title)}
                  />
                );
              })}
            </ul>
          </section>
        ))}
        {left > 0 && (
          <button type="button" class="link more" onClick={() => setMost(most + page)}>
            {t('Show More ({0})', left)}
          </button>
        )}
        {rows.length === 0 && chats !== undefined && !searching.isSearching() && (
          <p class="quiet nothing">
            {words.trim() === '' ? t('No chats yet. What you ask is kept here.') : t('No chat has these words.')}
          </p>
        )}
      </div>
    </main>
  );
}

function mainButtons(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('.rowMain') ?? [])];
}
