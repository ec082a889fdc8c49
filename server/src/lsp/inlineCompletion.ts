/** `textDocument/inlineCompletion` and what belongs to it: as little as an editor without suggestions needs, the rest is loaded with the first request. */
import {
  type ClientCapabilities,
  type Connection,
  type Disposable,
  type InlineCompletionItem,
  type InlineCompletionParams,
  InlineCompletionRequest,
  MessageType,
} from 'vscode-languageserver/node';
import { serverCommands } from '#shared/commands.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import type { RequestSpec } from '#shared/request.ts';
import type { SuggestionMode } from '#shared/settings.ts';
import {
  type SuggestionReason,
  snoozeSuggestionsRequest,
  suggestionStatisticsRequest,
  suggestionsNotification,
  whySuggestionRequest,
} from '#shared/suggestions.ts';
import type { Log } from '../ports.ts';
import { answering } from './answering.ts';
import { registersSuggestions } from './capabilities.ts';
import type { SettingsCache } from './settings.ts';
import type { SuggestionSession } from './suggestionSession.ts';

export interface InlineCompletionParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly settings: SettingsCache;
  readonly log: Log;
  /** A folder of the workspace, for settings that are not of a document; empty where there is none. */
  folder(): string;
  load(changed: () => void): Promise<SuggestionSession>;
}

export interface InlineCompletions {
  /** Call once the client is initialized. */
  start(): void;
  accepted(id: string): Promise<void>;
  /** Why the last request showed what it showed; said to the person as well. */
  why(): Promise<SuggestionReason>;
  /** Another key, another service. */
  connectionChanged(): void;
  close(): Promise<void>;
}

const nothingAsked: SuggestionReason = { why: 'none', detail: '', known: false };
/** LSP's `InlineCompletionTriggerKind.Invoked`. */
const invoked = 1;
/** Milliseconds between two notifications at least. */
const pace = 100;

export function addInlineCompletion(parts: InlineCompletionParts): InlineCompletions {
  const { connection, client, gloss, settings, log } = parts;
  let loaded: Promise<SuggestionSession> | undefined;
  let ready: SuggestionSession | undefined;
  const load = (): Promise<SuggestionSession> => {
    loaded ??= parts.load(tellSoon).then((session) => {
      ready = session;
      return session;
    });
    // What failed to load is tried again.
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };

  let mode: SuggestionMode = 'off';
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  function tellSoon(): void {
    if (gloss.suggestions) timer ??= setTimeout(tellNow, pace).unref();
  }
  function tellNow(): void {
    timer = undefined;
    const snoozedUntil = ready?.suggestions.snoozedUntil()?.toISOString();
    const reason = ready?.suggestions.reason() ?? nothingAsked;
    // That somebody goes on typing is no news.
    if (reason.why === 'cancelled') return;
    const key = JSON.stringify([mode, snoozedUntil, reason.why, reason.detail]);
    if (key === told) return;
    told = key;
    connection
      .sendNotification(suggestionsNotification.method, {
        mode,
        reason,
        ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
      })
      .catch((error: unknown) => log.warn(`the state of suggestions was not told: ${String(error)}`));
  }

  let registration: Promise<Disposable> | undefined;
  const register = (isWanted: boolean): void => {
    if (!registersSuggestions(client) || isWanted === (registration !== undefined)) return;
    if (isWanted) {
      const asked = connection.client.register(InlineCompletionRequest.type, { documentSelector: null });
      registration = asked;
      asked.catch((error: unknown) => {
        registration = undefined;
        log.warn(`suggestions could not be registered: ${String(error)}`);
      });
    } else {
      const given = registration;
      registration = undefined;
      given?.then((disposable) => disposable.dispose()).catch(() => undefined);
    }
  };
  const look = async (): Promise<void> => {
    const { suggestions } = await settings.forDocument(parts.folder());
    mode = suggestions.mode;
    register(mode !== 'off' || Object.values(suggestions.languages).some((one) => one !== 'off'));
    tellSoon();
  };
  const lookSoon = (): void => {
    look().catch((error: unknown) => log.warn(`the mode of suggestions is not known: ${String(error)}`));
  };

  connection.languages.inlineCompletion.on(
    (params, token) =>
      answering(token, log, async (signal) => itemsOf(await load(), params, signal)) as Promise<InlineCompletionItem[]>, // The library sends what `answering` makes of a failure as an error.
  );
  const on = <P, R>({ method, params }: RequestSpec<P, R, unknown>, handle: (params: P) => Promise<R>): void => {
    connection.onRequest(method, (given: unknown, token) =>
      answering(token, log, async () => handle(params.parse(given ?? {}))),
    );
  };
  on(whySuggestionRequest, async () => ready?.suggestions.reason() ?? nothingAsked);
  on(suggestionStatisticsRequest, async ({ reset }) => {
    const { statistics } = await load();
    if (reset) await statistics.reset();
    return statistics.read();
  });
  on(snoozeSuggestionsRequest, async ({ minutes }) => {
    const { suggestions } = await load();
    suggestions.snooze(minutes);
    const until = suggestions.snoozedUntil()?.toISOString();
    return until === undefined ? {} : { until };
  });

  settings.onChange(() => {
    ready?.suggestions.forget();
    lookSoon();
  });
  return {
    start: lookSoon,
    async accepted(id) {
      (await load()).suggestions.accepted(id);
    },
    async why() {
      const reason = ready?.suggestions.reason() ?? nothingAsked;
      const { sentenceOf } = await import('./suggestionWords.ts');
      await connection.sendNotification('window/showMessage', { type: MessageType.Info, message: sentenceOf(reason) });
      return reason;
    },
    connectionChanged: () => ready?.suggestions.forget(),
    async close() {
      clearTimeout(timer);
      await (await loaded?.catch(() => undefined))?.close();
    },
  };
}

async function itemsOf(
  { suggestions }: SuggestionSession,
  { textDocument, position, context }: InlineCompletionParams,
  signal: AbortSignal,
): Promise<InlineCompletionItem[]> {
  const { triggerKind, selectedCompletionInfo: selected } = context ?? {};
  const asked = { uri: textDocument.uri, position, byHand: triggerKind === invoked, selected };
  const found = await suggestions.suggest(asked, signal);
  if (found === undefined || signal.aborted) return [];
  const { id, text } = found;
  const command = { title: 'Accepted', command: serverCommands.suggestionAccepted, arguments: [{ id }] };
  return [{ insertText: text, range: selected?.range ?? { start: position, end: position }, command }];
}
