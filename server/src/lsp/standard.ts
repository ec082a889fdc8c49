/** The standard LSP requests: code actions, code lenses, hovers, commands, and the documents under our own scheme. */
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  type Command,
  type CompletionItem,
  type Connection,
  Diagnostic,
  type InlayHint,
  type InlayHintParams,
} from 'vscode-languageserver/node';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { Problem } from '#shared/problem.ts';
import { isReceiptId, type Receipts } from '../egress/receipts.ts';
import type { Disk, World } from '../ports.ts';
import { answering } from './answering.ts';
import { commandsFor, hasTextDocumentContent } from './capabilities.ts';
import type { ChatSurface } from './chatRequests.ts';
import { addCommands } from './commands.ts';
import { editActions, isPassing, toProblem } from './editSurfaces.ts';
import { explainHover, moreByActions } from './explainHover.ts';
import { explainLenses } from './explainLenses.ts';
import { explainActions, lensCommandsOf } from './explainSurfaces.ts';
import type { InlineCompletions } from './inlineCompletion.ts';
import { noteHints } from './lineNotes.ts';
import { addRefreshing } from './refreshing.ts';
import type { SettingsCache } from './settings.ts';
import { createShowExplanation } from './showExplanation.ts';
import type { SignIn } from './signIn.ts';

export interface StandardParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  readonly world: World;
  readonly settings: SettingsCache;
  readonly receipts: Receipts;
  readonly signIn: SignIn;
  readonly disk: Disk;
  /** Absolute path of `disk`. */
  readonly storage: string;
  /** Undefined where there are no chats. */
  readonly chat: ChatSurface | undefined;
  readonly suggestions: InlineCompletions;
}

export function addStandardRequests(parts: StandardParts): void {
  const { connection, client, gloss, world, settings, receipts, signIn, disk, storage } = parts;
  const { explanations, log } = world;
  connection.onCodeAction((params) => actionsOf(parts, params));
  connection.onCodeActionResolve(
    (action, token) =>
      answering(token, log, async (signal) =>
        (await import('./editRequests.ts')).resolveEdit(parts, action, signal),
      ) as Promise<CodeAction>, // The library sends what `answering` makes of a failure as an error.
  );
  connection.onCodeLens(({ textDocument }) => lensesOf(parts, textDocument.uri));
  connection.onCompletion(
    (params, token) =>
      answering(token, log, async (signal) =>
        parts.chat?.owns(params.textDocument.uri) === true ? parts.chat.complete(params, signal) : [],
      ) as Promise<CompletionItem[]>, // As above.
  );
  const hovering = { client, explanations, more: gloss.connection ? undefined : moreByActions };
  connection.onHover(({ textDocument, position }) => explainHover(hovering, textDocument.uri, position));
  connection.languages.inlayHint.on((params) => hintsOf(world, params));
  addRefreshing({ connection, client, settings, explanations, log });
  const uriOf = (name: string) => pathToFileURL(`${storage}/${name}`).href;
  const show = createShowExplanation({ connection, client, gloss, explanations, disk, log, uriOf });
  const receiptOf = async (uri: string | undefined) => {
    const found = await receipts.text(uri === undefined ? undefined : receiptIdOf(uri));
    return found === undefined ? undefined : { uri: `gloss:/receipts/${found.id}.txt`, text: found.text };
  };
  if (hasTextDocumentContent(client))
    connection.workspace.textDocumentContent.on(async ({ uri }) => ({
      text: (await show.content(uri)) ?? (await receiptOf(uri))?.text ?? 'There is no such receipt (any more).\n',
    }));
  addCommands({
    connection,
    client,
    gloss,
    offered: commandsFor(gloss),
    world,
    receipt: receiptOf,
    check: (signal) => signIn.check(undefined, signal),
    startDemo: () => signIn.startDemo(),
    chat: parts.chat,
    suggestions: parts.suggestions,
    show,
  });
}

/** Explaining first: it changes nothing. */
async function actionsOf(parts: StandardParts, asked: CodeActionParams): Promise<(CodeAction | Command)[]> {
  const { client, gloss, world } = parts;
  const params = withDiagnostics(asked);
  const { uri } = params.textDocument;
  const document = world.documents.get(uri);
  if (document === undefined || isPassing(params)) return [];
  if (parts.chat?.owns(uri) === true) return asKnown(client, await parts.chat.actions(params));
  const own = await world.customActions.for(uri);
  const settings = await parts.settings.forDocument(uri);
  await world.explanations.ready(uri);
  const explanations = world.explanations.of(uri);
  return asKnown(client, [
    ...explainActions({ client, gloss, settings, document, explanations }, params),
    ...editActions({ client, gloss, own, document, settings }, params),
  ]);
}

/** A client that tells of code actions, and not that it knows more than commands, is given those. */
function asKnown({ textDocument }: ClientCapabilities, actions: readonly CodeAction[]): (CodeAction | Command)[] {
  const can = textDocument?.codeAction;
  const knowsCommands = can !== undefined && can.codeActionLiteralSupport === undefined;
  return knowsCommands ? actions.flatMap(({ command }) => command ?? []) : [...actions];
}

/** Clients that have none to tell of may leave them out, and one odd diagnostic is no reason to offer nothing. */
function withDiagnostics(params: CodeActionParams): CodeActionParams {
  const given: unknown = params.context?.diagnostics;
  const diagnostics = Array.isArray(given) ? given.filter(isDiagnostic) : [];
  return { ...params, context: { ...params.context, diagnostics } };
}

function isDiagnostic(value: unknown): value is Diagnostic {
  // The library's own question fails for null.
  return value !== null && Diagnostic.is(value) && Problem.safeParse(toProblem(value)).success;
}

async function lensesOf({ gloss, world, settings, chat }: StandardParts, uri: string): Promise<CodeLens[]> {
  if (chat?.owns(uri) === true) return chat.lenses(uri);
  const document = world.documents.get(uri);
  if (document === undefined) return [];
  const { codeLens, explain } = await settings.forDocument(uri);
  if (!codeLens.enabled) return [];
  const { symbolsOf } = await import('../tools/symbolsOf.ts');
  const symbols = await symbolsOf(world, document);
  await world.explanations.ready(uri);
  const explanations = world.explanations.of(uri);
  return [...explainLenses({ uri, level: explain.level, symbols, explanations }, lensCommandsOf(gloss))];
}

async function hintsOf(
  { documents, explanations }: World,
  { textDocument, range }: InlayHintParams,
): Promise<InlayHint[]> {
  const notes = await explanations.notesOf(textDocument.uri);
  const document = documents.get(textDocument.uri);
  return document === undefined || notes.length === 0 ? [] : noteHints(document, notes, range);
}

/** Nothing but a receipt's id is read out of a URI. */
function receiptIdOf(uri: string): string {
  const id = /^gloss:\/{1,3}receipts\/([^/]+)\.txt$/.exec(uri)?.[1] ?? '';
  return isReceiptId(id) ? id : 'none';
}
