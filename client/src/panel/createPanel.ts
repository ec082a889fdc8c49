/** The panel: its pages in the side bar and in tabs, what the server tells them, and what commands want of them. */
import * as vscode from 'vscode';
import { type HostMessage, PageState, type Welcome } from '#shared/panelHost.ts';
import { SendKey } from '#shared/settings.ts';
import type { ServerState } from '../statusLook.ts';
import type { World } from '../world.ts';
import { createDeeds } from './deeds.ts';
import { createTab, focusView, frameOfTab, frameOfView } from './frames.ts';
import { createMemory, type Memory } from './memory.ts';
import type { Frame, Page, Panel } from './panel.ts';
import { followSelection, type Selection } from './selection.ts';
import { createShownState } from './shownState.ts';
import { createPage } from './surface.ts';
import { type ChatStates, createWaiting } from './waiting.ts';

export function createPanel(world: World): Panel {
  const memory = createMemory(world.context.workspaceState);
  const pages = new Set<Page>();
  const waiting = createWaiting();
  let side = Promise.withResolvers<Page>();
  let view: vscode.WebviewView | undefined;
  /** The page that had the keyboard last. */
  let last: Page | undefined;
  const seen = (): readonly Page[] => [...pages].filter(({ frame }) => frame.isVisible());
  const tellAll = (message: HostMessage): void => {
    for (const page of pages) page.tell(message);
  };
  const current = (): Page | undefined => {
    const visible = seen();
    return visible.find((page) => page.hasFocus()) ?? visible.find((page) => page === last) ?? visible[0];
  };
  const selection = followSelection({
    ask: world.ask,
    isWanted: () => seen().length > 0,
    tell: (mention) => tellAll({ is: 'selection', ...(mention === undefined ? {} : { mention }) }),
  });
  const shownState = createShownState();
  const show = (): void => {
    const page = current();
    shownState.show({ isVisible: page !== undefined, hasFocus: page?.hasFocus() ?? false, state: page?.state() });
    shownState.badge(view, waiting.count());
  };
  const openTab = (chat: string | undefined): Page => addTab(createTab(), chat);
  const add = (frame: Frame, chat: string | undefined): Page => {
    const page = createPage({
      ...{ world, frame, chat },
      deeds: (own) => createDeeds({ world, memory, openTab, welcome: () => welcomeOf(own, memory) }),
      isLookedAt: (which, by) => [...pages].some((other) => other !== by && other.looking.at(which)),
      changed(own) {
        if (own.hasFocus()) last = own;
        const shown = own.looking.chat();
        if (own.frame.place === 'side' && shown !== undefined) memory.showed(shown);
        own.frame.entitle(own.state()?.title || vscode.l10n.t('Chat'));
        show();
      },
      began(own) {
        begin(own, { chats: waiting.all(), selection });
        own.tell({ is: 'server', state: pageStateOf(world.server.state()), again: false });
      },
      gone(own) {
        pages.delete(own);
        if (last === own) last = undefined;
        show();
      },
    });
    pages.add(page);
    show();
    return page;
  };
  const addTab = (tab: vscode.WebviewPanel, chat: string | undefined): Page =>
    add(frameOfTab(tab, world.context), chat);
  const openSide = async (): Promise<Page> => {
    await focusView();
    return side.promise;
  };
  let wasRunning = world.server.state() === 'running';
  world.context.subscriptions.push(
    selection,
    world.server.onState((state) => {
      const isRunning = state === 'running';
      // Another process knows nothing of who looks at what, and nothing waits in it.
      if (isRunning && wasRunning) {
        for (const page of pages) page.looking.forget();
        waiting.hear([]);
        show();
      }
      tellAll({ is: 'server', state: pageStateOf(state), again: isRunning && wasRunning });
      wasRunning ||= isRunning;
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(sendKeySetting)) tellAll({ is: 'sendKey', sendKey: sendKey() });
    }),
  );
  return {
    showIn(shown) {
      view = shown;
      side.resolve(add(frameOfView(shown), undefined));
      shown.onDidDispose(() => {
        view = undefined;
        side = Promise.withResolvers();
      });
    },
    restore(tab, state) {
      addTab(tab, PageState.safeParse(state).data?.chat);
    },
    hear({ chat, seq, changes }) {
      for (const page of pages) page.looking.hear(chat, seq, changes);
    },
    hearStates(chats) {
      waiting.hear(chats);
      tellAll({ is: 'states', chats });
      show();
    },
    openSide,
    openTab,
    current,
    async reach() {
      const page = current();
      if (page === undefined || page.frame.place === 'side') return openSide();
      page.frame.show();
      return page;
    },
  };
}

function begin(page: Page, { chats, selection }: { readonly chats: ChatStates; readonly selection: Selection }): void {
  const mention = selection.mention();
  page.tell({ is: 'states', chats });
  if (mention !== undefined) page.tell({ is: 'selection', mention });
  selection.request();
}

const sendKeySetting = 'gloss.chat.sendKey';

/** A bad value counts as none (faults R42). */
function sendKey(): SendKey {
  return SendKey.catch('enter').parse(vscode.workspace.getConfiguration().get<unknown>(sendKeySetting));
}

function welcomeOf(page: Page, memory: Memory): Welcome {
  const { place } = page.frame;
  const chat = page.chat() ?? (place === 'side' ? memory.lastChat() : undefined);
  const draft = chat === undefined ? undefined : memory.draft(chat);
  return {
    ...(chat === undefined ? {} : { chat }),
    ...(draft === undefined ? {} : { draft }),
    ...{ place, sendKey: sendKey(), history: memory.history() },
    words: vscode.l10n.bundle ?? {},
    folders: vscode.workspace.workspaceFolders?.length ?? 0,
  };
}

function pageStateOf(state: ServerState): 'running' | 'starting' | 'failed' {
  switch (state) {
    case 'running':
      return 'running';
    case 'starting':
    case 'restarting':
      return 'starting';
    case 'failed':
    case 'stopped':
      return 'failed';
  }
}
