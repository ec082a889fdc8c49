/** An editor for tests: speaks real LSP to the real server, in this process or in one of its own, and remembers what it was told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import {
  type CancellationToken,
  createMessageConnection,
  type InitializeParams,
  type InitializeResult,
  type MessageConnection,
  ProgressType,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import type { Connection } from '#shared/connection.ts';
import type { Hunk } from '#shared/edits.ts';
import type { ExplainChunk, ExplainTarget, Explanation } from '#shared/explain.ts';
import type { Status } from '#shared/status.ts';
import { version } from '#shared/version.ts';
import { Claude } from '../../server/src/claude/index.ts';
import { startDemo } from '../../server/src/demo/server.ts';
import type { Environment } from '../../server/src/egress/access.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { readCertificates } from '../../server/src/system/certificates.ts';
import { createDisk } from '../../server/src/system/disk.ts';
import { createFiles } from '../../server/src/system/files.ts';
import { createJournalShelf } from '../../server/src/system/journalShelf.ts';
import { createJournal } from '../../server/src/system/journals.ts';
import { createSearch } from '../../server/src/system/search.ts';
import { createShell } from '../../server/src/system/shell.ts';
import { createPendingDocuments, type PendingDocuments } from './pendingDocuments.ts';

export interface EditorOptions {
  /** A bare editor answers no `gloss/*` request; the default is a client like ours. */
  readonly bare?: boolean;
  /** What `gloss/connection` answers, on top of a trusted workspace without a key. */
  readonly connection?: Partial<Connection>;
  readonly environment?: Environment;
  /** What commands may be given of the environment, beside `PATH` and `HOME`. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly initializationOptions?: Readonly<Record<string, unknown>>;
  readonly capabilities?: InitializeParams['capabilities'];
  /** What `workspace/configuration` answers for section `gloss`. */
  readonly settings?: unknown;
  /** Run the built server, `dist/server.mjs --stdio`, in a process of its own, with this environment. */
  readonly process?: Readonly<Record<string, string>>;
  /** Another build of it. */
  readonly main?: string;
  /** More arguments for that process's Node. */
  readonly nodeArguments?: readonly string[];
  /** Answers the server's requests that a test wants to see; undefined falls through. */
  readonly answer?: (method: string, params: unknown, token: CancellationToken) => unknown;
  /** Hears what the server tells, beside what is remembered here. */
  readonly onNotification?: (method: string, params: unknown) => void;
}

export interface FakeEditor extends AsyncDisposable {
  readonly rpc: MessageConnection;
  readonly initialized: InitializeResult;
  readonly statuses: Status[];
  readonly logs: string[];
  /** Every request that the server made, by method. */
  readonly asked: { method: string; params: unknown }[];
  readonly storage: string;
  readonly child: ChildProcess | undefined;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  /** Replaces the whole text. */
  change(uri: string, text: string): Promise<void>;
  command(command: string, ...given: readonly unknown[]): Promise<unknown>;
  /** `gloss/explain`, with the pieces that came on the way in `chunks`. */
  explain(params: Explaining, token?: CancellationToken): Promise<Explanation>;
  readonly chunks: ExplainChunk[];
  /** The text of an open document as this editor has it. */
  text(uri: string): string;
  /** Makes a whole edit, as an editor does with the one of a code action. */
  apply(edit: WorkspaceEdit): void;
  /** The newest list of hunks of a document. */
  hunks(uri: string): readonly Hunk[];
}

/** The level may be left out, as a client may. */
export type Explaining = Omit<ExplainTarget, 'level'> &
  Partial<Pick<ExplainTarget, 'level'>> & {
    followUp?: { id: string; question: string };
    version?: number;
    fresh?: boolean;
  };

/** A client that announces what VS Code's does. */
const glossCapabilities: InitializeParams['capabilities'] = {
  experimental: { gloss: { connection: true, symbols: true, status: true } },
  workspace: { configuration: true, workspaceFolders: true, textDocumentContent: {} },
};
const bareCapabilities: InitializeParams['capabilities'] = { workspace: { workspaceFolders: true } };

