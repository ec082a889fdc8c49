/** The standard LSP requests: code actions, code lenses, hovers, commands, and the documents under our own scheme. */
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  CodeLensRefreshRequest,
  type Connection,
} from 'vscode-languageserver/node';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { isReceiptId, type Receipts } from '../egress/receipts.ts';
import type { Disk, World } from '../ports.ts';
import { answering } from './answering.ts';
import { commandsFor, hasTextDocumentContent } from './capabilities.ts';
import { addCommands } from './commands.ts';
import { editActions, isPassing } from './editSurfaces.ts';
import { explainActions, explainCommandOf, explainHover, explainLenses } from './explainSurfaces.ts';
import type { SettingsCache } from './settings.ts';
import { showExplanationFor } from './showExplanation.ts';
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
}

export function addStandardRequests(parts: StandardParts): void {
  const { connection, client, gloss, world, receipts, signIn, disk, storage } = parts;
  const { explanations, log } = world;
  const command = explainCommandOf(gloss.connection);
  connection.onCodeAction((params) => actionsOf(parts, params, command));
  connection.onCodeActionResolve(
    (action, token) =>
      answering(token, log, async (signal) =>
        (await import('./editRequests.ts')).resolveEdit(parts, action, signal),
      ) as Promise<CodeAction>, // The library sends what `answering` makes of a failure as an error.
  );
  connection.onCodeLens(({ textDocument }) => lensesOf(parts, textDocument.uri, command));
  connection.onHover(({ textDocument, position }) => explainHover(textDocument.uri, position, explanations));
  addLensRefresh(parts);
  const receiptOf = async (uri: string | undefined) => {
    const found = await receipts.text(uri === undefined ? undefined : receiptIdOf(uri));
    return found === undefined ? undefined : { uri: `gloss:/receipts/${found.id}.txt`, text: found.text };
  };
  if (hasTextDocumentContent(client))
    connection.workspace.textDocumentContent.on(async ({ uri }) => ({
      text: (await receiptOf(uri))?.text ?? 'There is no such receipt (any more).\n',
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
    show: showExplanationFor({
      connection,
      client,
      gloss,
      disk,
      log,
      uriOf: (name) => pathToFileURL(`${storage}/${name}`).href,
    }),
  });
}

/** Explaining first: it changes nothing. */
async function actionsOf(
  { client, gloss, world, settings }: StandardParts,
  params: CodeActionParams,
  command: string,
): Promise<CodeAction[]> {
  const { uri } = params.textDocument;
  const document = world.documents.get(uri);
  if (document === undefined || isPassing(params)) return [];
  const own = await world.customActions.for(uri);
  const edits = editActions({ client, gloss, own, document, settings: await settings.forDocument(uri) }, params);
  return [...explainActions(params, command), ...edits];
}

async function lensesOf({ world, settings }: StandardParts, uri: string, command: string): Promise<CodeLens[]> {
  const document = world.documents.get(uri);
  if (document === undefined || !(await settings.forDocument(uri)).codeLens.enabled) return [];
  const { symbolsOf } = await import('../features/symbols.ts');
  return [...explainLenses(uri, await symbolsOf(world, document), command)];
}

/** Lenses come and go with their setting. */
function addLensRefresh({ client, connection, settings, world }: StandardParts): void {
  if (client.workspace?.codeLens?.refreshSupport !== true) return;
  settings.onChange(() => {
    connection
      .sendRequest(CodeLensRefreshRequest.type)
      .catch((error: unknown) => world.log.warn(`lenses were not refreshed: ${String(error)}`));
  });
}

/** Nothing but a receipt's id is read out of a URI. */
function receiptIdOf(uri: string): string {
  const id = /^gloss:\/{1,3}receipts\/([^/]+)\.txt$/.exec(uri)?.[1] ?? '';
  return isReceiptId(id) ? id : 'none';
}
