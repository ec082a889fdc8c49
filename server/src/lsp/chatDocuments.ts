/** The documents of chats: files of Gloss's own storage that any editor can open, one for each chat. */

import { CodeLensRefreshRequest, CompletionRequest } from 'vscode-languageserver/node';
import { keepNewest } from '#shared/newest.ts';
import { groupsIn } from '../agent/history.ts';
import type { Chat } from '../chat.ts';
import { Refusal } from '../ports.ts';
import { positionsIn } from '../text/lines.ts';
import type { TextChange } from '../text/spans.ts';
import { chatCompletion, registersCompletion } from './capabilities.ts';
import { chatEdits, edited } from './chatEdits.ts';
import type { ChatEngine, ChatParts } from './chatParts.ts';
import { bodyOf, type ChatSection, sectionsIn } from './chatSections.ts';
import { createChatText } from './chatText.ts';
import { type ChatView, createChatView } from './chatView.ts';
import type { OwnTexts } from './ownTexts.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

export interface ChatDocuments {
  /** The chat that is shown in an open document. */
  view(uri: string): ChatView | undefined;
  /** Opens the chat's document in the editor. @returns its URI. */
  open(chat: Chat, draft?: string): Promise<string>;
  /** A document was opened by the editor: when it resolves, it is followed if it is one of a chat. Any number of times. */
  opened(uri: string): Promise<void>;
  closed(uri: string): void;
  changed(uri: string): void;
  /** The chat is gone, and its document with it. */
  forget(id: string): Promise<void>;
  /** Hunks of the ledger have changed: what became of edits stands in the documents. */
  hunksChanged(): void;
  /** Brings all of them up to date. */
  showAll(): void;
}

/** Chats without a word so far, which are nowhere else. */
const mostChats = 100;
/** Milliseconds between two edits of a document. */
const pace = 120;

export function createChatDocuments(
  parts: ChatParts,
  { engine, texts }: { readonly engine: ChatEngine; readonly texts: OwnTexts },
): ChatDocuments {
  const { disk, world } = parts;
  const { documents, log } = world;
  const views = new Map<string, ChatView>();
  /** Also those without an entry, of which nothing is on the disk. */
  const chats = new Map<string, Chat>();
  /** Of the edits of each, as they were when they were looked at last: that they have moved is no news. */
  const fates = new Map<string, string>();
  const lensesChanged = lensRefresh(parts);
  offerCompletion(parts);
  const draw = () => createChatText(engine);
  const viewOf = (chat: Chat, uri: string): ChatView =>
    createChatView({
      ...{ uri, chat, documents, log, lensesChanged, draw: draw() },
      apply: (at, version, changes) => applyTo(parts, { uri: at, version, changes }),
      later: (act, milliseconds = pace) => void setTimeout(act, milliseconds).unref(),
    });
  return {
    view: (uri) => views.get(uri),
    async open(chat, draft = '') {
      chats.set(chat.id, chat);
      keepNewest(chats, mostChats);
      const known = [...views.values()].find((view) => view.chat.id === chat.id);
      const uri = known?.uri ?? parts.uriOf(nameOf(chat.id));
      if (known !== undefined) await texts.show(uri);
      else {
        const text = await write(parts, chat, { draft, sections: draw()(nowOf(chat)) });
        await texts.show(uri, positionsIn(text)(text.length));
      }
      return uri;
    },
    async opened(uri) {
      const id = chatIdOf(parts, uri);
      if (id === undefined || views.has(uri)) return;
      const chat = chats.get(id) ?? (await engine.chats.open(id));
      if (chat === undefined || documents.get(uri) === undefined || views.has(uri)) return;
      chats.set(id, chat);
      const view = viewOf(chat, uri);
      views.set(uri, view);
      engine.people.shows(chat.id, true);
      view.show();
      lensesChanged();
    },
    closed(uri) {
      const view = views.get(uri);
      if (view === undefined) return;
      view.close();
      views.delete(uri);
      fates.delete(uri);
      // It holds its whole history; what is on the disk is read from there.
      if (view.chat.stored().entries.length > 0) chats.delete(view.chat.id);
      if (![...views.values()].some(({ chat }) => chat.id === view.chat.id)) engine.people.shows(view.chat.id, false);
    },
    changed: (uri) => views.get(uri)?.touched(),
    async forget(id) {
      chats.delete(id);
      for (const [uri, view] of views) {
        if (view.chat.id !== id) continue;
        view.close();
        views.delete(uri);
      }
      await disk.remove(nameOf(id));
      lensesChanged();
    },
    hunksChanged() {
      for (const [uri, { chat, show }] of views) {
        const now = JSON.stringify(groupsIn(chat.stored().entries).map(engine.stateOf)).replace(/, line \d+: /g, '');
        if (fates.get(uri) === now) continue;
        fates.set(uri, now);
        show();
        lensesChanged();
      }
    },
    showAll() {
      for (const view of views.values()) view.show();
    },
  };
}

