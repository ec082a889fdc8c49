/** What this side answers and hears, and the one thing that it tells by itself. Loaded while the server's process starts. */
import type * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { chatContextRequest, saveRequest, terminalClosed, terminalNotification } from '#shared/chat.ts';
import { connectionChanged, connectionRequest } from '#shared/connection.ts';
import { explanationsNotification } from '#shared/explanations.ts';
import {
  allProblemsRequest,
  definitionsRequest,
  hoverRequest,
  problemsRequest,
  referencesRequest,
} from '#shared/lookups.ts';
import { chatChanged, chatStates } from '#shared/panelRequests.ts';
import { statusNotification } from '#shared/status.ts';
import { suggestionsNotification } from '#shared/suggestions.ts';
import { symbolsRequest } from '#shared/symbols.ts';
import { answer, hear } from './answer.ts';
import type { Terminals } from './chat/terminals.ts';
import type { ConnectionAnswers } from './connection.ts';
import type { EditMethod } from './edit/answering.ts';
import type { Edits } from './edit/edits.ts';
import type { Explanations } from './explain/explanations.ts';
import type { LineNotes } from './explain/lineNotes.ts';
import type { Server } from './languageClient.ts';
import type { Panel } from './panel/panel.ts';
import { definitionsOf, problemsIn, symbolsOf } from './providers.ts';
import type { StatusItem } from './status.ts';

export interface AnswerParts {
  readonly connection: ConnectionAnswers;
  readonly status: StatusItem;
  edits(): Promise<Edits>;
  explanations(): Promise<Explanations>;
  lineNotes(): Promise<LineNotes>;
  panel(): Promise<Panel>;
}

/** Adds the answers to a client that has not heard from its server yet. */
export function attach(
  client: LanguageClient,
  { connection, status, edits, explanations, lineNotes, panel }: AnswerParts,
): void {
  answer(client, connectionRequest, connection.answer);
  answer(client, symbolsRequest, symbolsOf);
  answer(client, definitionsRequest, definitionsOf);
  answer(client, problemsRequest, async ({ uri, range }) => problemsIn(uri, range));
  answer(client, referencesRequest, async (asked) => (await import('./navigation.ts')).referencesAt(asked));
  answer(client, hoverRequest, async (asked) => (await import('./navigation.ts')).hoverAt(asked));
  answer(client, allProblemsRequest, async () => (await import('./navigation.ts')).allProblems());
  hear(client, statusNotification, status.hear);
  hear(client, suggestionsNotification, status.hearSuggestions);
  hear(client, explanationsNotification, (told) => {
    void explanations().then((all) => all.hear(told));
    void lineNotes().then((notes) => notes.hear(told.uri, told.explanations));
  });
  hear(client, chatChanged, (told) => void panel().then((all) => all.hear(told)));
  hear(client, chatStates, ({ chats }) => void panel().then((all) => all.hearStates(chats)));
  attachEdits(client, edits);
  attachCommands(client);
}

const editMethods: readonly EditMethod[] = [
  'gloss/apply',
  'gloss/prepare',
  'gloss/approve',
  'gloss/rename',
  'gloss/extract',
];

/** All that is about edits is loaded with the first message about them. */
function attachEdits(client: LanguageClient, makeEdits: () => Promise<Edits>): void {
  const load = () => Promise.all([import('./edit/answering.ts'), makeEdits()]);
  for (const method of editMethods)
    client.onRequest(method, async (params: unknown, token: vscode.CancellationToken) => {
      const [part, edits] = await load();
      return part.answerEdit(method, { params, token, edits });
    });
  client.onNotification('gloss/hunks', async (params: unknown) => {
    const [part, edits] = await load();
    part.hearHunks(params, edits, (message) => client.warn(message));
  });
}

/** What commands of chats need is loaded with the first one. */
function attachCommands(client: LanguageClient): void {
  let terminals: Promise<Terminals> | undefined;
  const closed = (id: string): void =>
    void client
      .sendNotification(terminalClosed.method, { id })
      .catch((error: unknown) => client.warn(`The server was not told of a closed terminal: ${String(error)}`));
  const load = () => (terminals ??= import('./chat/terminals.ts').then((part) => part.createTerminals(closed)));
  hear(client, terminalNotification, (piece) => void load().then((all) => all.hear(piece)));
  answer(client, chatContextRequest, async ({ wants }) => (await import('./chat/context.ts')).contextOf(wants));
  answer(client, saveRequest, async ({ uris }) => ({ saved: await (await import('./chat/save.ts')).save(uris) }));
}

/** Tells the server that the answer to `gloss/connection` may be another one now. */
export async function tellChanged(server: Server, log: vscode.LogOutputChannel): Promise<void> {
  // A server that starts later asks by itself.
  if (server.state() !== 'running') return;
  await server
    .client()
    .sendNotification(connectionChanged.method, {})
    .catch((error: unknown) => log.warn(`The server was not told of the changed connection: ${String(error)}`));
}
