/** Which chats the list shows, in which groups and in which order. Pure. */
import fuzzysort from 'fuzzysort';
import type { ChatHead } from '#shared/panel.ts';
import { dayOf } from '../numbers.ts';
import { t } from '../words.ts';

/** A row of the list. */
export interface Row {
  readonly head: ChatHead;
  /** The words around what was found in its text, and where. */
  readonly found?: { readonly item: string; readonly excerpt: string } | undefined;
}

export interface Group {
  readonly name: string;
  readonly rows: readonly Row[];
}

export interface Found {
  readonly chat: ChatHead;
  readonly item: string;
  readonly excerpt: string;
}

export interface Listed {
  readonly chats: readonly ChatHead[];
  /** What was found in texts for the same words. */
  readonly found: readonly Found[];
  readonly words: string;
  /** Several folders are open. */
  readonly folders: number;
  readonly now: Date;
  /** Rows at most. */
  readonly most: number;
}

export interface Listing {
  readonly groups: readonly Group[];
  /** Chats that are not shown. */
  readonly left: number;
}

/** Below the share that a title has to match (fuzzysort's score, 0 to 1). */
const threshold = 0.3;

/** What waits or runs stands first, then by folder, then by day; with words, what is called like them and what has them. */
export function listing(listed: Listed): Listing {
  const rows = listed.words.trim() === '' ? grouped(listed) : matching(listed);
  let room = listed.most;
  const groups: Group[] = [];
  for (const group of rows) {
    const shown = group.rows.slice(0, Math.max(0, room));
    room -= group.rows.length;
    if (shown.length > 0) groups.push({ ...group, rows: shown });
  }
  return { groups, left: Math.max(0, -room) };
}

function matching({ chats, found, words }: Listed): readonly Group[] {
  const titled = fuzzysort.go(words, chats, { key: 'title', threshold }).map(({ obj }) => obj);
  const inTitles = new Set(titled.map(({ id }) => id));
  const inTexts = found.filter(({ chat }) => !inTitles.has(chat.id));
  return [
    { name: t('Titles'), rows: titled.map((head) => ({ head })) },
    { name: t('Texts'), rows: inTexts.map(({ chat, item, excerpt }) => ({ head: chat, found: { item, excerpt } })) },
  ];
}

function grouped({ chats, folders, now }: Listed): readonly Group[] {
  const groups = new Map<string, Row[]>();
  const order = [...chats].sort((one, other) => other.changed.localeCompare(one.changed));
  const active = order.filter(({ state }) => state !== 'idle');
  const idle = order.filter(({ state }) => state === 'idle');
  const put = (name: string, head: ChatHead): void => {
    const rows = groups.get(name);
    if (rows === undefined) groups.set(name, [{ head }]);
    else rows.push({ head });
  };
  for (const head of active) put(t('Now'), head);
  for (const head of folders > 1 ? byFolder(idle) : idle) {
    const day = dayOf(new Date(head.changed), now);
    put(folders > 1 ? `${head.folder === '' ? t('No Folder') : head.folder} · ${day}` : day, head);
  }
  return [...groups].map(([name, rows]) => ({ name, rows }));
}

/** The folder with the newest chat first. */
function byFolder(chats: readonly ChatHead[]): readonly ChatHead[] {
  const folders = [...new Set(chats.map(({ folder }) => folder))];
  return folders.flatMap((folder) => chats.filter((chat) => chat.folder === folder));
}

/** What is told of chats that run or wait counts more than what was listed before. */
export function withStates(
  chats: readonly ChatHead[],
  states: readonly Pick<ChatHead, 'id' | 'title' | 'state'>[],
): readonly ChatHead[] {
  const told = new Map(states.map((state) => [state.id, state]));
  return chats.map((chat) => {
    const now = told.get(chat.id);
    return now === undefined ? chat : { ...chat, state: now.state, title: now.title };
  });
}
