/** What this server offers to a client, by what the client can do. All that is imported here is loaded before `initialize` is answered. */
import {
  type ClientCapabilities,
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { chatCommandIds, documentScheme, serverCommands } from '#shared/commands.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { builtInActions } from '../features/refactor/actions.ts';

/** A kind of its own, so that editors can filter by it and bind keys to it. Those of the other actions are below it. */
export const explainKind = 'gloss.explain';

/** What can be done in the document of a chat. */
export const chatKind = 'gloss.chat';

type AnswersConnection = Pick<GlossCapabilities, 'connection'>;

export function capabilitiesFor(client: ClientCapabilities, gloss: AnswersConnection): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    codeLensProvider: { resolveProvider: false },
    inlayHintProvider: { resolveProvider: false },
    codeActionProvider: { codeActionKinds: codeActionKinds(), resolveProvider: true },
    ...(registersCompletion(client) ? {} : { completionProvider: chatCompletion }),
    ...(registersSuggestions(client) ? {} : { inlineCompletionProvider: true }),
    executeCommandProvider: { commands: [...commandsFor(gloss)], workDoneProgress: true },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      ...fileOperationsFor(client),
      ...(hasTextDocumentContent(client) ? { textDocumentContent: { schemes: [documentScheme] } } : {}),
    },
  };
}

/** Only documents of chats have completions: a client that can be told so later is not asked about every other document. */
export function registersCompletion(client: ClientCapabilities): boolean {
  return client.textDocument?.completion?.dynamicRegistration === true;
}

/** A client that can be told so later is not asked while suggestions are off everywhere. */
export function registersSuggestions(client: ClientCapabilities): boolean {
  return client.textDocument?.inlineCompletion?.dynamicRegistration === true;
}

export const chatCompletion = { triggerCharacters: ['@', '/'], resolveProvider: false };

/** A client that filters by kind knows what there may be. */
function codeActionKinds(): string[] {
  return [
    ...new Set([explainKind, chatKind, ...builtInActions.map(({ kind }) => kind), 'refactor.rewrite.gloss.custom']),
  ];
}

/** VS Code registers server commands for every extension to call: it gets only those without another way. */
export function commandsFor(gloss: AnswersConnection): readonly string[] {
  const all = Object.values(serverCommands);
  return gloss.connection ? all.filter((id) => inOurEditor.has(id)) : all;
}

const { explain, edit, whatWasSent, suggestionAccepted, chatRename, chatRemove, chatList, chatSearch } = serverCommands;
const withoutLens = new Set<string>([chatRename, chatRemove, chatList, chatSearch]);
const inOurEditor = new Set([
  explain,
  edit,
  whatWasSent,
  suggestionAccepted,
  ...chatCommandIds.filter((id) => !withoutLens.has(id)),
]);

export function hasTextDocumentContent(client: ClientCapabilities): boolean {
  return client.workspace?.textDocumentContent !== undefined;
}

/** It tells of files and folders that were deleted. */
export function deletesFiles(client: ClientCapabilities): boolean {
  return client.workspace?.fileOperations?.didDelete === true;
}

function fileOperationsFor(client: ClientCapabilities): ServerCapabilities['workspace'] {
  const everything = { filters: [{ pattern: { glob: '**/*' } }] };
  const wanted = {
    ...(renamesFiles(client) ? { didRename: everything } : {}),
    ...(deletesFiles(client) ? { didDelete: everything } : {}),
  };
  return Object.keys(wanted).length === 0 ? {} : { fileOperations: wanted };
}

/** It tells of files and folders that got another name. */
export function renamesFiles(client: ClientCapabilities): boolean {
  return client.workspace?.fileOperations?.didRename === true;
}

/** `capabilities.experimental.gloss`, the only part of it that is ours, as it came. */
export function glossPart({ capabilities }: InitializeParams): Readonly<Record<string, unknown>> {
  const value: unknown = capabilities?.experimental;
  const gloss: unknown = typeof value === 'object' && value !== null && 'gloss' in value ? value.gloss : undefined;
  return typeof gloss === 'object' && gloss !== null ? { ...gloss } : {};
}
