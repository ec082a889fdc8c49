/** Where the extension begins: makes the parts, connects them, and starts the server. */
import * as vscode from 'vscode';
import type { Ask } from './ask.ts';
import { followEditors } from './chat/lastEditor.ts';
import { registerCommands } from './commands/index.ts';
import { createConnectionAnswers } from './connection.ts';
import type { Edits } from './edit/edits.ts';
import type { ExplanationDocuments } from './explain/explanationDocuments.ts';
import type { Explanations } from './explain/explanations.ts';
import type { LineNotes } from './explain/lineNotes.ts';
import { registerTree } from './explain/tree.ts';
import { createKeyStore } from './keyStore.ts';
import { createServer, type Server } from './languageClient.ts';
import type { Panel } from './panel/panel.ts';
import { registerPanel } from './panel/register.ts';
import { createStatusItem } from './status.ts';
import type { ServerState } from './statusLook.ts';
import { watchStrayKeys } from './strayKeys.ts';
import type { World } from './world.ts';

let active: Pick<World, 'server' | 'log'> | undefined;

/** Called by VS Code once. The server starts in the background: nothing waits for it here. */
export function activate(context: vscode.ExtensionContext): void {
  if (active !== undefined) return;
  const log = vscode.window.createOutputChannel('Gloss', { log: true });
  const world = makeWorld(context, log);
  registerCommands(world);
  registerTree(world);
  registerPanel(world);
  followEditors(context);
  active = world;
  void world.server.restart();
  watchStrayKeys(world);
  loadAhead(context);
}

/** Milliseconds after which the window has drawn itself and other extensions have started. */
const quiet = 1_500;

/** The first explanation and the first edit should not wait for code to load: it is loaded when nothing else waits. */
function loadAhead({ subscriptions }: vscode.ExtensionContext): void {
  const parts = () => [
    import('./ask.ts'),
    import('./commands/explainHere.ts'),
    import('./explain/explanations.ts'),
    import('./commands/editHere.ts'),
    import('./edit/answering.ts'),
    import('./edit/edits.ts'),
  ];
  const timer = setTimeout(() => void Promise.all(parts()), quiet);
  subscriptions.push({ dispose: () => clearTimeout(timer) });
}

/** Called by VS Code when the window closes or the extension goes: the server says goodbye, into a log that is still there. */
export async function deactivate(): Promise<void> {
  const last = active;
  active = undefined;
  await last?.server.stop();
  last?.log.dispose();
}

function makeWorld(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): World {
  const keys = createKeyStore(context, log);
  const connection = createConnectionAnswers(context, keys, log);
  const status = createStatusItem(context);
  const server = createServer({
    context,
    log,
    // Runs before anything can have arrived from the process.
    attach: (client) =>
      void import('./answers.ts').then((part) =>
        part.attach(client, {
          ...{ connection, status },
          edits: () => world.edits(),
          explanations: () => world.explanations(),
          lineNotes: () => world.lineNotes(),
          panel: () => world.panel(),
        }),
      ),
  });
  const ask: Ask = async (spec, params, options) =>
    (await import('./ask.ts')).askServer({ client: server.client, log }, spec, params, options);
  let explanations: Promise<Explanations> | undefined;
  let explanationDocuments: Promise<ExplanationDocuments> | undefined;
  let lineNotes: Promise<LineNotes> | undefined;
  let edits: Promise<Edits> | undefined;
  let panel: Promise<Panel> | undefined;
  const world: World = {
    ...{ context, log, server, ask, keys, connection, status },
    demo: { isWanted: false },
    explanations: () =>
      (explanations ??= import('./explain/explanations.ts').then((part) => part.createExplanations(world))),
    explanationDocuments: () =>
      (explanationDocuments ??= import('./explain/explanationDocuments.ts').then((part) =>
        part.createExplanationDocuments(world),
      )),
    lineNotes: () =>
      (lineNotes ??= import('./explain/lineNotes.ts').then((part) => part.createLineNotes(context.subscriptions))),
    edits: () => (edits ??= import('./edit/edits.ts').then((part) => part.createEdits(world))),
    panel: () => (panel ??= import('./panel/createPanel.ts').then((part) => part.createPanel(world))),
  };
  context.subscriptions.push(
    server.onState((state) => void followState(world, state)),
    connection.onChange(() => void import('./answers.ts').then((part) => part.tellChanged(server, log))),
  );
  return world;
}

async function followState({ server, ask, status, demo, log }: World, state: ServerState): Promise<void> {
  status.serverIs(state);
  if (state === 'failed') void tellFailed(server);
  if (state !== 'running' || !demo.isWanted) return;
  const { demoRequest } = await import('#shared/demo.ts');
  await ask(demoRequest, { run: true }).catch((error: unknown) =>
    log.warn(`The demo was not started again: ${String(error)}`),
  );
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
