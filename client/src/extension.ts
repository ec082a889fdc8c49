/** Where the extension begins: makes the parts, connects them, and starts the server. */
import * as vscode from 'vscode';
import { connectionChanged, connectionRequest } from '#shared/connection.ts';
import { demoRequest } from '#shared/demo.ts';
import { statusNotification } from '#shared/status.ts';
import { symbolsRequest } from '#shared/symbols.ts';
import { answer, hear } from './answer.ts';
import { createAsk } from './ask.ts';
import { registerCommands } from './commands/index.ts';
import { type ConnectionAnswers, createConnectionAnswers } from './connection.ts';
import type { Explanations } from './explain/explanations.ts';
import { createKeyStore } from './keyStore.ts';
import { createServer, type Server } from './languageClient.ts';
import { symbolsOf } from './providers.ts';
import { createStatusItem, type StatusItem } from './status.ts';
import type { ServerState } from './statusLook.ts';
import { watchStrayKeys } from './strayKeys.ts';
import type { World } from './world.ts';

let active: Server | undefined;

/** Called by VS Code once. The server starts in the background: nothing waits for it here. */
export function activate(context: vscode.ExtensionContext): void {
  if (active !== undefined) return;
  const log = vscode.window.createOutputChannel('Gloss', { log: true });
  context.subscriptions.push(log);
  const world = makeWorld(context, log);
  registerCommands(world);
  active = world.server;
  void world.server.restart();
  watchStrayKeys(world);
}

/** Called by VS Code when the window closes or the extension goes: the server says goodbye. */
export async function deactivate(): Promise<void> {
  const server = active;
  active = undefined;
  await server?.stop();
}

function makeWorld(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): World {
  const keys = createKeyStore(context, log);
  const connection = createConnectionAnswers(context, keys, log);
  const status = createStatusItem(context);
  const server = connectedServer(context, log, connection, status);
  const ask = createAsk(server.client, log);
  let explanations: Promise<Explanations> | undefined;
  const world: World = {
    context,
    log,
    server,
    ask,
    keys,
    connection,
    status,
    demo: { isWanted: false },
    explanations: () =>
      (explanations ??= import('./explain/explanations.ts').then((part) => part.createExplanations(world))),
  };
  context.subscriptions.push(server.onState((state) => followState(world, state)));
  return world;
}

function connectedServer(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  connection: ConnectionAnswers,
  status: StatusItem,
): Server {
  const server = createServer({
    context,
    log,
    attach(client) {
      answer(client, connectionRequest, connection.answer);
      answer(client, symbolsRequest, ({ uri }) => symbolsOf(uri));
      hear(client, statusNotification, status.hear);
    },
  });
  context.subscriptions.push(connection.onChange(() => tellChanged(server, log)));
  return server;
}

function followState({ server, ask, status, demo, log }: World, state: ServerState): void {
  status.serverIs(state);
  if (state === 'failed') void tellFailed(server);
  if (state !== 'running' || !demo.isWanted) return;
  ask(demoRequest, { run: true }).catch((error: unknown) =>
    log.warn(`The demo was not started again: ${String(error)}`),
  );
}

function tellChanged(server: Server, log: vscode.LogOutputChannel): void {
  // A server that starts later asks by itself.
  if (server.state() !== 'running') return;
  server
    .client()
    .sendNotification(connectionChanged.method, {})
    .catch((error: unknown) => log.warn(`The server was not told of the changed connection: ${String(error)}`));
}

async function tellFailed(server: Server): Promise<void> {
  const restart = vscode.l10n.t('Restart Server');
  const showLog = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t(
    'The Gloss server could not be started, or stops again and again. Explanations do not work until it runs.',
  );
  const choice = await vscode.window.showErrorMessage(message, restart, showLog);
  if (choice === restart) await server.restart();
  if (choice === showLog) server.client().outputChannel.show();
}
