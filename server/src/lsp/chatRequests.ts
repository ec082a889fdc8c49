/** Chats as documents, for `session.ts`: as little as an editor without a chat needs, the rest is loaded with the first one. */
import type {
  CodeAction,
  CodeActionParams,
  CodeLens,
  CompletionItem,
  CompletionParams,
} from 'vscode-languageserver/node';
import { chatCommandIds } from '#shared/commands.ts';
import type { MessageParam } from '../claude/index.ts';
import type { SaidPlace } from '../ports.ts';
import type { ChatCommandParts } from './chatFound.ts';
import type { ChatParts } from './chatParts.ts';
import { addPanelRequests } from './panelRequests.ts';

/** What the standard requests ask of chats. */
export interface ChatSurface {
  /** The document is one of a chat: nothing else of Gloss is offered in it. */
  owns(uri: string): boolean;
  lenses(uri: string): Promise<CodeLens[]>;
  actions(params: CodeActionParams): Promise<CodeAction[]>;
  complete(params: CompletionParams, signal: AbortSignal): Promise<CompletionItem[]>;
  isCommand(id: string): boolean;
  run(id: string, given: readonly unknown[], signal: AbortSignal): Promise<unknown>;
  /** Hunks of the ledger have changed. */
  hunksChanged(): void;
  /** The editor trusts the workspace now, or no more. */
  trustChanged(): void;
  /** See `ChatEngine.said`. */
  said(place: SaidPlace): Promise<readonly MessageParam[] | undefined>;
  /** Everything that runs has ended, and everything is on the disk. */
  close(): Promise<void>;
}

/** Milliseconds: hunks change with each letter that is typed above them. */
const hunksPause = 300;

export function addChatRequests(parts: ChatParts): ChatSurface {
  const { documents, log } = parts.world;
  let loaded: Promise<ChatCommandParts> | undefined;
  let pause: NodeJS.Timeout | undefined;
  const load = (): Promise<ChatCommandParts> => {
    loaded ??= made(parts);
    // What failed to load is tried again.
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };
  addPanelRequests({ connection: parts.connection, log, load });
  const owns = (uri: string) => uri.endsWith('.md') && isBelow(uri, parts.uriOf('chats/'));
  const told = (uri: string, deed: (chat: ChatCommandParts) => unknown): void => {
    if (!owns(uri)) return;
    load()
      .then(deed)
      .catch((error: unknown) => log.warn(`a chat's document could not be followed: ${String(error)}`));
  };
  documents.watch({
    opened: ({ uri }) => told(uri, ({ shown }) => shown.opened(uri)),
    changed: (_before, { uri }) => told(uri, ({ shown }) => shown.changed(uri)),
    closed: ({ uri }) => told(uri, ({ shown }) => shown.closed(uri)),
  });
  return {
    owns,
    lenses: async (uri) => (await import('./chatSurfaces.ts')).lensesIn(await load(), uri),
    actions: async (params) => (await import('./chatSurfaces.ts')).actionsIn(await load(), params),
    complete: async (params, signal) => (await import('./chatSurfaces.ts')).completionsIn(await load(), params, signal),
    isCommand: (id) => chatCommandIds.includes(id),
    async run(id, given, signal) {
      const { chatCommand } = await import('./chatCommands.ts');
      return chatCommand(id)?.(await load(), given, signal);
    },
    hunksChanged() {
      // Without a chat there is nobody to tell.
      if (loaded === undefined || pause !== undefined) return;
      const tell = () =>
        void loaded?.then(
          ({ shown, panel }) => {
            shown.hunksChanged();
            panel.hunksChanged();
          },
          () => undefined,
        );
      pause = setTimeout(() => {
        pause = undefined;
        tell();
      }, hunksPause).unref();
    },
    trustChanged() {
      void loaded?.then(
        ({ panel }) => panel.touched(),
        () => undefined,
      );
    },
    said: async (place) => (await load()).engine.said(place),
    async close() {
      await (await loaded?.catch(() => undefined))?.engine.close();
    },
  };
}

async function made(parts: ChatParts): Promise<ChatCommandParts> {
  const [{ createChatDocuments }, { createOwnTexts }, { createPanel }] = await Promise.all([
    import('./chatDocuments.ts'),
    import('./ownTexts.ts'),
    import('./panel.ts'),
  ]);
  const texts = createOwnTexts(parts);
  const engine = await parts.load(texts.showText);
  const panel = createPanel(parts, engine);
  return { ...parts, engine, texts, panel, shown: createChatDocuments(parts, { engine, texts }) };
}

function isBelow(uri: string, folder: string): boolean {
  try {
    return decodeURIComponent(uri).startsWith(decodeURIComponent(folder));
  } catch {
    return false;
  }
}