export async function startEditor(options: EditorOptions = {}): Promise<FakeEditor> {
  const storage = await mkdtemp(path.join(tmpdir(), 'gloss-storage-'));
  const link = options.process === undefined ? inProcess(options, storage) : ownProcess(options, storage);
  const { rpc } = link;
  const pending = createPendingDocuments(rpc);
  const seen = {
    statuses: [] as Status[],
    logs: [] as string[],
    asked: [] as { method: string; params: unknown }[],
    chunks: [] as ExplainChunk[],
  };
  answerServer(rpc, options, seen, pending);
  rpc.listen();
  const initialized: InitializeResult = await rpc.sendRequest('initialize', initializeParams(options, storage));
  await rpc.sendNotification('initialized', {});
  let tokens = 0;
  return {
    rpc,
    initialized,
    ...seen,
    storage,
    child: link.child,
    text: pending.text,
    hunks: pending.hunks,
    apply: (edit) => void pending.answer('workspace/applyEdit', { edit }),
    async open(uri, text, languageId = 'typescript') {
      pending.open(uri, text);
      await rpc.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    },
    async change(uri, text) {
      const version = pending.change(uri, text);
      await rpc.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    },
    command: (command, ...given) => rpc.sendRequest('workspace/executeCommand', { command, arguments: given }),
    async explain(params, token) {
      const partialResultToken = `t${++tokens}`;
      const listening = rpc.onProgress(
        new ProgressType<ExplainChunk>(),
        partialResultToken,
        (chunk) => void seen.chunks.push(chunk),
      );
      try {
        const asked = { level: 'normal', ...params, partialResultToken };
        return await (token === undefined
          ? rpc.sendRequest('gloss/explain', asked)
          : rpc.sendRequest('gloss/explain', asked, token));
      } finally {
        listening.dispose();
      }
    },
    async [Symbol.asyncDispose]() {
      await stop(rpc, link.child);
      await rm(storage, { recursive: true, force: true });
    },
  };
}

function initializeParams(options: EditorOptions, storage: string): InitializeParams {
  const folders = (options.folders ?? []).map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf('/') + 1) }));
  return {
    processId: null,
    rootUri: null,
    locale: 'en',
    capabilities: { ...(options.bare === true ? bareCapabilities : glossCapabilities), ...options.capabilities },
    workspaceFolders: folders.length === 0 ? null : folders,
    initializationOptions: { storage, ...options.initializationOptions },
  };
}

interface Seen {
  readonly statuses: Status[];
  readonly logs: string[];
  readonly asked: { method: string; params: unknown }[];
}

function answerServer(rpc: MessageConnection, options: EditorOptions, seen: Seen, pending: PendingDocuments): void {
  const connection: Connection = {
    baseUrl: 'https://api.anthropic.com',
    environmentKeyAllowed: false,
    headers: {},
    trusted: true,
    ...options.connection,
  };
  rpc.onRequest((method: string, params: unknown, token: CancellationToken) => {
    seen.asked.push({ method, params });
    const answer = options.answer?.(method, params, token);
    if (answer !== undefined) return answer;
    const edited = pending.answer(method, params);
    if (edited !== undefined) return edited;
    if (method === 'gloss/connection') return connection;
    if (method === 'workspace/configuration') return [options.settings ?? null];
    return null;
  });
  rpc.onNotification((method: string, params: unknown) => {
    // Both shapes are the server's own: it is the one under test, and the tests look at what is in them.
    pending.hear(method, params);
    options.onNotification?.(method, params);
    if (method === 'gloss/status') seen.statuses.push(params as unknown as Status);
    if (method === 'window/logMessage') seen.logs.push((params as unknown as { message: string }).message);
  });
}

interface Link {
  readonly rpc: MessageConnection;
  readonly child: ChildProcess | undefined;
}

function inProcess(options: EditorOptions, storage: string): Link {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startServer({
    connect: (connection) =>
      createConnection(
        ProposedFeatures.all,
        new StreamMessageReader(toServer),
        new StreamMessageWriter(toClient),
        connection,
      ),
    fail(error) {
      throw error;
    },
    // It would be the tests' own process.
    spareMemory: async () => () => undefined,
    environment: options.environment ?? {},
    version,
    storage,
    makeClaude: async (claudeOptions) => new Claude(claudeOptions),
    startDemo: () => startDemo({ delay: 0 }),
    createDisk,
    createFiles,
    createShell: async (roots) =>
      createShell({ roots, variables: { PATH: process.env['PATH'], HOME: storage, ...options.variables } }),
    createSearch: async (parts) => createSearch(parts),
    createJournal: (folder, name, log) => createJournal(folder, name, log),
    createJournalShelf: (folder, name, log) => createJournalShelf(folder, name, log),
    readCertificates,
  });
  return {
    rpc: createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
    child: undefined,
  };
}

function ownProcess(options: EditorOptions, storage: string): Link {
  const main = options.main ?? path.resolve(import.meta.dirname, '../../dist/server.mjs');
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), main, '--stdio'], {
    env: { PATH: process.env['PATH'], HOME: storage, XDG_STATE_HOME: storage, ...options.process },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return {
    rpc: createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)),
    child,
  };
}

async function stop(rpc: MessageConnection, child: ChildProcess | undefined): Promise<void> {
  if (child !== undefined && child.exitCode === null && child.signalCode === null) {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    await rpc.sendRequest('shutdown').catch(() => undefined);
    await rpc.sendNotification('exit').catch(() => undefined);
    await exited;
  } else if (child === undefined) await rpc.sendRequest('shutdown').catch(() => undefined);
  rpc.dispose();
}
