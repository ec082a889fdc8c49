/** The chats of this workspace as the list sees them: asked for, searched, and kept as they change. No drawing. */
import type { ChatHead } from '#shared/panel.ts';
import { chatSearchRequest, chatsRequest } from '#shared/panelRequests.ts';
import { type Problem, problemOf } from '../composer/problem.ts';
import type { Host } from '../host.ts';
import { createWatchers } from '../watched.ts';
import { type Found, withStates } from './listing.ts';

export interface Searching {
  /** Undefined until they are here. */
  chats(): readonly ChatHead[] | undefined;
  words(): string;
  found(): readonly Found[];
  /** Texts are being searched. */
  isSearching(): boolean;
  problem(): Problem | undefined;
  search(words: string): void;
  /** Asks anew: something was done to them. */
  refresh(): Promise<void>;
  watch(listener: () => void): () => void;
  end(): void;
}

/** Milliseconds without a key before texts are searched, and without news before the list is asked for again. */
const pause = 250;

export function createSearching(host: Pick<Host, 'ask' | 'listen'>): Searching {
  const watchers = createWatchers();
  let chats: readonly ChatHead[] | undefined;
  let words = '';
  let found: readonly Found[] = [];
  let isSearching = false;
  let problem: Problem | undefined;
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const refresh = async (): Promise<void> => {
    try {
      ({ chats } = await host.ask(chatsRequest, {}));
      problem = undefined;
    } catch (error) {
      problem = problemOf(error);
    }
    watchers.tell();
  };
  const look = async (mine: number): Promise<void> => {
    try {
      const answer = await host.ask(chatSearchRequest, { words });
      if (mine !== asked) return;
      ({ found } = answer);
      problem = undefined;
    } catch (error) {
      if (mine !== asked) return;
      problem = problemOf(error);
    }
    isSearching = false;
    watchers.tell();
  };
  const unlisten = host.listen((message) => {
    if (message.is !== 'states') return;
    chats = chats && withStates(chats, message.chats);
    watchers.tell();
    clearTimeout(again);
    again = setTimeout(() => void refresh(), pause);
  });
  void refresh();
  return {
    chats: () => chats,
    words: () => words,
    found: () => found,
    isSearching: () => isSearching,
    problem: () => problem,
    watch: watchers.watch,
    refresh,
    search(next) {
      words = next;
      asked += 1;
      const mine = asked;
      clearTimeout(timer);
      found = [];
      isSearching = next.trim() !== '';
      if (isSearching) timer = setTimeout(() => void look(mine), pause);
      watchers.tell();
    },
    end() {
      asked += 1;
      clearTimeout(timer);
      clearTimeout(again);
      unlisten();
    },
  };
}