/** Undefined for what is no document of a chat. */
export function chatIdOf(parts: Pick<ChatParts, 'uriOf'>, uri: string): string | undefined {
  const id = /\/([\w-]{1,64})\.md$/.exec(uri)?.[1];
  return id !== undefined && sameFile(uri, parts.uriOf(nameOf(id))) ? id : undefined;
}

/** Editors spell URIs in their own ways. */
function sameFile(one: string, other: string): boolean {
  try {
    return decodeURIComponent(one) === decodeURIComponent(other);
  } catch {
    return false;
  }
}

function nameOf(id: string): string {
  return `chats/${id}.md`;
}

function nowOf(chat: Chat) {
  return { stored: chat.stored(), state: chat.state(), ending: undefined, notes: [] };
}

/** The file anew from the conversation. What the person had written there and not sent stays. */
async function write(
  { disk }: ChatParts,
  { id }: Chat,
  { draft, sections }: { readonly draft: string; readonly sections: readonly ChatSection[] },
): Promise<string> {
  const name = nameOf(id);
  const before = await disk.read(name);
  const now = edited(
    before ?? '',
    chatEdits(before ?? '', { sections, sent: [] }, () => undefined),
  );
  const text = draft.trim() === '' ? now : `${now}${draft}`;
  if (text === before) return text;
  if (before !== undefined) await disk.remove(name);
  await disk.create(name, text).catch((error: unknown) => {
    // Another window has just written the same.
    if (!(error instanceof Refusal && error.kind === 'exists')) throw error;
  });
  return text;
}

interface Applying {
  readonly uri: string;
  readonly version: number;
  readonly changes: readonly TextChange[];
}

/** Only ever a document of a chat: those are Gloss's own files, and no door into the person's. */
async function applyTo(parts: ChatParts, { uri, version, changes }: Applying): Promise<boolean> {
  const { connection, client, world } = parts;
  if (client.workspace?.applyEdit !== true || chatIdOf(parts, uri) === undefined) return false;
  const at = (offset: number) => world.documents.positionAt(uri, offset);
  const edits = changes.map(({ start, end, text }) => ({ range: { start: at(start), end: at(end) }, text }));
  const whole = { group: 'chat', title: 'Chat', documents: [{ uri, version, edits }], files: [] };
  const edit = toWorkspaceEdit(whole, client, { needsConfirmation: false });
  try {
    return (await connection.workspace.applyEdit({ label: whole.title, edit })).applied;
  } catch (error) {
    world.log.warn(`a chat's document was not changed: ${String(error)}`);
    return false;
  }
}

function offerCompletion({ connection, client, world }: ChatParts): void {
  if (!registersCompletion(client)) return;
  const documentSelector = [{ scheme: 'file', pattern: '**/chats/*.md' }];
  connection.client
    .register(CompletionRequest.type, { ...chatCompletion, documentSelector })
    .catch((error: unknown) => world.log.warn(`completions in chats are not offered: ${String(error)}`));
}

/** Milliseconds between two refreshes of the code lenses. */
const refreshPause = 150;

function lensRefresh({ connection, client, world }: ChatParts): () => void {
  let timer: NodeJS.Timeout | undefined;
  // A connection that is gone throws at once.
  const refresh = async () => connection.sendRequest(CodeLensRefreshRequest.method);
  return () => {
    if (client.workspace?.codeLens?.refreshSupport !== true || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void refresh().catch((error: unknown) => world.log.warn(`code lenses were not refreshed: ${String(error)}`));
    }, refreshPause).unref();
  };
}

/** What is written below the last heading, as it was typed. */
export function draftIn(text: string): string {
  const { draft } = sectionsIn(text);
  return draft === undefined ? '' : bodyOf(draft, text);
}
