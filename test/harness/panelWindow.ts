/** A chat panel over plain LSP with the real server: what the page knows of the chat, by the page's own store, and what the person does in it. */
import { expect } from 'vitest';
import type { Item, PanelState } from '#shared/panel.ts';
import { chatChanged, chatOpenRequest, chatStates, type panelRequests } from '#shared/panelRequests.ts';
import { type ChatStore, createChatStore } from '../../panel/src/store.ts';
import { type ChatWindow, type ChatWindowOptions, chatWindow } from './chatWindow.ts';

type Method = (typeof panelRequests)[number]['method'];

export interface PanelWindow extends AsyncDisposable {
  readonly window: ChatWindow;
  /** Of the chat that was opened last. */
  readonly store: ChatStore;
  readonly chat: string;
  /** What `gloss/chatStates` told, newest last: `id: state`. */
  readonly states: string[];
  /** How often the chat had to be opened again since something was missing. */
  readonly again: number;
  ask<Result = unknown>(method: Method, params: object): Promise<Result>;
  /** Opens a chat, or a new one. */
  open(chat?: string): Promise<void>;
  /** Sends a question; resolves when its turn has ended. */
  say(text: string, more?: object): Promise<void>;
  begin(text: string, more?: object): Promise<void>;
  ended(): Promise<void>;
  state(): PanelState;
  /** Items in short: `call done Read a.ts`. */
  inShort(): readonly string[];
  items<Kind extends Item['is']>(kind: Kind): readonly Extract<Item, { readonly is: Kind }>[];
  /** Texts of items as they are asked for when they are looked at. */
  texts(...items: readonly string[]): Promise<readonly { id: string; text: string; input?: string; result?: string }[]>;
  /** What was heard is what opening the chat gives now. */
  agrees(): Promise<void>;
}

export async function panelWindow(options: ChatWindowOptions): Promise<PanelWindow> {
  const states: string[] = [];
  let store: ChatStore | undefined;
  let again = 0;
  const hear = (method: string, params: unknown): void => {
    options.onNotification?.(method, params);
    if (method === chatStates.method)
      for (const { id, state } of chatStates.params.parse(params).chats) states.push(`${id}: ${state}`);
    if (method !== chatChanged.method) return;
    const told = chatChanged.params.parse(params);
    if (told.chat !== store?.chat || store.hear(told.seq, told.changes)) return;
    again += 1;
    void panel.open(told.chat);
  };
  const window = await chatWindow({
    pendingEdits: true,
    ...options,
    gloss: { panel: true, ...options.gloss },
    onNotification: hear,
  });
  const { rpc } = window.editor;
  const opened = async (chat?: string) =>
    chatOpenRequest.result.parse(await rpc.sendRequest(chatOpenRequest.method, chat === undefined ? {} : { chat }));
  const here = (): ChatStore => {
    if (store === undefined) throw new Error('no chat is open');
    return store;
  };
  const panel: PanelWindow = {
    ...{ window, states },
    get store() {
      return here();
    },
    get chat() {
      return here().chat;
    },
    get again() {
      return again;
    },
    ask: (method, params) => rpc.sendRequest(method, params),
    async open(chat) {
      store = createChatStore(await opened(chat));
    },
    async begin(text, more = {}) {
      const draft = { text, media: [], selection: false };
      await rpc.sendRequest('gloss/chatSend', { chat: here().chat, draft, ...more });
    },
    async say(text, more) {
      await panel.begin(text, more);
      await panel.ended();
    },
    ended: async () => expect.poll(() => here().state().running, { timeout: 30_000 }).toBe(false),
    state: () => here().state(),
    items: (kind) =>
      here()
        .items()
        .filter((item) => item.is === kind) as never,
    inShort: () => here().items().map(shortOf),
    async texts(...items) {
      const { contents } = await panel.ask<{ contents: never[] }>('gloss/chatContents', { chat: here().chat, items });
      return contents;
    },
    async agrees() {
      const now = await opened(here().chat);
      expect(here().items()).toEqual(now.items);
      expect(here().state()).toEqual(now.state);
    },
    [Symbol.asyncDispose]: () => window[Symbol.asyncDispose](),
  };
  return panel;
}

function shortOf(item: Item): string {
  switch (item.is) {
    case 'asked':
      return `asked ${item.text}`;
    case 'said':
      return `said ${item.text}`;
    case 'answer':
    case 'thinking':
    case 'compacted':
      return item.is;
    case 'call':
      return `${item.title}: ${item.state}`;
    case 'changes':
      return `changes ${item.files.map(({ path, added, removed, pending }) => `${path} +${added} -${removed} (${pending})`).join(', ')}`;
    case 'notice':
      return `notice ${item.text}`;
    case 'cost':
      return `cost ${item.demo ? 'demo' : item.model}`;
  }
}
