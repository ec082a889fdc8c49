/** The server process and the language client that talks to it: started, watched, and started again. */
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  type StaticFeature,
  TransportKind,
} from 'vscode-languageclient/node';
import type { GlossCapabilities, InitializationOptions } from '#shared/initialization.ts';
import { createCrashCount } from './crashes.ts';
import { withoutContents } from './quietLog.ts';
import type { ServerState } from './statusLook.ts';
import { withinWanted } from './suggest/suggestionSettings.ts';

export interface Server {
  /** The client in use; another one after a restart. */
  client(): LanguageClient;
  state(): ServerState;
  readonly onState: vscode.Event<ServerState>;
  /** Starts, or starts again. Resolves when the server answers or has failed to; `state` tells which. */
  restart(): Promise<void>;
  /** For good. */
  stop(): Promise<void>;
}

export interface ServerParts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  /** Adds what we answer to each new client. */
  attach(client: LanguageClient): void;
}

/** Documents that Gloss reads. */
export const documentSelector = [
  { scheme: 'file' },
  { scheme: 'untitled' },
  { scheme: 'vscode-remote' },
  { scheme: 'vscode-notebook-cell' },
];

export function createServer(parts: ServerParts): Server {
  const states = new vscode.EventEmitter<ServerState>();
  const crashes = createCrashCount();
  let state: ServerState = 'stopped';
  const become = (next: ServerState): void => {
    if (state === next) return;
    state = next;
    states.fire(next);
  };
  /** Called when the process is gone without being told to go. */
  const onClosed = (): CloseAction => {
    const again = crashes.mayRestart(state === 'running', performance.now());
    become(again ? 'restarting' : 'failed');
    return again ? CloseAction.Restart : CloseAction.DoNotRestart;
  };
  const make = (): LanguageClient => {
    const made: LanguageClient = makeClient(parts, () =>
      made === client && state !== 'stopped' ? onClosed() : CloseAction.DoNotRestart,
    );
    parts.attach(made);
    made.onDidChangeState(({ newState }) => {
      if (made === client) become(stateAfter(newState, state));
    });
    return made;
  };
  let client = make();
  let isFresh = true;
  return {
    client: () => client,
    state: () => state,
    onState: states.event,
    async restart() {
      const old = client;
      // A client that has failed or was stopped cannot be used again.
      if (!isFresh) client = make();
      crashes.forget();
      become('starting');
      if (!isFresh) await shutDown(old, parts.log);
      isFresh = false;
      // The state tells; the cause is in the log.
      await client.start().catch((error: unknown) => parts.log.error(`The server did not start: ${String(error)}`));
    },
    async stop() {
      become('stopped');
      await shutDown(client, parts.log);
      states.dispose();
    },
  };
}

function stateAfter(newState: State, state: ServerState): ServerState {
  switch (newState) {
    case State.Running:
      return 'running';
    case State.Starting:
      return state === 'restarting' ? state : 'starting';
    case State.StartFailed:
      return 'failed';
    case State.Stopped:
      return state === 'restarting' || state === 'stopped' ? state : 'failed';
  }
}

/** The library shows errors of its own by force; ours are shown by those who know what they mean. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function makeClient({ context, log }: ServerParts, onClosed: () => CloseAction): LanguageClient {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.mjs').fsPath;
  // Not in the workspace's folder: nothing in there has a say in how the process starts.
  const run = { module, transport: TransportKind.ipc, options: { cwd: context.extensionUri.fsPath } };
  const options: LanguageClientOptions = {
    documentSelector,
    outputChannel: log,
    traceOutputChannel: withoutContents(log),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => initializationOptions(context),
    initializationFailedHandler: () => false,
    middleware: {
      workspace: {
        configuration: async (params, token, next) => {
          const answers = await next(params, token);
          return Array.isArray(answers) ? withinWanted(params.items, answers) : answers;
        },
      },
    },
    errorHandler: {
      error: (_error, _message, count) => ({
        action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
        handled: true,
      }),
      closed: () => ({ action: onClosed(), handled: true }),
    },
  };
  const client = new QuietClient('gloss', 'Gloss', { run, debug: run }, options);
  client.registerFeature(announcement);
  return client;
}

function initializationOptions(context: vscode.ExtensionContext): InitializationOptions {
  const storage = context.globalStorageUri;
  return { trusted: vscode.workspace.isTrusted, ...(storage.scheme === 'file' ? { storage: storage.fsPath } : {}) };
}

/** Tells the server which `gloss/*` messages this client answers. */
const announcement: StaticFeature = {
  fillClientCapabilities(capabilities) {
    const gloss: GlossCapabilities = {
      ...{ connection: true, symbols: true, status: true },
      ...{ pendingEdits: true, refactorings: true, lookups: true, navigation: true, explanations: true },
      ...{ terminal: true, save: true, chatContext: true, panel: true, suggestions: true },
    };
    capabilities.experimental = { ...capabilities.experimental, gloss };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};

/** Ends a client in whatever state it is. One that never ran cannot be stopped; its process is ended all the same. */
async function shutDown(client: LanguageClient, log: vscode.LogOutputChannel): Promise<void> {
  await client
    .dispose(2_000)
    .catch((error: unknown) => log.warn(`The server was ended without a goodbye: ${String(error)}`));
}
